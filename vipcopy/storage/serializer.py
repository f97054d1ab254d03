"""Records to bytes, in the format that `deserializer` reads."""

from __future__ import annotations

import marshal
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from itertools import chain
from typing import TypeGuard

from vipcopy.lazy import LazyMap, LazySequence
from vipcopy.patterns import LazyPattern
from vipcopy.storage import deserializer
from vipcopy.storage.deserializer import Encoded, Link, Record, Row, Span
from vipcopy.storage.hash_table import FILTER_BITS, choose_bucket, encode_word

_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})
_POOLED = 4  # words of a set from which it is kept once for all who have it
_BIG = 2_000  # words of a set or a mapping from which it is kept as a hash table
_BUCKET_SIZE = 2  # words, more or less
_WORTH_COMPRESSING = 2_048  # bytes from which a part is worth compressing
_FORMAT = 4  # of marshal: every Python from 3.4 on reads it


def serialize(value: object, pooled: tuple[type, ...] = ()) -> bytes:
    """The value as bytes; of records of the pooled classes equal ones are kept once for all that is deserialized later.

    Raises TypeError for anything but frozen records of ours, plain values and containers.
    """
    output = _Output(pooled)
    writer = _Writer(output)
    encoded = writer.encode(value)
    root = _dump([list(output.names), _write_spans(output.pool_spans), writer.records, encoded])
    return b"".join((len(root).to_bytes(deserializer.HEAD, "little"), root, output.blobs))


class _Output:
    """What all parts of a serialized value share: names of classes, what is kept once, the bytes of each part."""

    def __init__(self, pooled: tuple[type, ...]) -> None:
        self.pooled = pooled
        self.names: dict[str, int] = {}
        self.pool: dict[tuple[type, object], int] = {}
        self.pool_spans: list[Span] = []
        self.spans: dict[bytes, Span] = {}  # of parts: equal ones are kept once
        self.blobs = bytearray()

    def compress(self, blob: bytes) -> Span:
        """Where the bytes are kept; compressed, since a start reads few of them, but sums up all."""
        if blob not in self.spans:
            self.spans[blob] = self.append(zlib.compress(blob) if len(blob) >= _WORTH_COMPRESSING else blob)
        return self.spans[blob]

    def append(self, blob: bytes) -> Span:
        """Where the bytes are kept as they are."""
        start = len(self.blobs)
        self.blobs += blob
        return start, len(self.blobs)

    def intern(self, value: object, write: Callable[[], bytes]) -> int:
        """The number of a set or a record among those that are kept once."""
        key = type(value), value
        if key not in self.pool:
            span = self.compress(write())
            self.pool[key] = len(self.pool)
            self.pool_spans.append(span)
        return self.pool[key]


