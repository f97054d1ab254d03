"""The sentences of a text, however long: two numbers each; what is more is made when it is asked for.

Those of a short text are made at once and stay.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from vipcopy.bounded_cache import BoundedCache
from vipcopy.hints import overload
from vipcopy.model import Sentence
from vipcopy.russian.lazy_tokens import LazyTokens
from vipcopy.texts import Text

_NOWHERE = frozenset[str]()
_FEW = 2_048  # sentences that are made at once and stay, with their tokens
_KEPT = 1_024  # of a longer text: who reads it side by side is never further apart


class LazySentences(Sequence[Sentence]):
    """The sentences of a text by their starts and stops; the last that were asked for are kept with their tokens."""

    __slots__ = ("_kinds", "_known", "_made", "_names", "_starts", "_stops", "_text")

    def __init__(self, text: Text, spans: Iterable[tuple[int, int]]) -> None:
        self._text = text
        self._starts = array("I")
        self._stops = array("I")
        for start, stop in spans:
            self._starts.append(start)
            self._stops.append(stop)
        self._kinds: Sequence[int] = ()
        self._names: Sequence[frozenset[str]] = ()
        self._known: BoundedCache[int, Sentence] = BoundedCache(_KEPT)
        self._made: tuple[Sentence, ...] = ()
        if len(self) <= _FEW:
            self._made = tuple(map(self._build, range(len(self))))

    def mark(self, regions: Iterable[frozenset[str]]) -> None:
        """Tell of each sentence the kinds of region that hold all of it."""
        if self._made:
            pairs = zip(self._made, regions, strict=True)
            self._made = tuple(Sentence(each.start, each.stop, each.tokens, kinds) for each, kinds in pairs)
            return
        numbers: dict[frozenset[str], int] = {}
        self._kinds = array("H", (numbers.setdefault(kinds, len(numbers)) for kinds in regions))
        self._names = tuple(numbers)
        for at, sentence in tuple(self._known.items()):
            self._known[at] = sentence._replace(regions=self._find_kinds(at))

    def replace_text(self, text: Text) -> None:
        """Let the text go for the same that is held otherwise."""
        self._text = text
        self._known.clear()

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self._made) if self._made else map(self._find, range(len(self)))

    @overload
    def __getitem__(self, at: int) -> Sentence: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Sentence, ...]: ...

    def __getitem__(self, at: int | slice) -> Sentence | tuple[Sentence, ...]:
        if self._made:
            return self._made[at]
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
            known = self._known.keep(at, self._build(at))
        return known

    def _build(self, at: int) -> Sentence:
        start, stop = self._starts[at], self._stops[at]
        return Sentence(start, stop, LazyTokens(self._text, start, stop), self._find_kinds(at))

    def _find_kinds(self, at: int) -> frozenset[str]:
        return self._names[self._kinds[at]] if self._names else _NOWHERE
