"""All phrases of all rules behind one look-up by word form: a word of the text wakes only the phrases that need it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from vipcopy import russian
from vipcopy.phrases.machine import run
from vipcopy.phrases.program import Program, build_program, width
from vipcopy.phrases.stream import Span, Stream
from vipcopy.phrases.syntax import Edge, Gap
from vipcopy.phrases.tree import Branch, Choice, Node
from vipcopy.phrases.vocabulary import FORM, Vocabulary, build_vocabulary
from vipcopy.phrases.words import WordTest, has_grammemes

_FUNCTION_WORDS = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "Apro"})
_COSTS: Mapping[str, int] = {"forms": 1, "exact": 2, "prefix": 3, "sign": 40, "suffix": 200, "class": 300, "any": 400}
_FUNCTION_WORD_COST = 50


class Anchor(NamedTuple):
    """A word that a phrase can't do without, and how many tokens of the phrase may stand before it at most."""

    test: WordTest
    before: int


class Trigger(NamedTuple):
    """A phrase to try: from how many tokens before the word that woke it."""

    phrase: int
    before: int
    test: WordTest


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Phrases by their rarest words: `by_key` and `by_prefix` give numbers of triggers."""

    programs: tuple[Program, ...]
    triggers: tuple[Trigger, ...]
    vocabulary: Vocabulary
    by_key: Mapping[str, tuple[int, ...]]
    by_prefix: Mapping[str, tuple[int, ...]]
    others: tuple[Trigger, ...]

    def find_in(self, stream: Stream) -> Iterator[tuple[int, Span]]:
        """Every phrase (its number) that the sentence holds, and the part to mark."""
        tried: set[tuple[int, int]] = set()
        for at in range(len(stream.tokens)):
            for trigger in find_triggers(self, stream, at):
                program = self.programs[trigger.phrase]
                for start in range(max(0, at - trigger.before - stream.parts), at + 1):
                    if (trigger.phrase, start) in tried or not program.may_start(stream, start):
                        continue
                    tried.add((trigger.phrase, start))
                    span = run(program, stream, start)
                    if span:
                        yield trigger.phrase, span


def build_index(phrases: Sequence[Branch], others: Iterable[Program] = ()) -> Index:
    """The index of these phrases, numbered in order; its vocabulary serves other programs too."""
    by_key: dict[str, list[int]] = {}
    by_prefix: dict[str, list[int]] = {}
    by_shape: list[Trigger] = []
    triggers = [
        Trigger(n, anchor.before, anchor.test) for n, each in enumerate(phrases) for anchor in find_anchors(each)
    ]
    for number, trigger in enumerate(triggers):
        test = trigger.test
        for key in test.keys:
            by_key.setdefault(key, []).append(number)
        if test.kind == "prefix":
            by_prefix.setdefault(test.text, []).append(number)
        elif not test.keys:
            by_shape.append(trigger)
    programs = tuple(map(build_program, phrases))
    vocabulary = build_vocabulary(key for program in (*programs, *others) for key in program.words())
    return Index(
        programs,
        tuple(triggers),
        vocabulary,
        {key: tuple(numbers) for key, numbers in by_key.items()},
        {prefix: tuple(numbers) for prefix, numbers in by_prefix.items()},
        tuple(by_shape),
    )


def find_triggers(index: Index, stream: Stream, at: int) -> tuple[Trigger, ...]:
    """The phrases that this token wakes."""
    token = stream.tokens[at]
    if russian.is_word(token):
        return _word_triggers(index, token.norm)
    by_key = (index.triggers[number] for key in stream.keys[at] for number in index.by_key.get(key, ()))
    by_shape = (trigger for trigger in index.others if trigger.test.passes(stream, at))
    return (*by_key, *by_shape)


@lru_cache(maxsize=200_000)
def _word_triggers(index: Index, norm: str) -> tuple[Trigger, ...]:
    by_key = (number for key in index.vocabulary.get(norm, ()) for number in index.by_key.get(key, ()))
    prefixes = (norm[:size] for size in range(1, len(norm) + 1))
    by_prefix = (number for prefix in prefixes for number in index.by_prefix.get(prefix, ()))
    by_shape = (trigger for trigger in index.others if _may_wake(trigger.test, norm))
    return (*(index.triggers[number] for number in dict.fromkeys((*by_key, *by_prefix))), *by_shape)


def _may_wake(test: WordTest, norm: str) -> bool:
    """Whether the word can meet the test, whatever its letters' case and its neighbours say later."""
    if test.kind == "suffix" and not test.has_suffix(norm):
        return False
    if test.kind == "sign":
        return False
    grammemes = test.grammemes
    return grammemes is None or any(has_grammemes(reading, grammemes) for reading in russian.readings(norm))


def find_anchors(branch: Branch) -> tuple[Anchor, ...]:
    """The cheapest set of words one of which every match must hold; empty where the phrase needs no word at all."""
    best: tuple[Anchor, ...] = ()
    before = 0
    for node in branch:
        anchors = tuple(Anchor(anchor.test, anchor.before + before) for anchor in _anchors_of(node))
        if anchors and (not best or _cost(anchors) < _cost(best)):
            best = anchors
        before += width(node)
    return best


def _anchors_of(node: Node) -> tuple[Anchor, ...]:
    if isinstance(node, WordTest):
        return () if node.negated else (Anchor(node, 0),)
    if isinstance(node, Gap | Edge):
        return ()
    if not isinstance(node, Choice):
        return find_anchors(node.content or ())
    by_branch = [find_anchors(branch) for branch in node.branches]
    return tuple(anchor for anchors in by_branch for anchor in anchors) if all(by_branch) else ()


def _cost(anchors: tuple[Anchor, ...]) -> int:
    return sum(_test_cost(anchor.test) for anchor in anchors)


def _test_cost(test: WordTest) -> int:
    cost = _COSTS[test.kind]
    if test.kind == "any" and test.grammemes is None:
        return cost * 10
    if test.kind == "forms" and any(_is_function_word(key.removeprefix(FORM)) for key in test.keys):
        return _FUNCTION_WORD_COST
    return cost


def _is_function_word(form: str) -> bool:
    readings = russian.readings(form)
    return bool(readings and readings[0].grams & _FUNCTION_WORDS)
