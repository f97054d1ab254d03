"""A text as it is checked: read into sentences and regions, the strings that it was made of let go."""

from __future__ import annotations

from vipcopy.document import Document, forget_text
from vipcopy.model import Prose
from vipcopy.records import NamedTuple
from vipcopy.regions import read_prose


class Manuscript(NamedTuple):
    """A document that is read: where its pieces stand in the source, and its text as the finders read it."""

    document: Document  # without its text: the prose has it
    prose: Prose


def read(document: Document) -> Manuscript:
    """The document as it is checked; the text is held once if the caller lets the document go."""
    return Manuscript(forget_text(document), read_prose(document.text, document.regions))
