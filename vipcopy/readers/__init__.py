"""A reader for each input format: bytes or a string in, a document out. The tables pick one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from vipcopy.document import Document
from vipcopy.model import ConfigError
from vipcopy.readers import docx, eml, html, markdown, odt, plain
from vipcopy.readers.office import LARGEST_FILE

__all__ = ["FORMATS", "LARGEST_FILE", "PARSERS", "READERS", "is_readable", "parse_document", "read_document"]

_Reader = Callable[[bytes, str, str | None], Document]

_PAGES = "html htm xhtml mjml j2 jinja jinja2 njk twig liquid mustache hbs handlebars tpl"

FORMATS: Mapping[str, _Reader] = {
    "text": plain.read,
    "markdown": markdown.read,
    "html": html.read,
    "docx": docx.read,
    "odt": odt.read,
    "eml": eml.read,
}
READERS: Mapping[str, _Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".docx": docx.read,
    ".odt": odt.read,
    ".eml": eml.read,
    **{f".{ending}": html.read for ending in _PAGES.split()},
}
PARSERS: Mapping[str, Callable[[str, str], Document]] = {
    "text": plain.parse,
    "markdown": markdown.parse,
    "html": html.parse,
}


def is_readable(name: str) -> bool:
    """Whether a file found in a folder is one to check, by its ending."""
    return PurePath(name).suffix.lower() in READERS


def read_document(data: bytes, name: str, encoding: str | None = None, form: str = "") -> Document:
    """The document of a file, read as one of FORMATS, else as its ending says, and as plain text where that is unknown.

    >>> read_document("Часы".encode(), "letter.txt").text
    'Часы'
    """
    reader = FORMATS[form] if form else READERS.get(PurePath(name).suffix.lower(), plain.read)
    return reader(data, name, encoding)


def parse_document(text: str, name: str, form: str) -> Document:
    """The document of a string in one of the formats of PARSERS. Raises ConfigError for another."""
    if form not in PARSERS:
        raise ConfigError(f"нет формата «{form}»; бывает: {', '.join(PARSERS)}")
    return PARSERS[form](text, name)
