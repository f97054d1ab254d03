"""The command that opens the page: serve."""

from __future__ import annotations

import webbrowser

import click

from vipcopy import ConfigError, load
from vipcopy.cli.options import CLEAN, with_rules
from vipcopy.cli.russian import Command

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
@click.option(
    "--token",
    default="",
    envvar="VIPCOPY_TOKEN",
    metavar="КЛЮЧ",
    help="Ключ для чужих машин; без него создаётся, когда адрес доступен другим.",
)
@click.option("--open/--no-open", "opens", default=True, help="Открыть страницу в браузере; --no-open — не открывать.")
def serve_command(
    host: str,
    port: int,
    packs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    token: str,
    opens: bool,
) -> int:
    """Открыть страницу, где пишут и сразу видят замечания. Текст остаётся на этом компьютере."""
    try:
        from vipcopy.web.access import build_access
        from vipcopy.web.server import open_socket, serve, write_address
    except ModuleNotFoundError as error:
        library = str(error.name).partition(".")[0]
        raise ConfigError(f"serve: нет библиотеки {library}; выполните pip install 'vipcopy[web]'") from None
    access = build_access(host, token)
    with open_socket(host, port) as listener:
        address = write_address(listener, access)
        checker = load(packs or ("vip",), select=select, ignore=ignore)

        def tell() -> None:
            click.echo(f"Страница: {address}  (остановить: Ctrl+C)")
            if access.any_address:
                click.echo("Адрес доступен другим машинам: ключ в нём — как пароль, а текст идёт по сети открыто.")
            if opens:
                webbrowser.open(address)

        try:
            serve(checker, listener, access, started=tell)
        except KeyboardInterrupt:
            click.echo("Остановлено.", err=True)
    return CLEAN


COMMANDS = (serve_command,)
