"""Records to frozen bytes, in the format that `frozen` thaws."""

from __future__ import annotations

import marshal
import zlib
from array import array
from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import chain
from typing import TypeGuard

from vipcopy import frozen
from vipcopy.drawers import choose_drawer, encode
from vipcopy.frozen import Coded, Record, Row, Span
from vipcopy.lazies import Lazies, LazyMap
from vipcopy.patterns import LatePattern

_PLAIN = (str, int, float, bool, bytes, type(None))
_POOLED = 4  # words of a set from which it is kept once for all who have it
_BIG = 2_000  # words of a set or a mapping from which it is kept in drawers
_DRAWER = 2  # words of a drawer, more or less
_PACKED = 512  # bytes from which a part is worth packing


def freeze(value: object) -> bytes:
    """The value as bytes. Raises TypeError for anything but frozen records of ours, plain values and containers."""
    book = _Book()
    writer = _Writer(book)
    coded = writer.code(value)
    root = marshal.dumps([list(book.names), _write_spans(book.pool_spans), writer.records, coded])
    return b"".join((len(root).to_bytes(frozen.HEAD, "little"), root, book.blobs))


class _Book:
    """What all parts of a frozen value share: names of classes, sets, the bytes of what is thawed later."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.pool: dict[frozenset[str], int] = {}
        self.pool_spans: list[Span] = []
        self.blobs = bytearray()

    def pack(self, blob: bytes) -> Span:
        """Where the bytes are kept; packed, since a start reads few of them, but sums up all."""
        return self.keep(zlib.compress(blob) if len(blob) >= _PACKED else blob)

    def keep(self, blob: bytes) -> Span:
        """Where the bytes are kept as they are."""
        start = len(self.blobs)
        self.blobs += blob
        return start, len(self.blobs)

    def put(self, words: frozenset[str]) -> int:
        """The number of a set among those that are kept once."""
        if words not in self.pool:
            self.pool[words] = len(self.pool)
            self.pool_spans.append(self.pack(marshal.dumps(words)))
        return self.pool[words]


class _Writer:
    """Codes values; records are written once each, after the records that they hold."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.records: list[Record] = []
        self.numbers: dict[Record, int] = {}  # equal records are written once
        self.known: dict[int, Coded] = {}
        self.kept: list[object] = []  # so that no id is used twice while we write

    def code(self, value: object) -> Coded:
        if isinstance(value, _PLAIN) and not isinstance(value, Enum):
            return frozen.SELF, value
        known = self.known.get(id(value))
        if known is None:
            known = self.known[id(value)] = self._code(value)
            self.kept.append(value)
        return known

    def _code(self, value: object) -> Coded:
        if isinstance(value, Lazies):
            return frozen.LAZY, _write_spans(self._freeze_part(item) for item in value)
        if isinstance(value, LazyMap):
            return frozen.LAZY_MAP, (tuple(value), self.code(value.lazies))
        if isinstance(value, LatePattern):
            return frozen.PATTERN, value.written
        if isinstance(value, frozenset):
            return self._set(value)
        content = _take_apart(value)
        if content is not None:
            return self._record(value, content)
        if isinstance(value, tuple):
            return self._tuple(value)
        if isinstance(value, Mapping):
            return self._mapping(value)
        raise TypeError(f"not a frozen value: {value!r}")

    def _freeze_part(self, value: object) -> Span:
        writer = _Writer(self.book)
        coded = writer.code(value)
        return self.book.pack(marshal.dumps([writer.records, coded]))

    def _set(self, value: frozenset[object]) -> Coded:
        if not _is_written(value):
            return frozen.SET, self._tuple(tuple(value))
        if len(value) >= _BIG:
            return frozen.WORD_SET, self._drawers(dict.fromkeys(sorted(value)))
        return (frozen.POOL, self.book.put(value)) if len(value) > _POOLED else (frozen.SELF, value)

    def _mapping(self, value: Mapping[str, object]) -> Coded:
        values = self._tuple(tuple(value.values()))
        if values[0] != frozen.SELF:
            return frozen.MAPPING, (tuple(value), values)
        if len(value) >= _BIG and all(isinstance(key, str) for key in value):
            return frozen.DRAWERS, self._drawers(value)
        return frozen.SELF, dict(value)

    def _drawers(self, value: Mapping[str, object]) -> bytes:
        drawers: list[dict[str, object]] = [{} for _ in range(len(value) // _DRAWER)]
        for word, each in value.items():
            drawers[choose_drawer(encode(word), len(drawers))][word] = each
        return _write_spans(self.book.keep(marshal.dumps(drawer)) for drawer in drawers)

    def _tuple(self, value: tuple[object, ...]) -> Coded:
        row = self._row(value)
        return (frozen.TUPLE, row) if row[1:] != ((), ()) else (frozen.SELF, value)

    def _row(self, values: tuple[object, ...]) -> Row:
        coded = [self.code(value) for value in values]
        plain = tuple(content if sign == frozen.SELF else None for sign, content in coded)
        links = tuple(
            (at, content)
            for at, (sign, content) in enumerate(coded)
            if sign == frozen.RECORD and isinstance(content, int)
        )
        others = tuple((at, each) for at, each in enumerate(coded) if each[0] not in (frozen.SELF, frozen.RECORD))
        return plain, links, others

    def _record(self, value: object, content: tuple[object, ...]) -> Coded:
        kind = type(value)
        names = self.book.names
        name = f"{kind.__module__}:{kind.__qualname__}"
        record = names.setdefault(name, len(names)), self._row(content)
        try:
            number = self.numbers.setdefault(record, len(self.records))
        except TypeError:  # it holds a mapping
            number = len(self.records)
        if number == len(self.records):
            self.records.append(record)
        return frozen.RECORD, number


def _take_apart(value: object) -> tuple[object, ...] | None:
    """What a record holds; None where the value is no record."""
    if isinstance(value, Enum):
        return (value.value,)
    names = getattr(type(value), "_fields", None)
    return None if names is None else tuple(getattr(value, name) for name in names)


def _write_spans(spans: Iterable[Span]) -> bytes:
    return array(frozen.OFFSETS, chain.from_iterable(spans)).tobytes()


def _is_written(value: frozenset[object]) -> TypeGuard[frozenset[str]]:
    return all(isinstance(item, str) for item in value)
