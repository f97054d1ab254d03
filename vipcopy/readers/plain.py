"""Plain text: one exact piece, so every offset of the text is an offset of the file."""

from __future__ import annotations

from vipcopy.document import Document, build_document
from vipcopy.model import Piece
from vipcopy.readers.decoding import decode


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The document of a text file; BOM left out, line ends kept. Raises ReadError for what is no text.

    >>> read("Скидка\\r\\n".encode("cp866"), "letter.txt").encoding
    'cp866'
    """
    decoded = decode(data, name, encoding)
    return parse(decoded.text, name, decoded.encoding)


def parse(text: str, name: str, encoding: str = "") -> Document:
    """The document of a string."""
    return build_document(name, (Piece(text, stop=len(text)),), {"": text}, encoding)
