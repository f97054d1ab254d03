"""Frozen records to bytes and back, by marshal: reading a file can build nothing but plain data and records of ours.

The values of `Lazies` and `LazyMap` stay bytes until they are asked for.
"""

from __future__ import annotations

import gc
import marshal
import re
import zlib
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from importlib import import_module
from typing import TypeGuard

from vipcopy.lazies import Lazies, LazyMap

_PLAIN = (str, int, float, bool, bytes, type(None))
_OURS = "vipcopy."
_POOLED = 4  # words of a set from which it is kept once for all who have it
_FIELDS = "__dataclass_fields__"  # asked for by name: the library itself takes 20 ms to load
_HEAD = 8  # bytes that say how long the root is

# How a value is written down: itself, a record by its number, a tuple, a mapping, a pattern …
_SELF, _RECORD, _TUPLE, _MAPPING, _PATTERN, _SET, _POOL, _LAZY, _LAZY_MAP = range(9)

Row = tuple[tuple[object, ...], tuple[int, ...]]  # values, and the numbers of those among them that are coded
Record = tuple[int, Row]  # its class, what it holds

Coded = tuple[int, object]
Span = tuple[int, int]
Bytes = bytes | memoryview


def freeze(value: object) -> bytes:
    """The value as bytes. Raises TypeError for anything but frozen records of ours, plain values and containers."""
    book = _Book()
    writer = _Writer(book)
    coded = writer.code(value)
    root = marshal.dumps([list(book.names), book.pool_spans, writer.records, coded])
    return len(root).to_bytes(_HEAD, "little") + root + book.blobs


def thaw(data: Bytes) -> object:
    """The value that `freeze` wrote; `data` is kept. Raises ValueError where the bytes are not of our making."""
    is_collecting = gc.isenabled()
    gc.disable()  # many small tuples at once: collecting among them doubles the time
    try:
        start = _HEAD + int.from_bytes(data[:_HEAD], "little")
        names, pool, records, root = marshal.loads(data[_HEAD:start])
        store = _Store(memoryview(data)[start:], [_find_class(name) for name in names], pool)
        return _Reader(store, records).value(root)
    except (EOFError, TypeError, KeyError, IndexError, AttributeError, ImportError, re.error, zlib.error) as error:
        raise ValueError(str(error)) from error
    finally:
        if is_collecting:
            gc.enable()


