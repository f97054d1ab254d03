"""^C between two lines of a report waits until the report is whole; while a text is read it comes at once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType, TracebackType


class Interrupts:
    """While it is open, the first ^C is noted in `met`, and raised only in `at_once`; the second is always raised."""

    def __init__(self) -> None:
        """Nothing is met yet."""
        self.met = False
        self._is_at_once = False
        self._owns = False

    def __enter__(self) -> Interrupts:
        """Begin; in another thread than the main one, signals are left alone."""
        with suppress(ValueError):
            self._before = signal.signal(signal.SIGINT, self._meet)
            self._owns = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Signals go where they went before."""
        if self._owns:
            signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Work that may be broken off."""
        self._is_at_once = True
        try:
            yield
        finally:
            self._is_at_once = False

    def _meet(self, _number: int, _frame: FrameType | None) -> None:
        is_second, self.met = self.met, True
        if self._is_at_once or is_second:
            raise KeyboardInterrupt
