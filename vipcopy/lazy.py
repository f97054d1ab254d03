"""Lazy containers: a value is loaded when it is first asked for, so that what a run seldom needs costs it nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from vipcopy.hints import TypeVar, overload

T = TypeVar("T")


class LazyDict(dict[int, T]):
    """Values by their numbers, each of which is loaded when it is first asked for, and then costs no more."""

    __slots__ = ("load",)

    def __init__(self, values: Iterable[tuple[int, T]], load: Callable[[int], T] | None) -> None:
        super().__init__(values)
        self.load = load

    def __missing__(self, at: int) -> T:
        if self.load is None:
            raise KeyError(at)
        return self.setdefault(at, self.load(at))


class LazySequence(Sequence[T]):
    """Values that are not loaded yet: each is when it is first asked for."""

    __slots__ = ("_count", "loaded")

    def __init__(self, values: Sequence[T] = (), load: Callable[[int], T] | None = None, count: int = 0) -> None:
        self.loaded = LazyDict(enumerate(values), load)
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
        return self.loaded[at]

    def __reduce__(self) -> tuple[object, ...]:
        if self.loaded.load is None:
            return LazySequence, (tuple(self),)
        return LazySequence, ((), self.loaded.load, self._count)  # to another process, still to be loaded


class LazyMap(Mapping[str, T]):
    """A mapping in the order of its keys whose values may not be loaded yet."""

    __slots__ = ("_known", "numbers", "sequence")

    def __init__(self, names: Iterable[str], sequence: LazySequence[T]) -> None:
        self.numbers = {name: at for at, name in enumerate(names)}
        self.sequence = sequence
        self._known: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        try:
            return self._known[key]
        except KeyError:
            return self._known.setdefault(key, self.sequence[self.numbers[key]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def __contains__(self, key: object) -> bool:
        return key in self.numbers


def build_lazy_map(values: Mapping[str, T]) -> LazyMap[T]:
    """The same mapping, to be loaded value by value once it has been serialized."""
    return LazyMap(values, LazySequence(tuple(values.values())))


class Overlaid(Mapping[str, T]):
    """A mapping of these names: their values are in the upper mapping, or else in the lower one."""

    __slots__ = ("_lower", "_names", "_upper")

    def __init__(self, names: Iterable[str], upper: Mapping[str, T], lower: Mapping[str, T]) -> None:
        self._names = dict.fromkeys(names)
        self._upper = upper
        self._lower = lower

    def __getitem__(self, key: str) -> T:
        if key not in self._names:
            raise KeyError(key)
        return self._upper[key] if key in self._upper else self._lower[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, key: object) -> bool:
        return key in self._names
