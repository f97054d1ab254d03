"""Which words a phrase can't do without: the rarest of them wakes it, the others must be in the sentence too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from vipcopy import russian
from vipcopy.phrases.branches import Branch, Choice, Mark, Node
from vipcopy.phrases.emission import Reach, count_words, width
from vipcopy.phrases.lexicon import FORM
from vipcopy.phrases.words import WordTest
from vipcopy.records import NamedTuple

_FUNCTION_WORDS = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "Apro"})
_LONGEST_FUNCTION_WORD = 5  # letters; «вероятно» is a conjunction too, and rare
_FUNCTION_WORD_COST = 500
_COMMA_COST = 5_000
_COSTS: Mapping[str, int] = {"prefix": 5, "sign": 600, "suffix": 2_000, "class": 3_000, "any": 4_000}
_ANY_WORD_COST = 40_000

SETS = 3  # that are asked of a phrase: more of them tell little

Cost = Callable[[WordTest], int]


class Anchor(NamedTuple):
    """A word that a phrase can't do without, and where in the phrase it stands."""

    test: WordTest
    before: int = 0  # how many tokens of the phrase stand before it at most
    words: Reach = (0, 0)  # how many words and numbers of the phrase stand before it, at least and at most


def build_cost(phrases: Iterable[Branch]) -> Cost:
    """What it costs to be woken by a word: the more phrases name it, the commoner it is in such texts."""
    counts = Counter(key for branch in phrases for test in _tests(branch) for key in test.keys)
    costs = {key: count + _little_cost(key.removeprefix(FORM)) for key, count in counts.items()}
    return lambda test: _cost(test, costs)


def needs_a_word(branch: Branch) -> bool:
    """Whether every match holds some word: a phrase that doesn't could be woken by nothing."""
    return any(True for _ in find_anchor_sets(branch, lambda _: 0))


def find_keys(branch: Branch) -> Iterator[str]:
    """The words of the vocabulary that a phrase names."""
    return (key for test in _tests(branch) for key in test.keys)


def sort_anchor_sets(branch: Branch, cost: Cost) -> list[tuple[Anchor, ...]]:
    """Sets of words, the cheapest first: each match of the branch holds one word of every set."""
    return sorted(find_anchor_sets(branch, cost), key=lambda anchors: _sum(anchors, cost))


def find_anchor_sets(branch: Branch, cost: Cost) -> Iterator[tuple[Anchor, ...]]:
    """Sets of words: each match of the branch holds one word of every set."""
    before, words = 0, (0, 0)
    for node in branch:
        for anchors in _find_sets(node, cost):
            yield tuple(Anchor(test, before + mine, _add(words, reach)) for test, mine, reach in anchors)
        before, words = before + width(node), _add(words, count_words(node))


def _find_sets(node: Node, cost: Cost) -> Iterator[tuple[Anchor, ...]]:
    if isinstance(node, WordTest) and not node.negated:
        yield (Anchor(node),)
    elif isinstance(node, Mark):
        yield from find_anchor_sets(node.content or (), cost)
    elif isinstance(node, Choice):
        by_branch = [
            sorted(find_anchor_sets(branch, cost), key=lambda anchors: _sum(anchors, cost))[:SETS]
            for branch in node.branches
        ]
        if all(by_branch):  # the rarest words of each branch together, then the next ones
            for rank in range(max(map(len, by_branch))):
                yield tuple(anchor for sets in by_branch for anchor in sets[min(rank, len(sets) - 1)])


def _add(one: Reach, other: Reach) -> Reach:
    return one[0] + other[0], one[1] + other[1]


def _sum(anchors: tuple[Anchor, ...], cost: Cost) -> int:
    return sum(cost(anchor.test) for anchor in anchors)


def _tests(branch: Branch) -> Iterator[WordTest]:
    for node in branch:
        if isinstance(node, WordTest):
            yield node
        elif isinstance(node, Choice):
            for inner in node.branches:
                yield from _tests(inner)
        elif isinstance(node, Mark):
            yield from _tests(node.content or ())


def _cost(test: WordTest, costs: Mapping[str, int]) -> int:
    if test.keys:
        return sum(map(costs.__getitem__, test.keys))
    if test.kind == "any" and test.grammemes is None:
        return _ANY_WORD_COST
    if test.kind == "prefix":
        return _COSTS["prefix"] * len(test.beginnings)
    return _COMMA_COST if test.text == "," else _COSTS[test.kind]


@cache
def _little_cost(word: str) -> int:
    """Little words are everywhere."""
    readings = russian.readings(word) if len(word) <= _LONGEST_FUNCTION_WORD else ()
    is_little = bool(readings and readings[0].grams & _FUNCTION_WORDS)
    return _FUNCTION_WORD_COST if is_little else 0
