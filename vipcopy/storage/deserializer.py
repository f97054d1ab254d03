"""Serialized bytes back to records, by marshal: reading a file can build nothing but plain data and records of ours.

What is seldom needed whole stays bytes until it is asked for: the values of `LazySequence` and `LazyMap`, big sets and
mappings of words. `serializer` writes the bytes.
"""

from __future__ import annotations

import marshal
import re
import zlib
from array import array
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache, partial
from importlib import import_module

from vipcopy.garbage import paused_collection
from vipcopy.lazy import LazyMap, LazySequence
from vipcopy.patterns import compile_later
from vipcopy.storage.hash_table import Buffer, HashTable, WordSet

HEAD = 8  # bytes that say how long the root is
OFFSETS = "I"  # how an array writes where parts start and stop

# How a value is written down: itself, a record by its number, a tuple, a mapping, a pattern …
SELF, RECORD, TUPLE, MAPPING, PATTERN, SET, POOL, LAZY, LAZY_MAP, HASH_TABLE, WORD_SET = range(11)

Encoded = tuple[int, object]
Link = tuple[int, int]  # which of the values of a row is which record
Row = tuple[tuple[object, ...], tuple[Link, ...], tuple[tuple[int, Encoded], ...]]  # values, and those that have a tag
Record = tuple[int, Row]  # its class, what it holds
Span = tuple[int, int]

_OURS = "vipcopy."
_COMPRESSED = 0x78  # the first byte of what zlib has compressed, and of nothing that marshal writes here


def deserialize(data: Buffer, at: int = 0, mapped: Buffer | None = None) -> object:
    """The value that `serialize` wrote from this place on; `data` is kept. Raises ValueError where they are not ours.

    Words are looked up in `mapped`, where there is any: the same bytes, to be had sooner.
    """
    try:
        with paused_collection():
            head = at + HEAD
            start = head + int.from_bytes(data[at:head], "little")
            names, pool, records, root = marshal.loads(data[head:start])
            store = _Store(data, start, names, pool, mapped)
            return _Reader(store, records).value(root)
    except (EOFError, TypeError, KeyError, IndexError, AttributeError, ImportError, re.error, zlib.error) as error:
        raise ValueError(str(error)) from error


class _Store:
    """The bytes of what is deserialized later, and what it shares."""

    def __init__(self, data: Buffer, start: int, names: list[str], pool: bytes, mapped: Buffer | None = None) -> None:
        self.data = data
        self.mapped = mapped or data
        self.start = start
        self.names = names
        self.pool = pool
        self.builders = [_load_builder(name) for name in names]
        self.spans = array(OFFSETS, pool)
        self.shared: dict[int, object] = {}
        self.parts: dict[int, object] = {}  # by where they start: equal ones are written once, and built once

    def share(self, number: int) -> object:
        """A set or a record that several others have."""
        if number not in self.shared:
            found = self.read(self.spans, number)
            self.shared[number] = found if isinstance(found, frozenset) else _build(self, found)
        return self.shared[number]

    def read_bytes(self, spans: array[int], at: int) -> bytes:
        """The bytes of the span of that number."""
        return bytes(self.data[self.start + spans[2 * at] : self.start + spans[2 * at + 1]])

    def read_bucket(self, spans: array[int], at: int) -> bytes:
        """The same, where words are looked up."""
        return bytes(self.mapped[self.start + spans[2 * at] : self.start + spans[2 * at + 1]])

    def read(self, spans: array[int], at: int) -> object:
        """The plain value whose bytes have that span."""
        blob = self.read_bytes(spans, at)
        return marshal.loads(zlib.decompress(blob) if blob[0] == _COMPRESSED else blob)

    def __reduce__(self) -> tuple[type[_Store], tuple[bytes, int, list[str], bytes]]:
        return _Store, (bytes(self.data[self.start :]), 0, self.names, self.pool)  # to another process, still as bytes


