"""The index: all phrases behind one sieve; the few that may be there are tried around the words that wake them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vipcopy.lazies import Lazies
from vipcopy.phrases.lexicon import Lexicon
from vipcopy.phrases.machine import run
from vipcopy.phrases.program import Program
from vipcopy.phrases.sieve import Sieve
from vipcopy.phrases.stream import Span, Stream
from vipcopy.phrases.words import WordTest


class Trigger(NamedTuple):
    """A word that wakes a phrase, and from which tokens before it the phrase is tried."""

    test: WordTest
    least: int  # tokens between the first of the phrase and this one
    most: int  # compounds counted as one


class Phrase(NamedTuple):
    """A phrase compiled."""

    program: Program
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Phrases by their numbers, behind a sieve."""

    phrases: Lazies[Phrase]
    sieve: Sieve

    def find_in(self, stream: Stream, phrases: int) -> Iterator[tuple[int, Span]]:
        """Every place where the sentence holds one of these phrases, given as bits: its number and the part to mark."""
        tried: set[tuple[int, int]] = set()
        for at, token in enumerate(stream.tokens):
            for number in self.sieve.find_woken(token.norm, phrases):
                program = self.phrases[number].program
                for start in self._find_starts(stream, at, number):
                    if (number, start) not in tried and program.may_start(stream, start):
                        tried.add((number, start))
                        span = run(program, stream, start)
                        if span:
                            yield number, span

    @property
    def lexicon(self) -> Lexicon:
        """Every form of the words that phrases name."""
        return self.sieve.lexicon

    def holds(self, stream: Stream, number: int) -> bool:
        """Whether the sentence holds the phrase, from whatever token."""
        return any(True for _ in find_all(self.phrases[number].program, stream))

    def _find_starts(self, stream: Stream, at: int, number: int) -> range:
        """Where the phrase may begin if this token is the word that wakes it."""
        passed = [(least, most) for test, least, most in self.phrases[number].triggers if test.passes(stream, at)]
        if not passed:
            return range(0)
        least, most = min(least for least, _ in passed), max(most for _, most in passed)
        return range(max(0, at - most - stream.parts), at - least + 1)


def find_all(program: Program, stream: Stream, before: int | None = None, hit: Span | None = None) -> Iterator[Span]:
    """What the program finds from each token up to the one numbered `before`."""
    count = len(stream.tokens)
    for at in range(count if before is None else min(before, count)):
        if program.may_start(stream, at):
            span = run(program, stream, at, hit)
            if span:
                yield span