class _Writer:
    """Encodes values; records are written once each, after the records that they hold."""

    def __init__(self, output: _Output) -> None:
        self.output = output
        self.records: list[Record] = []
        self.numbers: dict[Record, int] = {}  # equal records are written once
        self.known: dict[int, Encoded] = {}
        self.kept: list[object] = []  # so that no id is used twice while we write

    def encode(self, value: object) -> Encoded:
        if type(value) in _PLAIN:
            return deserializer.SELF, value
        known = self.known.get(id(value))
        if known is None:
            known = self.known[id(value)] = self._encode(value)
            self.kept.append(value)
        return known

    def _encode(self, value: object) -> Encoded:
        if isinstance(value, frozenset):
            return self._set(value)
        content = _read_fields(value)
        if content is not None:
            if isinstance(value, self.output.pooled):
                return deserializer.POOL, self.output.intern(value, lambda: self._write_part(value, content))
            return self._record(value, content)
        if isinstance(value, tuple):
            return self._tuple(value)
        return self._encode_lazy(value)

    def _encode_lazy(self, value: object) -> Encoded:
        """Mappings, and what is deserialized later."""
        if isinstance(value, LazySequence):
            return deserializer.LAZY, _write_spans(self.output.compress(self._write_part(item)) for item in value)
        if isinstance(value, LazyMap):
            return deserializer.LAZY_MAP, (tuple(value), self.encode(value.sequence))
        if isinstance(value, LazyPattern):
            return deserializer.PATTERN, value.written
        if isinstance(value, Mapping):
            return self._mapping(value)
        raise TypeError(f"not a serializable value: {value!r}")

    def _write_part(self, value: object, content: tuple[object, ...] | None = None) -> bytes:
        """A value by itself, or a record with this content."""
        writer = _Writer(self.output)
        encoded = writer.encode(value) if content is None else writer._record(value, content)
        is_record = encoded[0] == deserializer.RECORD
        record = writer.records.pop() if is_record else None  # those that it holds were written before it
        return _dump([writer.records, record, None if is_record else encoded])

    def _set(self, value: frozenset[object]) -> Encoded:
        if not _is_of_strings(value):
            return deserializer.SET, self._tuple(tuple(value))
        if len(value) >= _BIG:
            return deserializer.WORD_SET, self._hash_table(dict.fromkeys(sorted(value)))
        if len(value) <= _POOLED:
            return deserializer.SELF, value
        return deserializer.POOL, self.output.intern(value, lambda: _dump(value))

    def _mapping(self, value: Mapping[str, object]) -> Encoded:
        values = self._tuple(tuple(value.values()))
        if values[0] != deserializer.SELF:
            return deserializer.MAPPING, (tuple(value), values)
        if len(value) >= _BIG and all(isinstance(key, str) for key in value):
            return deserializer.HASH_TABLE, self._hash_table(value)
        return deserializer.SELF, dict(value)

    def _hash_table(self, value: Mapping[str, object]) -> tuple[bytes, bytes]:
        buckets: list[dict[str, object]] = [{} for _ in range(len(value) // _BUCKET_SIZE)]
        bloom = bytearray(len(buckets) * FILTER_BITS // 8)
        for word, each in value.items():
            at, bit = choose_bucket(encode_word(word), len(buckets))
            buckets[at][word] = each
            bloom[bit >> 3] |= 1 << (bit & 7)
        return _write_spans(self.output.append(_dump(bucket)) for bucket in buckets), bytes(bloom)

    def _tuple(self, value: tuple[object, ...]) -> Encoded:
        row = self._row(value)
        return (deserializer.TUPLE, row) if row[1:] != ((), ()) else (deserializer.SELF, value)

    def _row(self, values: tuple[object, ...]) -> Row:
        plain: list[object] = []
        links: list[Link] = []
        others: list[tuple[int, Encoded]] = []
        for at, value in enumerate(values):
            tag, content = encoded = self.encode(value)
            plain.append(content if tag == deserializer.SELF else None)
            if tag == deserializer.RECORD and isinstance(content, int):
                links.append((at, content))
            elif tag != deserializer.SELF:
                others.append((at, encoded))
        return tuple(plain), tuple(links), tuple(others)

    def _record(self, value: object, content: tuple[object, ...]) -> Encoded:
        kind = type(value)
        names = self.output.names
        name = f"{kind.__module__}:{kind.__qualname__}"
        record = names.setdefault(name, len(names)), self._row(content)
        try:
            number = self.numbers.setdefault(record, len(self.records))
        except TypeError:  # it holds a mapping
            number = len(self.records)
        if number == len(self.records):
            self.records.append(record)
        return deserializer.RECORD, number


def _dump(value: list[object] | frozenset[str] | dict[str, object]) -> bytes:
    return marshal.dumps(value, _FORMAT)


def _read_fields(value: object) -> tuple[object, ...] | None:
    """What a record holds; None where the value is no record."""
    names = getattr(type(value), "_fields", None)
    if names is None:
        return (value.value,) if isinstance(value, Enum) else None
    return tuple(value) if isinstance(value, tuple) else tuple(getattr(value, name) for name in names)


def _write_spans(spans: Iterable[Span]) -> bytes:
    return array(deserializer.OFFSETS, chain.from_iterable(spans)).tobytes()


def _is_of_strings(value: frozenset[object]) -> TypeGuard[frozenset[str]]:
    return all(isinstance(item, str) for item in value)
