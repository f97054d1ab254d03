"""All phrases of all rules behind one look-up by word form: a word of the text wakes only the phrases that need it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from vipcopy import russian
from vipcopy.model import Token
from vipcopy.phrases.anchors import build_cost, find_anchors
from vipcopy.phrases.machine import run
from vipcopy.phrases.program import Program, build_program
from vipcopy.phrases.stream import Span, Stream
from vipcopy.phrases.tree import Branch
from vipcopy.phrases.vocabulary import Vocabulary, build_vocabulary
from vipcopy.phrases.words import WORD_CLASSES, WordTest, has_grammemes


class Trigger(NamedTuple):
    """A phrase to try: from how many tokens before the word that woke it."""

    phrase: int
    before: int
    test: WordTest


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Phrases by their rarest words: `by_key` and `by_prefix` give numbers of triggers."""

    programs: tuple[Program, ...]
    needed: tuple[frozenset[str], ...]  # of each phrase words one of which the sentence must hold besides
    triggers: tuple[Trigger, ...]
    vocabulary: Vocabulary
    by_key: Mapping[str, tuple[int, ...]]
    by_prefix: Mapping[str, tuple[int, ...]]
    suffixes: tuple[str, ...]
    others: tuple[Trigger, ...]

    def find_in(self, stream: Stream) -> Iterator[tuple[int, Span]]:
        """Every phrase (its number) that the sentence holds, and the part to mark."""
        tried: set[tuple[int, int]] = set()
        held = frozenset(key for keys in stream.keys for key in keys)
        for at, token in enumerate(stream.tokens):
            for trigger in find_triggers(self, token):
                needed = self.needed[trigger.phrase]
                if (needed and needed.isdisjoint(held)) or not trigger.test.passes(stream, at):
                    continue
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
    cost = build_cost(phrases)
    anchors = [find_anchors(each, cost) for each in phrases]
    triggers = [Trigger(n, anchor.before, anchor.test) for n, each in enumerate(anchors) for anchor in each.wake]
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
        tuple(each.needed for each in anchors),
        tuple(triggers),
        vocabulary,
        {key: tuple(numbers) for key, numbers in by_key.items()},
        {prefix: tuple(numbers) for prefix, numbers in by_prefix.items()},
        tuple({trigger.test.text for trigger in by_shape if trigger.test.kind == "suffix"}),
        tuple(by_shape),
    )


def find_triggers(index: Index, token: Token) -> tuple[Trigger, ...]:
    """The phrases that this token may wake, if it passes their test."""
    return _triggers_of(index, token.norm, is_word=russian.is_word(token))


@lru_cache(maxsize=200_000)
def _triggers_of(index: Index, norm: str, *, is_word: bool) -> tuple[Trigger, ...]:
    by_key = (number for key in index.vocabulary.get(norm, ()) for number in index.by_key.get(key, ()))
    prefixes = (norm[:size] for size in range(1, len(norm) + 1))
    by_prefix = (number for prefix in prefixes for number in index.by_prefix.get(prefix, ()))
    suffixed = norm.endswith(index.suffixes) or any(
        each.lemma.endswith(index.suffixes) for each in russian.readings(norm)
    )
    wakes = _may_wake_by_word if is_word else _may_wake_by_mark
    by_shape = (
        trigger for trigger in index.others if (suffixed or trigger.test.kind != "suffix") and wakes(trigger.test, norm)
    )
    return (*(index.triggers[number] for number in dict.fromkeys((*by_key, *by_prefix))), *by_shape)


def _may_wake_by_word(test: WordTest, norm: str) -> bool:
    """Whether the word can meet the test, whatever its letters' case and its neighbours say later."""
    if test.kind == "suffix" and not test.has_suffix(norm):
        return False
    if test.kind == "sign" or (test.kind == "class" and test.text not in WORD_CLASSES):
        return False
    grammemes = test.grammemes
    return grammemes is None or any(has_grammemes(reading, grammemes) for reading in russian.readings(norm))


def _may_wake_by_mark(test: WordTest, norm: str) -> bool:
    """Whether a number, a punctuation mark or an emoji can meet the test."""
    if test.kind == "sign":
        return test.is_sign(norm)
    return test.kind == "class" or (test.kind == "suffix" and test.has_suffix(norm))
