"""Commands on what lies beside the texts: config, init, lock, baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

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
from vipcopy.cli.exit_codes import CLEAN, FAILED, FOUND
from vipcopy.cli.options import build_request, one_of, with_rules, with_run, with_settings
from vipcopy.cli.russian import Command
from vipcopy.cli.screen import print_lines, warn

_MOST_SHOWN = 20


@click.command("config", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@click.argument("path", default="-", metavar="[ФАЙЛ]")
@with_settings
def config_command(path: str, config: str, no_config: bool) -> int:
    """Показать, какие настройки действуют для файла и откуда каждая."""
    print_lines(describe_settings(path, Request(settings=config or "", isolated=no_config)))
    return CLEAN


@click.command("init", cls=Command, options_metavar="")
def init_command() -> int:
    """Записать в эту папку файл настроек с пояснениями."""
    print_lines([f"Записано: {write_settings()}"])
    return CLEAN


@click.command("lock", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@with_settings
def lock_command(config: str, no_config: bool) -> int:
    """Закрепить наборы правил: версии и контрольные суммы в vipcopy.lock."""
    print_lines([f"Записано: {write_lock(Request(settings=config or '', isolated=no_config))}"])
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
        warn(error)
    if balance.errors and verb != "check":
        warn(f"{balance.path}: не записано, прочитаны не все тексты; проверьте пути")
        return FAILED
    said = _SAID[verb].format(path=balance.path, kept=balance.kept, gone=balance.gone, fresh=len(balance.fresh))
    print_lines([*(_tell_findings(balance.fresh) if verb == "check" else ()), said])
    if verb == "write":
        warn(_HOW_TO_USE.format(path=balance.path))
    if balance.errors:
        return FAILED
    return FOUND if verb == "check" and (balance.fresh or balance.gone) else CLEAN


def _tell_findings(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings[:_MOST_SHOWN]:
        yield f"  новое: {finding.rule}  «{' '.join(finding.quote.split())[:60]}»"
    if len(findings) > _MOST_SHOWN:
        yield f"  и ещё новых: {len(findings) - _MOST_SHOWN}"


_HOW_TO_USE = "Их учтёт vipcopy check --baseline {path} или строка «baseline: {path}» в настройках."
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
