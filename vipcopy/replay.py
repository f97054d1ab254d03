"""Sequences that are produced anew each time they are gone through: kept, a very long text's would fill the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from vipcopy.hints import Generic, TypeVar, overload

T = TypeVar("T")

MOST_KEPT = 5_000  # records that are kept: more than a book of two hundred pages has faults


def collect(produce: Callable[[], Iterable[T]], count: int, most: int = MOST_KEPT) -> Sequence[T]:
    """What `produce` gives, `count` records: a tuple, or a `Replay` where there are very many.

    >>> collect(lambda: "вы", 2), collect(lambda: "вы", 2, most=1)
    (('в', 'ы'), Replay of 2)
    """
    return tuple(produce()) if count <= most else Replay(produce, count)


def select(records: Sequence[T], is_wanted: Callable[[T], bool]) -> Sequence[T]:
    """Those that are wanted; produced anew where all are."""
    if not isinstance(records, Replay):
        return tuple(filter(is_wanted, records))
    return collect(lambda: filter(is_wanted, records), sum(map(is_wanted, records)))


class Replay(Sequence[T]):
    """A sequence that keeps nothing: equal to the tuple of what it gives, which is what goes to another process."""

    __slots__ = ("_count", "_produce")

    def __init__(self, produce: Callable[[], Iterable[T]], count: int) -> None:
        self._produce = produce
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return iter(self._produce())

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
        return f"Replay of {self._count}"

    def __reduce__(self) -> tuple[object, ...]:
        return tuple, (tuple(self),)


class LazyValue(Generic[T]):
    """A value that is found when it is first asked for, and kept; to another process goes the value."""

    __slots__ = ("_found", "_produce")

    def __init__(self, produce: Callable[[], T]) -> None:
        self._produce = produce
        self._found: tuple[T, ...] = ()

    def get(self) -> T:
        """The value."""
        self._found = self._found or (self._produce(),)
        return self._found[0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LazyValue) and self.get() == other.get()

    def __hash__(self) -> int:
        return hash(self.get())

    def __repr__(self) -> str:
        return f"LazyValue {self.get()!r}"

    def __reduce__(self) -> tuple[object, ...]:
        return ready, (self.get(),)


def ready(value: T) -> LazyValue[T]:
    """A value that is there already.

    >>> ready(900).get()
    900
    """
    return LazyValue(lambda: value)
