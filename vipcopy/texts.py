"""A text however long, sliced as a string is: one of a million characters is kept in blocks.

Each character of a string takes as many bytes as the widest of them needs: one emoji doubles a Russian text.
"""

from __future__ import annotations

from collections.abc import Iterator

from vipcopy.hints import Protocol

_LONG = 1_000_000  # characters
_BLOCK = 1_024


class Text(Protocol):
    """A string or what stands for it; `str` makes it whole again."""

    def __len__(self) -> int: ...

    def __getitem__(self, span: slice, /) -> str: ...


class Rope:
    """A text in blocks, each as wide as its own characters; to go through it is to go through them.

    >>> rope = Rope("Да" * 2_000 + "🔥")
    >>> rope[1023:1027], rope[-1:], len(rope)
    ('аДаД', '🔥', 4001)
    """

    def __init__(self, text: str) -> None:
        self._blocks = tuple(text[at : at + _BLOCK] for at in range(0, len(text), _BLOCK))
        self._length = len(text)

    def __iter__(self) -> Iterator[str]:
        return iter(self._blocks)

    def __str__(self) -> str:
        return "".join(self._blocks)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, span: slice, /) -> str:
        start, stop, _ = span.indices(self._length)
        first, last = start // _BLOCK, stop // _BLOCK
        blocks = self._blocks[first : last + 1]
        run = blocks[0] if len(blocks) == 1 else "".join(blocks)
        return run[start - first * _BLOCK : max(start, stop) - first * _BLOCK]


def compact(text: str) -> Text:
    """The text as it takes little room."""
    return text if len(text) < _LONG else Rope(text)
