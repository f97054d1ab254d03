"""Records to frozen bytes, in the format that `frozen` thaws."""

from __future__ import annotations

import marshal
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from itertools import chain
from typing import TypeGuard

from vipcopy import frozen
from vipcopy.drawers import MARKS, choose_drawer, encode
from vipcopy.frozen import Coded, Link, Record, Row, Span
from vipcopy.lazies import Lazies, LazyMap
from vipcopy.patterns import LatePattern

_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})
_POOLED = 4  # words of a set from which it is kept once for all who have it
_BIG = 2_000  # words of a set or a mapping from which it is kept in drawers
_DRAWER = 2  # words of a drawer, more or less
_PACKED = 512  # bytes from which a part is worth packing


def freeze(value: object, pooled: tuple[type, ...] = ()) -> bytes:
    """The value as bytes; of records of the pooled classes equal ones are kept once for all that is thawed later.

    Raises TypeError for anything but frozen records of ours, plain values and containers.
    """
    book = _Book(pooled)
    writer = _Writer(book)
    coded = writer.code(value)
    root = marshal.dumps([list(book.names), _write_spans(book.pool_spans), writer.records, coded])
    return b"".join((len(root).to_bytes(frozen.HEAD, "little"), root, book.blobs))


class _Book:
    """What all parts of a frozen value share: names of classes, what is kept once, the bytes of each part."""

    def __init__(self, pooled: tuple[type, ...]) -> None:
        self.pooled = pooled
        self.names: dict[str, int] = {}
        self.pool: dict[tuple[type, object], int] = {}
        self.pool_spans: list[Span] = []
        self.spans: dict[bytes, Span] = {}  # of parts: equal ones are kept once
        self.blobs = bytearray()

    def pack(self, blob: bytes) -> Span:
        """Where the bytes are kept; packed, since a start reads few of them, but sums up all."""
        if blob not in self.spans:
            self.spans[blob] = self.keep(zlib.compress(blob) if len(blob) >= _PACKED else blob)
        return self.spans[blob]

    def keep(self, blob: bytes) -> Span:
        """Where the bytes are kept as they are."""
        start = len(self.blobs)
        self.blobs += blob
        return start, len(self.blobs)

    def put(self, value: object, write: Callable[[], bytes]) -> int:
        """The number of a set or a record among those that are kept once."""
        key = type(value), value
        if key not in self.pool:
            span = self.pack(write())
            self.pool[key] = len(self.pool)
            self.pool_spans.append(span)
        return self.pool[key]


class _Writer:
    """Codes values; records are written once each, after the records that they hold."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.records: list[Record] = []
        self.numbers: dict[Record, int] = {}  # equal records are written once
        self.known: dict[int, Coded] = {}
        self.kept: list[object] = []  # so that no id is used twice while we write

    def code(self, value: object) -> Coded:
        if type(value) in _PLAIN:
            return frozen.SELF, value
        known = self.known.get(id(value))
        if known is None:
            known = self.known[id(value)] = self._code(value)
            self.kept.append(value)
        return known

    def _code(self, value: object) -> Coded:
        if isinstance(value, frozenset):
            return self._set(value)
        content = _take_apart(value)
        if content is not None:
            if isinstance(value, self.book.pooled):
                return frozen.POOL, self.book.put(value, lambda: self._write_part(value, content))
            return self._record(value, content)
        if isinstance(value, tuple):
            return self._tuple(value)
        return self._code_lazy(value)

    def _code_lazy(self, value: object) -> Coded:
        """Mappings, and what is thawed later."""
        if isinstance(value, Lazies):
            return frozen.LAZY, _write_spans(self.book.pack(self._write_part(item)) for item in value)
        if isinstance(value, LazyMap):
            return frozen.LAZY_MAP, (tuple(value), self.code(value.lazies))
        if isinstance(value, LatePattern):
            return frozen.PATTERN, value.written
        if isinstance(value, Mapping):
            return self._mapping(value)
        raise TypeError(f"not a frozen value: {value!r}")

    def _write_part(self, value: object, content: tuple[object, ...] | None = None) -> bytes:
        """A value by itself, or a record with this content."""
        writer = _Writer(self.book)
        coded = writer.code(value) if content is None else writer._record(value, content)
        return marshal.dumps([writer.records, coded])

    def _set(self, value: frozenset[object]) -> Coded:
        if not _is_written(value):
            return frozen.SET, self._tuple(tuple(value))
        if len(value) >= _BIG:
            return frozen.WORD_SET, self._drawers(dict.fromkeys(sorted(value)))
        if len(value) <= _POOLED:
            return frozen.SELF, value
        return frozen.POOL, self.book.put(value, lambda: marshal.dumps(value))

    def _mapping(self, value: Mapping[str, object]) -> Coded:
        values = self._tuple(tuple(value.values()))
        if values[0] != frozen.SELF:
            return frozen.MAPPING, (tuple(value), values)
        if len(value) >= _BIG and all(isinstance(key, str) for key in value):
            return frozen.DRAWERS, self._drawers(value)
        return frozen.SELF, dict(value)

    def _drawers(self, value: Mapping[str, object]) -> tuple[bytes, bytes]:
        drawers: list[dict[str, object]] = [{} for _ in range(len(value) // _DRAWER)]
        marks = bytearray(len(drawers) * MARKS // 8)
        for word, each in value.items():
            at, mark = choose_drawer(encode(word), len(drawers))
            drawers[at][word] = each
            marks[mark >> 3] |= 1 << (mark & 7)
        return _write_spans(self.book.keep(marshal.dumps(drawer)) for drawer in drawers), bytes(marks)

    def _tuple(self, value: tuple[object, ...]) -> Coded:
        row = self._row(value)
        return (frozen.TUPLE, row) if row[1:] != ((), ()) else (frozen.SELF, value)

    def _row(self, values: tuple[object, ...]) -> Row:
        plain: list[object] = []
        links: list[Link] = []
        others: list[tuple[int, Coded]] = []
        for at, value in enumerate(values):
            sign, content = coded = self.code(value)
            plain.append(content if sign == frozen.SELF else None)
            if sign == frozen.RECORD and isinstance(content, int):
                links.append((at, content))
            elif sign != frozen.SELF:
                others.append((at, coded))
        return tuple(plain), tuple(links), tuple(others)

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
    names = getattr(type(value), "_fields", None)
    if names is None:
        return (value.value,) if isinstance(value, Enum) else None
    return tuple(value) if isinstance(value, tuple) else tuple(getattr(value, name) for name in names)


def _write_spans(spans: Iterable[Span]) -> bytes:
    return array(frozen.OFFSETS, chain.from_iterable(spans)).tobytes()


def _is_written(value: frozenset[object]) -> TypeGuard[frozenset[str]]:
    return all(isinstance(item, str) for item in value)
