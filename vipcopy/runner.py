"""The shell around the core, as the fronts see it: texts, files and folders in, reports and their lines out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from vipcopy import checker, writers
from vipcopy.arguments import Names, Paths, refuse_no_bytes, refuse_no_text, take_names, take_paths, take_texts
from vipcopy.atomic_write import write_atomically
from vipcopy.kinds import KINDS
from vipcopy.library import (
    DEFAULT_PACKS,
    build_choice,
    load_core,
    load_packs,
    read_rules,
    refuse_unknown,
)
from vipcopy.limits import NO_LIMITS, Limits
from vipcopy.model import ConfigError, Pack, Report, Rule, Severity
from vipcopy.os_errors import write_os_error
from vipcopy.plans import Request
from vipcopy.records import NamedTuple
from vipcopy.release import VERSION
from vipcopy.replay import select
from vipcopy.session import Outcome, Run, build_run
from vipcopy.sources import ReadOptions, build_failure, check_bytes, check_file, check_text, read_bytes
from vipcopy.thresholds import read_severity
from vipcopy.waivers import find_names
from vipcopy.walk import STDIN, FoundPath, find_files
from vipcopy.writers import Style, find_writer

__all__ = [
    "Checker",
    "Limits",
    "Outcome",
    "Request",
    "Run",
    "Style",
    "check",
    "load",
    "load_packs",
    "open_run",
    "show",
    "version",
    "write",
    "write_comments",
    "write_json",
    "write_pieces",
    "write_rulebook",
    "write_schema",
    "write_shown",
]


class Checker(NamedTuple):
    """Rules ready to read texts: built once by `load`, never changed, safe in threads, pickles.

    >>> checker = load()
    >>> [finding.rule.partition("/")[0] for finding in checker.check_text("Поторопитесь, места ещё есть.").findings]
    ['urgency']
    """

    core: checker.CoreChecker
    require_reason: bool = False  # a waiver without one is an error

    def __eq__(self, other: object) -> bool:
        return self is other

    def __repr__(self) -> str:  # all that is compiled would be half a megabyte on the screen
        return f"<Checker: {len(self.core.bare)} rules>"

    def __hash__(self) -> int:  # what is remembered of texts is remembered by the checker itself
        return id(self)

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules in use, by id."""
        return self.core.rules

    def check_text(self, text: str, *, name: str = "", format: str = "text", limits: Limits = NO_LIMITS) -> Report:
        """The report of a string: "text", "markdown" or "html".

        Raises ConfigError for another format, LimitError, ReadError for a text that cannot be read.

        >>> load().check_text("<p>Часы готовы.</p>", format="html", limits=Limits(length=200_000, seconds=10)).findings
        ()
        """
        refuse_no_text(text)
        return check_text(self.core, text, name, ReadOptions(None, format, self.require_reason, limits))

    def check_bytes(self, data: bytes, *, name: str, encoding: str | None = None, limits: Limits = NO_LIMITS) -> Report:
        """The report of a file's bytes, read as the ending of `name` says: .txt, .html, .eml, .docx …

        Raises ReadError for what cannot be read, LimitError, ConfigError for an unknown encoding.

        >>> load().check_bytes("Скидка".encode("cp1251"), name="letter.txt").findings[0].quote
        'Скидка'
        """
        refuse_no_bytes(data)
        return check_bytes(self.core, data, name, ReadOptions(encoding, "", self.require_reason, limits))

    def check_many(self, texts: Iterable[str], *, format: str = "text") -> Iterator[Report]:
        """A report for each text, in order; a text is taken only when its report is asked for.

        >>> [report.words for report in load().check_many(["Часы готовы.", "Ждём."])]
        [2, 1]
        """
        return (self.check_text(text, format=format) for text in take_texts(texts))

    def check_paths(self, paths: Paths, *, encoding: str | None = None, stdin_name: str = STDIN) -> Iterator[Report]:
        """A report for each file, folders taken with all that is below them, in order of names; `-` is standard input.

        One path will do. What cannot be read is a report with an `error`. Raises ConfigError for an unknown encoding.

        >>> [report.error for report in load().check_paths("нет.txt")]
        ['нет.txt: нет такого файла или папки; проверьте путь']
        """
        options = ReadOptions(encoding, "", self.require_reason)
        return (self._check_found(found, stdin_name, options) for found in find_files(take_paths("paths", paths)))

    def _check_found(self, found: FoundPath, stdin_name: str, options: ReadOptions) -> Report:
        name = stdin_name if found.path == STDIN else found.path
        return build_failure(name, found.error) if found.error else check_file(self.core, found.path, name, options)


def open_run(paths: Paths, request: Request | None = None) -> Run:
    """A run over files and folders, each by the settings found beside it.

    Raises ConfigError for settings that cannot be used; iterating raises it, and RuleError, before the first outcome.

    >>> [outcome.report.error for outcome in open_run(["нет.txt"])]
    ['нет.txt: нет такого файла или папки; проверьте путь']
    """
    return build_run(take_paths("paths", paths), request or Request())


