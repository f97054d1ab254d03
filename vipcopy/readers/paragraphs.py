"""Paragraphs of office files put one after another: a part is the text of its paragraphs, a line for each.

So a place counts characters of what a person reads, its line is the number of the paragraph, and the part's text is
the same for whoever asks again where in the XML a character stands (`Letters`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from vipcopy.document import Remark
from vipcopy.model import Piece
from vipcopy.readers.flow import BLOCK_BREAK
from vipcopy.readers.templates import find_constructs, split
from vipcopy.records import NamedTuple

LINE_BREAK = "\n"
_HEADING_LENGTH = 60


class Letters(NamedTuple):
    """A run of text in a paragraph, where it stands in bytes of the XML, and in what."""

    text: str
    start: int
    stop: int
    region: str = ""
    run: int = -1  # where its `w:r` begins
    element: int = -1  # where its `w:t` begins
    is_boxed: bool = False  # in a text box, which may hold no comment
    is_sealed: bool = False  # no mark may stand between its bytes


class CommentMark(NamedTuple):
    """Where the words that a comment is on begin or end: after so many runs of letters."""

    comment: str
    is_end: bool
    at: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph in the making: its letters, the regions of all of it, the level of a heading or 0."""

    letters: list[Letters] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    level: int = 0
    is_hidden: bool = False
    is_joined: bool = False  # with the one after it
    marks: list[CommentMark] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says; a line break inside it is a space for the count of lines."""
        return "".join(letters.text for letters in self.letters)


@dataclass(slots=True)
class Outline:
    """The headings above the paragraph that is being read, and how many paragraphs stand below the last of them."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    count: int = 0

    def path_of(self, paragraph: Paragraph, story: str) -> str:
        """«Условия › Оплата, абзац 3», «Условия, заголовок «Оплата»», by which a person finds it."""
        above = [heading for heading in self.headings if not paragraph.level or heading[0] < paragraph.level]
        names = [story] if story else [name for _, name in above]
        if paragraph.level:
            title = _shorten(paragraph.text.strip())
            self.headings, self.count = [*above, (paragraph.level, title)], 0
            return ", ".join(filter(None, (" › ".join(names), f"заголовок «{title}»")))
        self.count += 1
        return ", ".join(filter(None, (" › ".join(names), f"абзац {self.count}")))


def build_pieces(paragraphs: Sequence[Paragraph], part: str, story: str = "") -> Iterator[Piece]:
    """The pieces of a part; `story` names it where it is not the text itself."""
    outline, at = Outline(), 0
    for number, paragraph in enumerate(paragraphs):
        path = outline.path_of(paragraph, story)
        if number:
            yield Piece(BLOCK_BREAK, part, at, at, exact=False, path=path)
            at += 1
        text, start = paragraph.text, at
        constructs = find_constructs(text)
        for letters in paragraph.letters:
            first, last = at - start, at - start + len(letters.text)
            for cut_start, cut_stop, kind in split(first, last, constructs):
                kinds = " ".join(sorted({*paragraph.kinds, *letters.region.split(), *kind.split()}))
                cut = text[cut_start:cut_stop]
                yield Piece(cut, part, start + cut_start, start + cut_stop, kinds, cut != LINE_BREAK, path)
            at = start + last


def part_text(paragraphs: Sequence[Paragraph]) -> str:
    """The text of a part, which its places count in: a line for each paragraph."""
    return "\n".join(paragraph.text.replace(LINE_BREAK, "\v") for paragraph in paragraphs)


def find_remarks(paragraphs: Sequence[Paragraph], part: str, texts: Mapping[str, str]) -> Iterator[Remark]:
    """The comments of a part by their texts; one that has no end is on its whole paragraph."""
    opened: dict[str, tuple[int, int]] = {}  # where its words begin, and where its paragraph ends
    start = 0
    for paragraph in paragraphs:
        sizes = list(accumulate((len(letters.text) for letters in paragraph.letters), initial=start))
        for comment, is_end, at in paragraph.marks:
            if not is_end:
                opened[comment] = sizes[at], sizes[-1]
            elif comment in opened and comment in texts:
                yield Remark(texts[comment], part, opened.pop(comment)[0], sizes[at])
        start = sizes[-1] + 1
    yield from (Remark(texts[name], part, *span) for name, span in opened.items() if name in texts)


def _shorten(text: str) -> str:
    return text if len(text) <= _HEADING_LENGTH else text[:_HEADING_LENGTH].rpartition(" ")[0] + "…"
