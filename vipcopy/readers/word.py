"""The XML of Word as paragraphs: which letters a reader sees, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from vipcopy.readers.fields import Fields
from vipcopy.readers.office import Event, find_events
from vipcopy.readers.paragraphs import CommentMark, Letters, Paragraph
from vipcopy.readers.smileys import is_font_of_signs, read_smiley
from vipcopy.readers.templates import NAME_SLOT, STATEMENT, is_note_number
from vipcopy.readers.word_signs import GAP, WHOLE, read_sign
from vipcopy.readers.word_styles import PREFIXES, Styles, is_on

# What a reader does not see: deletions, the other place of what was moved, the looks before a change.
_UNSEEN = frozenset({"w:del", "w:moveFrom", "w:pPrChange", "w:rPrChange"})
_EMOJI = "w16se"  # what a program must know to draw a sign that old programs have as a letter
_DROPPED = ("drop", "margin")  # the large first letter of a chapter is a paragraph of its own
_MARKS = {"w:commentRangeStart": False, "w:commentRangeEnd": True}  # tag -> whether the commented words end there


def read_paragraphs(xml: bytes, name: str, styles: Styles) -> list[Paragraph]:
    """The paragraphs of a part that say something, in the order in which they end."""
    reader = _Reader(styles)
    for event in find_events(xml, name, PREFIXES):
        reader.take(event)
    reader.finish()
    return reader.done


@dataclass(slots=True)
class _Whole:
    """What is one thing: where it begins, how many letters stand before; of two ways whether the first is an emoji."""

    start: int
    letters: int
    is_emoji: bool = False


@dataclass(slots=True)
class _Reader:
    """What is open at an event."""

    styles: Styles
    done: list[Paragraph] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)  # a text box opens one inside another
    tables: list[int] = field(default_factory=list)  # columns of each open table
    fields: Fields = field(default_factory=Fields)
    wholes: list[_Whole] = field(default_factory=list)
    unseen: int = 0
    links: int = 0
    properties: int = 0  # inside w:pPr or w:rPr
    runs: list[int] = field(default_factory=list)  # where each open w:r begins
    begun: list[CommentMark] = field(default_factory=list)  # of comments that begin with the next paragraph
    element: int = -1
    joined: Paragraph | None = None  # the next paragraph goes on with it
    code: bool = False
    is_hidden: bool = False
    is_raised: bool = False
    is_of_signs: bool = False

    def take(self, event: Event) -> None:
        """The next event."""
        if event.tag in WHOLE and not event.is_end:
            self.wholes.append(_Whole(event.start, len(self.paragraphs[-1].letters) if self.paragraphs else 0))
        self._take(event)
        if event.tag in WHOLE and event.is_end:
            self._seal(self.wholes.pop(), event.stop)

    def _take(self, event: Event) -> None:
        if not event.tag:
            self._take_text(event)
        elif event.tag.startswith("mc:"):
            self._choose(event)
        elif event.is_end:
            self._end(event)
        else:
            self._start(event)

    def finish(self) -> None:
        """A cell or the text ends: nothing follows that could go on with a paragraph."""
        if self.joined:
            self._add(self.joined)
            self.joined = None

    def _choose(self, event: Event) -> None:
        """Of two ways to write a text box the first is read, of an emoji the second: there it is a letter."""
        choice = self.wholes[-1] if self.wholes else None
        if event.tag == "mc:Fallback" and not (choice and choice.is_emoji):
            self.unseen += -1 if event.is_end else 1
        elif event.tag == "mc:Choice" and choice and not event.is_end:
            choice.is_emoji = _EMOJI in event.attributes.get("Requires", "").split()

    def _seal(self, whole: _Whole, stop: int) -> None:
        """What it has written into the run around it."""
        letters = self.paragraphs[-1].letters if self.paragraphs else []
        for at in range(whole.letters, len(letters)):
            if 0 <= letters[at].run < whole.start:
                letters[at] = letters[at]._replace(start=whole.start, stop=stop, element=-1, is_sealed=True)

    def _take_text(self, event: Event) -> None:
        if self.code and self.fields.opened:
            self.fields.write_code(event.text)
        elif self.element >= 0:
            self._write(self._find_smiley(event) or event.text, event.start, event.stop)

    def _find_smiley(self, event: Event) -> str:
        return read_smiley(event.text) if self.is_of_signs else ""

    def _write(self, text: str, start: int, stop: int) -> None:
        if self.unseen or self.is_hidden or not self.paragraphs or self.fields.are_hidden:
            return
        kinds = ["link"] if self.links else []
        if self.fields.merged:
            kinds.append(NAME_SLOT)
        before = self.paragraphs[-1].letters[-3:]
        if self.is_raised and is_note_number("".join(each.text for each in before), text):
            kinds.append(STATEMENT)
        run = self.runs[-1] if self.runs else -1
        letters = Letters(text, start, stop, " ".join(kinds), run, self.element, len(self.paragraphs) > 1)
        self.paragraphs[-1].letters.append(letters)

    def _start(self, event: Event) -> None:
        tag = event.tag
        if tag in _UNSEEN:
            self._start_unseen(tag)
        elif tag == "w:p":
            self._start_paragraph()
        elif tag == "w:r":
            self.runs.append(event.start)
            self.is_hidden = self.is_raised = self.is_of_signs = False
        elif tag == "w:t":
            self.element = event.start
        elif tag in ("w:pPr", "w:rPr"):
            self.properties += 1
        elif self.properties:
            self._note_property(event)
        elif sign := read_sign(event):
            self._write_sign(sign, event)
        else:
            self._start_container(event)

    def _write_sign(self, sign: str, event: Event) -> None:
        before = self.paragraphs[-1].letters[-1:] if self.paragraphs else []
        if sign != GAP or (before and not before[0].text.endswith(GAP)):
            self._write(sign, event.start, event.stop)

    def _start_unseen(self, tag: str) -> None:
        self.unseen += 1
        if tag == "w:del" and self.properties and self.paragraphs and not self.runs:  # the end of the paragraph
            self.paragraphs[-1].is_joined = True

    def _start_paragraph(self) -> None:
        before = self.joined or Paragraph()
        kinds = {"table"} if self.tables and self.tables[-1] > 1 else set()
        self.paragraphs.append(Paragraph(before.letters, kinds, marks=[*before.marks, *self.begun]))
        self.joined, self.begun = None, []

    def _start_container(self, event: Event) -> None:
        tag = event.tag
        if tag == "w:hyperlink":
            self.links += 1
        elif tag == "w:tbl":
            self.tables.append(0)
        elif tag == "w:gridCol" and self.tables:
            self.tables[-1] += 1
        elif tag == "w:instrText":
            self.code = True
        elif tag in _MARKS:
            self._mark(event.attributes.get("id", ""), is_end=_MARKS[tag])
        elif tag == "w:fldSimple":
            self.fields.start(event.attributes.get("instr", ""))
            self.fields.show()
        elif tag == "w:fldChar":
            self.fields.turn(event.attributes.get("fldCharType", ""))

    def _mark(self, comment: str, *, is_end: bool) -> None:
        """Between two paragraphs the end is that of the one before, the beginning that of the one after."""
        if self.paragraphs:
            self.paragraphs[-1].marks.append(CommentMark(comment, is_end, len(self.paragraphs[-1].letters)))
        elif not is_end:
            self.begun.append(CommentMark(comment, is_end, 0))
        elif self.done:
            self.done[-1].marks.append(CommentMark(comment, is_end, len(self.done[-1].letters)))

    def _note_property(self, event: Event) -> None:
        if self.unseen:  # what was before a change
            return
        if self.runs:
            self._note_look(event)
        if not self.paragraphs:
            return
        value = event.attributes.get("val", "")
        if event.tag == "w:pStyle":
            self.styles.apply(value, self.paragraphs[-1])
        elif event.tag == "w:framePr" and event.attributes.get("dropCap") in _DROPPED:
            self.paragraphs[-1].is_joined = True
        elif event.tag == "w:numPr" and not self.paragraphs[-1].level:
            self.paragraphs[-1].kinds.add("list")

    def _note_look(self, event: Event) -> None:
        """How a run looks; what it says of itself stands behind its style."""
        value = event.attributes.get("val", "")
        if event.tag == "w:rStyle":
            self.is_hidden = value in self.styles.hiding
        elif event.tag == "w:vanish":
            self.is_hidden = is_on(event)
        elif event.tag == "w:rFonts":
            self.is_of_signs = is_font_of_signs(event.attributes.get("ascii", ""))
        elif event.tag == "w:vertAlign":
            self.is_raised = value == "superscript"

    def _end(self, event: Event) -> None:
        tag = event.tag
        if tag in _UNSEEN:
            self.unseen -= 1
        elif tag == "w:t":
            self.element = -1
        elif tag == "w:r":
            self.runs.pop()
        elif tag in ("w:pPr", "w:rPr"):
            self.properties -= 1
        elif tag == "w:p" and self.paragraphs:
            self._end_paragraph(self.paragraphs.pop())
        else:
            self._end_container(tag)

    def _end_paragraph(self, paragraph: Paragraph) -> None:
        if paragraph.is_joined and not self.paragraphs:
            self.joined = paragraph
        else:
            self._add(paragraph)

    def _add(self, paragraph: Paragraph) -> None:
        if paragraph.text.strip() and not paragraph.is_hidden:
            self.done.append(paragraph)

    def _end_container(self, tag: str) -> None:
        if tag == "w:hyperlink":
            self.links -= 1
        elif tag == "w:tbl" and self.tables:
            self.tables.pop()
        elif tag == "w:tc":
            self.finish()
        elif tag == "w:instrText":
            self.code = False
        elif tag == "w:fldSimple":
            self.fields.end()
