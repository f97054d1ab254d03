"""Whether a text may go out: a report against a policy, and the findings that stand in the way."""

from __future__ import annotations

from dataclasses import dataclass

from vipcopy import Finding, Report, Severity


@dataclass(frozen=True, slots=True)
class Policy:
    """The least score, and the severity from which one finding is enough; `never` leaves it to the score."""

    min_score: float | None = None
    fail_on: str = "error"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A report as a policy sees it."""

    report: Report
    policy: Policy

    @property
    def passes(self) -> bool:
        """Whether the text may go out."""
        return not self.is_low and not self._grave()

    @property
    def is_low(self) -> bool:
        """Whether the score, taken for nine guidelines where fewer could be judged, is under the least one."""
        least, score = self.policy.min_score, self.report.score
        return least is not None and score.total * 9 < least * score.max

    def find_blocking(self) -> tuple[Finding, ...]:
        """The findings to correct: the grave ones and, where the score is low, all that cost points."""
        grave = self._grave()
        return tuple(each for each in self.report.findings if each in grave or (self.is_low and each.lost))

    def _grave(self) -> list[Finding]:
        if self.policy.fail_on == "never":
            return []
        least = Severity(self.policy.fail_on).rank
        return [finding for finding in self.report.findings if finding.severity.rank >= least]
