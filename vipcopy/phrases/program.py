"""A phrase as a small program: Thompson's steps, and the words that a match can begin with."""

from __future__ import annotations

from typing import NamedTuple

from vipcopy.phrases.stream import Stream
from vipcopy.phrases.words import WordTest

REMEMBERED = 1_024  # words that a program remembers: the frequent ones come first

Way = tuple[frozenset[str] | None, int]  # the words that a branch begins with, its first step


class Step(NamedTuple):
    """One instruction."""

    verb: str
    then: int = 0  # the step to take behind it
    test: WordTest | None = None
    ways: tuple[Way, ...] = ()  # of a choice, the last to be tried first
    doors: frozenset[str] = frozenset()  # of a choice all words that its ways begin with, where that can be told
    open_ways: tuple[int, ...] = ()  # the first steps of the others
    words: int = 0  # of a gap, at most
    punctuation: bool = False  # whether a gap may hold any


class Program:
    """The steps of a phrase. `first` holds the words that a match can begin with; None where it may be any word."""

    __slots__ = ("_known", "first", "start", "steps")
    _fields = ("steps", "start", "first")

    def __init__(self, steps: tuple[Step, ...], start: int, first: frozenset[str] | None) -> None:
        self.steps = steps
        self.start = start
        self.first = first
        self._known: dict[tuple[int, str], bool | None] = {}

    @property
    def begins_with_hit(self) -> bool:
        """Whether a guard begins with ⟦⟧, so that it can start nowhere else."""
        return self.steps[self.start].verb == "hit"

    def may_start(self, stream: Stream, at: int) -> bool:
        """Whether running from this token is worth while."""
        return self.first is None or not self.first.isdisjoint(stream.keys[at])

    def passes(self, number: int, stream: Stream, at: int) -> bool:
        """Whether the token meets the test of the step of that number; what was decided of a word is remembered."""
        key = number, stream.norms[at]
        if key in self._known:
            verdict = self._known[key]
            if verdict is not None:
                return verdict
        test = self.steps[number].test
        if test is None:
            return False
        verdict = test.decide(stream, at)
        if test.is_of_words and len(self._known) < REMEMBERED:
            self._known[key] = verdict
        return test.passes_here(stream, at) if verdict is None else verdict

    def __reduce__(self) -> tuple[object, ...]:
        return Program, (self.steps, self.start, self.first)
