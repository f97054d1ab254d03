"""What tests of readers ask of a document: its regions as marks, and whether its places give back its words."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape

from vipcopy.document import Document


def misplaced(document: Document, sources: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pieces that say another thing than their place in the source: text and what stands there."""
    found = []
    for piece in document.pieces:
        written = sources[piece.part][piece.start : piece.stop]
        same = written == piece.text if piece.exact else _means(written, piece.text)
        if not same:
            found.append((piece.text, written))
    return found


def _means(written: str, text: str) -> bool:
    if text.isspace() and (not written.strip("\\ \t\r\n\f") or written.startswith(("<", "!["))):
        return True  # a break, a picture
    return unescape(written) == text or written.replace("\\", "") == text.replace("\\", "")


def regions(document: Document, *kinds: str) -> list[str]:
    """The words of the regions of these kinds."""
    return [document.text[each.start : each.stop] for each in document.regions if each.kind in kinds]
