"""Findings in the Diagnostic Format of reviewdog. Its columns count bytes of UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vipcopy.model import Finding, Place, Report, Severity
from vipcopy.writers.brief import MIN_SCORE, write_shortfall
from vipcopy.writers.columns import count_bytes, has_lines, write_message, write_path
from vipcopy.writers.json import Value, write_list
from vipcopy.writers.style import Style

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def write(reports: Iterable[Report], _style: Style) -> Iterator[str]:
    """Lines that are one JSON object together."""
    entries = (entry for report in reports for entry in _build_entries(report))
    return write_list('{"source": {"name": "vipcopy"}, "diagnostics": [', entries, "]}")


def _build_entries(report: Report) -> Iterator[Value]:
    if report.error is not None:
        yield {"message": report.error, "location": {"path": write_path(report)}, "severity": "ERROR"}
    if shortfall := write_shortfall(report):
        location: Value = {"path": write_path(report)}
        yield {"message": shortfall, "location": location, "severity": "ERROR", "code": {"value": MIN_SCORE}}
    for finding in report.findings:
        yield _build_entry(report, finding)


def _build_entry(report: Report, finding: Finding) -> Value:
    location: dict[str, Value] = {"path": write_path(report)}
    entry: dict[str, Value] = {
        "message": write_message(finding),
        "location": location,
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
    }
    if has_lines(report, finding):
        location["range"] = _build_range(report, finding.place)
        if finding.fix:
            entry["suggestions"] = [{"range": _build_range(report, finding.fix.place), "text": finding.fix.text}]
    return entry


def _build_range(report: Report, place: Place) -> Value:
    span = count_bytes(report, place)
    return {
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
    }