class _Book:
    """What all parts of a frozen value share: names of classes, big sets, the bytes of what is thawed later."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.pool: dict[frozenset[str], int] = {}
        self.pool_spans: list[Span] = []
        self.blobs = bytearray()

    def keep(self, blob: bytes) -> Span:
        """Where the bytes are kept, packed: a start reads few of them, but sums up all."""
        start = len(self.blobs)
        self.blobs += zlib.compress(blob)
        return start, len(self.blobs)

    def put(self, words: frozenset[str]) -> int:
        if words not in self.pool:
            self.pool[words] = len(self.pool)
            self.pool_spans.append(self.keep(marshal.dumps(words)))
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
            return _SELF, value
        known = self.known.get(id(value))
        if known is None:
            known = self.known[id(value)] = self._code(value)
            self.kept.append(value)
        return known

    def _code(self, value: object) -> Coded:
        if isinstance(value, Lazies):
            return _LAZY, [self.book.keep(_freeze_part(item, self.book)) for item in value]
        if isinstance(value, LazyMap):
            return _LAZY_MAP, (tuple(value), self.code(value.lazies))
        if isinstance(value, re.Pattern):
            return _PATTERN, (value.pattern, value.flags)
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

    def _set(self, value: frozenset[object]) -> Coded:
        if not _is_plain(value):
            return _SET, self._tuple(tuple(value))
        return (_POOL, self.book.put(value)) if len(value) > _POOLED else (_SELF, value)

    def _mapping(self, value: Mapping[object, object]) -> Coded:
        values = self._tuple(tuple(value.values()))
        return (_SELF, dict(value)) if values[0] == _SELF else (_MAPPING, (tuple(value), values))

    def _tuple(self, value: tuple[object, ...]) -> Coded:
        row = self._row(value)
        return (_TUPLE, row) if row[1] else (_SELF, value)

    def _row(self, values: tuple[object, ...]) -> Row:
        coded = [self.code(value) for value in values]
        places = tuple(at for at, (sign, _) in enumerate(coded) if sign != _SELF)
        return tuple(value if sign == _SELF else (sign, value) for sign, value in coded), places

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
        return _RECORD, number


def _take_apart(value: object) -> tuple[object, ...] | None:
    """What a record holds; None where the value is no record."""
    if isinstance(value, Enum):
        return (value.value,)
    if hasattr(type(value), _FIELDS):
        asked = getattr(type(value), _FIELDS)
        return tuple(getattr(value, name) for name, field in asked.items() if field.init)
    return value if isinstance(value, tuple) and hasattr(value, "_fields") else None


def _freeze_part(value: object, book: _Book) -> bytes:
    writer = _Writer(book)
    coded = writer.code(value)
    return marshal.dumps([writer.records, coded])


def _is_plain(value: frozenset[object]) -> TypeGuard[frozenset[str]]:
    return all(isinstance(item, str) for item in value)


class _Store:
    """The bytes of what is thawed later, and what it shares."""

    def __init__(self, blobs: Bytes, kinds: list[type], pool: list[Span]) -> None:
        self.blobs = memoryview(blobs)
        self.kinds = kinds
        self.pool = pool
        self.sets: dict[int, frozenset[str]] = {}

    def set(self, number: int) -> frozenset[str]:
        if number not in self.sets:
            found = marshal.loads(self.read(self.pool[number]))
            if not isinstance(found, frozenset):
                raise TypeError("no set")
            self.sets[number] = found
        return self.sets[number]

    def read(self, span: Span) -> bytes:
        return zlib.decompress(self.blobs[slice(*span)])

    def thaw(self, span: Span) -> object:
        records, root = marshal.loads(self.read(span))
        return _Reader(self, records).value(root)

    def __reduce__(self) -> tuple[type[_Store], tuple[bytes, list[type], list[Span]]]:
        return _Store, (bytes(self.blobs), self.kinds, self.pool)  # to another process, as frozen as it is


class _Part:
    """Thaws the values of one `Lazies`."""

    __slots__ = ("spans", "store")

    def __init__(self, store: _Store, spans: Sequence[Span]) -> None:
        self.store = store
        self.spans = spans

    def __call__(self, at: int) -> object:
        return self.store.thaw(self.spans[at])


class _Reader:
    """Builds records in the order in which they were written, then the root."""

    def __init__(self, store: _Store, records: list[Record]) -> None:
        self.store = store
        self.records: list[object] = []
        self.known: dict[int, object] = {}
        for kind, row in records:
            self.records.append(store.kinds[kind](*self._row(row)))

    def value(self, coded: object) -> object:
        """What a coded value stands for."""
        if not isinstance(coded, tuple):
            raise TypeError("no value")
        sign, content = coded
        if sign == _SELF:
            return content
        if sign == _RECORD and isinstance(content, int):
            return self.records[content]
        if sign == _POOL and isinstance(content, int):
            return self.store.set(content)
        known = self.known.get(id(coded))
        if known is None:
            known = self.known[id(coded)] = self._container(sign, content)
        return known

    def _container(self, sign: int, content: object) -> object:
        if sign == _LAZY and isinstance(content, list):
            lazies: Lazies[object] = Lazies((), _Part(self.store, content), len(content))
            return lazies
        if not isinstance(content, tuple):
            raise TypeError("no such value")
        if sign == _TUPLE:
            return tuple(self._row(content))
        if sign == _SET:
            return frozenset(self._tuple(content))
        if sign == _LAZY_MAP:
            return self._lazy_map(*content)
        if sign == _MAPPING:
            keys, values = content
            return dict(zip(keys, self._tuple(values), strict=True))
        pattern, flags = content
        return re.compile(pattern, flags)

    def _lazy_map(self, names: Sequence[str], coded: object) -> LazyMap[object]:
        lazies = self.value(coded)
        if not isinstance(lazies, Lazies):
            raise TypeError("no such mapping")
        return LazyMap(names, lazies)

    def _row(self, row: Row) -> Sequence[object]:
        values, places = row
        if not places:
            return values
        whole = list(values)
        for at in places:
            whole[at] = self.value(values[at])
        return whole

    def _tuple(self, coded: object) -> tuple[object, ...]:
        value = self.value(coded)
        if not isinstance(value, tuple):
            raise TypeError("no tuple")
        return value


@cache
def _find_class(name: str) -> type:
    module, _, qualified = name.partition(":")
    if not module.startswith(_OURS):
        raise ValueError(f"not a record of ours: {name}")
    found = getattr(import_module(module), qualified)
    if not isinstance(found, type) or not (hasattr(found, _FIELDS) or issubclass(found, tuple | Enum)):
        raise ValueError(f"not a record: {name}")
    return found
