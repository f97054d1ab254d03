"""Guards of the kind `phrase`: where each looks, and what it found in a sentence, which is read once for each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from vipcopy.phrases import Index, Span, Stream, find_set_bits
from vipcopy.records import NamedTuple


class Guards:
    """The guards that one sentence may hold, asked about its hits in turn."""

    def __init__(self, index: Index, manners: Sequence[str], stream: Stream, held: int) -> None:
        self._index = index
        self._manners = manners
        self._stream = stream
        self._held = held
        self._covers: dict[int, _Cover] = {}
        self._present: dict[int, bool] = {}

    def hold_any(self, guards: int, hit: Span) -> bool:
        """Whether one of these guards, given as bits, holds about the hit."""
        return any(_MANNERS[self._manners[each]](self, each, hit) for each in find_set_bits(self._held & guards))

    def around(self, number: int, hit: Span) -> bool:
        """Whether the guard holds with the hit where ⟦⟧ stands."""
        return self._index.holds_around(self._stream, number, hit)

    def over(self, number: int, hit: Span) -> bool:
        """Whether what the guard marks overlaps the hit."""
        if number not in self._covers:
            spans = self._index.find_in(self._stream, 1 << number)
            self._covers[number] = _build_cover(span for _, span in spans)
        return self._covers[number].overlaps(hit)

    def anywhere(self, number: int, _: Span) -> bool:
        """Whether the sentence holds the guard."""
        if number not in self._present:
            self._present[number] = self._index.holds(self._stream, number)
        return self._present[number]


_MANNERS: Mapping[str, Callable[[Guards, int, Span], bool]] = {
    "around": Guards.around,
    "over": Guards.over,
    "anywhere": Guards.anywhere,
}


class _Cover(NamedTuple):
    """Spans in order of start; one may lie in another, so it is kept how far each and those before it reach."""

    starts: Sequence[int]
    reaches: Sequence[int]

    def overlaps(self, hit: Span) -> bool:
        """Whether one of the spans has a character of the hit."""
        before = bisect_left(self.starts, hit.stop)
        return before > 0 and self.reaches[before - 1] > hit.start


def _build_cover(spans: Iterable[Span]) -> _Cover:
    ordered = sorted(spans)
    return _Cover([span.start for span in ordered], list(accumulate((span.stop for span in ordered), max)))
