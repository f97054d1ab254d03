"""HTML, MJML and HTML mail: what a person sees of it, blocks told from inline tags, each word in its place.

Regions: heading, list, table, quote, link, button, preheader, footer; alt, tooltip, hint and description for the texts
of attributes; red, huge, blink, marquee, centred and capitals for how the words look.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from vipcopy.document import Document, build_document
from vipcopy.errors import ReadError
from vipcopy.model import Piece
from vipcopy.readers.css import Declarations, parse_declarations, parse_stylesheet, read_appearance
from vipcopy.readers.decoding import Decoded, decode, decode_declared
from vipcopy.readers.elements import BLOCKS, CLOSED_BY, EMPTY, GAPS, KINDS, OPAQUE, PARAGRAPH, PREFORMATTED, UNSEEN
from vipcopy.readers.flow import Flow, write_escaped
from vipcopy.readers.smileys import read_smiley
from vipcopy.readers.tables import Tables
from vipcopy.readers.tags import Attribute, Tag, TextRun, find_markup
from vipcopy.readers.templates import STATEMENT, Construct, find_constructs, is_note_number, mask, split

DEEPEST = 5000  # elements one in another; no page has them, a bomb has

_ROOTS = ("html", "body")
_TEXTS = {"alt": "alt", "aria-label": "alt", "title": "tooltip", "placeholder": "hint"}  # attribute -> region
_BUTTON = re.compile(
    r"""
    \b (?: btn | button | cta ) \b
  | \b (?: btn | button | cta ) [-_]
  | [-_] (?: btn | button | cta ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BUTTON_STYLES = ("background", "background-color", "border-radius")
_NO_BUTTON = frozenset({"none", "transparent", "inherit", "initial", "unset", "0", "0px"})
_DECLARED = re.compile(
    rb"""
    < (?: meta | \?xml ) [^>]{0,200}?
    (?: charset | encoding ) \s* = \s* ["']? \s* ([\w.:-]{1,40})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HEAD = 4096  # bytes in which an encoding may be declared


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The document of a page or a mail template. Raises ReadError for what is no text or nested without end.

    >>> read("<meta charset=koi8-r><p>Ча<b>сы</b>".encode("koi8-r"), "a.html").text
    'Часы'
    """
    decoded = _decode(data, name, encoding)
    return parse(decoded.text, name, decoded.encoding)


def parse(text: str, name: str, encoding: str = "") -> Document:
    """The document of a string."""
    return build_document(name, read_pieces(text, name), {"": text}, encoding)


def read_pieces(source: str, name: str, *, part: str = "", path: str = "") -> tuple[Piece, ...]:
    """The pieces of a page that is a part of something else."""
    constructs = find_constructs(source)
    page = _Page(source, name, constructs, Flow(part, path=path))
    for markup in find_markup(mask(source, constructs)):
        if isinstance(markup, TextRun):
            page.write(markup.start, markup.stop)
        elif markup.is_end:
            page.end(markup)
        else:
            page.start(markup)
    page.close_block()
    return tuple(page.flow.pieces)


def _decode(data: bytes, name: str, encoding: str | None) -> Decoded:
    if encoding:
        return decode(data, name, encoding)
    declared = _DECLARED.search(data[:_HEAD])
    return decode_declared(data, name, declared[1].decode("ascii", "replace") if declared else "")


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element: the regions of its text, whether it is seen, whether blank space counts."""

    name: str
    regions: frozenset[str] = frozenset()
    region: str = ""
    is_unseen: bool = False
    is_tiny: bool = False
    is_of_signs: bool = False
    is_raised: bool = False
    is_opaque: bool = False
    is_folded: bool = True
    is_block: bool = False


@dataclass(slots=True)
class _Page:
    """A page that is being read."""

    source: str
    name: str
    constructs: tuple[Construct, ...]
    flow: Flow
    stack: list[_Element] = field(default_factory=lambda: [_Element("")])
    opened: Counter[str] = field(default_factory=Counter)
    later: list[tuple[Attribute, str]] = field(default_factory=list)  # texts of attributes, for when the block ends
    sheet: dict[str, Declarations] = field(default_factory=dict)
    tables: Tables = field(default_factory=Tables)
    is_begun: bool = False  # whether the reader has seen words of the body already

    def write(self, start: int, stop: int) -> None:
        """A run of text."""
        element = self.stack[-1]
        if element.name == "style":
            self.sheet.update(parse_stylesheet(self.source[start:stop]))
        if element.is_unseen or (element.is_tiny and self.is_begun and "preheader" not in element.regions):
            return
        region = " ".join(sorted({*element.regions, "preheader"})) if element.is_tiny else element.region
        if element.is_raised and self.flow.pieces:
            is_number = is_note_number(self.flow.pieces[-1].text, self.source[start:stop])
            region = f"{region} {STATEMENT}" if is_number else region
        if element.is_of_signs and (smiley := read_smiley(self.source[start:stop])):
            self.flow.write(smiley, start, region, stop=stop)
            return
        if element.is_opaque:
            self.flow.write(self.source[start:stop], start, f"{region} placeholder")
            return
        self._write(start, stop, region, is_folded=element.is_folded)
        if "preheader" not in region.split() and element.name not in ("title", "mj-title"):
            self.is_begun = self.is_begun or not self.source[start:stop].isspace()

    def _write(self, start: int, stop: int, region: str, *, is_folded: bool = True) -> None:
        for first, last, kind in split(start, stop, self.constructs):
            if kind:
                self.flow.write(self.source[first:last], first, f"{region} {kind}")
            else:
                write_escaped(self.flow, self.source[first:last], first, region, folded=is_folded)

    def start(self, tag: Tag) -> None:
        """A start tag."""
        attributes = tag.read_attributes()
        element = self._build(tag.name, attributes)
        if element.is_block:
            self._close_before(tag.name)
            self.close_block()
        if not element.is_unseen:
            self._note_texts(tag.name, attributes)
            self.tables.start(tag.name, attributes, len(self.flow.pieces))
        if tag.name == "br" and not element.is_unseen:
            self.flow.write("\n", tag.start, element.region, stop=tag.stop)
        if tag.name in GAPS and not self.stack[-1].is_unseen:
            self.flow.part_words(tag.start, tag.stop, self.stack[-1].region)
        if tag.is_empty or tag.name in EMPTY:
            return
        if len(self.stack) > DEEPEST:
            raise ReadError(f"{self.name or 'текст'}: теги вложены глубже {DEEPEST} уровней; сохраните письмо проще")
        self.stack.append(element)
        self.opened[tag.name] += 1

    def end(self, tag: Tag) -> None:
        """An end tag; one that nothing has opened says nothing."""
        while self.opened[tag.name]:
            if self._pop().name == tag.name:
                return

    def _pop(self) -> _Element:
        element = self.stack.pop()
        self.opened[element.name] -= 1
        if element.is_block:
            self.close_block()
        if element.name == "table":
            self.tables.end(self.flow.pieces)
        return element

    def _close_before(self, name: str) -> None:
        closed = CLOSED_BY.get(name, PARAGRAPH)
        while self.stack[-1].name in closed:
            self._pop()

    def _build(self, name: str, attributes: dict[str, Attribute]) -> _Element:
        parent = self.stack[-1]
        appearance = read_appearance(name, attributes, self.sheet)
        own = {KINDS[name]} if name in KINDS else set()
        if name == "a" and _is_button(attributes):
            own.add("button")
        is_hidden = appearance.is_hidden and name not in _ROOTS  # AMP hides the page until its script has come
        is_top = not self.is_begun and (is_hidden or "preheader" in _text(attributes, "class"))
        if is_top and name != "input":
            own.add("preheader")
        regions = (parent.regions - appearance.ended) | appearance.kinds | own
        return _Element(
            name,
            regions,
            " ".join(sorted(regions)),
            is_unseen=parent.is_unseen or name in UNSEEN or (is_hidden and not regions & {"preheader"}),
            is_tiny=parent.is_tiny if appearance.is_tiny is None else appearance.is_tiny,
            is_of_signs=parent.is_of_signs if appearance.is_of_signs is None else appearance.is_of_signs,
            is_raised=parent.is_raised or name == "sup",
            is_opaque=parent.is_opaque or name in OPAQUE,
            is_folded=parent.is_folded and name not in PREFORMATTED,
            is_block=name in BLOCKS or name.startswith("mj-") or "button" in own,
        )

    def _note_texts(self, name: str, attributes: dict[str, Attribute]) -> None:
        texts = {attributes[key].value: (attributes[key], kind) for key, kind in _TEXTS.items() if key in attributes}
        if name == "meta" and _text(attributes, "name") == "description" and "content" in attributes:
            texts[""] = (attributes["content"], "description")
        if name == "input" and _text(attributes, "type") in ("submit", "button", "reset") and "value" in attributes:
            texts[""] = (attributes["value"], "button")
        self.later.extend(texts.values())

    def close_block(self) -> None:
        """The block ends, and the texts of the attributes in it follow as blocks of their own."""
        self.flow.close()
        for attribute, kind in self.later:
            self._write(attribute.start, attribute.stop, kind)
            self.flow.close()
        self.later.clear()


def _text(attributes: dict[str, Attribute], name: str) -> str:
    return attributes[name].value.strip().lower() if name in attributes else ""


def _is_button(attributes: dict[str, Attribute]) -> bool:
    style = parse_declarations(_text(attributes, "style"))
    return (
        _text(attributes, "role") == "button"
        or _BUTTON.search(_text(attributes, "class")) is not None
        or any(style.get(key, "none") not in _NO_BUTTON for key in _BUTTON_STYLES)
    )
