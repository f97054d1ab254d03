"""The command line: arguments in, lines and an exit code out."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from vipcopy import (
    ConfigError,
    Report,
    Severity,
    Style,
    VipcopyError,
    find_failures,
    load,
    load_packs,
    show,
    version,
    write,
    write_comments,
    write_rulebook,
    write_schema,
    write_scores,
)
from vipcopy.cli.options import (
    SEVERITIES,
    build_style,
    one_of,
    read_points,
    with_colour,
    with_pack,
    with_rules,
    with_sources,
)
from vipcopy.cli.russian import Group, explain

CLEAN, FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130


def main() -> None:
    """Run the command of `sys.argv` and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of cp866 has no «⟦»
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command; the exit code comes back. What is wrong is told on stderr, a line each."""
    try:
        return int(app.main(list(arguments), prog_name="vipcopy", standalone_mode=False) or CLEAN)
    except click.UsageError as error:
        click.echo(f"vipcopy: {explain(error)}", err=True)
    except VipcopyError as error:
        click.echo(str(error), err=True)
    except click.Abort:
        click.echo("vipcopy: прервано", err=True)
        return INTERRUPTED
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


@app.command("check", options_metavar="[ПАРАМЕТРЫ]")
@with_sources
@click.option("--format", "form", callback=one_of("text", "json"), default="text", metavar="ВИД", help="text или json.")
@click.option(
    "--fail-on",
    callback=one_of(*SEVERITIES, "never"),
    default="error",
    metavar="ВАЖНОСТЬ",
    help="С какой важности код завершения 1: info, warning, error (обычно) или never.",
)
@click.option("--min-score", callback=read_points, metavar="БАЛЛ", help="Код завершения 1, если оценка ниже (из 9).")
@click.option(
    "--show",
    "lowest",
    callback=one_of(*SEVERITIES),
    default="info",
    metavar="ВАЖНОСТЬ",
    help="С какой важности показывать.",
)
@click.option("--comments", metavar="ФАЙЛ", help="Записать файл Word заново с замечаниями в примечаниях.")
@with_rules
@click.option("--quiet", "-q", is_flag=True, help="По одной строке на текст.")
@with_colour
def check_command(
    paths: tuple[str, ...],
    encoding: str | None,
    stdin_filename: str,
    form: str,
    fail_on: str,
    min_score: int | None,
    lowest: str,
    comments: str | None,
    packs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    quiet: bool,
    color: str,
) -> int:
    """Проверить тексты: файлы, папки со всем, что внутри, или - (стандартный ввод)."""
    checker = load(packs or ("vip",), select=select, ignore=ignore)
    style = build_style(color, short=quiet)
    seen: list[Report] = []
    reports = _keep(checker.check_paths(paths, encoding=encoding, stdin_name=stdin_filename), seen)
    shown = (show(report, Severity(lowest)) for report in reports)
    _print(write(shown, form, style), style, is_data=form == "json")
    if comments and not any(report.error for report in seen):
        _write_comments([show(report, Severity(lowest)) for report in seen], comments)
    return _exit_code(seen, fail_on, min_score)


def _write_comments(reports: Sequence[Report], path: str) -> None:
    if len(reports) != 1:
        raise ConfigError("--comments: замечания пишутся в копию одного файла; укажите один файл .docx")
    write_comments(reports[0], path)


@app.command("score", options_metavar="[ПАРАМЕТРЫ]")
@with_sources
@with_rules
@with_colour
def score_command(
    paths: tuple[str, ...],
    encoding: str | None,
    stdin_filename: str,
    packs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    color: str,
) -> int:
    """Оценить тексты: девять принципов, что сколько стоило, что доказано, что исправить сначала."""
    checker = load(packs or ("vip",), select=select, ignore=ignore)
    style = build_style(color)
    seen: list[Report] = []
    reports = _keep(checker.check_paths(paths, encoding=encoding, stdin_name=stdin_filename), seen)
    _print(write_scores(reports, style), style)
    return _exit_code(seen, "never", None)


@app.command("rules", options_metavar="[ПАРАМЕТРЫ]")
@click.argument("names", nargs=-1, metavar="[ПРАВИЛО|КАТЕГОРИЯ|ПРИНЦИП]…")
@with_pack
@with_colour
def rules_command(names: tuple[str, ...], packs: tuple[str, ...], color: str) -> int:
    """Показать правила: списком или одно подробно, с примерами."""
    style = build_style(color)
    _print(write_rulebook(load_packs(packs or ("vip",)), names, style), style)
    return CLEAN


@app.command("test-rules", options_metavar="")
@click.argument("packs", nargs=-1, metavar="[НАБОР]…")
def test_rules_command(packs: tuple[str, ...]) -> int:
    """Проверить набор правил на его же примерах: vip или папку с pack.yaml."""
    loaded = load_packs(packs or ("vip",))
    failed = False
    for failure in find_failures(loaded):
        failed = True
        click.echo(str(failure))
    if not failed:
        rules = [rule for pack in loaded for rule in pack.rules]
        examples = sum(len(rule.bad) + len(rule.good) for rule in rules)
        click.echo(f"Все примеры сходятся. Правил: {len(rules)}, примеров: {examples}.")
    return FOUND if failed else CLEAN


@app.command("schema", options_metavar="")
def schema_command() -> int:
    """Показать JSON Schema файла правил, для редактора."""
    click.echo(write_schema())
    return CLEAN


def _keep(reports: Iterable[Report], seen: list[Report]) -> Iterator[Report]:
    for report in reports:
        seen.append(report)
        yield report


def _print(lines: Iterable[str], style: Style, *, is_data: bool = False) -> None:
    if is_data and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON is UTF-8 whatever the terminal speaks
    for line in lines:
        click.echo(line, color=style.colour)


def _exit_code(reports: Iterable[Report], fail_on: str, min_score: int | None) -> int:
    code = CLEAN
    for report in reports:
        if report.error is not None:
            click.echo(report.error, err=True)
            code = FAILED
        elif code == CLEAN and (_has_faults(report, fail_on) or _is_low(report, min_score)):
            code = FOUND
    return code


def _has_faults(report: Report, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    return any(finding.severity.rank >= Severity(fail_on).rank for finding in report.findings)


def _is_low(report: Report, min_score: int | None) -> bool:
    """Whether the score, taken for nine guidelines where fewer could be judged, is below the wanted one."""
    if min_score is None or not report.score.max:
        return False
    return report.score.total * 900 < min_score * report.score.max
