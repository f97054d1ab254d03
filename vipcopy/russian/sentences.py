"""Sentences: blocks by layout, razdel inside a block, then rules for what razdel gets wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vipcopy.model import Sentence
from vipcopy.russian.tokens import find_tokens

Span = tuple[int, int]

_LINE = re.compile(r"[^\n\r\t\v\f\u0085\u2028\u2029]+")
_SHORT_LINE = 45
_LONGEST_BLOCK = 20_000

_BULLET = re.compile(
    r"""
    [•·▪▫●○■□‣◦⁃✓✔→*+-]\s
  | [–—]\s+[^\sа-яё]                  # a dash before a small letter goes on: «Приходите!» ⏎ — сказала она
  | \(?\d{1,3}(?:\.\d{1,3})*[.)]\s
  | \(?[а-яёa-z]\)\s
  | [\U0001f000-\U0001fbff\u2600-\u27bf\u2b50]
    """,
    re.VERBOSE,
)
_TERMINAL = re.compile(r"[.!?…][\"'»“”)\]]*$")
_ABBREVIATED = re.compile(r"(?<![^\W_])(?:[А-ЯЁA-Z]|г|ул|пр|просп|им|т|д|к|е|св|стр|ст|п|рис|см|тел|оф|корп|тыс)\.$")
_BOUNDARY = re.compile(r"[.!?…;:»”“\"')\]]\s|[)(:;]")
_CUT = re.compile(r".*[.!?…]\s|.*\s", re.DOTALL)
_YEAR_END = re.compile(r"\bгг?\.\s+(?=[А-ЯЁ])")


def find_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of the text with their tokens; their regions are left empty."""
    spans = (span for block in find_blocks(text) for span in _split_block(text, *block))
    return tuple(Sentence(start, stop, find_tokens(text, start, stop)) for start, stop in spans)


def find_blocks(text: str) -> tuple[Span, ...]:
    """Paragraphs, headings, list items and cells as (start, stop); lines that are only wrapped stay together."""
    blocks: list[Span] = []
    for line in _find_lines(text):
        if blocks and _is_wrapped(text, blocks[-1], line):
            blocks[-1] = (blocks[-1][0], line[1])
        else:
            blocks.append(line)
    return tuple(blocks)


def _find_lines(text: str) -> Iterator[Span]:
    for match in _LINE.finditer(text):
        yield from _strip(text, match.start(), match.end())


def _strip(text: str, start: int, stop: int) -> Iterator[Span]:
    line = text[start:stop]
    if line.strip():
        yield start + len(line) - len(line.lstrip()), stop - (len(line) - len(line.rstrip()))


def _is_wrapped(text: str, block: Span, line: Span) -> bool:
    gap = text[block[1] : line[0]].strip(" \u00a0")
    if gap not in ("\n", "\r\n", "\r") or _BULLET.match(text, *line):
        return False
    last = text[max(block[0], block[1] - _SHORT_LINE) : block[1]]
    if text[line[0]].islower():
        return True
    if _TERMINAL.search(last) and not _ABBREVIATED.search(last):
        return False
    return len(re.split(r"[\r\n]", last)[-1]) >= _SHORT_LINE


def _split_block(text: str, start: int, stop: int) -> Iterator[Span]:
    while stop - start > _LONGEST_BLOCK:
        match = _CUT.match(text, start, start + _LONGEST_BLOCK)
        cut = match.end() if match else start + _LONGEST_BLOCK
        yield from _split(text, start, cut)
        start = cut
    yield from _split(text, start, stop)


def _split(text: str, start: int, stop: int) -> Iterator[Span]:
    for first, last in _split_by_razdel(text, start, stop):
        at = first
        for match in _YEAR_END.finditer(text, first, last):
            yield from _strip(text, at, match.end())
            at = match.end()
        yield from _strip(text, at, last)


def _split_by_razdel(text: str, start: int, stop: int) -> Iterator[Span]:
    if not _BOUNDARY.search(text, start, stop):
        yield start, stop
        return
    from razdel import sentenize

    for sentence in sentenize(text[start:stop]):
        yield start + sentence.start, start + sentence.stop
