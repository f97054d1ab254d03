"""Frozen records to bytes and back, by marshal: reading a file can build nothing but plain data and records of ours."""

from __future__ import annotations

import gc
import marshal
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from typing import TypeGuard

_PLAIN = (str, int, float, bool, bytes, type(None))
_OURS = "vipcopy."

# How a value is written down: itself, a record by its number, a tuple, a mapping, or a pattern
_SELF, _RECORD, _TUPLE, _MAPPING, _PATTERN, _SET = range(6)

Coded = tuple[int, object]


def freeze(value: object) -> bytes:
    """The value as bytes. Raises TypeError for anything but frozen records of ours, plain values and containers."""
    writer = _Writer()
    root = writer.code(value)
    return marshal.dumps([list(writer.names), writer.records, root])


def thaw(data: bytes) -> object:
    """The value that `freeze` wrote. Raises ValueError where the bytes are not of our making."""
    is_collecting = gc.isenabled()
    gc.disable()  # 40,000 small tuples at once: collecting among them doubles the time
    try:
        names, records, root = marshal.loads(data)
        return _Reader([_find_class(name) for name in names], records).value(root)
    except (EOFError, TypeError, KeyError, IndexError, AttributeError, ImportError, re.error) as error:
        raise ValueError(str(error)) from error
    finally:
        if is_collecting:
            gc.enable()


class _Writer:
    """Codes values; records are written once each, after the records that they hold."""

    def __init__(self) -> None:
        self.records: list[tuple[int, tuple[Coded, ...]]] = []
        self.numbers: dict[tuple[int, tuple[Coded, ...]], int] = {}  # equal records are written once
        self.names: dict[str, int] = {}
        self.known: dict[int, Coded] = {}
        self.kept: list[object] = []  # so that no id is used twice while we write
        self.sets: dict[frozenset[str], frozenset[str]] = {}  # equal sets and words are written once
        self.words: dict[str, str] = {}

    def code(self, value: object) -> Coded:
        if isinstance(value, _PLAIN) and not isinstance(value, Enum):
            return _SELF, value
        known = self.known.get(id(value))
        if known is None:
            known = self.known[id(value)] = self._code(value)
            self.kept.append(value)
        return known

    def _code(self, value: object) -> Coded:
        if isinstance(value, Enum):
            return self._record(value, (value.value,))
        if is_dataclass(value) and not isinstance(value, type):
            return self._record(value, tuple(getattr(value, field.name) for field in fields(value)))
        if isinstance(value, re.Pattern):
            return _PATTERN, (value.pattern, value.flags)
        if isinstance(value, tuple):
            return self._record(value, value) if hasattr(value, "_fields") else self._tuple(value)
        if isinstance(value, frozenset):
            return (
                (_SELF, self.sets.setdefault(value, value)) if _is_plain(value) else (_SET, self._tuple(tuple(value)))
            )
        if isinstance(value, Mapping):
            return self._mapping(value)
        raise TypeError(f"not a frozen value: {value!r}")

    def _set(self, value: frozenset[str]) -> frozenset[str]:
        if value not in self.sets:
            self.sets[value] = frozenset(self.words.setdefault(word, word) for word in value)
        return self.sets[value]

    def _mapping(self, value: Mapping[object, object]) -> Coded:
        values = self._tuple(tuple(value.values()))
        value = {self.words.setdefault(key, key) if isinstance(key, str) else key: each for key, each in value.items()}
        return (_SELF, value) if values[0] == _SELF else (_MAPPING, (tuple(value), values))

    def _tuple(self, value: tuple[object, ...]) -> Coded:
        coded = [self.code(item) for item in value]
        if all(sign == _SELF for sign, _ in coded):
            return _SELF, value
        return _TUPLE, tuple(coded)

    def _record(self, value: object, content: tuple[object, ...]) -> Coded:
        kind = type(value)
        name = f"{kind.__module__}:{kind.__qualname__}"
        record = (self.names.setdefault(name, len(self.names)), tuple(self.code(item) for item in content))
        try:
            number = self.numbers.setdefault(record, len(self.records))
        except TypeError:  # it holds a mapping
            number = len(self.records)
        if number == len(self.records):
            self.records.append(record)
        return _RECORD, number


def _is_plain(value: frozenset[object]) -> TypeGuard[frozenset[str]]:
    return all(isinstance(item, _PLAIN) for item in value)


class _Reader:
    """Builds records in the order in which they were written, then the root."""

    def __init__(self, kinds: list[type], records: list[tuple[int, tuple[Coded, ...]]]) -> None:
        self.records: list[object] = []
        self.known: dict[int, object] = {}
        for kind, content in records:
            self.records.append(kinds[kind](*map(self.value, content)))

    def value(self, coded: Coded) -> object:
        sign, content = coded
        if sign == _SELF:
            return content
        if sign == _RECORD and isinstance(content, int):
            return self.records[content]
        known = self.known.get(id(coded))
        if known is None:
            known = self.known[id(coded)] = self._container(sign, content)
        return known

    def _container(self, sign: int, content: object) -> object:
        if not isinstance(content, tuple):
            raise TypeError("no such value")
        if sign == _TUPLE:
            return tuple(map(self.value, content))
        if sign == _SET:
            return frozenset(self._tuple(content))
        if sign == _MAPPING:
            keys, values = content
            return dict(zip(keys, self._tuple(values), strict=True))
        pattern, flags = content
        return re.compile(pattern, flags)

    def _tuple(self, coded: Coded) -> tuple[object, ...]:
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
    if not isinstance(found, type) or not (is_dataclass(found) or issubclass(found, tuple | Enum)):
        raise ValueError(f"not a record: {name}")
    return found
