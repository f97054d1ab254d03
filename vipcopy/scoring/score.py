"""Findings and evidence to the score of nine guidelines: arithmetic only, in whole numbers."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from heapq import nsmallest
from itertools import chain
from math import lcm

from vipcopy.hints import Literal
from vipcopy.records import NamedTuple
from vipcopy.replay import collect
from vipcopy.scoring.guidelines import GUIDELINES
from vipcopy.scoring.scorecard import GuidelineScore, Loss, Proof, Score

MISSING_PROOF = "missing-proof"  # the rule of a loss that no finding caused

PRECISION = 10**6  # parts of a centipoint that harm is counted in
FULL = 100  # a guideline that nothing lowers, and the harm that takes two thirds of it
RULE_CAP = 120  # the most harm that one rule can do, however noisy: more than a quarter of its guideline stays
SHORTEST = 40  # words; a shorter text counts as this long, so that one slip in an SMS is one slip
NEED_STARTS, NEED_WHOLE = 20, 60  # words: a shorter text owes no evidence, a longer one all of it, between them a part
JUDGED_FROM: Mapping[int, int] = {2: 10}  # words: one sentence has no brevity to speak of; the others need one word

_STEPS = NEED_WHOLE - NEED_STARTS
WHOLE = FULL * _STEPS  # a share of points is counted in parts of it

_MISSING: Mapping[int, tuple[str, str]] = {  # where nothing is proven, and where not all is
    1: ("нет обращения по имени", "мало личного: имени, подписи, прямой связи"),
    7: ("нет доказательств исключительности", "мало доказательств исключительности"),
    9: (
        "нет доказательств качества: точных цифр, документов, имён",
        "мало доказательств качества: точных цифр, документов, имён",
    ),
}
_MISSING_ELSE = ("нет доказательств", "мало доказательств")  # a house may ask them of any guideline

Scale = Literal["length", "whole"]


class Cost(NamedTuple):
    """A finding's harm: `weight` < 0, centipoints lost in a text of 100 words ("length") or of any length ("whole").

    `start` and `stop` count in the part of the source, `offset` in the text of all parts.
    """

    rule: str
    guideline: int
    weight: int
    start: int
    stop: int
    scale: Scale = "length"
    part: str = ""
    offset: int = 0


Costs = Mapping[int, Sequence[Cost]]  # of each guideline, in the order of the text; gone through more than once
Proofs = Mapping[int, Sequence[Proof]]  # the same of evidence


class Basis(NamedTuple):
    """What a text is scored by: its length; of each guideline the proofs in order, and the points its need leaves."""

    words: int
    proofs: Proofs
    shares: Mapping[int, int]  # in parts of `WHOLE`
    judged: frozenset[int]  # at any length


def build_basis(costs: Costs, proofs: Proofs, needs: Mapping[int, int], words: int) -> Basis:
    """What a text is scored by, which stays when findings are corrected; `words` counts the words outside findings.

    So removing a finding's words leaves the length, and with it the density of the other findings, as it was,
    and never lowers a guideline.
    """
    shares = {number: _kept_share(needs.get(number, 0), group, words) for number, group in proofs.items()}
    judged = frozenset(number for number, each in costs.items() if each)
    return Basis(words, proofs, shares, judged)


def build_score(costs: Costs, basis: Basis) -> Score:
    """The score of a text. Losses stand in text order, a missing proof last, and add up exactly."""
    return add_up(build_guideline(number, costs[number], basis) for number in GUIDELINES)


def lowest(score: Score) -> GuidelineScore | None:
    """The guideline with the fewest points, the first of equals; None where nothing could be judged."""
    return min((row for row in score.guidelines if row.max), key=lambda row: row.points, default=None)


def position_key(cost: Cost) -> tuple[int, int, int, Cost]:
    """Where a cost stands among others."""
    return cost.offset, cost.start, cost.stop, cost


def proof_key(proof: Proof) -> tuple[int, int, tuple[str, int, str, str]]:
    """Where evidence stands among other evidence."""
    return proof.start, proof.stop, (proof.rule, proof.points, proof.message, proof.quote)


def add_up(guidelines: Iterable[GuidelineScore]) -> Score:
    """The score of these guidelines."""
    rows = tuple(guidelines)
    return Score(sum(row.points for row in rows), sum(row.max for row in rows), rows)


def build_guideline(number: int, costs: Sequence[Cost], basis: Basis) -> GuidelineScore:
    """The score of a guideline whose findings these are, in the order of the text."""
    title, proofs = GUIDELINES[number], basis.proofs[number]
    if number not in basis.judged and basis.words < JUDGED_FROM.get(number, 1):
        return GuidelineScore(number, title, 0, 0, (), proofs)
    lost = _find_lost(costs, basis.words)
    kept = FULL - sum(lost)
    missing = kept - kept * basis.shares[number] // WHOLE
    owed = [Loss(MISSING_PROOF, missing, _MISSING.get(number, _MISSING_ELSE)[bool(proofs)])] if missing else []
    losses = collect(lambda: chain(map(_build_loss, costs, lost), owed), len(lost) + len(owed))
    return GuidelineScore(number, title, kept - missing, FULL, losses, proofs)


def _build_loss(cost: Cost, points: int) -> Loss:
    return Loss(cost.rule, points, _tell_reason(cost.weight, cost.scale), cost.start, cost.stop, cost.part, cost.offset)


# Evidence


def _kept_share(need: int, proofs: Sequence[Proof], words: int) -> int:
    """What the need leaves of the points that the findings have left: `WHOLE` where it is met or not asked."""
    asked = min(need, FULL) * min(max(words - NEED_STARTS, 0), _STEPS)
    return WHOLE - max(asked - _met(proofs) * _STEPS, 0) if asked else WHOLE


def _met(proofs: Iterable[Proof]) -> int:
    """Centipoints that the proofs meet: of one rule the first counts whole, the second half, the third a quarter."""
    seen: Counter[str] = Counter()
    points = 0
    for proof in sorted(proofs, key=lambda proof: -proof.points):
        points += proof.points >> seen[proof.rule]
        seen[proof.rule] += 1
    return points


# Harm, in parts of a centipoint; a dose is harm times the length of the text, and so a whole number


def _find_lost(costs: Sequence[Cost], words: int) -> Sequence[int]:
    """The centipoints that each costs."""
    if not costs:
        return ()
    rules: Counter[str] = Counter()
    for cost in costs:
        rules[cost.rule] += dose_of(cost, words)
    harms = {rule: harm_of(dose, words) for rule, dose in rules.items()}
    harm = sum(harms.values())
    loss = -(-bend(harm, FULL) // PRECISION)
    whole = harm * lcm(*filter(None, rules.values())) or 1  # every share is a whole number of parts of it
    parts = {rule: loss * harms[rule] * (whole // (dose * harm or 1)) for rule, dose in rules.items()}
    known: dict[int, int] = {}  # the shares of one rule are one number: they are long
    shares = (dose_of(cost, words) * parts[cost.rule] for cost in costs)
    return _hand_out(loss, [known.setdefault(share, share) for share in shares], whole)


def dose_of(cost: Cost, words: int) -> int:
    """The harm of a finding times the length of the text."""
    return -cost.weight * (max(words, SHORTEST) if cost.scale == "whole" else 100)


def harm_of(dose: int, words: int) -> int:
    """What a rule does to its guideline, under its cap."""
    return bend(dose * PRECISION // max(words, SHORTEST), RULE_CAP)


def bend(harm: int, cap: int) -> int:
    """Harm that grows one for one at first, slower and slower later, and never reaches the cap."""
    top = cap * PRECISION
    return top * harm * (top + harm) // (top * top + top * harm + harm * harm)


def _hand_out(loss: int, shares: Sequence[int], whole: int) -> Sequence[int]:
    """Whole centipoints by largest remainder: the first in the text of those with an equal claim."""
    points = array("B", (share // whole for share in shares))
    for at in nsmallest(loss - sum(points), range(len(shares)), key=lambda at: -(shares[at] % whole)):
        points[at] += 1
    return points


@cache
def _tell_reason(weight: int, scale: Scale) -> str:
    points = f"{-weight / 100:.2f}".replace(".", ",")
    return f"{points} за текст" if scale == "whole" else f"{points} на 100 слов"
