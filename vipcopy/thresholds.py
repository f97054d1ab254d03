"""What is asked of a report: no finding of some severity, no score below some points."""

from __future__ import annotations

from vipcopy.model import Report, Severity

NEVER = "never"  # whatever is found


def passes(report: Report, fail_on: str, min_score: int | None) -> bool:
    """Whether a report is good enough; `min_score` is in centipoints. One of what could not be read never is."""
    if report.error is not None:
        return False
    return not _has_faults(report, fail_on) and not _is_low(report, min_score)


def _has_faults(report: Report, fail_on: str) -> bool:
    if fail_on == NEVER:
        return False
    return any(finding.severity.rank >= Severity(fail_on).rank for finding in report.findings)


def _is_low(report: Report, min_score: int | None) -> bool:
    """Whether the score, taken for nine guidelines where fewer could be judged, is below the wanted one."""
    if min_score is None or not report.score.max:
        return False
    return report.score.total * 900 < min_score * report.score.max
