"""The index: all phrases behind one sieve; the few that may be there are tried around the words that wake them."""

from __future__ import annotations

from collections.abc import Iterator

from vipcopy.lazies import Lazies
from vipcopy.memory import Memory
from vipcopy.phrases.lexicon import Lexicon
from vipcopy.phrases.machine import run
from vipcopy.phrases.program import Program
from vipcopy.phrases.sieve import Sieve, Sifter
from vipcopy.phrases.stream import Span, Stream
from vipcopy.records import Record

Hits = tuple[tuple[str, int, int], ...]  # rules with the start and stop of what they found


class Phrase(Record):
    """A phrase compiled, and how many of its tokens stand before the word that wakes it; compounds counted as one."""

    program: Program
    least: int
    most: int


class Index:
    """Phrases by their numbers, behind a sieve, and what was told of sentences before."""

    __slots__ = ("asked", "hits", "phrases", "sieve", "sifted", "sifter")
    _fields = ("phrases", "sieve")

    def __init__(self, phrases: Lazies[Phrase], sieve: Sieve) -> None:
        self.phrases = phrases
        self.sieve = sieve
        self.sifter = Sifter(sieve)
        self.sifted: Memory[str, int] = Memory()  # the phrases that each sentence may hold
        self.asked: Memory[tuple[str, int], bool] = Memory()  # whether it holds a phrase that was asked about alone
        self.hits: Memory[tuple[str, int], Hits] = Memory()  # what it holds, for the phrases that may be there

    def find_in(self, stream: Stream, phrases: int) -> Iterator[tuple[int, Span]]:
        """Every place where the sentence holds one of these phrases, given as bits: its number and the part to mark."""
        tried: set[tuple[int, int]] = set()
        for at, norm in enumerate(stream.norms):
            for number in self.sifter.find_woken(norm, phrases):
                program, least, most = self.phrases[number]
                for start in range(max(0, at - most - stream.parts), at - least + 1):
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
        """Whether the sentence holds the phrase."""
        return any(True for _ in self.find_in(stream, 1 << number))

    def holds_around(self, stream: Stream, number: int, hit: Span) -> bool:
        """Whether the sentence holds the phrase with the hit where ⟦⟧ stands."""
        program, at = self.phrases[number].program, stream.at(hit.start)
        starts = range(at if program.begins_with_hit else 0, min(at + 1, len(stream.tokens)))
        return any(program.may_start(stream, start) and run(program, stream, start, hit) for start in starts)

    def __reduce__(self) -> tuple[object, ...]:
        return Index, (self.phrases, self.sieve)
