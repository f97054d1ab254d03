"""What is asked of a report: no finding of some severity, no score below some points."""

from __future__ import annotations

from vipcopy.errors import ConfigError
from vipcopy.model import Finding, Report, Severity

NEVER = "never"  # whatever is found


def read_severity(name: str) -> Severity:
    """The severity of a name. Raises ConfigError where there is none."""
    if name not in [*Severity]:
        raise ConfigError(f"важности «{name}» не бывает; напишите одно из: {', '.join(Severity)}")
    return Severity(name)


def passes(report: Report, fail_on: str, min_score: int | None) -> bool:
    """Whether a report is good enough; `min_score` is in centipoints. One of what could not be read never is."""
    if report.error is not None or is_low(report, min_score):
        return False
    return not any(is_fault(finding, fail_on) for finding in report.findings)


def is_fault(finding: Finding, fail_on: str) -> bool:
    """Whether the finding alone is too much."""
    return fail_on != NEVER and finding.severity.rank >= Severity(fail_on).rank


def is_low(report: Report, min_score: int | None) -> bool:
    """Whether the score, taken for nine guidelines where fewer could be judged, is below the wanted one."""
    if min_score is None or not report.score.max:
        return False
    return report.score.total * 900 < min_score * report.score.max
