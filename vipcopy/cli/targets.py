"""Which report goes where: `--format html --output report.html --format text`."""

from __future__ import annotations

from collections.abc import Sequence
from os.path import realpath
from pathlib import PurePath

from vipcopy import ConfigError
from vipcopy.records import NamedTuple

FORMATS = ("text", "json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson", "html")
DATA = frozenset(FORMATS) - {"text"}

_BY_ENDING = {".html": "html", ".htm": "html", ".json": "json", ".jsonl": "jsonl", ".sarif": "sarif", ".xml": "junit"}


class Target(NamedTuple):
    """A format and the file that it goes to; none for standard output."""

    form: str
    path: str = ""


def pair(order: Sequence[tuple[str, str]]) -> tuple[Target, ...]:
    """The targets of options in the order in which they were written: an output takes the format before it.

    >>> pair([("form", "text"), ("form", "html"), ("output", "a.html"), ("output", "b.sarif")])
    (Target(form='text', path=''), Target(form='html', path='a.html'), Target(form='sarif', path='b.sarif'))
    """
    targets: list[Target] = []
    for name, value in order:
        if name == "form":
            targets.append(Target(value))
        elif targets and not targets[-1].path:
            targets[-1] = Target(_checked(targets[-1].form, value), value)
        else:
            targets.append(Target(_BY_ENDING.get(PurePath(value).suffix.lower(), "text"), value))
    _refuse_several(targets)
    return tuple(targets) or (Target("text"),)


def _checked(form: str, path: str) -> str:
    """The format, unless the ending tells another one. JSON is what most of them are."""
    told = _BY_ENDING.get(PurePath(path).suffix.lower(), form)
    if told not in (form, "json"):
        raise ConfigError(
            f"--output: {path} по окончанию — {told}, а перед ним --format {form}; поставьте его раньше или замените"
        )
    return form


def _refuse_several(targets: Sequence[Target]) -> None:
    shown = [target.form for target in targets if not target.path]
    if len(shown) > 1:
        raise ConfigError(f"--format: на экран пойдёт один вид, а не {' и '.join(shown)}; остальным укажите --output")
    written: set[str] = set()
    for target in filter(lambda each: each.path, targets):
        where = realpath(target.path)  # «a.html» and «./a.html» are one
        if where in written:
            raise ConfigError(f"--output: в {target.path} записываются два отчёта; укажите разные файлы")
        written.add(where)
