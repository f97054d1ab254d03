"""The command line: arguments in, lines and an exit code out."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from vipcopy import VipcopyError, version
from vipcopy.cli.options import CLEAN, FAILED, FOUND, INTERRUPTED
from vipcopy.cli.russian import Group, explain

HOMES = {  # each command with the module that has it, imported when the command is called
    "check": "checking",
    "score": "checking",
    "rules": "rulebook",
    "test-rules": "rulebook",
    "schema": "rulebook",
    "cache": "rulebook",
    "config": "house",
    "init": "house",
    "lock": "house",
    "baseline": "house",
    "serve": "serve",
}
_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)})


def main() -> int:
    """Run the command of `sys.argv`; its exit code comes back. What goes to a closed stream goes nowhere."""
    sys.stdout, sys.stderr = sys.stdout or _open_nowhere(), sys.stderr or _open_nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of cp866 has no «⟦»
    try:
        Path.cwd()
    except FileNotFoundError:
        click.echo("vipcopy: папки, из которой запущена программа, больше нет; перейдите в другую", err=True)
        return FAILED
    return run(sys.argv[1:])


def _open_nowhere() -> TextIO:
    return io.TextIOWrapper(io.BufferedWriter(io.FileIO(os.devnull, "w")), "utf-8")


def run(arguments: Sequence[str]) -> int:
    """Run a command; the exit code comes back. What is wrong is told on stderr, a line each."""
    try:
        code = int(app.main(list(arguments), prog_name="vipcopy", standalone_mode=False) or CLEAN)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads us has read enough
        return FOUND
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        click.echo(
            f"vipcopy: отчёт не выводится ({error.strerror}); освободите место или запишите в другой файл", err=True
        )
    except click.UsageError as error:
        click.echo(f"vipcopy: {explain(error)}", err=True)
    except VipcopyError as error:
        click.echo(str(error), err=True)
    except click.Abort:
        click.echo("vipcopy: прервано", err=True)
        return INTERRUPTED
    else:
        return code
    return FAILED


@click.group(cls=Group, invoke_without_command=True, options_metavar="", subcommand_metavar="КОМАНДА …")
@click.option("--version", "with_version", is_flag=True, help="Показать версию.")
@click.pass_context
def app(context: click.Context, with_version: bool) -> int:
    """Проверяет русские тексты для VIP-клиентов: слова, тон, факты.

    Код завершения: 0 — всё чисто, 1 — есть замечания, 2 — проверить не удалось.
    """
    if with_version:
        click.echo(f"vipcopy {version()}")
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())
    return CLEAN


app.homes = HOMES
