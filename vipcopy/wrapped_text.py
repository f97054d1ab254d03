"""A text as it stands in its source, kept as the same text with each block on one line, and what that changed in it.

A text of megabytes is read in this other shape and quoted in its own: one of the two is kept, the other is told.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from vipcopy.texts import Text

Change = tuple[int, str]  # where, and what stood there: as many characters stand there now


class WrappedText:
    """A text that is sliced as a string is, without a step; `unwrapped` has its lines joined, character for character.

    >>> written = WrappedText("Мы ждём Вас.", [(7, "\\n")])
    >>> str(written), written[3:8], written.unwrapped
    ('Мы ждём\\nВас.', 'ждём\\n', 'Мы ждём Вас.')
    """

    def __init__(self, unwrapped: Text, changes: Iterable[Change] = ()) -> None:
        self.unwrapped = unwrapped
        self._starts = array("I")
        self._before: list[str] = []
        names: dict[str, str] = {}
        for start, before in changes:
            self._starts.append(start)
            self._before.append(names.setdefault(before, before))

    def with_unwrapped(self, unwrapped: Text) -> WrappedText:
        """The same where its text with joined lines is held otherwise."""
        held = WrappedText(unwrapped)
        held._starts, held._before = self._starts, self._before
        return held

    def __str__(self) -> str:
        return self[:]

    def __len__(self) -> int:
        return len(self.unwrapped)

    def __getitem__(self, span: slice) -> str:
        start, stop, _ = span.indices(len(self))
        return "".join(self._tell(start, stop)) if self._before else self.unwrapped[start:stop]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WrappedText) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def _tell(self, start: int, stop: int) -> Iterator[str]:
        first = bisect_right(self._starts, start) - 1
        at = start
        for number in range(max(0, first), bisect_left(self._starts, stop)):
            place, before = self._starts[number], self._before[number]
            yield self.unwrapped[at:place]
            yield before[max(0, start - place) : max(0, stop - place)]
            at = max(at, place + len(before))
        yield self.unwrapped[at:stop]


NOTHING = WrappedText("")