def load(
    packs: Paths = DEFAULT_PACKS,
    *,
    select: Names = (),
    ignore: Names = (),
) -> Checker:
    """A checker of the named packs: `vip`, or folders with a `pack.yaml`; of each argument one or several.

    `select` and `ignore` take rule ids, categories and numbers of guidelines. Raises RuleError with a line for each
    mistake of a pack, ConfigError for a name that no rule has.

    >>> sorted({rule.category for rule in load("vip", select="urgency").rules.values()})
    ['urgency']
    """
    wanted, unwanted = take_names("select", select), take_names("ignore", ignore)
    core = load_core(take_paths("packs", packs))
    refuse_unknown((*wanted, *unwanted), core.known)
    return Checker(core.keep(build_choice(wanted, unwanted)) if wanted or unwanted else core)


def check(text: str, *, format: str = "text") -> Report:
    """The report of a string by the main rules, which are loaded at the first call.

    >>> check("Скидка 20 %").findings[0].category
    'discount'
    """
    return _default().check_text(text, format=format)


def write(reports: Iterable[Report], form: str, style: Style) -> Iterator[str]:
    """Lines of reports in one of the formats of `vipcopy check`: `text`, `json`, `sarif` …

    >>> print(*write([check("Часы готовы.")], "text", Style(short=True)))  # doctest: +ELLIPSIS
    текст: ...; 0 замечаний
    """
    return find_writer(form)(reports, style)


def write_pieces(reports: Iterable[Report], form: str, style: Style) -> Iterator[str]:
    """The same text with its line ends, the long lines of `json` and `jsonl` in pieces: findings are told one by one.

    >>> "".join(write_pieces([check("Часы готовы.")], "text", Style(short=True)))[-1:]
    '\\n'
    """
    return writers.write_pieces(reports, form, style)


def write_shown(report: Report, form: str, style: Style, severity: Severity) -> str:
    """One report as text with its line ends, without findings below a severity.

    >>> write_shown(check("Часы готовы."), "text", Style(short=True), Severity.INFO)[-1:]
    '\\n'
    """
    return "".join(write_pieces((show(report, severity),), form, style))


def write_json(*reports: Report) -> str:
    """Reports as one JSON object, as `vipcopy check --format json` prints it.

    >>> write_json(check("Часы готовы."))[:12]
    '{"vipcopy": '
    """
    return "".join(write(reports, "json", Style(version=version())))


def write_rulebook(packs: Sequence[Pack], names: Sequence[str], style: Style) -> Iterator[str]:
    """Lines on rules: all about each that is named by its id, a list of those named otherwise, or of all.

    Raises RuleError for a broken pack, ConfigError for a name that no rule has.

    >>> next(write_rulebook(load_packs(), ["urgency"], Style()))
    '6 Без запугивания'
    """
    from vipcopy.writers.rulebook import write_rule, write_rules

    rules = read_rules(packs)
    refuse_unknown(names, frozenset[str]().union(*map(find_names, rules.values())))
    for name in names:
        if name in rules:
            yield from write_rule(rules[name], style)
            yield ""
    groups = frozenset(names) - rules.keys()
    if groups or not names:
        yield from write_rules((rule for rule in rules.values() if not names or groups & find_names(rule)), style)


def write_schema() -> str:
    """The JSON Schema of rule files, as JSON text.

    >>> write_schema()[:1]
    '{'
    """
    from vipcopy.schema import build_schema

    return build_schema(sorted(KINDS))


def show(report: Report, severity: Severity | str) -> Report:
    """The report without findings below a severity, or its name; the score stays as it is. Raises ConfigError.

    >>> show(check("Новая скидка."), "error").findings[0].severity
    <Severity.ERROR: 'error'>
    """
    least = read_severity(severity).rank
    return (
        report._replace(findings=select(report.findings, lambda each: each.severity.rank >= least)) if least else report
    )


def write_comments(report: Report, path: str | Path) -> None:
    """Write a copy of the report's Word file with each finding as a comment. Raises ConfigError, ReadError."""
    from vipcopy import comments

    if Path(report.name).suffix.lower() != ".docx":
        raise ConfigError(f"--comments: {report.name} — не файл Word; укажите файл .docx")
    if Path(path).resolve() == Path(report.name).resolve():
        raise ConfigError(f"--comments: {path} — сам проверяемый текст; укажите для копии другой файл")
    try:
        write_atomically(path, [comments.write_comments(read_bytes(report.name), report.name, report.findings)])
    except OSError as error:
        raise ConfigError(f"{path}: файл не записывается ({write_os_error(error)}); проверьте путь") from None


def version() -> str:
    """The version of the package.

    >>> version().count(".")
    2
    """
    return VERSION


@cache
def _default() -> Checker:
    return load()
