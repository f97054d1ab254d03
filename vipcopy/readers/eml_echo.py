"""What the plain text of a mail says again: programs that send HTML put the same words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from vipcopy.model import Piece
from vipcopy.readers.flow import BLOCK_BREAK

MOST_SEARCHED = 200_000_000  # characters of HTML, all searches for lines of its plain text together

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ADDRESS = re.compile(r"(?<!\S)\S+://\S+")
_BRACKETS = re.compile(r"\[[^\[\]\n]*\]")  # «[logo.png]»
_SIGNS = re.compile(r"[\W_]+")


class Said:
    """What the texts before say, folded; a line is looked for from where the last stood, as both go in one order."""

    def __init__(self) -> None:
        self.text = ""
        self.at = 0
        self.left = MOST_SEARCHED

    def add(self, pieces: Iterable[Piece]) -> None:
        """One more text."""
        self.left -= len(self.text)
        self.text += _fold("".join(piece.text for piece in pieces))

    def has(self, line: str) -> bool:
        """Whether a folded line is said; no, when so much has been searched that it is no letter."""
        if not line or self.left < 0:
            return not line
        found = self.text.find(line, self.at)
        self.left -= (found if found >= 0 else len(self.text)) - self.at
        if found < 0:
            found = self.text.find(line, 0, self.at + len(line))
            self.left -= self.at
        self.at = found + len(line) if found >= 0 else self.at
        return found >= 0


def leave_out(pieces: Iterable[Piece], said: Said) -> Iterator[Piece]:
    """The lines that are not said already; what is left out leaves an empty line."""
    was_left_out = is_begun = False
    for line in _find_lines(pieces):
        text = "".join(piece.text for piece in line)
        if said.has(_fold(_ADDRESS.sub("", _BRACKETS.sub("", text)))):
            was_left_out = True
            continue
        if was_left_out and is_begun:
            yield Piece(BLOCK_BREAK, line[0].part, line[0].start, line[0].start, exact=False)
        was_left_out, is_begun = False, True
        yield from line


def _find_lines(pieces: Iterable[Piece]) -> Iterator[Sequence[Piece]]:
    """The pieces of each line: a slot is one of its own."""
    line: list[Piece] = []
    for piece in pieces:
        for run in _LINE.finditer(piece.text):
            line.append(piece._replace(text=run[0], start=piece.start + run.start(), stop=piece.start + run.end()))
            if run[0].endswith(("\n", "\r")):
                yield line
                line = []
    if line:
        yield line


def _fold(text: str) -> str:
    return _SIGNS.sub("", text).lower()
