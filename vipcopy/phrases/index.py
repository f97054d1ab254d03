"""The index: all phrases behind one prefilter; the few that may be there are tried around the words that wake them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from vipcopy.bounded_cache import BoundedCache
from vipcopy.lazy import LazySequence
from vipcopy.phrases.lexicon import Lexicon
from vipcopy.phrases.machine import run
from vipcopy.phrases.prefilter import Prefilter, PrefilterTables, find_set_bits
from vipcopy.phrases.program import Program
from vipcopy.phrases.stream import Span, Stream
from vipcopy.records import NamedTuple

_SPARE = 64  # tokens by which a match may begin earlier: of a sentence of nothing but compounds not all are tried
_NEAR = 64  # tokens before a hit: further back a guard is tried only where it can reach the hit

Hits = tuple[tuple[str, int, int], ...]  # rules with the start and stop of what they found


class Phrase(NamedTuple):
    """A phrase compiled, and how many of its tokens stand before the word that wakes it; compounds counted as one."""

    program: Program
    least: int
    most: int


class Index:
    """Phrases by their numbers, behind a prefilter, and what was told of sentences before."""

    __slots__ = ("asked", "candidates", "hits", "phrases", "prefilter", "tables")
    _fields = ("phrases", "tables")

    def __init__(self, phrases: LazySequence[Phrase], tables: PrefilterTables) -> None:
        self.phrases = phrases
        self.tables = tables
        self.prefilter = Prefilter(tables)
        self.candidates: BoundedCache[str, int] = BoundedCache()  # the phrases that each sentence may hold
        # whether it holds a phrase that was asked about alone, and what it holds of those that may be there
        self.asked: BoundedCache[tuple[str, int], bool] = BoundedCache()
        self.hits: BoundedCache[tuple[str, frozenset[str]], Hits] = BoundedCache()

    def find_in(self, stream: Stream, phrases: int) -> Iterator[tuple[int, Span]]:
        """Every place where the sentence holds one of these phrases, given as bits: its number and the part to mark."""
        met = self.prefilter.find_bits(stream.norms)
        for number in find_set_bits(phrases):
            phrase = self.phrases[number]
            program = phrase.program
            for start in program.find_openings(stream, self._find_starts(number, phrase, met, stream.spare)):
                span = run(program, stream, start)
                if span:
                    yield number, span

    def _find_starts(self, number: int, phrase: Phrase, met: Sequence[frozenset[int]], spare: int) -> Iterable[int]:
        """The tokens from which a phrase is tried, where those that wake it meet its first set."""
        woken = [at for at, bits in enumerate(met) if number in bits]
        if not woken:
            return range(len(met)) if self.tables.base >> number & 1 else ()
        least, most = phrase.least, phrase.most + min(spare, _SPARE)
        return dict.fromkeys(chain.from_iterable(range(max(0, at - most), at - least + 1) for at in woken))

    @property
    def lexicon(self) -> Lexicon:
        """Every form of the words that phrases name."""
        return self.tables.lexicon

    def holds(self, stream: Stream, number: int) -> bool:
        """Whether the sentence holds the phrase."""
        return any(True for _ in self.find_in(stream, 1 << number))

    def holds_around(self, stream: Stream, number: int, hit: Span) -> bool:
        """Whether the sentence holds the phrase with the hit where ⟦⟧ stands."""
        program, at = self.phrases[number].program, stream.at(hit.start)
        first = max(0, at - _NEAR - program.find_reach()) if at > _NEAR else 0
        starts = range(at if program.begins_with_hit else first, min(at + 1, len(stream.tokens)))
        return any(run(program, stream, start, hit) for start in program.find_openings(stream, starts))

    def __reduce__(self) -> tuple[object, ...]:
        return Index, (self.phrases, self.tables)
