"""The clock of a check as finders see it: a function that is called again and again."""

from __future__ import annotations

from collections.abc import Callable

Tick = Callable[[], None]  # raises LimitError when the time is over


def never() -> None:
    """The tick of a check that has all the time it wants."""
