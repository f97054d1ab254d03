"""OpenDocument texts: paragraphs, headings, lists, tables, notes and text boxes, without deletions and annotations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vipcopy.document import Document, build_document
from vipcopy.errors import ReadError
from vipcopy.model import Piece
from vipcopy.readers.flow import BLOCK_BREAK
from vipcopy.readers.office import Event, find_events, open_archive
from vipcopy.readers.paragraphs import (
    LINE_BREAK,
    CommentMark,
    Letters,
    Paragraph,
    build_pieces,
    find_remarks,
    part_text,
)
from vipcopy.readers.templates import NAME_SLOT, STATEMENT, is_note_number

PART = "content.xml"
STYLES = "styles.xml"

_PREFIXES = {
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": name
    for name in ("office", "text", "table", "style", "drawing", "svg-compatible")
}
_UNSEEN = frozenset(
    {"text:tracked-changes", "office:annotation", "office:forms", "text:table-of-content", "text:sequence-decls"}
    | {"text:note-citation", "text:ruby-text", "svg-compatible:title", "svg-compatible:desc"}
)
_MAY_HIDE = frozenset({"text:section", "text:span", "text:hidden-text"})
_MERGED = frozenset({"text:database-display", "text:placeholder"})  # «<Имя>» stands for a name or a sum
_BLANK = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100


def read(data: bytes, name: str, _encoding: str | None = None) -> Document:
    """The document of an OpenDocument text. Raises ReadError for what is no such file, is damaged or a bomb."""
    archive = open_archive(data, name)
    if not archive.has(PART):
        raise ReadError(f"{name}: это не документ OpenDocument; сохраните его в формате .odt")
    notes: dict[str, str] = {}
    body = _read_paragraphs(archive.read(PART), name, "office:text", notes)
    pieces = list(build_pieces(body, PART))
    sources = {PART: part_text(body)}
    outside = _read_paragraphs(archive.read(STYLES), name, "office:master-styles", {}) if archive.has(STYLES) else []
    if outside:
        for paragraph in outside:
            paragraph.kinds.add("footer")
        if pieces:
            pieces.append(Piece(BLOCK_BREAK, STYLES, exact=False))
        pieces += build_pieces(outside, STYLES, "колонтитул")
        sources[STYLES] = part_text(outside)
    document = build_document(name, pieces, sources, "utf-8")
    return document._replace(remarks=tuple(find_remarks(body, PART, notes)))


def _read_paragraphs(xml: bytes, name: str, root: str, notes: dict[str, str]) -> list[Paragraph]:
    """The paragraphs below a root; what annotations say is put into `notes`."""
    reader = _Reader(root, notes)
    for event in find_events(xml, name, _PREFIXES):
        if not event.tag:
            reader.write(event.text)
        elif event.is_end:
            reader.end(event.tag)
        else:
            reader.start(event)
    return reader.done


@dataclass(slots=True)
class _Reader:
    """What is open at an event."""

    root: str
    notes: dict[str, str]  # name of an annotation -> what it says
    done: list[Paragraph] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)  # columns of each open table
    lists: int = 0
    links: int = 0
    merged: int = 0
    unseen: int = 0
    looks: list[tuple[bool, bool]] = field(default_factory=list)  # whether each open section and span hides, raises
    hidden: int = 0  # of them
    raised: int = 0
    style: str = ""  # the last one that was defined
    hiding: set[str] = field(default_factory=set)  # styles that hide
    raising: set[str] = field(default_factory=set)  # styles that raise letters above the line
    depth: int = 0  # of roots
    note: str = ""  # the open annotation
    around: int = 0  # paragraphs open around it: its author and date stand in none of its own

    def write(self, text: str) -> None:
        """A run of text; blank space is one space, and none begins a paragraph."""
        if self.note:
            self.notes[self.note] += text if len(self.paragraphs) > self.around else ""
            return
        folded = _BLANK.sub(" ", text)
        before = self.paragraphs[-1].letters[-1:] if self.paragraphs else []
        self._write(folded.lstrip(" ") if not before or before[0].text.endswith(" ") else folded)

    def _write(self, text: str) -> None:
        if not text or not self.paragraphs or self.unseen or not self.depth or self.hidden:
            return
        kinds = ["link"] if self.links else []
        if self.merged:
            kinds.append(NAME_SLOT)
        letters = self.paragraphs[-1].letters
        if self.raised and is_note_number("".join(each.text for each in letters[-3:]), text):
            kinds.append(STATEMENT)
        letters.append(Letters(text, 0, 0, " ".join(kinds)))

    def start(self, event: Event) -> None:
        """A start tag."""
        tag = event.tag
        if tag in ("text:p", "text:h"):
            self.paragraphs.append(self._open(event))
        elif tag == "text:s":
            count = event.attributes.get("c", "1")
            self._write(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
        elif tag in ("text:tab", "text:line-break"):
            self._write("\t" if tag == "text:tab" else LINE_BREAK)
        elif tag == "table:table-column" and self.tables:
            repeated = event.attributes.get("number-columns-repeated", "1")
            self.tables[-1] += int(repeated) if repeated.isdecimal() and len(repeated) < 5 else 1
        elif tag == "table:table":
            self.tables.append(0)
        elif tag in _MAY_HIDE:
            self.looks.append((self._hides(event), event.attributes.get("style-name", "") in self.raising))
            self._count_look(self.looks[-1], 1)
        else:
            if tag == "drawing:frame" and event.attributes.get("anchor-type") == "as-char":
                self.write(" ")  # a picture in the line parts words
            self._note_style(event)
            self._note(event)
            self._count(tag, 1)

    def _count_look(self, look: tuple[bool, bool], step: int) -> None:
        self.hidden += step * look[0]
        self.raised += step * look[1]

    def _note_style(self, event: Event) -> None:
        if event.tag == "style:style":
            self.style = event.attributes.get("name", "")
        elif event.tag == "style:text-properties" and event.attributes.get("display") == "none":
            self.hiding.add(self.style)
        elif event.tag == "style:text-properties" and event.attributes.get("text-position", "").startswith("super"):
            self.raising.add(self.style)

    def _hides(self, event: Event) -> bool:
        """Whether a section, a paragraph or a span hides its words by itself, by its condition or by its style."""
        attributes = event.attributes
        is_off = attributes.get("display") == "none" or attributes.get("is-hidden") == "true"
        return is_off or attributes.get("style-name", "") in self.hiding

    def _note(self, event: Event) -> None:
        """An annotation begins, or the words end that it is on."""
        is_end = event.tag == "office:annotation-end"
        if not self.paragraphs or not (is_end or event.tag == "office:annotation"):
            return
        name = event.attributes.get("name", "") or f"{len(self.notes)}"
        self.paragraphs[-1].marks.append(CommentMark(name, is_end, len(self.paragraphs[-1].letters)))
        if not is_end:
            self.note, self.around = name, len(self.paragraphs)
            self.notes[name] = ""

    def end(self, tag: str) -> None:
        """An end tag."""
        if tag in ("text:p", "text:h"):
            paragraph = self.paragraphs.pop()
            if paragraph.text.strip() and not paragraph.is_hidden:
                self.done.append(paragraph)
        elif tag == "table:table":
            self.tables.pop()
        elif tag in _MAY_HIDE:
            self._count_look(self.looks.pop(), -1)
        else:
            self.note = "" if tag == "office:annotation" else self.note
            self._count(tag, -1)

    def _count(self, tag: str, step: int) -> None:
        self.depth += step * (tag == self.root)
        self.lists += step * (tag == "text:list")
        self.links += step * (tag == "text:a")
        self.merged += step * (tag in _MERGED)
        self.unseen += step * (tag in _UNSEEN)

    def _open(self, event: Event) -> Paragraph:
        level = event.attributes.get("outline-level", "1") if event.tag == "text:h" else "0"
        kinds = {"heading"} if event.tag == "text:h" else set()
        if self.lists:
            kinds.add("list")
        if self.tables and self.tables[-1] > 1:
            kinds.add("table")
        if "quot" in event.attributes.get("style-name", "").lower():
            kinds.add("quote")
        number = int(level) if level.isdecimal() and len(level) < 3 else 1
        return Paragraph(kinds=kinds, level=number, is_hidden=self._hides(event))
