"""Runs of text gathered into blocks: what every reader of a format with markup hands to `build_document`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from vipcopy.model import Piece

BLOCK_BREAK = "\n\n"
ENTITY = re.compile(r"&(?:\#[0-9]{1,8}+|\#[xX][0-9a-fA-F]{1,7}+|[a-zA-Z][a-zA-Z0-9]{1,31}+);?")

_LOOSE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_SPACE = " \t\n\r\f"


@dataclass(slots=True)
class Flow:
    """Pieces in the making. Blank space is folded as a browser folds it, blocks are set apart by an empty line."""

    part: str = ""
    pieces: list[Piece] = field(default_factory=list)
    path: str = ""
    _open: bool = False  # whether the block has text already
    _spaced: bool = False  # whether its text ends in a space

    def write(self, text: str, start: int, region: str = "", *, stop: int = -1) -> None:
        """A run of the source from `start` on; up to `stop` where the source says it in other characters."""
        if not text:
            return
        if self.pieces and not self._open:
            self.pieces.append(Piece(BLOCK_BREAK, self.part, start, start, exact=False, path=self.path))
        exact = stop < 0
        self.pieces.append(
            Piece(text, self.part, start, start + len(text) if exact else stop, region, exact, self.path)
        )
        self._open, self._spaced = True, text[-1] in _SPACE

    def fold(self, text: str, start: int, region: str = "") -> None:
        """A run of the source in which any blank space is one space, and none begins a block."""
        at = 0
        for run in _LOOSE.finditer(text):
            self._write_tight(text[at : run.start()], start + at, region)
            self.part_words(start + run.start(), start + run.end(), region)
            at = run.end()
        self._write_tight(text[at:], start + at, region)

    def part_words(self, start: int, stop: int, region: str = "") -> None:
        """A space inside a block, for what the source has there: blank space, a picture."""
        if self._open and not self._spaced:
            self.write(" ", start, region, stop=stop)

    def close(self) -> None:
        """The block ends; the next run begins another."""
        self._open = self._spaced = False

    def _write_tight(self, text: str, start: int, region: str) -> None:
        if text[:1] == " " and (self._spaced or not self._open):
            text, start = text[1:], start + 1
        self.write(text, start, region)


def write_escaped(flow: Flow, text: str, start: int, region: str = "", *, folded: bool = True) -> None:
    """A run of the source with entities: «5&nbsp;000&#8381;»."""
    write = flow.fold if folded else flow.write
    at = 0
    for entity in ENTITY.finditer(text):
        meant = unescape(entity[0])
        if meant == entity[0]:
            continue
        write(text[at : entity.start()], start + at, region)
        flow.write(meant, start + entity.start(), region, stop=start + entity.end())
        at = entity.end()
    write(text[at:], start + at, region)
