"""Which corrections win most: the few findings to correct first, and the exact score once they are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from heapq import nlargest
from operator import itemgetter

from vipcopy.records import NamedTuple
from vipcopy.replay import collect
from vipcopy.scoring.guidelines import GUIDELINES
from vipcopy.scoring.score import (
    FULL,
    WHOLE,
    Basis,
    Cost,
    Costs,
    add_up,
    bend,
    build_guideline,
    dose_of,
    harm_of,
    position_key,
)
from vipcopy.scoring.scorecard import Score


class Outlook(NamedTuple):
    """The findings whose correction wins most, in text order, and the exact score once they are gone."""

    costs: tuple[Cost, ...]
    score: Score


class _Plan(NamedTuple):
    """Findings to correct, and what that wins."""

    won: int
    costs: tuple[Cost, ...]


def best_changes(costs: Costs, basis: Basis, now: Score, count: int = 3) -> Outlook:
    """The `count` findings that win most when corrected together, and the score then, of the same guidelines.

    What marks the very same words as one of them is corrected with it.
    """
    harmed = (number for number in GUIDELINES if costs[number])
    plans = (_guideline_plans(costs[number], basis.shares[number], basis.words, count) for number in harmed)
    best = reduce(_merge_plans, plans, _no_plans(count))[count].costs
    best = tuple(_find_beside(costs, {_find_words(cost) for cost in best})) if best else ()
    left = without({cost.guideline: costs[cost.guideline] for cost in best}, best)
    rows = {number: build_guideline(number, each, basis) for number, each in left.items()}
    then = add_up(rows.get(row.number, row) for row in now.guidelines)
    return Outlook(tuple(sorted(best, key=position_key)), then)


def without(costs: Costs, removed: Collection[Cost]) -> Costs:
    """The costs that are left, each removed as often as it is named."""
    return {
        number: _leave(each, [cost for cost in removed if cost.guideline == number]) for number, each in costs.items()
    }


def _find_beside(costs: Costs, places: Collection[tuple[str, int, int, int]]) -> Iterator[Cost]:
    return (cost for each in costs.values() for cost in each if _find_words(cost) in places)


def _find_words(cost: Cost) -> tuple[str, int, int, int]:
    return cost.part, cost.offset, cost.start, cost.stop


def _leave(costs: Sequence[Cost], removed: Sequence[Cost]) -> Sequence[Cost]:
    def tell() -> Iterator[Cost]:
        gone = Counter(removed)
        for cost in costs:
            if gone[cost]:
                gone[cost] -= 1
            else:
                yield cost

    return collect(tell, len(costs) - len(removed)) if removed else costs


# Plans: entry j of a list is the best way to correct at most j findings

_won = itemgetter(0)


def _no_plans(count: int) -> list[_Plan]:
    return [_Plan(0, ())] * (count + 1)


def _merge_plans(left: list[_Plan], right: list[_Plan]) -> list[_Plan]:
    """The best way to spend at most j corrections on both sides; on the left where that wins as much."""
    return [max(map(_join, left[whole::-1], right), key=_won) for whole in range(len(left))]


def _join(left: _Plan, right: _Plan) -> _Plan:
    return _Plan(left.won + right.won, left.costs + right.costs)


def _guideline_plans(costs: Sequence[Cost], share: int, words: int, count: int) -> list[_Plan]:
    doses: Counter[str] = Counter()
    worst: dict[str, list[Cost]] = {}
    for cost in costs:
        doses[cost.rule] += dose_of(cost, words)
        row = worst.setdefault(cost.rule, [])
        if len(row) < count or (row and dose_of(cost, words) > dose_of(row[-1], words)):
            worst[cost.rule] = nlargest(count, (*row, cost), key=lambda each: dose_of(each, words))
    rules = (_rule_plans(doses[rule], row, words) for rule, row in worst.items())
    plans = reduce(_merge_plans, rules, _no_plans(count))
    harm = sum(harm_of(dose, words) for dose in doses.values())
    loss = bend(harm, FULL)
    return [_Plan((loss - bend(harm - plan.won, FULL)) * share // WHOLE, plan.costs) for plan in plans]


def _rule_plans(whole: int, worst: Sequence[Cost], words: int) -> list[_Plan]:
    doses = [dose_of(cost, words) for cost in worst]
    harm = harm_of(whole, words)
    lefts = (whole - sum(doses[:at]) for at in range(len(worst) + 1))
    return [_Plan(harm - harm_of(left, words), tuple(worst[:at])) for at, left in enumerate(lefts)]
