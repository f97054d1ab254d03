"""Big mappings and sets of words that stay frozen: to look one up is to read the few bytes where it would lie."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterator, Mapping, Set
from typing import Protocol, TypeVar, overload
from zlib import crc32

MARKS = 16  # for each drawer: most words of a text lie in none, and their marks are not set

T = TypeVar("T")
D = TypeVar("D")


class Octets(Protocol):
    """Bytes of which pieces are taken: `bytes`, a file in memory or on the disk."""

    def __getitem__(self, piece: slice, /) -> bytes | memoryview: ...


class Store(Protocol):
    """What holds the bytes of the drawers."""

    def look(self, spans: array[int], at: int) -> bytes:
        """The bytes of the span of that number."""


def choose_drawer(word: bytes, count: int) -> tuple[int, int]:
    """Which of so many drawers a word lies in, given in UTF-8, and its mark: the same in each process."""
    mark, drawer = divmod(crc32(word), count)
    return drawer, mark % (count * MARKS)


def encode(word: str) -> bytes:
    """A word as it stands in a drawer."""
    return word.encode("utf-8", "surrogatepass")


class Drawers(Mapping[str, T]):
    """A mapping of words. What is read of it is not kept: who asks remembers the answer, and drawers would pile up."""

    __slots__ = ("_count", "_marks", "_spans", "_store")

    def __init__(self, store: Store, spans: array[int], marks: bytes) -> None:
        self._store = store
        self._spans = spans
        self._marks = marks  # bits
        self._count = len(spans) // 2

    def __getitem__(self, word: str) -> T:
        return self._find(word)[word]

    @overload
    def get(self, word: str, default: None = None, /) -> T | None: ...

    @overload
    def get(self, word: str, default: T | D, /) -> T | D: ...

    def get(self, word: str, default: T | D | None = None, /) -> T | D | None:
        """The value of a word; `default` where there is none, without the price of an error."""
        return self._find(word).get(word, default)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and word in self._find(word)

    def __iter__(self) -> Iterator[str]:
        for at in range(self._count):
            yield from _read(self._cut(at))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, word: str) -> Mapping[str, T]:
        """The drawer in which a word lies; where its mark isn't set or its letters aren't among the bytes, none."""
        letters = encode(word)
        at, mark = choose_drawer(letters, self._count)
        if not self._marks[mark >> 3] >> (mark & 7) & 1:
            return {}
        drawer = self._cut(at)
        return _read(drawer) if letters in drawer else {}

    def _cut(self, at: int) -> bytes:
        return self._store.look(self._spans, at)


def _read(drawer: bytes) -> dict[str, T]:
    words: dict[str, T] = marshal.loads(drawer)
    return words


class WordSet(Set[str]):
    """A set of words in drawers."""

    __slots__ = ("_drawers",)

    def __init__(self, drawers: Drawers[None]) -> None:
        self._drawers = drawers

    def __contains__(self, word: object) -> bool:
        return word in self._drawers

    def __iter__(self) -> Iterator[str]:
        return iter(self._drawers)

    def __len__(self) -> int:
        return len(self._drawers)

    _from_iterable = frozenset
