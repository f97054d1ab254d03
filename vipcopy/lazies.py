"""Containers whose values may stay frozen until they are asked for: what a run seldom needs costs it nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Met(dict[int, T]):
    """Values by their numbers, each of which is thawed when it is first asked for: what was met costs no more."""

    __slots__ = ("thaw",)

    def __init__(self, values: Iterable[tuple[int, T]], thaw: Callable[[int], T] | None) -> None:
        super().__init__(values)
        self.thaw = thaw

    def __missing__(self, at: int) -> T:
        if self.thaw is None:
            raise KeyError(at)
        return self.setdefault(at, self.thaw(at))


class Lazies(Sequence[T]):
    """Values that may still be frozen: each is thawed when it is first asked for."""

    __slots__ = ("_count", "met")

    def __init__(self, values: Sequence[T] = (), thaw: Callable[[int], T] | None = None, count: int = 0) -> None:
        self.met = Met(enumerate(values), thaw)
        self._count = count or len(values)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...

    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(self._count)))
        if not 0 <= at < self._count:
            raise IndexError(at)
        return self.met[at]

    def __reduce__(self) -> tuple[object, ...]:
        if self.met.thaw is None:
            return Lazies, (tuple(self),)
        return Lazies, ((), self.met.thaw, self._count)  # what is frozen stays so on its way to another process


class LazyMap(Mapping[str, T]):
    """A mapping in the order of its keys whose values may still be frozen."""

    __slots__ = ("_known", "lazies", "numbers")

    def __init__(self, names: Iterable[str], lazies: Lazies[T]) -> None:
        self.numbers = {name: at for at, name in enumerate(names)}
        self.lazies = lazies
        self._known: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        try:
            return self._known[key]
        except KeyError:
            return self._known.setdefault(key, self.lazies[self.numbers[key]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def __contains__(self, key: object) -> bool:
        return key in self.numbers


def build_map(values: Mapping[str, T]) -> LazyMap[T]:
    """The same mapping, to be thawed value by value once it has been frozen."""
    return LazyMap(values, Lazies(tuple(values.values())))
