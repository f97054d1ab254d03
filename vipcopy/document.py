"""Pieces joined into one text, and the way back: from the text to a place in the source: all arithmetic of offsets."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise

from vipcopy.model import Piece, Place, Region
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple
from vipcopy.wrapped_text import WrappedText

_LINE_BREAK = compile_later(r"\r\n|\r|\n")
_UNWRITTEN = ("placeholder", "template")
_NOWHERE = Piece("", exact=False)


class Remark(NamedTuple):
    """A comment of an office file on a stretch of a part."""

    text: str
    part: str
    start: int
    stop: int


class Extent(NamedTuple):
    """A stretch of a part, and where a person finds it."""

    part: str
    start: int
    stop: int
    path: str


class Edit(NamedTuple):
    """A replacement in the text of a document."""

    start: int
    stop: int
    text: str


class Document(NamedTuple):
    """A text to check: the pieces that it was joined from, where each starts in it, and the lines of each part."""

    name: str
    text: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]  # where each piece starts in `text`
    regions: tuple[Region, ...]
    encoding: str  # the codec that decodes the source to the text that offsets count; empty for a string
    line_starts: Mapping[str, Sequence[int]]  # part -> where each line starts in it
    sources: Mapping[str, str]  # part -> its decoded text
    remarks: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()  # what of the file is not in the text, for people

    @property
    def source(self) -> str:
        """The decoded file where it is one text, in which offsets count; empty for mail and documents of parts."""
        return self.sources[""] if set(self.sources) == {""} else ""


def build_document(name: str, pieces: Sequence[Piece], sources: Mapping[str, str], encoding: str = "") -> Document:
    """Join pieces. `sources` is the decoded text of each part, which offsets and lines count in.

    >>> document = build_document("a", [Piece("Да", start=3, stop=5)], {"": "<b>Да"})
    >>> locate(document, 0, 2).column
    4
    """
    starts = tuple(accumulate((len(piece.text) for piece in pieces), initial=0))[:-1]
    return Document(
        name=name,
        text="".join(piece.text for piece in pieces),
        pieces=tuple(pieces),
        starts=starts,
        regions=tuple(
            sorted(_find_regions(pieces, starts), key=lambda region: (region.start, -region.stop, region.kind))
        ),
        encoding=encoding,
        line_starts={part: _line_starts(source) for part, source in sources.items()},
        sources=sources,
    )


def forget_text(document: Document) -> Document:
    """The same document without its text, which is not needed to find places."""
    pieces = tuple(piece._replace(text="") for piece in document.pieces)
    return document._replace(text="", pieces=pieces, sources={})


def rewrite(document: Document, written: WrappedText, edits: Sequence[Edit]) -> Document:
    """The document with edits made, which come in order and apart; what stays has its place in the source.

    `written` is its text, which the document itself may have forgotten.
    """
    pieces: list[Piece] = []
    stops = (*document.starts[1:], len(written))
    for piece, start, stop in zip(document.pieces, document.starts, stops, strict=True):
        at = start
        for edit in edits:
            if edit.start < stop and edit.stop > start:
                pieces.append(_cut(piece, written, start, at, max(at, edit.start)))
                pieces.append(piece._replace(text=edit.text if edit.start >= start else "", exact=False))
                at = min(stop, edit.stop)
        pieces.append(_cut(piece, written, start, at, stop))
    return build_document(document.name, [piece for piece in pieces if piece.text], {}, document.encoding)


def _cut(piece: Piece, written: WrappedText, first: int, start: int, stop: int) -> Piece:
    """A part of the piece whose text starts at `first`."""
    cut = piece._replace(text=written[start:stop])
    return cut._replace(start=piece.start + start - first, stop=piece.start + stop - first) if piece.exact else cut


def locate(document: Document, start: int, stop: int) -> Place:
    """The place in the source of `text[start:stop]`; words in an inexact piece get the whole of it.

    A stretch that runs over several parts is cut off at the end of the part where it starts.

    >>> document = build_document("a", [Piece("Раз.\\r\\nДва.", stop=10)], {"": "Раз.\\r\\nДва."})
    >>> place = locate(document, 6, 9)
    >>> place.start, place.stop, place.line, place.column, place.end_line, place.end_column
    (6, 9, 2, 1, 2, 4)
    """
    return locate_span(document, *find_extent(document, start, stop))


def find_extent(document: Document, start: int, stop: int) -> Extent:
    """The same place without its lines, which take as long to find."""
    first = _index_at(document, start)
    last = _index_at(document, max(start, stop - 1))
    part = _piece(document, first).part
    while _piece(document, last).part != part:
        last -= 1
    source_start = _source_start(document, first, start)
    source_stop = max(source_start, _source_stop(document, last, stop))
    return Extent(part, source_start, source_stop, _piece(document, first).path)


def locate_span(document: Document, part: str, start: int, stop: int, path: str = "") -> Place:
    """The place of a stretch of a part, with its lines and columns; `path` is where a person finds it."""
    line_starts = document.line_starts.get(part, (0,))
    line, column = _line_and_column(line_starts, start)
    end_line, end_column = _line_and_column(line_starts, stop)
    return Place(part, start, stop, line, column, end_line, end_column, path)


def is_exact(document: Document, start: int, stop: int) -> bool:
    """Whether the source has these very characters in one run, so that they may be replaced there."""
    first = _index_at(document, start)
    last = _index_at(document, max(start, stop - 1))
    pieces = document.pieces[first : last + 1]
    joined = all(left.stop == right.start and left.part == right.part for left, right in pairwise(pieces))
    return bool(pieces) and joined and all(piece.exact for piece in pieces)


def is_writable(document: Document, start: int, stop: int) -> bool:
    """The same, and no slot or code stands among them."""
    pieces = document.pieces[_index_at(document, start) : _index_at(document, max(start, stop - 1)) + 1]
    has_slot = any(kind in _UNWRITTEN for piece in pieces for kind in piece.region.split())
    return not has_slot and is_exact(document, start, stop)


def find_part_starts(document: Document) -> Sequence[int]:
    """Where in the text another part of the source begins."""
    pairs = zip(pairwise(document.pieces), document.starts[1:], strict=True)
    return [start for (left, right), start in pairs if left.part != right.part]


def is_in_order(document: Document) -> bool:
    """Whether the text has each part of the source in its order: texts of attributes follow those of their block."""
    return all(left.start <= right.start for left, right in pairwise(document.pieces) if left.part == right.part)


def _find_regions(pieces: Sequence[Piece], starts: Sequence[int]) -> Iterator[Region]:
    """Neighbouring pieces of the same kind are one region: «уни<b>каль</b>ное» in a heading."""
    opened: dict[str, Region] = {}
    for piece, start in zip(pieces, starts, strict=True):
        kinds = piece.region.split()
        for kind in opened.keys() - kinds:
            yield opened.pop(kind)
        for kind in kinds:
            first = opened.get(kind)
            opened[kind] = Region(kind, first.start if first else start, start + len(piece.text))
    yield from opened.values()


def _line_starts(source: str) -> Sequence[int]:
    return array("I", chain((0,), (match.end() for match in _LINE_BREAK.finditer(source))))


def _line_and_column(line_starts: Sequence[int], offset: int) -> tuple[int, int]:
    line = bisect_right(line_starts, offset)
    return line, offset - line_starts[line - 1] + 1


def _index_at(document: Document, at: int) -> int:
    return max(0, bisect_right(document.starts, at) - 1)


def _piece(document: Document, index: int) -> Piece:
    return document.pieces[index] if document.pieces else _NOWHERE


def _source_start(document: Document, index: int, start: int) -> int:
    piece = _piece(document, index)
    return piece.start + start - document.starts[index] if piece.exact else piece.start


def _source_stop(document: Document, index: int, stop: int) -> int:
    piece = _piece(document, index)
    return min(piece.stop, piece.start + stop - document.starts[index]) if piece.exact else piece.stop
