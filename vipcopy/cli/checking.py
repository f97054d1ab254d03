"""Commands that read texts: check, score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from vipcopy import (
    ConfigError,
    Outcome,
    Report,
    Run,
    Severity,
    Style,
    open_run,
    show,
    write_comments,
    write_pieces,
    write_scores,
    write_shown,
)
from vipcopy.cli.interrupts import Interrupts
from vipcopy.cli.options import (
    CLEAN,
    FAILED,
    FOUND,
    INTERRUPTED,
    SEVERITIES,
    build_request,
    build_style,
    one_of,
    read_formats,
    read_points,
    with_colour,
    with_rules,
    with_run,
    with_sources,
)
from vipcopy.cli.russian import Command, read_order
from vipcopy.cli.screen import Progress, patience, print_lines, print_pieces
from vipcopy.cli.targets import DATA, FORMATS, Target, pair


@click.command("check", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@with_sources
@click.option(
    "--format", "form", multiple=True, callback=read_formats, metavar="ВИД", help=f"Вид отчёта: {', '.join(FORMATS)}."
)
@click.option(
    "--output", "-o", multiple=True, metavar="ФАЙЛ", help="Записать отчёт предыдущего --format в файл; можно несколько."
)
@click.option(
    "--fail-on",
    callback=one_of(*SEVERITIES, "never", ""),
    default="",
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
@click.option("--baseline", metavar="ФАЙЛ", help="Не показывать старых замечаний, записанных в этом файле.")
@click.option("--changed-since", metavar="ВЕРСИЯ", help="Только строки, изменённые в git с этой версии.")
@click.option("--comments", metavar="ФАЙЛ", help="Записать файл Word заново с замечаниями в примечаниях.")
@with_rules
@with_run
@click.option("--quiet", "-q", is_flag=True, help="По одной строке на текст.")
@with_colour
@click.pass_context
def check_command(context: click.Context, /, **_: object) -> int:
    """Проверить тексты: файлы, папки со всем, что внутри, или - (стандартный ввод)."""
    params = context.params
    targets = pair(read_order(context, "form", "output"))
    style = build_style(params["color"], short=params["quiet"])
    watch = _start(context)
    lowest = Severity(params["lowest"])
    if targets == (Target("jsonl"),) and watch.run.count_jobs() > 1 and not params["comments"]:
        write = partial(write_shown, form="jsonl", style=style, severity=lowest)
        lines = (outcome.line for outcome in watch.outcomes(watch.run.tell(write)))
        print_pieces(watch.lines(lines), style, is_data=True)
        return watch.code()
    reports = (show(report, lowest) for report in watch.reports())
    shown = _write_all(targets, reports, style, watch, has_comments=bool(params["comments"]))
    if params["comments"] and not any(report.error for report in shown):
        _write_comments(shown, params["comments"])
    return watch.code()


@click.command("score", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@with_sources
@with_rules
@with_run
@with_colour
@click.pass_context
def score_command(context: click.Context, /, **_: object) -> int:
    """Оценить тексты: девять принципов, что сколько стоило, что доказано, что исправить сначала."""
    params = context.params
    style = build_style(params["color"])
    watch = _start(context)
    print_lines(watch.lines(write_scores(watch.reports(), style)), style)
    code = watch.code()
    return CLEAN if code == FOUND else code


COMMANDS = (check_command, score_command)


class _Watch:
    """A run under way: what came of it so far, and whether ^C has ended it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.seen = 0
        self.errors: list[str] = []
        self.passes = True
        self.is_interrupted = False
        self.progress = Progress(len(run))

    def reports(self) -> Iterator[Report]:
        """The reports; ^C ends them, and what is written of them stays whole."""
        return (outcome.report for outcome in self.outcomes(iter(self.run)))

    def outcomes(self, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, of which it keeps the count."""
        with Interrupts() as interrupts:
            while not interrupts.met:
                try:
                    with interrupts.at_once():
                        outcome = next(outcomes, None)
                except KeyboardInterrupt:
                    break
                if outcome is None:
                    return
                self._note(outcome)
                self.progress.advance()
                yield outcome
            self.is_interrupted = True

    def _note(self, outcome: Outcome) -> None:
        self.seen += 1
        self.passes = self.passes and outcome.passes
        if outcome.report.error is not None:
            self.errors.append(outcome.report.error)

    def lines(self, lines: Iterable[str]) -> Iterator[str]:
        """Lines that stand where the progress stood."""
        for line in lines:
            self.progress.erase()
            yield line

    def code(self) -> int:
        """The exit code, once what went wrong is told."""
        self.progress.erase()
        for reminder in self.run.find_overdue(date.today()):
            click.echo(reminder, err=True)
        for error in self.errors:
            click.echo(error, err=True)
        if self.is_interrupted:
            click.echo(f"vipcopy: прервано, проверено {self.seen} из {len(self.run)}", err=True)
            return INTERRUPTED
        if self.errors:
            return FAILED
        return CLEAN if self.passes else FOUND


def _start(context: click.Context) -> _Watch:
    run = open_run(context.params["paths"], build_request(context))
    with patience():
        return _Watch(run.prepare())


def _write_all(
    targets: Sequence[Target], reports: Iterator[Report], style: Style, watch: _Watch, *, has_comments: bool
) -> list[Report]:
    """Write the reports to every target, on the screen as they come; those that are needed later are handed back."""
    shown: list[Report] = []
    files = [target for target in targets if target.path]
    kept = _keep(reports, shown) if files or has_comments else reports
    for target in targets:
        if not target.path:
            pieces = watch.lines(write_pieces(kept, target.form, style))
            print_pieces(pieces, style, is_data=target.form in DATA)
    shown.extend(reports)
    for target in files:
        _write_file(target, shown, style)
    return shown


def _keep(reports: Iterable[Report], shown: list[Report]) -> Iterator[Report]:
    for report in reports:
        shown.append(report)
        yield report


def _write_file(target: Target, reports: Sequence[Report], style: Style) -> None:
    plain = Style(width=style.width, short=style.short, version=style.version)
    try:
        with Path(target.path).open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(write_pieces(reports, target.form, plain))
    except OSError as error:
        raise ConfigError(f"--output: {target.path} не записывается ({error.strerror}); проверьте путь") from None


def _write_comments(reports: Sequence[Report], path: str) -> None:
    if len(reports) != 1:
        raise ConfigError("--comments: замечания пишутся в копию одного файла; укажите один файл .docx")
    write_comments(reports[0], path)
