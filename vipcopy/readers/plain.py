"""Plain text: every offset of the text is an offset of the file. Slots and statements of templates are regions.

Of a quotation of several lines, «> », the marks are left out, or they would stand in the middle of sentences; so are
waivers, whose reasons would be read as sentences of the letter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from vipcopy.document import Document, build_document
from vipcopy.model import Piece
from vipcopy.patterns import compile_later
from vipcopy.readers.decoding import decode
from vipcopy.readers.front import find_front
from vipcopy.readers.notes import NOTES
from vipcopy.readers.templates import Construct, find_constructs, mask, split

_QUOTATION = compile_later(r"(?:(?:\A|(?<=[\r\n]))[ \t]{0,3}>[^\r\n]*+(?:\r\n|\r|\n|\Z)){2,}+")
_MARK = compile_later(r"(?:\A|(?<=[\r\n]))[ \t]*(?:>[ \t]?)+")
_LEFT_OUT = "left out"


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The document of a text file; BOM left out, line ends kept. Raises ReadError for what is no text.

    >>> read("Скидка\\r\\n".encode("cp866"), "letter.txt").encoding
    'cp866'
    """
    decoded = decode(data, name, encoding)
    return parse(decoded.text, name, decoded.encoding)


def parse(text: str, name: str, encoding: str = "") -> Document:
    """The document of a string."""
    front = find_front(text)
    return build_document(name, read_pieces(text, first=front.end() if front else 0), {"": text}, encoding)


def read_pieces(text: str, *, part: str = "", path: str = "", first: int = 0) -> tuple[Piece, ...]:
    """The pieces of a text that is a part of something else, from its `first` character on."""
    constructs = find_constructs(text)
    marked = sorted((*constructs, *_find_marks(mask(text, constructs))))
    cuts = split(first, len(text), _leave_out_notes(text, marked) if "vipcopy" in text else marked)
    return tuple(
        Piece(text[start:stop], part, start, stop, region, path=path)
        for start, stop, region in cuts
        if region != _LEFT_OUT
    )


def _find_marks(text: str) -> Iterator[Construct]:
    for quotation in _QUOTATION.finditer(text):
        for mark in _MARK.finditer(text, *quotation.span()):
            yield Construct(mark.start(), mark.end(), _LEFT_OUT)


def _leave_out_notes(text: str, marked: Sequence[Construct]) -> Sequence[Construct]:
    """These and the waivers, with all that stands inside those."""
    notes = [Construct(*note.span(), _LEFT_OUT) for note in NOTES.finditer(mask(text, marked))]
    starts = [note.start for note in notes]
    inside = (notes[at - 1].stop if (at := bisect_right(starts, each.start)) else 0 for each in marked)
    return sorted((*notes, *(each for each, stop in zip(marked, inside, strict=True) if each.start >= stop)))
