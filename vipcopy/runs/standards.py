"""What a house asks of a text that is no file yet: the rules that its settings choose, and when a report passes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vipcopy.model import Report
from vipcopy.records import NamedTuple
from vipcopy.runs.plans import Request, Review, accept, build_plan, find_overdue, load_checkers
from vipcopy.runs.runner import Checker
from vipcopy.runs.walk import STDIN
from vipcopy.thresholds import passes


class Standard(NamedTuple):
    """A checker by the settings of a folder, and their thresholds; it pickles as a checker does."""

    checker: Checker
    fail_on: str = "error"  # the severity from which on a finding is too much; «never» for none
    min_score: int | None = None  # centipoints
    reviews: tuple[Review, ...] = ()  # approved terms and the days after which they are to be thought over

    def passes(self, report: Report) -> bool:
        """Whether a report is good enough: `vipcopy check` would end with 0."""
        return passes(report, self.fail_on, self.min_score)

    def find_overdue(self, today: date) -> Iterator[str]:
        """A line for each approved term whose day of review has passed."""
        return find_overdue(self.reviews, today)


def load_standard(request: Request | None = None) -> Standard:
    """The standard of the current folder, as `vipcopy check -` would take it: `overrides` are for files by name.

    Raises ConfigError for settings that cannot be used, RuleError for a pack.

    >>> standard = load_standard(Request(min_score=850))
    >>> standard.passes(standard.checker.check_text("Скидка 20 %"))
    False
    """
    plan = build_plan(STDIN, accept(request or Request()))
    core = load_checkers([plan])[plan]
    return Standard(Checker(core, plan.require_reason), plan.fail_on, plan.min_score, plan.reviews)
