"""Which words a phrase can't do without: the rarest of them wakes it, the next one must be in the sentence too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from vipcopy import russian
from vipcopy.phrases.program import width
from vipcopy.phrases.syntax import Edge, Gap
from vipcopy.phrases.tree import Branch, Choice, Mark, Node
from vipcopy.phrases.vocabulary import FORM
from vipcopy.phrases.words import WordTest

_FUNCTION_WORDS = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "Apro"})
_LONGEST_FUNCTION_WORD = 5  # letters; «вероятно» is a conjunction too, and rare
_FUNCTION_WORD_COST = 500
_COMMA_COST = 2_500
_COSTS: Mapping[str, int] = {"prefix": 5, "sign": 600, "suffix": 2_000, "class": 3_000, "any": 4_000}
_ANY_WORD_COST = 40_000

Cost = Callable[[WordTest], int]


class Anchor(NamedTuple):
    """A word that a phrase can't do without, and how many tokens of the phrase may stand before it at most."""

    test: WordTest
    before: int


class Anchors(NamedTuple):
    """Any match holds one of the words of `wake`, and one of the keys of `needed` (where that is not empty)."""

    wake: tuple[Anchor, ...]
    needed: frozenset[str]


def build_cost(phrases: Iterable[Branch]) -> Cost:
    """What it costs to be woken by a word: the more phrases name it, the commoner it is in such texts."""
    counts = Counter(key for branch in phrases for test in _tests(branch) for key in test.keys)
    return lambda test: _cost(test, counts)


def needs_a_word(branch: Branch) -> bool:
    """Whether every match holds some word: a phrase that doesn't could be woken by nothing."""
    return any(True for _ in _anchor_sets(branch, 0, build_cost((branch,))))


def find_anchors(branch: Branch, cost: Cost) -> Anchors:
    """The cheapest sets of words one of which every match must hold; no words where the phrase needs none at all."""
    sets = sorted(_anchor_sets(branch, 0, cost), key=lambda anchors: _sum(anchors, cost))
    if not sets:
        return Anchors((), frozenset())
    lists = (anchors for anchors in sets[1:] if all(anchor.test.keys for anchor in anchors))
    needed = next(lists, ())
    return Anchors(sets[0], frozenset().union(*(anchor.test.keys for anchor in needed)))


def _anchor_sets(branch: Branch, before: int, cost: Cost) -> Iterator[tuple[Anchor, ...]]:
    for node in branch:
        if isinstance(node, Mark):
            yield from _anchor_sets(node.content or (), before, cost)
        else:
            anchors = tuple(Anchor(anchor.test, anchor.before + before) for anchor in _anchors_of(node, cost))
            if anchors:
                yield anchors
        before += width(node)


def _anchors_of(node: Node, cost: Cost) -> tuple[Anchor, ...]:
    if isinstance(node, WordTest):
        return () if node.negated else (Anchor(node, 0),)
    if isinstance(node, Gap | Edge | Mark):
        return ()
    by_branch = [find_anchors(branch, cost).wake for branch in node.branches]
    return tuple(anchor for anchors in by_branch for anchor in anchors) if all(by_branch) else ()


def _tests(branch: Branch) -> Iterator[WordTest]:
    for node in branch:
        if isinstance(node, WordTest):
            yield node
        elif isinstance(node, Choice):
            for inner in node.branches:
                yield from _tests(inner)
        elif isinstance(node, Mark):
            yield from _tests(node.content or ())


def _sum(anchors: tuple[Anchor, ...], cost: Cost) -> int:
    return sum(cost(anchor.test) for anchor in anchors)


def _cost(test: WordTest, counts: Mapping[str, int]) -> int:
    if test.keys:
        return sum(counts[key] + _little_cost(key.removeprefix(FORM)) for key in test.keys)
    if test.kind == "any" and test.grammemes is None:
        return _ANY_WORD_COST
    return _COMMA_COST if test.text == "," else _COSTS[test.kind]


@cache
def _little_cost(word: str) -> int:
    """Little words are everywhere."""
    readings = russian.readings(word)
    is_little = len(word) <= _LONGEST_FUNCTION_WORD and bool(readings and readings[0].grams & _FUNCTION_WORDS)
    return _FUNCTION_WORD_COST if is_little else 0
