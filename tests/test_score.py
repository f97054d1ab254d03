"""The score: its properties, its borders and the worked example of docs/score.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations
from math import ceil
from pathlib import Path
from random import Random
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vipcopy.scoring import changes
from vipcopy.scoring import score as score_model
from vipcopy.scoring.changes import Outlook
from vipcopy.scoring.guidelines import GUIDELINES
from vipcopy.scoring.score import (
    FULL,
    MISSING_PROOF,
    NEED_STARTS,
    NEED_WHOLE,
    PRECISION,
    SHORTEST,
    Cost,
    Costs,
    Proofs,
    bend,
    lowest,
    position_key,
    proof_key,
)
from vipcopy.scoring.scorecard import SCORE_MODEL, GuidelineScore, Loss, Proof, Score

NEEDS = {1: 15, 7: 25, 9: 25}
DOCS = Path(__file__).parent.parent / "docs" / "score.md"


@st.composite
def a_cost(draw: st.DrawFn, scales: Sequence[Literal["length", "whole"]] = ("length", "whole")) -> Cost:
    guideline = draw(st.sampled_from(sorted(GUIDELINES)))
    start = draw(st.integers(0, 500))
    return Cost(
        rule=f"rule/{guideline}-{draw(st.integers(0, 2))}",
        guideline=guideline,
        weight=-draw(st.integers(1, 60)),
        start=start,
        stop=start + draw(st.integers(1, 20)),
        scale=draw(st.sampled_from(scales)),
    )


@st.composite
def a_proof(draw: st.DrawFn) -> Proof:
    guideline = draw(st.sampled_from(sorted(GUIDELINES)))
    return proof(guideline, draw(st.integers(1, 40)), f"proof/{draw(st.integers(0, 1))}", draw(st.integers(0, 500)))


def proof(guideline: int, points: int, rule: str = "proof/serial", start: int = 0) -> Proof:
    return Proof(rule, guideline, points, "номерная серия", start, start + 5, "серия")


COSTS = st.lists(a_cost(), max_size=15)
DENSE_COSTS = st.lists(a_cost(scales=["length"]), max_size=15)
PROOFS = st.lists(a_proof(), max_size=8)
LENGTHS = st.integers(0, 400)
LONG = st.integers(max(SHORTEST, NEED_WHOLE), 400)


def sort_costs(costs: Iterable[Cost]) -> Costs:
    """The costs of each guideline in the order of the text."""
    groups: dict[int, list[Cost]] = {number: [] for number in GUIDELINES}
    for cost in sorted(costs, key=position_key):
        groups[cost.guideline].append(cost)
    return groups


def sort_proofs(proofs: Iterable[Proof]) -> Proofs:
    """The evidence of each guideline in the order of the source."""
    groups: dict[int, list[Proof]] = {number: [] for number in GUIDELINES}
    for proof in sorted(proofs, key=proof_key):
        groups[proof.guideline].append(proof)
    return groups


def build_score(costs: Sequence[Cost], proofs: Sequence[Proof], needs: Mapping[int, int], words: int) -> Score:
    basis = score_model.build_basis(sort_costs(costs), sort_proofs(proofs), needs, words)
    return score_model.build_score(sort_costs(costs), basis)


def best_changes(
    costs: Sequence[Cost], proofs: Sequence[Proof], needs: Mapping[int, int], words: int, count: int = 3
) -> Outlook:
    basis = score_model.build_basis(sort_costs(costs), sort_proofs(proofs), needs, words)
    return changes.best_changes(sort_costs(costs), basis, build_score(costs, proofs, needs, words), count)


def without(costs: Sequence[Cost], removed: Sequence[Cost]) -> list[Cost]:
    return list(chain(*changes.without(sort_costs(costs), removed).values()))


def points(score: Score) -> list[int]:
    return [row.points for row in score.guidelines]


def row(score: Score, number: int) -> GuidelineScore:
    return score.guidelines[number - 1]


def harmed(count: int, rule: str = "hype/wow", weight: int = -12, guideline: int = 3) -> list[Cost]:
    return [Cost(rule, guideline, weight, 10 * at, 10 * at + 5) for at in range(count)]


# Properties


@given(COSTS, PROOFS, LENGTHS, st.randoms())
def test_the_order_of_findings_and_proofs_does_not_matter(
    costs: list[Cost], proofs: list[Proof], words: int, random: Random
) -> None:
    score = build_score(costs, proofs, NEEDS, words)
    random.shuffle(costs)
    random.shuffle(proofs)
    assert build_score(costs, proofs, NEEDS, words) == score


@given(COSTS, PROOFS, LENGTHS)
def test_the_listed_losses_add_up_to_the_total_exactly(costs: list[Cost], proofs: list[Proof], words: int) -> None:
    score = build_score(costs, proofs, NEEDS, words)
    assert [each.max - sum(loss.points for loss in each.losses) for each in score.guidelines] == points(score)
    assert (score.total, score.max) == (sum(points(score)), sum(each.max for each in score.guidelines))


@given(COSTS, PROOFS, LENGTHS)
def test_every_number_stays_within_its_bounds(costs: list[Cost], proofs: list[Proof], words: int) -> None:
    for each in build_score(costs, proofs, NEEDS, words).guidelines:
        assert each.max in (0, FULL)
        assert 0 <= each.points <= each.max
        assert all(0 <= loss.points <= FULL for loss in each.losses)


@given(COSTS, PROOFS, LENGTHS)
def test_every_finding_is_listed_once_in_text_order(costs: list[Cost], proofs: list[Proof], words: int) -> None:
    score = build_score(costs, proofs, NEEDS, words)
    spans = [
        [(loss.start, loss.stop) for loss in each.losses if loss.rule != MISSING_PROOF] for each in score.guidelines
    ]
    assert spans == [sorted((cost.start, cost.stop) for cost in costs if cost.guideline == n) for n in GUIDELINES]


@given(COSTS.filter(bool), PROOFS, LENGTHS, st.data())
def test_removing_a_finding_never_lowers_a_guideline_that_is_still_judged(
    costs: list[Cost], proofs: list[Proof], words: int, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(costs))
    before = build_score(costs, proofs, NEEDS, words)
    after = build_score(without(costs, [gone]), proofs, NEEDS, words)
    assert all(
        new.points >= old.points for old, new in zip(before.guidelines, after.guidelines, strict=True) if new.max
    )


@given(COSTS, a_cost(), PROOFS, LENGTHS)
def test_a_finding_touches_only_its_own_guideline(
    costs: list[Cost], cost: Cost, proofs: list[Proof], words: int
) -> None:
    before, after = (build_score(each, proofs, NEEDS, words) for each in (costs, [*costs, cost]))
    assert [new for new in after.guidelines if new.number != cost.guideline] == [
        old for old in before.guidelines if old.number != cost.guideline
    ]


@given(DENSE_COSTS, LONG)
def test_a_text_beside_itself_keeps_its_points(costs: list[Cost], words: int) -> None:
    twice = costs + [cost._replace(start=cost.start + 1000, stop=cost.stop + 1000) for cost in costs]
    assert points(build_score(twice, [], NEEDS, 2 * words)) == points(build_score(costs, [], NEEDS, words))


@given(DENSE_COSTS, PROOFS, LONG)
def test_a_text_beside_itself_with_its_proofs_never_loses(costs: list[Cost], proofs: list[Proof], words: int) -> None:
    once, twice = build_score(costs, proofs, NEEDS, words), build_score(costs * 2, proofs * 2, NEEDS, 2 * words)
    assert all(new >= old for old, new in zip(points(once), points(twice), strict=True))


@given(COSTS, PROOFS, LENGTHS, st.integers(1, 200))
def test_neutral_words_never_lower_a_guideline_that_owes_no_evidence(
    costs: list[Cost], proofs: list[Proof], words: int, more: int
) -> None:
    before, after = (build_score(costs, proofs, {}, length) for length in (words, words + more))
    assert all(new >= old for old, new in zip(points(before), points(after), strict=True))


@given(COSTS, PROOFS, st.integers(NEED_WHOLE, 400), st.integers(1, 200))
def test_neutral_words_lower_nothing_once_the_whole_need_is_asked(
    costs: list[Cost], proofs: list[Proof], words: int, more: int
) -> None:
    before, after = (build_score(costs, proofs, NEEDS, length) for length in (words, words + more))
    assert all(new >= old for old, new in zip(points(before), points(after), strict=True))


@given(COSTS, st.integers(0, SHORTEST))
def test_under_the_shortest_length_the_length_changes_no_loss(costs: list[Cost], words: int) -> None:
    score = build_score(costs, [], {}, words)
    assert [each.losses for each in score.guidelines] == [
        each.losses for each in build_score(costs, [], {}, SHORTEST).guidelines
    ]


@given(COSTS, PROOFS, a_proof(), LENGTHS)
def test_a_proof_lifts_its_own_guideline_or_nothing(
    costs: list[Cost], proofs: list[Proof], new: Proof, words: int
) -> None:
    before, after = (build_score(costs, each, NEEDS, words) for each in (proofs, [*proofs, new]))
    assert row(after, new.guideline).points >= row(before, new.guideline).points
    assert [each for each in after.guidelines if each.number != new.guideline] == [
        each for each in before.guidelines if each.number != new.guideline
    ]


@given(COSTS, PROOFS, LENGTHS)
def test_no_proof_pays_for_a_finding(costs: list[Cost], proofs: list[Proof], words: int) -> None:
    bare, proven = (build_score(costs, each, NEEDS, words) for each in ([], proofs))
    assert [_of_findings(each) for each in bare.guidelines] == [_of_findings(each) for each in proven.guidelines]


def _of_findings(each: GuidelineScore) -> list[tuple[int | None, int]]:
    return [(loss.start, loss.points) for loss in each.losses if loss.rule != MISSING_PROOF]


@given(COSTS, LENGTHS)
def test_losses_of_like_findings_differ_by_one_at_most(costs: list[Cost], words: int) -> None:
    score = build_score(spread(costs * 3), [], NEEDS, words)
    lost: dict[Cost, list[int]] = {}
    for cost, loss in zip(spread(costs * 3), losses_in_order(score), strict=True):
        lost.setdefault(cost._replace(start=0, stop=0), []).append(loss.points)
    assert all(max(each) - min(each) <= 1 for each in lost.values())


def spread(costs: Sequence[Cost]) -> list[Cost]:
    """The costs one after another, none at the place of another."""
    return [cost._replace(start=10 * at, stop=10 * at + 5) for at, cost in enumerate(costs)]


def losses_in_order(score: Score) -> list[Loss]:
    losses = [loss for each in score.guidelines for loss in each.losses if loss.start is not None]
    return sorted(losses, key=lambda loss: loss.start or 0)


@given(COSTS, PROOFS, LENGTHS, st.integers(0, 4))
def test_the_outlook_is_what_the_model_gives_without_its_findings(
    costs: list[Cost], proofs: list[Proof], words: int, count: int
) -> None:
    now, outlook = build_score(costs, proofs, NEEDS, words), best_changes(costs, proofs, NEEDS, words, count)
    left = without(costs, outlook.costs)
    then = build_score(left, proofs, NEEDS, words)
    places = {(cost.part, cost.offset, cost.start, cost.stop) for cost in outlook.costs}
    assert len(places) <= min(count, len(costs)) <= len(outlook.costs)
    assert not any((cost.part, cost.offset, cost.start, cost.stop) in places for cost in left)
    assert Counter(left) + Counter(outlook.costs) == Counter(costs)
    assert outlook.score.total - then.total == outlook.score.max - then.max
    assert (outlook.score.max, outlook.score.total >= now.total) == (now.max, True)


@given(st.lists(a_cost(), min_size=3, max_size=7), LENGTHS)
def test_no_other_three_findings_win_more(costs: list[Cost], words: int) -> None:
    losses = [lost(without(costs, three), words) for three in combinations(costs, 3)]
    won = lost(without(costs, best_changes(costs, [], {}, words).costs), words)
    assert won <= min(losses) + len(GUIDELINES)  # each guideline is rounded up to a centipoint


def lost(costs: Sequence[Cost], words: int) -> int:
    score = build_score(costs, [], {}, words)
    return score.max - score.total


# Borders


def test_no_words_and_no_findings_leave_nothing_to_judge() -> None:
    score = build_score([], [], NEEDS, 0)
    assert (score.total, score.max, lowest(score)) == (0, 0, None)


@pytest.mark.parametrize(
    ("words", "costs", "judged"),
    [
        (0, harmed(1), {3}),
        (1, [], set(GUIDELINES) - {2}),
        (9, [], set(GUIDELINES) - {2}),
        (10, [], set(GUIDELINES)),
        (3, harmed(1, guideline=2), set(GUIDELINES)),
    ],
)
def test_a_guideline_is_judged_where_it_has_a_finding_or_words_enough(
    words: int, costs: list[Cost], judged: set[int]
) -> None:
    assert {each.number for each in build_score(costs, [], NEEDS, words).guidelines if each.max} == judged


@pytest.mark.parametrize(
    ("words", "points_left"), [(NEED_STARTS, 100), (40, 87), (NEED_WHOLE, 75), (1000, 75)], ids=str
)
def test_the_need_grows_with_the_length(words: int, points_left: int) -> None:
    assert row(build_score([], [], NEEDS, words), 7).points == points_left


@pytest.mark.parametrize(
    ("proofs", "points_left"),
    [
        ([], 75),
        ([proof(7, 8)], 83),
        ([proof(7, 8), proof(7, 8, start=9)], 87),
        ([proof(7, 8), proof(7, 8, start=9), proof(7, 8, start=19)], 89),
        ([proof(7, 8), proof(7, 8, "proof/handmade")], 91),
        ([proof(7, 99)], 100),
        ([proof(9, 99)], 75),
    ],
)
def test_proofs_of_one_rule_count_less_and_less(proofs: list[Proof], points_left: int) -> None:
    assert row(build_score([], proofs, NEEDS, 100), 7).points == points_left


def test_a_missing_proof_is_a_loss_without_a_place() -> None:
    losses = row(build_score([], [], NEEDS, 100), 7).losses
    assert losses == (Loss(MISSING_PROOF, 25, "нет доказательств исключительности"),)


@pytest.mark.parametrize(
    ("costs", "words", "left"),
    [
        (harmed(1), 100, 88),
        (harmed(1), 200, 94),
        (harmed(1), SHORTEST, 73),
        (harmed(1), 1, 73),
        (harmed(1000), 100, 27),
        (harmed(1000) + harmed(1000, "caps/shout"), 100, 10),
        ([Cost("length/text", 2, -12, 0, 5, "whole")], 1000, 88),
        ([Cost("length/text", 2, -12, 0, 5, "whole")], 10, 88),
    ],
)
def test_a_weight_is_scaled_by_length_and_capped_by_rule(costs: list[Cost], words: int, left: int) -> None:
    assert row(build_score(costs, [], {}, words), costs[0].guideline).points == left


def test_a_reason_names_the_weight() -> None:
    costs = [*harmed(1), Cost("caps/page", 3, -20, 50, 55, "whole")]
    assert [loss.reason for loss in losses_in_order(build_score(costs, [], {}, 100))] == [
        "0,12 на 100 слов",
        "0,20 за текст",
    ]


def test_ever_more_findings_always_lower_the_guideline() -> None:
    left = [row(build_score(harmed(count), [], {}, 100), 3).points for count in range(12)]
    assert left == sorted(set(left), reverse=True)


def test_the_lowest_guideline_is_the_first_of_equals() -> None:
    score = build_score([*harmed(2, guideline=8), *harmed(2, guideline=5), *harmed(1)], [], {}, 100)
    found = lowest(score)
    assert found is not None
    assert found.number == 5


def test_three_in_one_guideline_may_win_more_than_three_that_each_win_more_alone() -> None:
    crowded = [
        cost._replace(offset=at) for at in range(3) for cost in harmed(1, f"urgency/{at}", weight=-120, guideline=6)
    ]
    others = [cost._replace(offset=number) for number in (4, 5, 8) for cost in harmed(1, weight=-20, guideline=number)]
    assert {cost.guideline for cost in best_changes([*crowded, *others], [], {}, 100, 1).costs} == {4}
    assert {cost.guideline for cost in best_changes([*crowded, *others], [], {}, 100, 3).costs} == {6}


def test_of_one_rule_the_heaviest_finding_is_corrected_first() -> None:
    costs = [*harmed(2, weight=-3), Cost("hype/wow", 3, -60, 40, 45)]
    assert best_changes(costs, [], {}, 100, 1).costs == (costs[2],)


def test_a_corrected_guideline_of_a_short_text_stays_judged() -> None:
    costs = harmed(1, "water/known", guideline=2)
    assert build_score([], [], {}, 5).max == 800
    assert best_changes(costs, [], {}, 5).score.total == 900


def test_the_score_names_its_model() -> None:
    assert build_score([], [], {}, 100).model == SCORE_MODEL


# The worked example


EXAMPLE_WORDS = 80
EXAMPLE_COSTS = [
    *harmed(1, "refusal/cannot", guideline=5),
    *harmed(2, "hedging/maybe", weight=-8, guideline=5),
    *harmed(6, "exclamation/mark", weight=-8, guideline=3),
    *harmed(2, "hype/wow", guideline=3),
    Cost("length/text", 2, -20, 0, 600, "whole"),
    *harmed(1, "discount/sale", guideline=9),
]
EXAMPLE_PROOFS = [
    proof(1, 15, "name/patronymic"),
    proof(7, 15, "exclusive/serial"),
    proof(7, 15, "exclusive/serial", start=50),
]


def test_the_example_of_the_docs_is_what_the_model_gives() -> None:
    score = build_score(EXAMPLE_COSTS, EXAMPLE_PROOFS, NEEDS, EXAMPLE_WORDS)
    assert "\n".join(write_example(score)) in DOCS.read_text(encoding="utf-8")


def write_example(score: Score) -> list[str]:
    head = ["| guideline | findings and proofs | lost | points |", "|---|---|---|---|"]
    rows = [
        f"| {each.number} | {write_causes(each)} | {write_losses(each)} | {each.points} |" for each in score.guidelines
    ]
    return [*head, *rows, f"| total | | {score.max - score.total} | **{score.total}** of {score.max} |"]


def write_causes(each: GuidelineScore) -> str:
    weights = {cost.rule: cost.weight for cost in EXAMPLE_COSTS}
    found = Counter(loss.rule for loss in each.losses if loss.rule in weights)
    proven = Counter(shown.rule for shown in each.proofs)
    causes = [f"{count} × `{rule}` ({weights[rule]})" for rule, count in found.items()]
    return ", ".join([*causes, *(f"{count} × `{rule}` (+15)" for rule, count in proven.items())])


def write_losses(each: GuidelineScore) -> str:
    by_rule: dict[str, list[int]] = {}
    for loss in each.losses:
        by_rule.setdefault(loss.rule, []).append(loss.points)
    return "; ".join(f"`{rule}` {' + '.join(map(str, points))}" for rule, points in by_rule.items())


def test_the_table_of_bent_harms_is_what_the_model_gives() -> None:
    harms = (10, 25, 50, 100, 200, 400, 1000)
    cells = " | ".join(str(ceil(Fraction(bend(harm * PRECISION, FULL), PRECISION))) for harm in harms)
    assert f"| loss | {cells} |" in DOCS.read_text(encoding="utf-8")
