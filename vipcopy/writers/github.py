"""Findings as annotations of GitHub Actions: a command a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vipcopy.model import Finding, Report, Severity
from vipcopy.writers.brief import MIN_SCORE, write_shortfall
from vipcopy.writers.columns import has_lines, write_message, write_path
from vipcopy.writers.style import Style

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_OBEYED = dict.fromkeys(map(chr, (*range(32), *range(127, 160))), "\ufffd")  # by a terminal that shows the log
_TEXT = str.maketrans({**_OBEYED, "%": "%25", "\r": "%0D", "\n": "%0A"})
_VALUE = str.maketrans({**_OBEYED, "%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write(reports: Iterable[Report], _style: Style) -> Iterator[str]:
    """A line for each finding, for each score that is too low and for each file that could not be read."""
    for report in reports:
        if report.error is not None:
            yield f"::error file={_value(write_path(report))}::{report.error.translate(_TEXT)}"
        if shortfall := write_shortfall(report):
            yield f"::error file={_value(write_path(report))},title={MIN_SCORE}::{shortfall.translate(_TEXT)}"
        for note in report.notes:
            yield f"::notice file={_value(write_path(report))}::{note.translate(_TEXT)}"
        for finding in report.findings:
            yield _write_finding(report, finding)


def _write_finding(report: Report, finding: Finding) -> str:
    place = finding.place
    values = {"file": write_path(report), "title": finding.rule}
    if has_lines(report, finding):
        values |= {"line": str(place.line), "endLine": str(place.end_line)}
        if place.line == place.end_line:  # GitHub takes columns only then
            values |= {"col": str(place.column), "endColumn": str(place.end_column)}
    told = ",".join(f"{key}={_value(value)}" for key, value in values.items())
    return f"::{_COMMANDS[finding.severity]} {told}::{write_message(finding).translate(_TEXT)}"


def _value(text: str) -> str:
    return text.translate(_VALUE)
