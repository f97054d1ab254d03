"""What was told of a text is remembered, so that the next check of a letter costs what has changed in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from vipcopy.hints import TypeVar

K = TypeVar("K")
T = TypeVar("T")

REMEMBERED = 1_024  # texts: the sentences of a letter of 75,000 characters
LONGEST = 2_000  # characters: a longer one is seldom met again, and would take room


def memoize(function: Callable[[str], T], most: int = REMEMBERED) -> Callable[[str], T]:
    """The same pure function of a text, asked once about each of the last short ones; safe in threads.

    >>> asked = []
    >>> count = memoize(lambda text: asked.append(text) or len(text))
    >>> count("Ждём"), count("Ждём"), asked
    (4, 4, ['Ждём'])
    """
    known = lru_cache(maxsize=most)(function)

    def cached(text: str) -> T:
        return known(text) if len(text) <= LONGEST else function(text)

    return cached


class BoundedCache(dict[K, T]):
    """What was found out, by what it was asked of; when it is full, perhaps in another thread, its older half goes.

    >>> cache = BoundedCache(2)
    >>> [cache.keep(word, len(word)) for word in ("вы", "Ваш", "Вам")], list(cache)
    ([2, 3, 3], ['Ваш', 'Вам'])
    """

    def __init__(self, most: int = REMEMBERED) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: K, value: T) -> T:
        """The value, which is remembered now."""
        if len(self) >= self._most:
            for known in tuple(self)[: self._most // 2]:
                self.pop(known, None)
        self[key] = value
        return value
