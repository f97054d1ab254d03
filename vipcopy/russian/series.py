"""The sentences of a text, however long: two numbers each; what is more is made when it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from vipcopy.memory import Memory
from vipcopy.model import Sentence
from vipcopy.russian.stretches import Stretch

_NOWHERE = frozenset[str]()
_KEPT = 2_048  # sentences that stay made, with their tokens


class Series(Sequence[Sentence]):
    """The sentences of a text by their starts and stops; the last that were asked for are kept with their tokens."""

    __slots__ = ("_kinds", "_known", "_names", "_starts", "_stops", "_text")

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        self._text = text
        self._starts = array("I")
        self._stops = array("I")
        for start, stop in spans:
            self._starts.append(start)
            self._stops.append(stop)
        self._kinds: Sequence[int] = ()
        self._names: Sequence[frozenset[str]] = ()
        self._known: Memory[int, Sentence] = Memory(_KEPT)

    def mark(self, regions: Iterable[frozenset[str]]) -> None:
        """Tell of each sentence the kinds of region that hold all of it."""
        numbers: dict[frozenset[str], int] = {}
        self._kinds = array("H", (numbers.setdefault(kinds, len(numbers)) for kinds in regions))
        self._names = tuple(numbers)
        for at, sentence in tuple(self._known.items()):
            self._known[at] = sentence._replace(regions=self._find_kinds(at))

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Sentence]:
        return map(self._find, range(len(self)))

    @overload
    def __getitem__(self, at: int) -> Sentence: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Sentence, ...]: ...

    def __getitem__(self, at: int | slice) -> Sentence | tuple[Sentence, ...]:
        if isinstance(at, slice):
            return tuple(map(self._find, range(len(self))[at]))
        return self._find(range(len(self))[at])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _find(self, at: int) -> Sentence:
        known = self._known.get(at)
        if known is None:
            start, stop = self._starts[at], self._stops[at]
            known = Sentence(start, stop, Stretch(self._text, start, stop), self._find_kinds(at))
            self._known.keep(at, known)
        return known

    def _find_kinds(self, at: int) -> frozenset[str]:
        return self._names[self._kinds[at]] if self._names else _NOWHERE
