"""Hits as columns of numbers: a very long text has hundreds of thousands, and each would be five objects."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from vipcopy.hints import overload
from vipcopy.model import Hit

_BUCKET = 1 << 16  # characters
_FEW = 4_096  # hits that are kept as they are


class HitColumns(Sequence[Hit]):
    """Hits, kept as numbers and made when they are asked for; a few are kept as they are."""

    __slots__ = ("_few", "_names", "_numbers", "_rules", "_starts", "_stops")

    def __init__(self, hits: Iterable[Hit] = ()) -> None:
        self._few: list[Hit] = []
        self._starts = array("I")
        self._stops = array("I")
        self._rules = array("H")
        self._numbers: dict[str, int] = {}  # of rules
        self._names: list[str] = []
        for hit in hits:
            self.append(hit)

    def append(self, hit: Hit) -> None:
        """One more."""
        if not self._starts and len(self._few) < _FEW:
            self._few.append(hit)
            return
        few, self._few = self._few, []
        for each in (*few, hit):
            self._pack(each)

    def _pack(self, hit: Hit) -> None:
        if hit.rule not in self._numbers:
            self._numbers[hit.rule] = len(self._names)
            self._names.append(hit.rule)
        self._starts.append(hit.start)
        self._stops.append(hit.stop)
        self._rules.append(self._numbers[hit.rule])

    def sort(self) -> Iterator[Hit]:
        """The hits by start, stop and rule."""
        if not self._starts:
            yield from sorted(self._few, key=sort_key)
            return
        buckets: dict[int, array[int]] = {}  # those that start near one another: to sort all at once takes much room
        for at, start in enumerate(self._starts):
            buckets.setdefault(start // _BUCKET, array("I")).append(at)
        for bucket in sorted(buckets):
            yield from sorted(map(self._build, buckets[bucket]), key=sort_key)

    def __len__(self) -> int:
        return len(self._starts) or len(self._few)

    def __iter__(self) -> Iterator[Hit]:
        return map(self._build, range(len(self))) if self._starts else iter(self._few)

    @overload
    def __getitem__(self, at: int) -> Hit: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Hit, ...]: ...

    def __getitem__(self, at: int | slice) -> Hit | tuple[Hit, ...]:
        if not self._starts:
            return self._few[at] if isinstance(at, int) else tuple(self._few[at])
        places = range(len(self))[at]
        return self._build(places) if isinstance(places, int) else tuple(map(self._build, places))

    def _build(self, at: int) -> Hit:
        return Hit(self._names[self._rules[at]], self._starts[at], self._stops[at])


def sort_key(hit: Hit) -> tuple[int, int, str]:
    """What hits are sorted by: start, stop, rule."""
    return hit.start, hit.stop, hit.rule
