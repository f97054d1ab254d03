"""What type hints ask of `typing`, for modules that each start loads: its import takes a thirtieth of a start."""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take a flag of this name for true

if TYPE_CHECKING:
    from typing import Any, Generic, Literal, Protocol, TextIO, TypeVar, overload
else:

    class _Hint:
        """A base class that adds nothing, and takes any subscript."""

        def __class_getitem__(cls, _item: object) -> type:
            return cls

    Any = Generic = Literal = Protocol = TextIO = _Hint
    TypeVar = str

    def overload(function):
        """The function itself, which the next of its name replaces."""
        return function


__all__ = ["TYPE_CHECKING", "Any", "Generic", "Literal", "Protocol", "TextIO", "TypeVar", "overload"]
