"""The records of a score: what was proven, what was lost, nine guidelines, the total."""

from __future__ import annotations

from collections.abc import Sequence

from vipcopy.records import NamedTuple

SCORE_MODEL = 1  # raised whenever the arithmetic of the score changes


class Proof(NamedTuple):
    """Evidence found in the text: which rule saw it, where, and how many centipoints of the need it meets."""

    rule: str
    guideline: int
    points: int
    message: str
    start: int
    stop: int
    quote: str
    part: str = ""  # of the source; `start` and `stop` count in it


class Loss(NamedTuple):
    """What was taken from a guideline and why: a finding (rule and span) or a missing proof (no span)."""

    rule: str
    points: int
    reason: str
    start: int | None = None
    stop: int | None = None
    part: str = ""  # of the source; `start` and `stop` count in it
    offset: int | None = None  # where the finding starts in `Report.text`


class GuidelineScore(NamedTuple):
    """One of the nine: points and maximum in centipoints (a maximum of 0 means «н/д»), its losses and proofs."""

    number: int
    title: str
    points: int
    max: int
    losses: Sequence[Loss]
    proofs: Sequence[Proof]


class Score(NamedTuple):
    """The total and the nine guidelines in centipoints; the losses add up to `max - total` exactly."""

    total: int
    max: int
    guidelines: tuple[GuidelineScore, ...]
    model: int = SCORE_MODEL
