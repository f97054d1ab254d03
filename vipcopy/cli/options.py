"""The options that commands share, and the types of their values."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import TypeVar

import click

from vipcopy import Request
from vipcopy.cli.targets import FORMATS

SEVERITIES = ("info", "warning", "error")

_Command = TypeVar("_Command", bound=Callable[..., int])


def one_of(*choices: str) -> Callable[[click.Context, click.Parameter, str], str]:
    """A callback that lets only these words pass; an empty one stands for no choice, and is not named."""
    named = ", ".join(filter(None, choices))

    def read(context: click.Context, param: click.Parameter, value: str) -> str:
        if value not in choices:
            raise click.BadParameter(f"«{value}» не бывает; напишите одно из: {named}", context, param)
        return value

    return read


def read_points(context: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """A callback: points from 0 to 9 with a comma or a full stop, as centipoints. «7,5» is 750."""
    if value is None:
        return None
    try:
        points = float(value.replace(",", "."))
    except ValueError:
        points = -1
    if not 0 <= points <= 9:
        raise click.BadParameter(f"«{value}» — не число от 0 до 9; напишите, например, 7,5", context, param)
    return round(points * 100)


def read_formats(context: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """A callback that lets only names of formats pass."""
    return tuple(one_of(*FORMATS)(context, param, value) for value in values)


def _read_jobs(context: click.Context, param: click.Parameter, value: str) -> int:
    if not value.isdecimal() or len(value) > 3 or int(value) > 256:
        raise click.BadParameter(f"«{value}» — не число процессов; напишите, например, 4", context, param)
    return int(value)


def _read_encoding(context: click.Context, param: click.Parameter, value: str | None) -> str | None:
    try:
        codecs.lookup(value or "utf-8")
    except (LookupError, ValueError):
        known = "utf-8, utf-16, cp1251, koi8-r, cp866"
        raise click.BadParameter(f"нет кодировки «{value}»; бывают: {known}", context, param) from None
    return value


def _split(_context: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


_PACK = click.option(
    "--pack",
    "packs",
    multiple=True,
    metavar="ПАПКА",
    help="Набор правил вместо vip; можно несколько: --pack vip --pack мой.",
)
_RULES = (
    _PACK,
    click.option(
        "--select", multiple=True, callback=_split, metavar="ИМЯ", help="Только эти правила, категории, принципы."
    ),
    click.option("--ignore", multiple=True, callback=_split, metavar="ИМЯ", help="Все, кроме этих."),
)
_SETTINGS = (
    click.option("--config", metavar="ФАЙЛ", help="Файл настроек; без него ищется .vipcopy.yml или pyproject.toml."),
    click.option("--no-config", is_flag=True, help="Не искать настроек."),
)
_RUN = (
    *_SETTINGS,
    click.option(
        "--jobs", "-j", callback=_read_jobs, default="0", metavar="ЧИСЛО", help="Сколько процессов; 0 — сколько стоит."
    ),
)
_SOURCES = (
    click.option(
        "--encoding", callback=_read_encoding, metavar="ИМЯ", help="Кодировка файлов; без неё определяется сама."
    ),
    click.option(
        "--as",
        "read_as",
        default="",
        metavar="ВИД",
        help="Что это за файлы: text, markdown, html, docx, odt, eml; без него видно по окончанию имени.",
    ),
    click.option("--stdin-filename", default="-", metavar="ИМЯ", help="Как назвать стандартный ввод (-)."),
)
_COLOUR = click.option(
    "--color",
    callback=one_of("auto", "always", "never"),
    default="auto",
    metavar="КОГДА",
    help="Цвет: auto, always, never.",
)


def with_pack(command: _Command) -> _Command:
    """--pack alone."""
    return _PACK(command)


def with_rules(command: _Command) -> _Command:
    """--pack, --select, --ignore."""
    return _decorate(command, _RULES)


def with_sources(command: _Command) -> _Command:
    """The paths, --encoding, --stdin-filename."""
    return click.argument("paths", nargs=-1, required=True, metavar="ПУТЬ…")(_decorate(command, _SOURCES))


def with_settings(command: _Command) -> _Command:
    """--config, --no-config."""
    return _decorate(command, _SETTINGS)


def with_run(command: _Command) -> _Command:
    """--config, --no-config, --jobs."""
    return _decorate(command, _RUN)


def build_request(context: click.Context) -> Request:
    """What a command asks of a run by the options that it has been given."""
    params = context.params
    return Request(
        packs=params["packs"],
        select=params["select"],
        ignore=params["ignore"],
        fail_on=params.get("fail_on", ""),
        min_score=params.get("min_score"),
        encoding=params.get("encoding"),
        form=params.get("read_as", ""),
        stdin_name=params.get("stdin_filename", "-"),
        settings=params["config"] or "",
        isolated=params["no_config"],
        jobs=params.get("jobs", 0),
        baseline=params.get("baseline") or "",
        since=params.get("changed_since") or "",
    )


def with_colour(command: _Command) -> _Command:
    """--color."""
    return _COLOUR(command)


def _decorate(command: _Command, options: tuple[Callable[[_Command], _Command], ...]) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command
