"""Findings as a Code Quality report of GitLab. It knows findings by their fingerprints, so these survive new lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from vipcopy.identity import build_key
from vipcopy.model import Finding, Report, Severity
from vipcopy.storage.digests import sha256
from vipcopy.writers.brief import MIN_SCORE, write_shortfall
from vipcopy.writers.columns import has_lines, slash, write_message, write_path
from vipcopy.writers.json import Value, write_list
from vipcopy.writers.style import Style

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(reports: Iterable[Report], _style: Style) -> Iterator[str]:
    """Lines that are one JSON array together."""
    return write_list("[", (entry for report in reports for entry in _build_entries(report)), "]")


def _build_entries(report: Report) -> Iterator[Value]:
    path = write_path(report)
    if report.error is not None:
        yield _build_entry(
            path, "unreadable", report.error, "blocker", (_digest(slash(report.name), "unreadable", 0), 1, 1)
        )
    if shortfall := write_shortfall(report):
        yield _build_entry(path, MIN_SCORE, shortfall, "major", (_digest(slash(report.name), MIN_SCORE, 0), 1, 1))
    seen: Counter[str] = Counter()
    for finding in report.findings:
        key = build_key(finding)
        lines = _tell_lines(report, finding)
        place = (_digest(slash(report.name), key, seen[key]), *lines)
        yield _build_entry(path, finding.rule, write_message(finding), _SEVERITIES[finding.severity], place)
        seen[key] += 1


def _tell_lines(report: Report, finding: Finding) -> tuple[int, int]:
    return (finding.place.line, finding.place.end_line) if has_lines(report, finding) else (1, 1)


def _build_entry(path: str, rule: str, message: str, severity: str, place: tuple[str, int, int]) -> Value:
    fingerprint, first, last = place
    return {
        "description": message,
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": first, "end": last}},
    }


def _digest(path: str, key: str, number: int) -> str:
    return sha256(f"{path}\0{key}\0{number}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
