"""Named tuples whose classes cost a start little: a tenth of it went to those of `typing.NamedTuple`.

There each class has its constructor and each of its annotations compiled anew. Here the constructors of all classes
with so many fields are one, under other names, and annotations stay what they were written as.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import FunctionType

from vipcopy.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Record(tuple):
        """What all named tuples can do."""

        __slots__ = ()

        _fields = ()

        @classmethod
        def _make(cls, values: Iterable[object]) -> _Record:
            record = tuple.__new__(cls, values)
            if len(record) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(record)}")
            return record

        def _replace(self, /, **others: object) -> _Record:
            record = self._make(map(others.pop, self._fields, self))
            if others:
                _find_model(0)()._replace(**others)  # raises ValueError, from Python 3.13 on TypeError
            return record

        __replace__ = _replace  # `copy.replace` of Python 3.13

        def _asdict(self) -> dict[str, object]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            told = (f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({', '.join(told)})"

        def __getnewargs__(self) -> tuple[object, ...]:
            return tuple(self)

    class _Maker(type):
        """Makes a plain class of what is written below `class X(NamedTuple)`."""

        def __new__(cls, name: str, _bases: tuple[type, ...], space: Mapping[str, object]) -> type:
            annotations = space.get("__annotations__", {})
            fields = tuple(annotations)
            defaults = {field: space[field] for field in fields if field in space}
            made = {
                "__slots__": (),
                "__match_args__": fields,
                "__new__": _build_constructor(f"{name}.__new__", annotations, tuple(defaults.values())),
                "_fields": fields,
                "_field_defaults": defaults,
            }
            return type(name, (_Record,), {**space, **made, **dict(_find_getters(fields))})

    def _build_constructor(name: str, types: Mapping[str, str], defaults: tuple[object, ...]) -> FunctionType:
        model = _find_model(len(types)).__new__
        code = model.__code__.replace(co_varnames=("_cls", *types), co_qualname=name)
        constructor = FunctionType(code, model.__globals__, "__new__", defaults)
        constructor.__annotations__ = types
        return constructor

    def _find_getters(fields: tuple[str, ...]) -> Iterator[tuple[str, object]]:
        model = _find_model(len(fields))
        return zip(fields, map(vars(model).get, model._fields), strict=True)

    @cache
    def _find_model(count: int) -> type:
        return namedtuple("Model", [f"field_{at}" for at in range(count)])

    NamedTuple = type.__new__(_Maker, "NamedTuple", (_Record,), {})

__all__ = ["NamedTuple"]
