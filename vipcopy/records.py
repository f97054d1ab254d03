"""Records: the named tuples of `typing`, whose classes are made in a tenth of the time; a start makes a hundred.

A record is a tuple with names: it equals a tuple of the same values, `_replace` gives a changed one.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING

__all__ = ["Record"]

if TYPE_CHECKING:
    from collections.abc import Iterable
    from inspect import Signature
    from typing import NamedTuple as Record
else:
    _MOST = 32  # fields
    _Numbered = namedtuple("_Numbered", [f"value{at}" for at in range(_MOST)])
    _GETTERS = tuple(vars(_Numbered)[name] for name in _Numbered._fields)  # of the first value, the second …

    class _Kind(type):
        """Makes a class of records from the names and defaults in its body."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> _Kind:
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body.pop(field) for field in fields if field in body}
            body |= {"__slots__": (), "__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
            body |= dict(zip(fields, _GETTERS, strict=False))
            body |= {"_count": len(fields), "_last": tuple(defaults.values()), "_names": frozenset(fields)}
            return super().__new__(cls, name, bases, body)

        @property
        def __signature__(cls) -> Signature:
            from inspect import Parameter, Signature

            defaults = {name: cls._field_defaults.get(name, Parameter.empty) for name in cls._fields}
            kind = Parameter.POSITIONAL_OR_KEYWORD
            return Signature([Parameter(name, kind, default=each) for name, each in defaults.items()])

    class Record(tuple, metaclass=_Kind):
        """What a class of records derives from: `class Place(Record)` with a line for each field."""

        def __new__(cls, *values: object, **named: object) -> Record:
            """A record of these values. Raises TypeError where one is missing, unknown or given twice."""
            if named or len(values) != cls._count:
                values = cls._complete(values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _complete(cls, values: tuple[object, ...], named: dict[str, object]) -> tuple[object, ...]:
            """The values in their order, and defaults for those that are missing."""
            missing = cls._count - len(values)
            if not named and 0 < missing <= len(cls._last):
                return values + cls._last[-missing:]
            known = cls._field_defaults | named
            if not values and known.keys() == cls._names:  # as findings are made, by the thousand
                return tuple(map(known.__getitem__, cls._fields))
            rest = cls._fields[len(values) :]
            wrong = [name for name in rest if name not in known] or named.keys() - set(rest)
            if wrong or missing < 0:
                raise TypeError(f"{cls.__name__}: {', '.join(wrong) or len(values)} missing, unknown or too many")
            return (*values, *map(known.__getitem__, rest))

        @classmethod
        def _make(cls, values: Iterable[object]) -> Record:
            return cls(*values)

        def _replace(self, **changes: object) -> Record:
            values = tuple(map(changes.pop, self._fields, self))
            if changes:
                raise TypeError(f"{type(self).__name__} has no {', '.join(changes)}")
            return tuple.__new__(type(self), values)

        __replace__ = _replace  # for copy.replace of Python 3.13

        def _asdict(self) -> dict[str, object]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"

        def __getnewargs__(self) -> tuple[object, ...]:
            return tuple(self)
