"""A run over many files: settings and a checker for each, shared out to processes; what is new and what fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from os.path import realpath
from pathlib import Path

from vipcopy.checking.checker import CoreChecker
from vipcopy.errors import ConfigError
from vipcopy.hints import TYPE_CHECKING
from vipcopy.model import Report
from vipcopy.readers import FORMATS
from vipcopy.records import NamedTuple
from vipcopy.runs.plans import Plan, Request, accept, build_plans, find_overdue, is_excluded, load_checkers
from vipcopy.runs.sources import ReadOptions, build_failure, check_file
from vipcopy.runs.walk import STDIN, FoundPath, find_files
from vipcopy.storage.regex_cache import save_regexes
from vipcopy.thresholds import passes

if TYPE_CHECKING:
    from datetime import date

    from vipcopy.runs.git import ChangedLines
    from vipcopy.silence.baseline import Baseline, Ledger

Checkers = Mapping[Plan, CoreChecker]

MANY = 64  # files from which on the work is shared out unasked
MOST_JOBS = 8  # unasked
CODED = frozenset({"docx", "odt"})  # formats whose files say themselves how their text is encoded


class Outcome(NamedTuple):
    """The report of a file, and whether it passes what the settings ask of it."""

    report: Report
    passes: bool
    line: str = ""  # what was told where the report was found; the one here has its error and its total only


class Task(NamedTuple):
    """A file to check and how."""

    found: FoundPath
    name: str
    plan: Plan
    options: ReadOptions


class Run:
    """Files about to be checked: `len` tells how many, iterating checks them, in order.

    >>> import vipcopy
    >>> [outcome.passes for outcome in vipcopy.open_run(["нет.txt"])]
    [False]
    """

    def __init__(
        self,
        tasks: tuple[Task, ...],
        request: Request,
        ledgers: Mapping[str, Ledger],  # baseline file -> what has been met of it
        checkers: Checkers | None = None,  # loaded when the run begins, if they were not before
    ) -> None:
        self.tasks = tasks
        self.request = request
        self.ledgers = ledgers
        self.checkers = checkers

    def prepare(self) -> Run:
        """The same run with its rules at hand; new ones are compiled. Raises ConfigError, RuleError."""
        if self.checkers:
            return self
        return Run(self.tasks, self.request, self.ledgers, load_checkers(task.plan for task in self.tasks))

    def __len__(self) -> int:
        """How many files there are."""
        return len(self.tasks)

    def reads(self, path: str) -> bool:
        """Whether a file is among those to check, by whatever path."""
        wanted = realpath(path)
        return any(realpath(task.found.path) == wanted for task in self.tasks if task.found.path != STDIN)

    def leave_out(self, path: str) -> Run:
        """The same run without a file."""
        wanted = realpath(path)
        tasks = tuple(task for task in self.tasks if realpath(task.found.path) != wanted)
        return Run(tasks, self.request, self.ledgers, self.checkers)

    def find_overdue(self, today: date) -> Iterator[str]:
        """A line for each approved term whose day of review has passed."""
        return find_overdue((review for task in self.tasks for review in task.plan.reviews), today)

    def __iter__(self) -> Iterator[Outcome]:
        """The outcome of each file in order; ConfigError and RuleError are raised before the first."""
        checkers = self.prepare().checkers or {}
        finding_filter = _FindingFilter(self.request.since, self.ledgers)
        finding_filter.prepare(self.tasks)
        for task, report in zip(self.tasks, _check_all(self.tasks, checkers, self.count_jobs()), strict=False):
            yield _judge(finding_filter.take(task, report), task.plan)
        save_regexes()

    def count_jobs(self) -> int:
        """How many processes check the files."""
        if len(self.tasks) < 2 or any(task.found.path == STDIN for task in self.tasks):
            return 1
        unasked = min(MOST_JOBS, os.cpu_count() or 1) if len(self.tasks) >= MANY else 1
        return min(self.request.jobs or unasked, len(self.tasks))

    def tell(self, write: Callable[[Report], str]) -> Iterator[Outcome]:
        """The outcomes with what `write` makes of each report, in the process that found it: reports are dear to send.

        `write` goes to other processes, so it has a name in a module.
        """
        if self.count_jobs() == 1 or self.request.since or self.ledgers:
            yield from (_tell(outcome, write) for outcome in self)
        else:
            from vipcopy.runs.processes import share_out

            checkers = self.prepare().checkers or {}
            yield from share_out(partial(_check_and_tell, write), self.tasks, checkers, self.count_jobs())


def _judge(report: Report, plan: Plan) -> Outcome:
    return Outcome(report._replace(min_score=plan.min_score), passes(report, plan.fail_on, plan.min_score))


def _check_and_tell(write: Callable[[Report], str], checkers: Checkers, task: Task) -> Outcome:
    return _tell(_judge(_check(checkers, task), task.plan), write)


def _tell(outcome: Outcome, write: Callable[[Report], str]) -> Outcome:
    report = outcome.report
    bare = build_failure(report.name, report.error)._replace(
        score=report.score._replace(guidelines=()), min_score=report.min_score
    )
    return Outcome(bare, outcome.passes, write(report))


class _FindingFilter:
    """Leaves out what is old: findings in lines that nobody has changed, findings that a baseline knows."""

    def __init__(self, since: str, ledgers: Mapping[str, Ledger]) -> None:
        self.since = since
        self.ledgers = ledgers
        self.roots: dict[Path, Path] = {}  # folder -> its repository
        self.changes: dict[Path, ChangedLines] = {}  # repository -> its new lines

    def prepare(self, tasks: Iterable[Task]) -> None:
        """Ask git about each folder. Raises ConfigError, before half of a report is written."""
        for task in tasks if self.since else ():
            if task.found.path != STDIN and not task.found.error:
                self._changes(Path(task.found.path).resolve().parent)

    def take(self, task: Task, report: Report) -> Report:
        """The report without what is old."""
        if report.error is not None:
            return report
        if self.since and task.found.path != STDIN:
            path = Path(task.found.path).resolve()
            changes = self._changes(path.parent)
            from vipcopy.silence.baseline import leave

            report = leave(report, changes.find_new(path, report))
        ledger = self.ledgers.get(task.plan.baseline)
        return ledger.take(report) if ledger else report

    def _changes(self, folder: Path) -> ChangedLines:
        from vipcopy.runs.git import find_root, load_changed_lines  # only --changed-since asks it

        if folder not in self.roots:
            self.roots[folder] = find_root(folder)
        root = self.roots[folder]
        if root not in self.changes:
            self.changes[root] = load_changed_lines(root, self.since)
        return self.changes[root]


def build_run(paths: Iterable[str], request: Request, *, has_baseline: bool = True) -> Run:
    """The run over files and folders. Raises ConfigError for settings that cannot be used."""
    request = accept(request)
    tasks = tuple(_find_tasks(paths, request))
    if not has_baseline:
        return Run(tasks, request, {})
    baselines = dict.fromkeys(task.plan.baseline for task in tasks if task.plan.baseline)
    return Run(tasks, request, {path: load_baseline(path).open() for path in baselines})


def load_baseline(path: str) -> Baseline:
    """The baseline of a file. Raises ConfigError where there is none or it cannot be read."""
    from vipcopy.silence.baseline import parse_baseline

    try:
        return parse_baseline(Path(path).read_text(encoding="utf-8"), path)
    except FileNotFoundError:
        raise ConfigError(f"{path}: базовой линии нет; запишите её: vipcopy baseline write") from None
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{path}: базовая линия не читается; запишите заново: vipcopy baseline write") from None


def _find_tasks(paths: Iterable[str], request: Request) -> Iterator[Task]:
    all_found = list(find_files(paths))
    _refuse_conflicts(all_found, request)
    names = [request.stdin_name if found.path == STDIN else found.path for found in all_found]
    for found, name, plan in zip(all_found, names, build_plans(names, request), strict=True):
        if (found.error and found.is_named) or not is_excluded(f"{name}/*" if found.error else name, plan):
            yield Task(found, name, plan, ReadOptions(request.encoding, request.form, plan.require_reason))


def _refuse_conflicts(all_found: Sequence[FoundPath], request: Request) -> None:
    """Raise ConfigError where a format is unknown, or where what is asked for cannot go together."""
    form = request.form
    if form and form not in FORMATS:
        raise ConfigError(f"--as: «{form}» не бывает; напишите одно из: {', '.join(FORMATS)}")
    if form and not all(found.is_named for found in all_found):
        raise ConfigError("--as: вид файлов в папке виден по их окончаниям; назовите сами файлы")
    if form in CODED and request.encoding:
        raise ConfigError(f"--encoding: у {form} кодировка своя; уберите --encoding")
    if request.stdin_name != STDIN and STDIN not in (found.path for found in all_found):
        raise ConfigError("--stdin-filename: стандартный ввод не назван; допишите к путям «-»")


def _check_all(tasks: Sequence[Task], checkers: Checkers, jobs: int) -> Iterator[Report]:
    if jobs == 1:
        return (_check(checkers, task) for task in tasks)
    from vipcopy.runs.processes import share_out  # most runs are of one file

    return share_out(_check, tasks, checkers, jobs)


def _check(checkers: Checkers, task: Task) -> Report:
    if task.found.error:
        return build_failure(task.name, task.found.error)
    return check_file(checkers[task.plan], task.found.path, task.name, task.options)