class _PartLoader:
    """Deserializes the values of one `LazySequence`."""

    __slots__ = ("spans", "store")

    def __init__(self, store: _Store, spans: array[int]) -> None:
        self.store = store
        self.spans = spans

    def __call__(self, at: int) -> object:
        parts, start = self.store.parts, self.spans[2 * at]
        if start not in parts:
            parts[start] = _build(self.store, self.store.read(self.spans, at))
        return parts[start]


def _build(store: _Store, part: object) -> object:
    """What was written by itself."""
    if not isinstance(part, list):
        raise TypeError("no part")
    records, record, encoded = part  # the records that it holds; itself, if it is one, or what stands for it
    reader = _Reader(store, records)
    return reader.value(encoded) if record is None else reader.record(*record)


class _Reader:
    """Builds records in the order in which they were written, then the root."""

    def __init__(self, store: _Store, records: list[Record]) -> None:
        self.store = store
        self.records: list[object] = []
        self.known: dict[int, object] = {}
        for record in records:
            self.records.append(self.record(*record))

    def record(self, kind: int, row: Row) -> object:
        """A record of that class with what the row holds."""
        return self.store.builders[kind](self._row(row))

    def value(self, encoded: Encoded) -> object:
        """What an encoded value stands for."""
        tag, content = encoded
        if tag == RECORD and isinstance(content, int):
            return self.records[content]
        if tag == POOL and isinstance(content, int):
            return self.store.share(content)
        if tag == SELF:
            return content
        known = self.known.get(id(encoded))
        if known is None:
            known = self.known[id(encoded)] = self._container(tag, content)
        return known

    def _container(self, tag: int, content: object) -> object:
        if isinstance(content, bytes):
            return self._lazy_sequence(array(OFFSETS, content))
        if not isinstance(content, tuple):
            raise TypeError("no such value")
        if tag in (HASH_TABLE, WORD_SET):
            return self._hash_table(tag, *content)
        if tag == TUPLE:
            return tuple(self._row(content))
        if tag == SET:
            return frozenset(self._tuple(content))
        if tag == LAZY_MAP:
            return self._lazy_map(*content)
        if tag == MAPPING:
            keys, values = content
            return dict(zip(keys, self._tuple(values), strict=True))
        pattern, flags = content
        return compile_later(pattern, flags)

    def _lazy_sequence(self, spans: array[int]) -> LazySequence[object]:
        """What is deserialized when it is asked for, from the bytes of these spans."""
        return LazySequence((), _PartLoader(self.store, spans), len(spans) // 2)

    def _hash_table(self, tag: int, spans: bytes, bloom: bytes) -> HashTable[None] | WordSet:
        """Words that are looked up among the bytes of these spans."""
        table: HashTable[None] = HashTable(self.store, array(OFFSETS, spans), bloom)
        return WordSet(table) if tag == WORD_SET else table

    def _lazy_map(self, names: Sequence[str], encoded: Encoded) -> LazyMap[object]:
        sequence = self.value(encoded)
        if not isinstance(sequence, LazySequence):
            raise TypeError("no such mapping")
        return LazyMap(names, sequence)

    def _row(self, row: Row) -> Sequence[object]:
        values, links, others = row
        if not links and not others:
            return values
        whole = list(values)
        for at, number in links:
            whole[at] = self.records[number]
        for at, encoded in others:
            whole[at] = self.value(encoded)
        return whole

    def _tuple(self, encoded: Encoded) -> tuple[object, ...]:
        value = self.value(encoded)
        if not isinstance(value, tuple):
            raise TypeError("no tuple")
        return value


@cache
def _load_builder(name: str) -> Callable[[Sequence[object]], object]:
    """What makes a record of that class from the values that it holds."""
    module, _, qualified = name.partition(":")
    if not module.startswith(_OURS):
        raise ValueError(f"not a record of ours: {name}")
    found = getattr(import_module(module), qualified)
    if not isinstance(found, type) or not (hasattr(found, "_fields") or issubclass(found, Enum)):
        raise ValueError(f"not a record: {name}")
    if issubclass(found, tuple):
        return partial(tuple.__new__, found)  # all values are given: no default is asked for
    return lambda values: found(*values)
