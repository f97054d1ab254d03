"""A phrase as a small program: Thompson's steps, and the words that a match can begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vipcopy.phrases.stream import Stream
from vipcopy.phrases.words import WordTest

Way = tuple[frozenset[str] | None, int]  # the words that a branch begins with, its first step


class Step(NamedTuple):
    """One instruction."""

    verb: str
    then: int = 0  # the step to take behind it
    test: WordTest | None = None
    ways: tuple[Way, ...] = ()  # of a choice, the last to be tried first
    words: int = 0  # of a gap, at most
    punctuation: bool = False  # whether a gap may hold any


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a phrase. `first` holds the words that a match can begin with; None where it may be any word."""

    steps: tuple[Step, ...]
    start: int
    first: frozenset[str] | None

    def words(self) -> Iterator[str]:
        """The words of the vocabulary that the steps name."""
        return (key for step in self.steps if step.test for key in step.test.keys)

    def may_start(self, stream: Stream, at: int) -> bool:
        """Whether running from this token is worth while."""
        return self.first is None or not self.first.isdisjoint(stream.keys[at])
