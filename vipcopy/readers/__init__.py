"""A reader for each input format: bytes or a string in, a document out. The tables pick one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath

from vipcopy.document import Document
from vipcopy.errors import ConfigError
from vipcopy.readers.sizes import LARGEST_FILE

__all__ = [
    "FORMATS",
    "LARGEST_FILE",
    "PARSERS",
    "READERS",
    "find_format",
    "is_readable",
    "parse_document",
    "read_document",
]

_Reader = Callable[[bytes, str, str | None], Document]
_Parser = Callable[[str, str], Document]

_PARSED = {"text": "plain", "markdown": "markdown", "html": "html"}

_PAGES = "html htm xhtml mjml j2 jinja jinja2 njk twig liquid mustache hbs handlebars tpl"


def _read_by(module: str) -> _Reader:
    def read(data: bytes, name: str, encoding: str | None) -> Document:
        document: Document = import_module(f"{__name__}.{module}").read(data, name, encoding)
        return document

    return read


def _parse_by(module: str) -> _Parser:
    def parse(text: str, name: str) -> Document:
        document: Document = import_module(f"{__name__}.{module}").parse(text, name)
        return document

    return parse


# A module is imported by the first source of its format: a start that reads plain text costs nothing else.
FORMATS: Mapping[str, _Reader] = {
    "text": _read_by("plain"),
    "markdown": _read_by("markdown"),
    "html": _read_by("html"),
    "docx": _read_by("docx"),
    "odt": _read_by("odt"),
    "eml": _read_by("eml"),
}
_ENDINGS: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".odt": "odt",
    ".eml": "eml",
    **{f".{ending}": "html" for ending in _PAGES.split()},
}
READERS: Mapping[str, _Reader] = {ending: FORMATS[form] for ending, form in _ENDINGS.items()}
PARSERS: Mapping[str, _Parser] = {name: _parse_by(module) for name, module in _PARSED.items()}


def is_readable(name: str) -> bool:
    """Whether a file found in a folder is one to check, by its ending."""
    return PurePath(name).suffix.lower() in READERS


def read_document(data: bytes, name: str, encoding: str | None = None, form: str = "") -> Document:
    """The document of a file, read as one of FORMATS, else as its ending says, and as plain text where that is unknown.

    >>> read_document("Часы".encode(), "letter.txt").text
    'Часы'
    """
    return FORMATS[form or find_format(name)](data, name, encoding)


def find_format(name: str) -> str:
    """The one of FORMATS that the ending of a name tells; text where it tells none.

    >>> find_format("promo.MJML"), find_format("README")
    ('html', 'text')
    """
    return _ENDINGS.get(PurePath(name).suffix.lower(), "text")


def parse_document(text: str, name: str, form: str) -> Document:
    """The document of a string in one of the formats of PARSERS. Raises ConfigError for another."""
    if form not in PARSERS:
        raise ConfigError(f"нет формата «{form}»; бывает: {', '.join(PARSERS)}")
    return PARSERS[form](text, name)
