"""Hash tables of words that stay bytes: to look a word up is to read its bucket, if a Bloom filter lets it through."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterator, Mapping, Set
from zlib import crc32

from vipcopy.hints import Protocol, TypeVar, overload

FILTER_BITS = 16  # of the Bloom filter for each bucket: most words of a text lie in none, and their bits are not set

T = TypeVar("T")
D = TypeVar("D")


class Buffer(Protocol):
    """Bytes of which pieces are taken: `bytes`, a file in memory or on the disk."""

    def __getitem__(self, piece: slice, /) -> bytes | memoryview: ...


class BucketStore(Protocol):
    """What holds the bytes of the buckets."""

    def read_bucket(self, spans: array[int], at: int) -> bytes:
        """The bytes of the span of that number."""


def choose_bucket(word: bytes, count: int) -> tuple[int, int]:
    """Which of so many buckets a word lies in, given in UTF-8, and its bit of the filter: the same in each process."""
    bit, bucket = divmod(crc32(word), count)
    return bucket, bit % (count * FILTER_BITS)


def encode_word(word: str) -> bytes:
    """A word as it stands in a bucket."""
    return word.encode("utf-8", "surrogatepass")


class HashTable(Mapping[str, T]):
    """A mapping of words. What is read of it is not kept: who asks remembers the answer, and buckets would pile up."""

    __slots__ = ("_bloom", "_count", "_spans", "_store")

    def __init__(self, store: BucketStore, spans: array[int], bloom: bytes) -> None:
        self._store = store
        self._spans = spans
        self._bloom = bloom
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
            yield from _load(self._read_bucket(at))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, word: str) -> Mapping[str, T]:
        """The bucket in which a word lies; none where the filter or its letters say that it isn't there."""
        letters = encode_word(word)
        at, bit = choose_bucket(letters, self._count)
        if not self._bloom[bit >> 3] >> (bit & 7) & 1:
            return {}
        bucket = self._read_bucket(at)
        return _load(bucket) if letters in bucket else {}

    def _read_bucket(self, at: int) -> bytes:
        return self._store.read_bucket(self._spans, at)


def _load(bucket: bytes) -> dict[str, T]:
    words: dict[str, T] = marshal.loads(bucket)
    return words


class WordSet(Set[str]):
    """A set of words, as a hash table."""

    __slots__ = ("_table",)

    def __init__(self, table: HashTable[None]) -> None:
        self._table = table

    def __contains__(self, word: object) -> bool:
        return word in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    _from_iterable = frozenset
