"""The command that opens the page: serve."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator
from datetime import date

import click

from vipcopy import ConfigError, load_standard
from vipcopy.cli.exit_codes import CLEAN
from vipcopy.cli.options import build_request, with_rules, with_settings
from vipcopy.cli.russian import Command
from vipcopy.cli.screen import notice_of_compiling, print_lines, warn

_PORT = 8642


def _read_port(context: click.Context, param: click.Parameter, value: str) -> int:
    if not value.isdecimal() or int(value) > 65535:
        raise click.BadParameter(f"«{value}» — не номер порта; напишите, например, {_PORT}", context, param)
    return int(value)


@click.command("serve", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@click.option("--host", default="127.0.0.1", metavar="АДРЕС", help="На каком адресе; обычно 127.0.0.1, только для Вас.")
@click.option(
    "--port",
    callback=_read_port,
    default=str(_PORT),
    metavar="ПОРТ",
    help=f"На каком порту; обычно {_PORT}, 0 — любой.",
)
@with_rules
@with_settings
@click.option(
    "--token",
    default="",
    envvar="VIPCOPY_TOKEN",
    metavar="КЛЮЧ",
    help="Ключ для чужих машин; без него создаётся, когда адрес доступен другим.",
)
@click.option("--open/--no-open", "opens", default=True, help="Открыть страницу в браузере; --no-open — не открывать.")
@click.pass_context
def serve_command(context: click.Context, /, **_: object) -> int:
    """Открыть страницу, где пишут и сразу видят замечания. Текст остаётся на этом компьютере."""
    try:
        from vipcopy.web.access import build_access
        from vipcopy.web.server import open_socket, serve, write_address
    except ModuleNotFoundError as error:
        library = str(error.name).partition(".")[0]
        raise ConfigError(f"serve: нет библиотеки {library}; выполните pip install 'vipcopy[web]'") from None
    params = context.params
    access = build_access(params["host"], params["token"])
    with open_socket(params["host"], params["port"]) as listener:
        address = write_address(listener, access)
        with notice_of_compiling():
            standard = load_standard(build_request(context))

        def tell() -> None:
            _tell(address, standard.find_overdue(date.today()), is_open=access.any_address)
            if params["opens"]:
                webbrowser.open(address)

        try:
            serve(standard, listener, access, started=tell)
        except KeyboardInterrupt:
            warn("Остановлено.")
    return CLEAN


def _tell(address: str, reminders: Iterator[str], *, is_open: bool) -> None:
    print_lines([f"Страница: {address}  (остановить: Ctrl+C)"])
    if is_open:
        print_lines(["Адрес доступен другим машинам: ключ в нём — как пароль, а текст идёт по сети открыто."])
    for reminder in reminders:
        warn(reminder)


COMMANDS = (serve_command,)
