"""Waivers written where the text is: in the comment syntax of each format, or in a comment of a Word file.

    Скидка 20 % <!-- vipcopy: ignore discount — согласовано с юристом -->

`ignore` covers its own line, or the next one with words where comments stand alone; `ignore-next` the next line,
`ignore-block` the paragraph below, `ignore-file` all, `off` … `on` what lies between: an `on` with names leaves an
`off` of others as it is. Names are those of rules and categories and numbers of guidelines, none means all; a reason
follows a dash. In an office file `ignore` covers the words that the comment is on, and `ignore-block` their paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from vipcopy.document import Document, Remark, locate_span
from vipcopy.errors import ReadError
from vipcopy.model import Place
from vipcopy.patterns import compile_later
from vipcopy.readers.notes import CALL, LONGEST
from vipcopy.records import NamedTuple
from vipcopy.silence.waivers import Directive, Waiver, parse_directive

VERBS = ("ignore", "ignore-next", "ignore-block", "ignore-file", "off", "on")
REMARK_VERBS = VERBS[:4]
MOST_WAIVERS = 1000  # in one text: each finding is held against each of them

_COMMENT = compile_later(
    rf"""
    <!--{CALL}(?P<html>.{{0,{LONGEST}}}?)-->
  | \{{\#-?{CALL}(?P<jinja>.{{0,{LONGEST}}}?)-?\#\}}
  | \{{\{{!(?:--)?{CALL}(?P<mustache>.{{0,{LONGEST}}}?)(?:--)?\}}\}}
  | \{{%-?\s*comment\s*-?%\}}{CALL}(?P<liquid>.{{0,{LONGEST}}}?)\{{%-?\s*endcomment\s*-?%\}}
  | (?:\A|(?<=[\r\n]))\[//\]:\s*\#\s*\({CALL}(?P<markdown>.{{0,{LONGEST}}}?)\)[ \t]*(?=[\r\n]|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_REMARK = compile_later(CALL)
_LINE = compile_later(r"[^\r\n]*(?:\r\n|\r|\n)?")


def find_waivers(document: Document) -> tuple[Waiver, ...]:
    """The waivers in the comments of a document. Raises ReadError where there are too many.

    >>> from vipcopy.readers import parse_document
    >>> document = parse_document("Скидка <!-- vipcopy: ignore 9 — акция -->", "", "html")
    >>> [(waiver.names, waiver.reason) for waiver in find_waivers(document)]
    [(('9',), 'акция')]
    """
    waivers = list(islice(_find_all(document), MOST_WAIVERS + 1))
    if len(waivers) > MOST_WAIVERS:
        name = document.name or "текст"
        raise ReadError(f"{name}: больше {MOST_WAIVERS} разрешений; оставьте одно на весь файл: ignore-file")
    return tuple(waivers)


def _find_all(document: Document) -> Iterator[Waiver]:
    for part in document.sources:
        yield from _find_in_part(document, part)
    for remark in document.remarks:
        call = _REMARK.match(remark.text)
        if call:
            yield _build_remark(remark, parse_directive(remark.text[call.end() :]), document)


class _Page(NamedTuple):
    """A part with comments in it: its text without them, what they say, its lines, and the numbers of those with words
    and of empty ones."""

    bare: str
    comments: tuple[re.Match[str], ...]
    directives: tuple[Directive, ...]
    lines: tuple[tuple[int, int], ...]
    full: tuple[int, ...]
    empty: tuple[int, ...]


def _find_in_part(document: Document, part: str) -> Iterator[Waiver]:
    source = document.sources[part]
    comments = tuple(_COMMENT.finditer(source)) if "vipcopy" in source else ()
    if not comments:
        return
    directives = tuple(parse_directive(comment[comment.lastgroup or 0]) for comment in comments)
    lines = tuple(line.span() for line in _LINE.finditer(source) if line[0])
    bare = _COMMENT.sub(lambda comment: " " * len(comment[0]), source)
    full = tuple(at for at, line in enumerate(lines) if bare[slice(*line)].strip())
    empty = (*(at for at, line in enumerate(lines) if not source[slice(*line)].strip()), len(lines))
    page = _Page(bare, comments, directives, lines, full, empty)
    for at, (comment, directive) in enumerate(zip(comments, directives, strict=True)):
        if directive.verb != "on":
            stretch = _stretch(page, at) if directive.verb in VERBS else (0, 0)
            yield _build_waiver(directive, _locate(document, part, *comment.span()), stretch, comment[0])


def _locate(document: Document, part: str, start: int, stop: int) -> Place:
    """The place of a comment, which no piece holds; a person finds it by the piece before it."""
    before = (piece.path for piece in reversed(document.pieces) if piece.part == part and piece.start <= start)
    return locate_span(document, part, start, stop)._replace(path=next(before, ""))


def _build_waiver(
    directive: Directive, place: Place, stretch: tuple[int, int | None], written: str, verbs: Sequence[str] = VERBS
) -> Waiver:
    fault = "" if directive.verb in verbs else f"Неизвестное слово «{directive.verb}». Бывают: {', '.join(verbs)}."
    return Waiver(directive.names, directive.reason, place, *stretch, fault=fault, written=written)


def _stretch(page: _Page, at: int) -> tuple[int, int | None]:
    """Where what a comment covers starts and stops."""
    comment, verb = page.comments[at], page.directives[at].verb
    if verb == "ignore-file":
        return 0, None
    if verb == "off":
        later = range(at + 1, len(page.comments))
        ends = (page.comments[i].start() for i in later if _ends(page.directives[at], page.directives[i]))
        return comment.start(), next(ends, len(page.bare))
    first = bisect_right(page.lines, comment.start(), key=_start_of) - 1
    last = bisect_left(page.lines, comment.end(), key=_start_of) - 1
    start, stop = page.lines[first][0], page.lines[last][1]
    if verb == "ignore" and page.bare[start:stop].strip():
        return start, stop
    return _find_below(page, last + 1, is_block=verb == "ignore-block")


def _ends(off: Directive, on: Directive) -> bool:
    """Whether an «on» is meant for that «off»: one that names rules ends those that name one of them, or none."""
    return on.verb == "on" and not (off.names and on.names and set(off.names).isdisjoint(on.names))


def _find_below(page: _Page, at: int, *, is_block: bool) -> tuple[int, int]:
    """The next line with words, or that and all that follow it to an empty one."""
    if not page.full or at > page.full[-1]:
        return len(page.bare), len(page.bare)
    first = page.full[bisect_left(page.full, at)]
    last = page.empty[bisect_left(page.empty, first)] - 1 if is_block else first
    return page.lines[first][0], page.lines[last][1]


def _start_of(line: tuple[int, int]) -> int:
    return line[0]


def _build_remark(remark: Remark, directive: Directive, document: Document) -> Waiver:
    place = _locate(document, remark.part, remark.start, remark.stop)
    starts = (*document.line_starts[remark.part], len(document.sources[remark.part]))
    first, last = bisect_right(starts, remark.start) - 1, bisect_left(starts, remark.stop, 1)
    stretches: dict[str, tuple[int, int | None]] = {
        "ignore": (remark.start, remark.stop),
        "ignore-next": (starts[min(last, len(starts) - 1)], starts[min(last + 1, len(starts) - 1)]),
        "ignore-block": (starts[first], starts[min(last, len(starts) - 1)]),
        "ignore-file": (0, None),
    }
    stretch = stretches.get(directive.verb, (0, 0))
    return _build_waiver(directive, place, stretch, remark.text, REMARK_VERBS)
