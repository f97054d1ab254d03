"""Reports as text: lines in every format, the rulebook, the schema, comments in a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os.path import realpath
from pathlib import Path

from vipcopy import writers
from vipcopy.compiling.library import read_rules, refuse_unknown
from vipcopy.errors import ConfigError
from vipcopy.kinds import KINDS
from vipcopy.model import Pack, Report, Severity
from vipcopy.os_errors import write_os_error
from vipcopy.packs.paths import find_file
from vipcopy.release import VERSION
from vipcopy.replay import select
from vipcopy.runs.sources import read_bytes
from vipcopy.silence.waivers import find_names
from vipcopy.storage.atomic_write import write_atomically
from vipcopy.thresholds import read_severity
from vipcopy.writers import Style, find_writer

__all__ = [
    "Style",
    "show",
    "write",
    "write_comments",
    "write_json",
    "write_pieces",
    "write_rulebook",
    "write_schema",
    "write_shown",
]


def write(reports: Iterable[Report], form: str, style: Style) -> Iterator[str]:
    """Lines of reports in one of the formats of `vipcopy check`: `text`, `json`, `sarif` …

    >>> from vipcopy import check
    >>> print(*write([check("Часы готовы.")], "text", Style(short=True)))  # doctest: +ELLIPSIS
    текст: ...; 0 замечаний
    """
    return find_writer(form)(reports, style)


def write_pieces(reports: Iterable[Report], form: str, style: Style) -> Iterator[str]:
    """The same text with its line ends, the long lines of `json` and `jsonl` in pieces: findings are told one by one.

    >>> from vipcopy import check
    >>> "".join(write_pieces([check("Часы готовы.")], "text", Style(short=True)))[-1:]
    '\\n'
    """
    return writers.write_pieces(reports, form, style)


def write_shown(report: Report, form: str, style: Style, severity: Severity) -> str:
    """One report as text with its line ends, without findings below a severity.

    >>> from vipcopy import check
    >>> write_shown(check("Часы готовы."), "text", Style(short=True), Severity.INFO)[-1:]
    '\\n'
    """
    return "".join(write_pieces((show(report, severity),), form, style))


def write_json(*reports: Report) -> str:
    """Reports as one JSON object, as `vipcopy check --format json` prints it.

    >>> from vipcopy import check
    >>> write_json(check("Часы готовы."))[:12]
    '{"vipcopy": '
    """
    return "".join(write(reports, "json", Style(version=VERSION)))


def write_rulebook(packs: Sequence[Pack], names: Sequence[str], style: Style) -> Iterator[str]:
    """Lines on rules: all about each that is named by its id, a list of those named otherwise, or of all.

    Raises RuleError for a broken pack, ConfigError for a name that no rule has.

    >>> from vipcopy import load_packs
    >>> next(write_rulebook(load_packs(), ["urgency"], Style()))
    '6 Без запугивания'
    """
    from vipcopy.writers.rulebook import write_rule, write_rules

    rules = read_rules(packs)
    refuse_unknown(names, frozenset[str]().union(*map(find_names, rules.values())))
    for name in names:
        if name in rules:
            origin = rules[name].origin
            place = origin._replace(path=find_file(origin.path))
            yield from write_rule(rules[name]._replace(origin=place), style)
            yield ""
    groups = frozenset(names) - rules.keys()
    if groups or not names:
        yield from write_rules((rule for rule in rules.values() if not names or groups & find_names(rule)), style)


def write_schema() -> str:
    """The JSON Schema of rule files, as JSON text.

    >>> write_schema()[:1]
    '{'
    """
    from vipcopy.packs.schema import build_schema

    return build_schema(sorted(KINDS))


def show(report: Report, severity: Severity | str) -> Report:
    """The report without findings below a severity, or its name; the score stays as it is. Raises ConfigError.

    >>> from vipcopy import check
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
    if realpath(path) == realpath(report.name):
        raise ConfigError(f"--comments: {path} — сам проверяемый текст; укажите для копии другой файл")
    try:
        write_atomically(path, [comments.write_comments(read_bytes(report.name), report.name, report.findings)])
    except OSError as error:
        raise ConfigError(f"{path}: файл не записывается ({write_os_error(error)}); проверьте путь") from None
