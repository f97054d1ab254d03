"""Tables of data told from tables that only lay out a page: the cells of the first kind are regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vipcopy.model import Piece
from vipcopy.readers.tags import Attribute

_LONGEST_CELL = 120  # characters on the average; longer ones hold paragraphs of a letter
_LAYOUT_ROLES = ("presentation", "none")


@dataclass(slots=True)
class _Table:
    first: int  # number of its first piece
    is_layout: bool
    has_head: bool = False
    rows: int = 0
    cells: int = 0


@dataclass(slots=True)
class Tables:
    """The tables that are open."""

    stack: list[_Table] = field(default_factory=list)

    def start(self, name: str, attributes: Mapping[str, Attribute], pieces: int) -> None:
        """A start tag, and how many pieces stand before it."""
        if name == "table":
            for outer in self.stack[-1:]:
                outer.is_layout = True
            role = attributes["role"].value.strip().lower() if "role" in attributes else ""
            self.stack.append(_Table(pieces, role in _LAYOUT_ROLES))
        elif self.stack:
            table = self.stack[-1]
            table.rows += name == "tr"
            table.cells += name in ("td", "th")
            table.has_head = table.has_head or name in ("th", "thead", "caption")

    def end(self, pieces: list[Piece]) -> None:
        """The end of a table: the pieces of one that holds data become a region."""
        if not self.stack:
            return
        table = self.stack.pop()
        if table.is_layout or not _holds_data(table, pieces):
            return
        for at in range(table.first, len(pieces)):
            piece = pieces[at]
            if piece.exact or piece.start < piece.stop:
                pieces[at] = piece._replace(region=f"{piece.region} table".strip())


def _holds_data(table: _Table, pieces: list[Piece]) -> bool:
    length = sum(len(pieces[at].text) for at in range(table.first, len(pieces)))
    is_short = length <= table.cells * _LONGEST_CELL
    return is_short and (table.has_head or (table.rows > 1 and table.cells >= 2 * table.rows))
