"""A phrase as a small program: Thompson's steps, and the words that a match can begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vipcopy.phrases.stream import Stream
from vipcopy.phrases.words import WordTest


class Step(NamedTuple):
    """One instruction. `one` and `two` are numbers (a gap's) or the step to go to (a jump's)."""

    verb: str
    one: int = 0
    two: int = 0
    test: WordTest | None = None
    ways: tuple[tuple[frozenset[str] | None, int], ...] = ()  # of a choice: the words a branch begins with, its step


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a phrase. `first` holds the words that a match can begin with; None where it may be any word."""

    steps: tuple[Step, ...]
    first: frozenset[str] | None

    def words(self) -> Iterator[str]:
        """The words of the vocabulary that the steps name."""
        return (key for step in self.steps if step.test for key in step.test.keys)

    def may_start(self, stream: Stream, at: int) -> bool:
        """Whether running from this token is worth while."""
        return self.first is None or not self.first.isdisjoint(stream.keys[at])
