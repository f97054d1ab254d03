"""Commands on what lies beside the texts: config, init, lock, baseline."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from vipcopy import (
    Balance,
    Finding,
    Request,
    check_baseline,
    describe_settings,
    prune_baseline,
    write_baseline,
    write_lock,
    write_settings,
)
from vipcopy.cli.exits import CLEAN, FAILED, FOUND
from vipcopy.cli.options import build_request, one_of, with_rules, with_run, with_settings
from vipcopy.cli.russian import Command

_MOST_SHOWN = 20


@click.command("config", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@click.argument("path", default="-", metavar="[ФАЙЛ]")
@with_settings
def config_command(path: str, config: str, no_config: bool) -> int:
    """Показать, какие настройки действуют для файла и откуда каждая."""
    for line in describe_settings(path, Request(settings=config or "", isolated=no_config)):
        click.echo(line)
    return CLEAN


@click.command("init", cls=Command, options_metavar="")
def init_command() -> int:
    """Записать в эту папку файл настроек с пояснениями."""
    click.echo(f"Записано: {write_settings()}")
    return CLEAN


@click.command("lock", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@with_settings
def lock_command(config: str, no_config: bool) -> int:
    """Закрепить наборы правил: версии и контрольные суммы в vipcopy.lock."""
    click.echo(f"Записано: {write_lock(Request(settings=config or '', isolated=no_config))}")
    return CLEAN


@click.command("baseline", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@click.argument("verb", callback=one_of("write", "prune", "check"), metavar="write|prune|check")
@click.argument("paths", nargs=-1, metavar="[ПУТЬ]…")
@click.option("--baseline", metavar="ФАЙЛ", help="Где она лежит; обычно .vipcopy-baseline.json.")
@with_rules
@with_run
@click.pass_context
def baseline_command(context: click.Context, /, verb: str, paths: tuple[str, ...], **_: object) -> int:
    """Старые замечания: записать все, убрать исправленные, сверить."""
    balance = _VERBS[verb](paths or (".",), build_request(context))
    for error in balance.errors:
        click.echo(error, err=True)
    if balance.errors and verb != "check":
        click.echo(f"{balance.path}: не записано, прочитаны не все тексты; проверьте пути", err=True)
        return FAILED
    if verb == "check":
        _show_findings(balance.fresh)
    said = _SAID[verb].format(path=balance.path, kept=balance.kept, gone=balance.gone, fresh=len(balance.fresh))
    click.echo(said)
    if verb == "write":
        click.echo(_HOW_TO_USE.format(path=balance.path), err=True)
    if balance.errors:
        return FAILED
    return FOUND if verb == "check" and (balance.fresh or balance.gone) else CLEAN


def _show_findings(findings: Sequence[Finding]) -> None:
    for finding in findings[:_MOST_SHOWN]:
        click.echo(f"  новое: {finding.rule}  «{' '.join(finding.quote.split())[:60]}»")
    if len(findings) > _MOST_SHOWN:
        click.echo(f"  и ещё новых: {len(findings) - _MOST_SHOWN}")


_HOW_TO_USE = "Её учтёт vipcopy check --baseline {path} или строка «baseline: {path}» в настройках."
_VERBS: dict[str, Callable[[Sequence[str], Request], Balance]] = {
    "write": write_baseline,
    "prune": prune_baseline,
    "check": check_baseline,
}
_SAID = {
    "write": "Записано: {path}. Старых замечаний: {kept}.",
    "prune": "Записано: {path}. Осталось: {kept}, убрано: {gone}.",
    "check": "{path}: на месте {kept}, исправлено {gone}, новых {fresh}.",
}

COMMANDS = (config_command, init_command, lock_command, baseline_command)
