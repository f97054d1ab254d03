"""All commands and their options, as click reads them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from vipcopy import version
from vipcopy.cli.exit_codes import CLEAN, FAILED
from vipcopy.cli.russian import Group, explain
from vipcopy.cli.screen import print_lines, warn

HOMES = {  # each command with the module that has it, imported when the command is called
    "check": "reading",
    "score": "reading",
    "rules": "rulebook",
    "test-rules": "rulebook",
    "schema": "rulebook",
    "cache": "rulebook",
    "config": "housekeeping",
    "init": "housekeeping",
    "lock": "housekeeping",
    "baseline": "housekeeping",
    "serve": "serve",
}


_HELP = ["-h", "--help"]


def call(arguments: Sequence[str]) -> int:
    """Run a command; the exit code comes back. What is wrong with its arguments is told on stderr."""
    try:
        return int(app.main(list(arguments), "vipcopy", standalone_mode=False, help_option_names=_HELP) or CLEAN)
    except click.UsageError as error:
        warn(f"vipcopy: {explain(error)}")
        return FAILED
    except click.Abort as error:
        raise KeyboardInterrupt from error


@click.group(cls=Group, invoke_without_command=True, options_metavar="", subcommand_metavar="КОМАНДА …")
@click.option("--version", "with_version", is_flag=True, help="Показать версию.")
@click.pass_context
def app(context: click.Context, with_version: bool) -> int:
    """Проверяет русские тексты для VIP-клиентов: слова, тон, факты.

    Код завершения: 0 — всё чисто, 1 — есть замечания, 2 — проверить не удалось.
    """
    if with_version:
        print_lines([f"vipcopy {version()}"])
    elif context.invoked_subcommand is None:
        print_lines([context.get_help()])
    return CLEAN


app.homes = HOMES
