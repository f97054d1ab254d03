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

    def blocks(self, finding: Finding) -> bool:
        """Whether a finding is to be corrected: a grave one and, where the score is low, each that costs points."""
        return thresholds.is_fault(finding, self.policy.fail_on) or (self.is_low and finding.lost > 0)

    def find_blocking(self) -> tuple[Finding, ...]:
        """The findings that stand in the way."""
        return tuple(filter(self.blocks, self.report.findings))


def build_policy(min_score: float | None, fail_on: str) -> Policy:
    """A policy by the settings of a site, where scores are in points.

    >>> build_policy(8.3, "never")
    Policy(min_score=830, fail_on='never')
    """
    return Policy(None if min_score is None else round(min_score * 100), fail_on)
