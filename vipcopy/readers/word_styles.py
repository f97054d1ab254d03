"""The styles of a Word file: which are headings, quotations, lists, and whose words nobody sees."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from vipcopy.readers.office import Archive, Event, find_events
from vipcopy.readers.paragraphs import Paragraph

PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}

_DEEPEST = 20  # styles based one on another
_OFF = ("0", "false", "off")
_LEVEL = re.compile(r"(?:heading|заголовок)\s*([1-9])|(title|название)", re.IGNORECASE)
_QUOTES = re.compile(r"(?:intense )?quote|(?:выделенная )?цитата", re.IGNORECASE)


@dataclass(slots=True)
class _Style:
    """A style in the making; whether it hides its words is what its base says where it says nothing."""

    name: str = ""
    level: int = 0  # of a heading, or 0
    base: str = ""
    hides: bool | None = None

    def note(self, event: Event) -> None:
        value = event.attributes.get("val", "")
        if event.tag == "w:name":
            self.name = value.lower()
            self.level = _level(self.name) or self.level
        elif event.tag == "w:outlineLvl" and value.isdecimal():
            self.level = min(int(value), 8) + 1
        elif event.tag == "w:basedOn":
            self.base = value
        elif event.tag == "w:vanish":
            self.hides = is_on(event)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file: id -> name in small letters, level of a heading or 0; the ids of those that hide."""

    names: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    hiding: frozenset[str] = frozenset()

    def apply(self, style: str, paragraph: Paragraph) -> None:
        """Say what a paragraph is by its style."""
        name, level = self.names.get(style, ("", 0))
        paragraph.level = level
        paragraph.is_hidden = name.startswith("toc ") or style in self.hiding
        if level:
            paragraph.kinds.add("heading")
        if _QUOTES.match(name):
            paragraph.kinds.add("quote")
        if name.startswith("list "):
            paragraph.kinds.add("list")


def is_on(event: Event) -> bool:
    """Whether a property that is there or not, as `w:vanish`, is there."""
    return event.attributes.get("val", "") not in _OFF


def read_styles(archive: Archive, main: str) -> Styles:
    """The styles beside the part with the text."""
    part = posixpath.join(posixpath.dirname(main), "styles.xml")
    if not archive.has(part):
        return Styles()
    styles: dict[str, _Style] = {}
    style = _Style()
    for event in find_events(archive.read(part), archive.name, PREFIXES):
        if event.tag == "w:style":
            style = _Style()
            if not event.is_end:
                styles[event.attributes.get("styleId", "")] = style
        elif not event.is_end:
            style.note(event)
    names = {key: (each.name, each.level) for key, each in styles.items()}
    return Styles(names, frozenset(key for key in styles if _hides(key, styles)))


def _hides(key: str, styles: Mapping[str, _Style]) -> bool:
    """What the style says, or the first of those that it is based on."""
    for _ in range(_DEEPEST):
        style = styles.get(key)
        if style is None or style.hides is not None:
            return style is not None and bool(style.hides)
        key = style.base
    return False


def _level(name: str) -> int:
    match = _LEVEL.match(name)
    return int(match[1] or 1) if match else 0
