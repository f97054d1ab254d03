"""The records that every module speaks in. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from vipcopy.overlaps import UNRESTRICTED, Overlaps
from vipcopy.records import NamedTuple
from vipcopy.replay import LazyValue
from vipcopy.scoring.scorecard import Score
from vipcopy.texts import Text
from vipcopy.ticks import Tick, never
from vipcopy.wrapped_text import NOTHING, WrappedText


class Severity(StrEnum):
    """How much a finding hurts; the order of the members is the order of gravity."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return ("info", "warning", "error").index(self.value)


class Region(NamedTuple):
    """A marked stretch of a document: heading, greeting, quote, question, button … (half-open, code points)."""

    kind: str
    start: int
    stop: int


class Piece(NamedTuple):
    """A run of text and where it lies in its part of the source."""

    text: str
    part: str = ""
    start: int = 0
    stop: int = 0
    region: str = ""  # what the reader knows of it: heading, quote, button, alt, placeholder …; several with spaces
    exact: bool = True  # the text equals the source there, so offsets inside it may be added
    path: str = ""  # where a person finds it: «Условия, абзац 3»; one that ends with a word needs lines: «тема»


class Place(NamedTuple):
    """A place in the source: offsets in the part in code points, lines and columns from 1."""

    part: str
    start: int
    stop: int
    line: int
    column: int
    end_line: int
    end_column: int
    path: str = ""  # where a person finds it: headings and paragraph of a Word file, part of a mail


class Token(NamedTuple):
    """A word, a number, a punctuation mark or an emoji run of the document's text."""

    start: int
    stop: int
    text: str
    norm: str


class Reading(NamedTuple):
    """One morphological analysis of a word: its lemma (folded as norms are) and OpenCorpora grammemes."""

    lemma: str
    grams: frozenset[str]


class Sentence(NamedTuple):
    """A sentence of the document: its tokens in order, compounds before their parts, quotation marks left out."""

    start: int
    stop: int
    tokens: Sequence[Token]
    regions: frozenset[str] = frozenset()  # the kinds of region that hold all of it


class Prose(NamedTuple):
    """What the finders read: a document's text, each block on one line, in sentences, with every region known of it."""

    text: Text
    sentences: Sequence[Sentence]
    regions: tuple[Region, ...] = ()
    block_stops: Sequence[int] = ()  # where paragraphs, headings, list items and cells stop
    written: WrappedText = NOTHING  # the text as its source has it
    tick: Tick = never


class Origin(NamedTuple):
    """Where a rule was written, for messages."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Source(NamedTuple):
    """A string of a rule file and where it stands."""

    text: str
    origin: Origin


class Rule(NamedTuple):
    """One check as its pack wrote it. A weight below zero harms, above zero it is evidence (centipoints)."""

    id: str
    category: str
    guideline: int
    severity: Severity
    weight: int
    message: str
    why: str
    kind: str
    origin: Origin
    phrase: tuple[Source, ...] = ()
    unless: tuple[Source, ...] = ()
    when: tuple[Source, ...] = ()
    when_near: tuple[Source, ...] = ()
    unless_text: tuple[Source, ...] = ()
    when_text: tuple[Source, ...] = ()
    where: tuple[str, ...] = ()
    readings: str = "any"
    options: Mapping[str, tuple[str, ...]] = {}
    suggest: tuple[str, ...] = ()
    bad: tuple[Source, ...] = ()
    good: tuple[Source, ...] = ()
    status: str = "stable"
    layer: int = 0  # of packs, a house pack above ours: of two that find the same words the upper is told


class Pack(NamedTuple):
    """A bundle of rules with the named word lists that their phrases use."""

    name: str
    title: str
    version: str
    rules: tuple[Rule, ...]
    lists: Mapping[str, tuple[Source, ...]]
    needs: Mapping[int, int]  # guideline -> centipoints lost when nothing proves it
    mistakes: tuple[str, ...] = ()  # what could not be read; `compiler.build` refuses a pack that has any
    overlaps: Overlaps = UNRESTRICTED
    borrowed: frozenset[str] = frozenset()  # names of lists that the pack has from the one that it inherits


class Hit(NamedTuple):
    """The raw match of a rule in the document's text, before it is located and filtered."""

    rule: str
    start: int
    stop: int


class Fix(NamedTuple):
    """What a machine may put in the source in place of a finding and the commas and spaces around it."""

    place: Place
    text: str


class Finding(NamedTuple):
    """A marked place in a report: plain values, ready for JSON. `start`/`stop` count code points of the source."""

    rule: str
    category: str
    guideline: int
    severity: Severity
    weight: int
    lost: int  # centipoints of the guideline that this finding costs
    message: str
    why: str
    start: int
    stop: int
    quote: str
    place: Place
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None
    is_removable: bool = False  # a person may take the words out; a machine only by `fix`
    context: str = ""  # the sentence that holds it, cut off where it is very long
    context_start: int = 0  # where the finding starts in `context`
    sentence: str = ""  # a digest of all of that sentence, however it is wrapped
    offset: int = 0  # where the finding starts in `Report.text`
    reason: str = ""  # why it was waived


class Changes(NamedTuple):
    """The findings whose correction wins most, with those of the same words, and what the text scores without them."""

    findings: Sequence[Finding]
    outcome: LazyValue[int]

    @property
    def total(self) -> int:
        """Centipoints of the text once their words are gone, with what that brings to light; found when asked."""
        return self.outcome.get()


class Report(NamedTuple):
    """What one document got. `error` is set, and all else empty, where the source could not be read."""

    name: str
    encoding: str
    words: int
    findings: Sequence[Finding]
    score: Score
    error: str | None = None
    changes: Changes | None = None
    waived: Sequence[Finding] = ()  # findings that a waiver silences; they cost nothing in `score`
    unwaived: Score | None = None  # the score as if nothing were waived; None where nothing is
    left_out: int = 0  # findings that a baseline knows, or that stand in lines nobody has changed
    notes: tuple[str, ...] = ()  # what was not checked and why: attachments of a mail
    page: WrappedText = NOTHING  # what was checked, as a reader sees it
    file: WrappedText = NOTHING  # the decoded file where it is one text; what lines, columns and offsets count in
    min_score: int | None = None  # the least total that is asked of it, in centipoints of nine guidelines

    @property
    def text(self) -> str:
        """What was checked, as a reader sees it."""
        return str(self.page)

    @property
    def source(self) -> str:
        """The decoded file where it is one text; empty otherwise."""
        return str(self.file)
