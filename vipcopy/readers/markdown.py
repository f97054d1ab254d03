"""Markdown: its prose, without code, addresses and raw HTML tags. Front matter gives title, subject, preheader.

Regions: heading, list, table, quote, link, alt, tooltip for titles of links and images; subject, preheader,
description from the front matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from vipcopy.document import Document, build_document
from vipcopy.errors import ReadError
from vipcopy.model import Piece
from vipcopy.readers import html
from vipcopy.readers.decoding import decode
from vipcopy.readers.elements import GAPS
from vipcopy.readers.flow import Flow, write_escaped
from vipcopy.readers.markdown_bounds import find_excess
from vipcopy.readers.markdown_constructs import find_markdown_constructs
from vipcopy.readers.markdown_front import find_front, find_values
from vipcopy.readers.templates import Construct, mask, split

if TYPE_CHECKING:
    from marko import Markdown
    from marko.element import Element

_TITLE = re.compile(  # [отель](https://… "Дом у моря")
    r"""
    [ \t\n] (?: "(?P<double>(?:[^"\\]|\\.)*+)" | '(?P<single>(?:[^'\\]|\\.)*+)' | \((?P<round>(?:[^()\\]|\\.)*+)\) )
    \s* \)? \s* \Z
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_INK = re.compile(r"[^\n]")
_CRLF = re.compile(r"\r\n")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_GAP = re.compile(rf"</?(?:{'|'.join(sorted(GAPS))})\b", re.IGNORECASE)
_KINDS = {
    **dict.fromkeys(("Heading", "SetextHeading"), "heading"),
    "ListItem": "list",
    "Quote": "quote",
    "TableCell": "table",
    "Link": "link",
}
_BLOCKS = frozenset({"Heading", "SetextHeading", "Paragraph", "TableCell", "ListItem", "Quote", "Alert", "LinkRefDef"})
_SKIPPED = frozenset({"FencedCode", "CodeBlock", "LinkRefDef", "BlankLine", "ThematicBreak"})
_TITLED = frozenset({"Image", "Link", "LinkRefDef"})  # their texts follow when the block ends
_OPAQUE = frozenset({"CodeSpan", "AutoLink", "Url"})  # no prose, but a word of the sentence


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The document of a Markdown file. Raises ReadError for what is no text or too much for the parser.

    >>> read("# Дом\\n\\nУ `реки`.".encode(), "a.md").text
    'Дом\\n\\nУ `реки`.'
    """
    decoded = decode(data, name, encoding)
    return parse(decoded.text, name, decoded.encoding)


def parse(text: str, name: str, encoding: str = "") -> Document:
    """The document of a string."""
    if fault := find_excess(text):
        raise ReadError(f"{name or 'текст'}: {fault}")
    lines = _Lines(text)
    found = find_markdown_constructs(lines.text)
    page = _Page(text, lines, tuple(lines.locate(construct) for construct in found), Flow())
    front = find_front(page.lines.text)
    if front:
        page.read_front(front)
    body = mask(lines.text, found)
    start = front.end() if front else 0
    try:
        page.read(_parser().parse(_blank(body[:start]) + body[start:]), "")
    except RecursionError:
        raise ReadError(f"{name or 'текст'}: списки и цитаты вложены слишком глубоко; упростите разметку") from None
    return build_document(name, page.flow.pieces, {"": text}, encoding)


@cache
def _parser() -> Markdown:
    from marko import Markdown

    return Markdown(extensions=["gfm"])


def _blank(text: str) -> str:
    return _INK.sub(" ", text)


class _Lines:
    """The text with every line end as «\\n», which is what the parser counts in, and the way back."""

    def __init__(self, source: str) -> None:
        self.text = source.replace("\r\n", "\n").replace("\r", "\n")
        self._dropped = [match.start() - at for at, match in enumerate(_CRLF.finditer(source))]

    def source_offset(self, at: int) -> int:
        """The offset in the source; the «\\n» of «\\r\\n» begins with its «\\r»."""
        return at + bisect_right(self._dropped, at - 1)

    def locate(self, construct: Construct) -> Construct:
        """The same construct in the source."""
        start, stop = self.source_offset(construct.start), self.source_offset(construct.stop)
        return Construct(start, stop, construct.region)


@dataclass(slots=True)
class _Page:
    """A text that is being read."""

    source: str
    lines: _Lines
    constructs: tuple[Construct, ...]
    flow: Flow
    later: list[Element] = field(default_factory=list)  # images and links, whose texts follow when the block ends
    at: int = 0  # where the source has been read to

    def read_front(self, front: re.Match[str]) -> None:
        """The values of the front matter that a reader will see."""
        for start, stop, region in find_values(front):
            self._write(start, stop, region)
            self.flow.close()

    def read(self, element: Element, region: str) -> None:
        """An element and what is in it."""
        kind = type(element).__name__
        if kind in _KINDS and _KINDS[kind] not in region.split():
            region = f"{region} {_KINDS[kind]}".strip()
        if kind in _BLOCKS:
            self._close()
        self._read_inside(element, kind, region)
        if kind in _TITLED:
            self.later.append(element)
        if kind in _BLOCKS:
            self._close()

    def _read_inside(self, element: Element, kind: str, region: str) -> None:
        children = _children(element)
        if kind == "HTMLBlock":
            self._read_html(element)
        elif kind in _OPAQUE:
            start, stop = self._span(element)
            self.flow.write(self.source[start:stop], start, f"{region} placeholder".strip())
        elif isinstance(children, str):
            self._write_leaf(element, children, region)
        elif kind == "Image":
            self.flow.part_words(*self._span(element), region)
        elif kind not in _SKIPPED:
            for child in children:
                self.read(child, region)

    def _close(self) -> None:
        self.flow.close()
        elements, self.later = self.later, []
        for element in elements:
            for child in _children(element) if type(element).__name__ == "Image" else ():
                if not isinstance(child, str):
                    self.read(child, "alt")
            self.flow.close()
            self._write_title(element)

    def _write_title(self, element: Element) -> None:
        """The title of a link, an image or a definition, which a browser shows under the mouse."""
        if not element.source_span:
            return
        title = _TITLE.search(self.lines.text, *element.source_span)
        if not title or not title.lastgroup:
            return
        at, stop = title.span(title.lastgroup)
        for escaped in _ESCAPED.finditer(self.lines.text, at, stop):
            self._write(at, escaped.start(), "tooltip")
            sign, sign_stop = (self.lines.source_offset(each) for each in escaped.span())
            self.flow.write(escaped[1], sign, "tooltip", stop=sign_stop)
            at = escaped.end()
        self._write(at, stop, "tooltip")
        self.flow.close()

    def _write_leaf(self, element: Element, text: str, region: str) -> None:
        start, stop = self._span(element)
        kind = type(element).__name__
        if kind == "InlineHTML":
            if _BREAK.fullmatch(text):
                self.flow.write("\n", start, region, stop=stop)
            elif _GAP.match(text):
                self.flow.part_words(start, stop, region)
        elif kind == "LineBreak":
            self.flow.write(" " if getattr(element, "soft", False) else "\n", start, region, stop=stop)
        elif kind == "Literal" or _length(element) != len(text):
            self.flow.write(text, start, region, stop=stop)
        else:
            self._write_source(start, stop, region)

    def _write(self, start: int, stop: int, region: str) -> None:
        """A stretch counted in the lines of the parser."""
        self._write_source(self.lines.source_offset(start), self.lines.source_offset(stop), region)

    def _write_source(self, start: int, stop: int, region: str) -> None:
        for first, last, kind in split(start, stop, self.constructs):
            if kind:
                self.flow.write(self.source[first:last], first, f"{region} {kind}".strip())
            else:
                write_escaped(self.flow, self.source[first:last], first, region)

    def _read_html(self, element: Element) -> None:
        start, stop = self._span(element)
        self._close()
        for piece in html.read_pieces(self.source[start:stop], ""):
            self._take(piece._replace(start=piece.start + start, stop=piece.stop + start))
        self._close()

    def _take(self, piece: Piece) -> None:
        if piece.text.strip("\n") or piece.start < piece.stop:
            self.flow.write(piece.text, piece.start, piece.region, stop=-1 if piece.exact else piece.stop)
        else:
            self.flow.close()

    def _span(self, element: Element) -> tuple[int, int]:
        """Where the element stands in the source; after what was read last where the parser does not say."""
        if element.source_span:
            start, stop = element.source_span
            self.at = self.lines.source_offset(stop)
            return self.lines.source_offset(start), self.at
        return self.at, self.at


def _children(element: Element) -> str | Sequence[Element]:
    children: str | Sequence[Element] = getattr(element, "children", ())
    return children


def _length(element: Element) -> int:
    return element.source_span[1] - element.source_span[0] if element.source_span else -1
