"""Records told anew each time they are gone through: those of a very long text would fill the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar, overload

T = TypeVar("T")

MOST_KEPT = 5_000  # records that are kept: more than a book of two hundred pages has faults


def hold(tell: Callable[[], Iterable[T]], count: int, most: int = MOST_KEPT) -> Sequence[T]:
    """What `tell` tells, `count` records: a tuple, or records that are told anew where there are very many.

    >>> hold(lambda: "вы", 2), hold(lambda: "вы", 2, most=1)
    (('в', 'ы'), Told of 2)
    """
    return tuple(tell()) if count <= most else Told(tell, count)


def keep(held: Sequence[T], is_wanted: Callable[[T], bool]) -> Sequence[T]:
    """Those that are wanted; told anew where all are."""
    if not isinstance(held, Told):
        return tuple(filter(is_wanted, held))
    return hold(lambda: filter(is_wanted, held), sum(map(is_wanted, held)))


class Told(Sequence[T]):
    """A sequence that keeps nothing: equal to the tuple of what it tells, which is what goes to another process."""

    __slots__ = ("_count", "_tell")

    def __init__(self, tell: Callable[[], Iterable[T]], count: int) -> None:
        self._tell = tell
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return iter(self._tell())

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...

    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        place = range(self._count)[at]
        return next(islice(self, place, None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Told of {self._count}"

    def __reduce__(self) -> tuple[object, ...]:
        return tuple, (tuple(self),)


class Later(Generic[T]):
    """A value that is found when it is first asked for, and kept; to another process goes the value."""

    __slots__ = ("_found", "_tell")

    def __init__(self, tell: Callable[[], T]) -> None:
        self._tell = tell
        self._found: tuple[T, ...] = ()

    def tell(self) -> T:
        """The value."""
        self._found = self._found or (self._tell(),)
        return self._found[0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and self.tell() == other.tell()

    def __hash__(self) -> int:
        return hash(self.tell())

    def __repr__(self) -> str:
        return f"Later {self.tell()!r}"

    def __reduce__(self) -> tuple[object, ...]:
        return known, (self.tell(),)


def known(value: T) -> Later[T]:
    """A value that is there already.

    >>> known(900).tell()
    900
    """
    return Later(lambda: value)
