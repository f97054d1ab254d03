"""A phrase as a small program: Thompson's steps, and the words that a match can begin with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vipcopy.lazy import LazySequence
from vipcopy.phrases.stream import Stream
from vipcopy.phrases.words import WordTest
from vipcopy.records import NamedTuple

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


class Openings(NamedTuple):
    """How a match begins, where its words are no list of words."""

    is_anchored: bool  # whether it begins where the sentence does
    tests: tuple[WordTest, ...]  # one of which its first word meets; none where that can't be told


class Program:
    """The steps of a phrase. `first` holds the words that a match can begin with; None where it may be any word."""

    __slots__ = ("_known", "_openers", "_openings", "_reach", "first", "start", "steps")
    _fields = ("steps", "start", "first")

    def __init__(self, steps: LazySequence[Step], start: int, first: frozenset[str] | None) -> None:
        self.steps = steps  # most of which no sentence comes to
        self.start = start
        self.first = first
        self._known: dict[tuple[int, str], bool | None] = {}
        self._openings: Openings | None = None  # told when they are asked for
        self._openers: dict[str, bool] = {}  # whether a match can begin with a word
        self._reach: int | None = None

    @property
    def begins_with_hit(self) -> bool:
        """Whether a guard begins with ⟦⟧, so that it can start nowhere else."""
        return self.steps[self.start].verb == "hit"

    def find_reach(self) -> int:
        """How many tokens a match takes at most, a compound and a mark in a gap counted as one."""
        if self._reach is None:
            self._reach = _find_reach(self.steps, self.start)
        return self._reach

    def find_openings(self, stream: Stream, starts: Iterable[int]) -> Iterable[int]:
        """Those of these tokens from which running is worth while."""
        if self.first is not None:
            closed, keys = self.first.isdisjoint, stream.keys
            return [at for at in starts if not closed(keys[at])]
        openings = self._openings = self._openings or _find_openings(self.steps, self.start)
        if openings.is_anchored:
            first_word = stream.first_word
            starts = [at for at in starts if at <= first_word][:1]  # from wherever it begins, it goes on there
            return starts if starts and self._opens(openings.tests, stream, first_word) else ()
        return [at for at in starts if self._opens(openings.tests, stream, at)]

    def _opens(self, tests: Sequence[WordTest], stream: Stream, at: int) -> bool:
        """Whether a token that starts there meets one of the tests; what was decided of a word is remembered."""
        if not tests:
            return True
        for each in range(at, stream.same[at]):
            norm = stream.norms[each]
            known = self._openers.get(norm)
            if known is None:
                known = any(test.decide(stream, each) is not False for test in tests)
                if len(self._openers) < REMEMBERED and all(test.is_of_words for test in tests):
                    self._openers[norm] = known
            if known:
                return True
        return False

    def passes(self, number: int, stream: Stream, at: int) -> bool:
        """Whether the token meets the test of the step of that number; what was decided of a word is remembered."""
        key = number, stream.norms[at]
        verdict = self._known.get(key)
        if verdict is not None:
            return verdict
        test = self.steps.loaded[number].test
        if test is None:
            return False
        verdict = test.decide(stream, at)
        if test.is_of_words and len(self._known) < REMEMBERED:
            self._known[key] = verdict
        return test.passes_here(stream, at) if verdict is None else verdict

    def __reduce__(self) -> tuple[object, ...]:
        return Program, (self.steps, self.start, self.first)


def _find_reach(steps: LazySequence[Step], start: int) -> int:
    """How many tokens the steps take at most from this one on; those that follow a step have lower numbers."""
    reaches: list[int] = []
    for step in steps:
        ways = [way for _, way in step.ways] or [step.then]
        taken = 1 if step.test else 2 * step.words + 1 if step.verb == "gap" else 0
        reaches.append(taken + max((reaches[way] for way in ways if way < len(reaches)), default=0))
    return reaches[start]


def _find_openings(steps: LazySequence[Step], start: int) -> Openings:
    """What the steps ask of the first word before anything else."""
    first = steps[start]
    is_anchored = first.verb == "start"
    waiting, tests = [first.then if is_anchored else start], list[WordTest]()
    while waiting:
        step = steps[waiting.pop()]
        if step.test:
            tests.append(step.test)
        elif step.verb == "choice":
            waiting.extend(way for _, way in step.ways)
        elif step.verb == "open":
            waiting.append(step.then)
        else:
            return Openings(is_anchored, ())
    return Openings(is_anchored, tuple(tests))
