"""What the commands `check` and `score` do, once their arguments are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from os.path import realpath
from pathlib import Path

from vipcopy import (
    ConfigError,
    Outcome,
    Report,
    Request,
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
from vipcopy.cli.exit_codes import CLEAN, FAILED, FOUND, INTERRUPTED
from vipcopy.cli.interrupts import Interrupts
from vipcopy.cli.screen import Progress, notice_of_compiling, print_lines, print_pieces, tell_name, warn
from vipcopy.cli.targets import DATA, Target
from vipcopy.cli.terminal import build_style
from vipcopy.os_errors import write_os_error
from vipcopy.records import NamedTuple
from vipcopy.storage.atomic_write import write_atomically

_HEAD = 2_000  # bytes of a page of ours in which its title ends


class Order(NamedTuple):
    """What a command that reads texts is asked for.

    >>> Order(("letter.txt",)).targets
    (Target(form='text', path=''),)
    """

    paths: tuple[str, ...]
    request: Request = Request()
    targets: tuple[Target, ...] = (Target("text"),)
    lowest: str = "info"  # severity that is shown
    comments: str = ""  # a Word file to be written
    color: str = "auto"
    quiet: bool = False


def check(order: Order) -> int:
    """Find what is wrong with texts and write it to every target; the exit code comes back."""
    style = build_style(order.color, short=order.quiet)
    watch = _start(order)
    lowest = Severity(order.lowest)
    if order.targets == (Target("jsonl"),) and watch.run.count_jobs() > 1 and not order.comments:
        write = partial(write_shown, form="jsonl", style=style, severity=lowest)
        outcomes = watch.outcomes(watch.run.tell(write))
        print_pieces(watch.lines(outcome.line for outcome in outcomes), is_data=True)
        watch.settle(outcomes)
        return watch.code()
    reports = (show(report, lowest) for report in watch.reports())
    _write_all(order, reports, style, watch)
    return watch.code()


def score(order: Order) -> int:
    """Write the nine points of each text; the exit code comes back."""
    style = build_style(order.color)
    watch = _start(order)
    reports = watch.reports()
    print_lines(watch.lines(write_scores(reports, style)))
    watch.settle(reports)
    return watch.code(is_judged=False)


class _Watch:
    """A run under way: what came of it so far, and whether ^C has ended it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.seen = 0
        self.errors: list[str] = []
        self.shortfalls: list[str] = []
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
            name = outcome.report.name
            self.errors.append(outcome.report.error.replace(name, tell_name(name)))
        elif not outcome.passes:
            self._note_shortfall(outcome.report)

    def _note_shortfall(self, report: Report) -> None:
        from vipcopy import write_shortfall  # most texts pass

        if shortfall := write_shortfall(report):
            self.shortfalls.append(f"{tell_name(report.name)}: {shortfall}")

    def lines(self, lines: Iterable[str]) -> Iterator[str]:
        """Lines that stand where the progress stood."""
        for line in lines:
            self.progress.erase()
            yield line

    def settle(self, rest: Iterator[object]) -> None:
        """Check what a closed pipe has left, until it is known that the texts fail: the exit code is still read."""
        while self.passes and not self.errors and next(rest, None) is not None:
            continue

    def code(self, *, is_judged: bool = True) -> int:
        """The exit code, once what went wrong is told: texts that are only scored pass whatever is asked of them."""
        self.progress.erase()
        if any(task.plan.reviews for task in self.run.tasks):
            from datetime import date  # a start has no other use for it

            for reminder in self.run.find_overdue(date.today()):
                warn(reminder)
        for line in (*self.errors, *(self.shortfalls if is_judged else ())):
            warn(line)
        if self.is_interrupted:
            warn(f"vipcopy: прервано, проверено {self.seen} из {len(self.run)}")
            return INTERRUPTED
        if self.errors:
            return FAILED
        return CLEAN if self.passes or not is_judged else FOUND


def _start(order: Order) -> _Watch:
    run = open_run(order.paths, order.request)
    if not run:  # no fault: a hook names what is excluded
        others = f" и ещё {len(order.paths) - 1}" if len(order.paths) > 1 else ""
        said = f"настройки (exclude) исключают {tell_name(order.paths[0])}{others}"
        warn(f"vipcopy: проверять нечего: {said}; измените их или укажите другие тексты")
    run = _spare_texts(order, run)
    with notice_of_compiling():
        return _Watch(run.prepare())


def _spare_texts(order: Order, run: Run) -> Run:
    """Refuse to write a report over a text of the run; a page of ours that a folder has from an earlier run is none."""
    named = {realpath(path) for path in order.paths}
    for target in order.targets:
        if not target.path or not run.reads(target.path):
            continue
        if not _is_earlier(target.path) or realpath(target.path) in named:
            raise ConfigError(f"--output: {target.path} — сам проверяемый текст; укажите для отчёта другой файл")
        run = run.leave_out(target.path)
    return run


def _is_earlier(path: str) -> bool:
    """Whether a file is a page that we wrote: its title says so."""
    with suppress(OSError), Path(path).open("rb") as file:
        return "— vipcopy</title>".encode() in file.read(_HEAD)
    return False


def _write_all(order: Order, reports: Iterator[Report], style: Style, watch: _Watch) -> None:
    """Write the reports to every target, on the screen as they come; files whole, whatever becomes of the screen."""
    files = [target for target in order.targets if target.path]
    if not files and not order.comments:
        _show(order, reports, style, watch)
        watch.settle(reports)
        return
    shown: list[Report] = []
    fault: OSError | None = None
    try:
        _show(order, _keep(reports, shown), style, watch)
    except OSError as error:
        fault = error
    shown.extend(reports)
    for target in files:
        _write_file(target, shown, style)
    if order.comments and not any(report.error for report in shown):
        _write_comments(shown, order.comments)
    if fault:
        raise fault


def _show(order: Order, reports: Iterator[Report], style: Style, watch: _Watch) -> None:
    for target in order.targets:
        if not target.path:
            pieces = watch.lines(write_pieces(reports, target.form, style))
            print_pieces(pieces, is_data=target.form in DATA)


def _keep(reports: Iterable[Report], shown: list[Report]) -> Iterator[Report]:
    for report in reports:
        shown.append(report)
        yield report


def _write_file(target: Target, reports: Sequence[Report], style: Style) -> None:
    plain = Style(width=style.width, short=style.short, version=style.version)
    try:
        write_atomically(
            target.path, (piece.encode("utf-8", "replace") for piece in write_pieces(reports, target.form, plain))
        )
    except BrokenPipeError:  # -o /dev/stdout
        return
    except OSError as error:
        raise ConfigError(
            f"--output: {target.path} не записывается ({write_os_error(error)}); проверьте путь"
        ) from None


def _write_comments(reports: Sequence[Report], path: str) -> None:
    if len(reports) != 1:
        raise ConfigError("--comments: замечания пишутся в копию одного файла; укажите один файл .docx")
    write_comments(reports[0], path)
