"""Whether a text may go out: a report against a policy, and the findings that stand in the way."""

from __future__ import annotations

from dataclasses import dataclass

from vipcopy import Finding, Report, thresholds


@dataclass(frozen=True, slots=True)
class Policy:
    """The least score in centipoints, and the severity from which on a finding is too much; `never` for none."""

    min_score: int | None = None
    fail_on: str = "error"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A report as a policy sees it."""

    report: Report
    policy: Policy

    @property
    def passes(self) -> bool:
        """Whether the text may go out. One that could not be checked may not."""
        return thresholds.passes(self.report, self.policy.fail_on, self.policy.min_score)

    @property
    def is_low(self) -> bool:
        """Whether the score, taken for nine guidelines where fewer could be judged, is under the least one."""
        return thresholds.is_low(self.report, self.policy.min_score)

    def find_blocking(self) -> tuple[Finding, ...]:
        """The findings to correct: the grave ones and, where the score is low, all that cost points."""
        is_low, fail_on = self.is_low, self.policy.fail_on
        findings = self.report.findings
        return tuple(each for each in findings if thresholds.is_fault(each, fail_on) or (is_low and each.lost))


def build_policy(min_score: float | None, fail_on: str) -> Policy:
    """A policy by the settings of a site, where scores are in points.

    >>> build_policy(8.3, "never")
    Policy(min_score=830, fail_on='never')
    """
    return Policy(None if min_score is None else round(min_score * 100), fail_on)
