"""Blocks: paragraphs, headings, list items and cells, told from lines that are only wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from vipcopy.russian.tokens import PICTURES

Span = tuple[int, int]

_LINE = re.compile(r"[^\n\r\t\v\f\u001c-\u001e\u0085\u2028\u2029]+")
_BULLET = re.compile(
    rf"""
    [•·∙▪▫●○■□◆◇‣◦⁃✓✔→»*+-]\s
  | [–—]\s
  | \(?\d{{1,3}}(?:\.\d{{1,3}})*[.)]\s
  | \(?[а-яёa-z]\)\s
  | (?:[{PICTURES}]|[0-9\#*]\ufe0f?\u20e3)
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s")
_PICTURES_AT_END = re.compile(rf"[{PICTURES}\ufe0f]+[.!?…,;:»)]")
_WORDS = re.compile(r"[^\W\d_]")
_SMALL_AFTER_DASH = re.compile(r"[–—]\s+[а-яё]")
_INTRODUCES = re.compile(r"[.!?:;]$")
_SPOKEN = re.compile(r"[,»”\"]$")
_TERMINAL = re.compile(r"[.!?…][\"'»“”)\]]*$")
_ABBREVIATED = re.compile(
    r"(?<![^\W_])(?:[А-ЯЁA-Z]|гг?|ул|пр|просп|пер|им|т|д|к|е|св|стр?|ст|п|пп|рис|табл|см|тел|оф|кв|корп|тыс|руб|др|н)\.$"
)
_FIRST_WORD = re.compile(r"\S{1,40}")
_SHORT_LINE = 45  # characters; a line that ends so early was ended on purpose
_NARROWEST_COLUMN = 30
_DEEPEST_INDENT = 40
_TAIL = 20  # characters that show how a line ends


@lru_cache(maxsize=4)  # several kinds of rules ask about the same text
def find_blocks(text: str) -> tuple[Span, ...]:
    """Paragraphs, headings, list items and cells as (start, stop); lines that are only wrapped stay together."""
    blocks: list[Span] = []
    for lines in _find_groups(text):
        blocks.append(lines[0])
        width = max(stop - start for start, stop in lines)
        narrow = _is_narrow_column(text, lines, width)
        for line, following in pairwise(lines):
            full = _is_full(text, line, following, width)
            goes_on = full and (narrow or line[1] - line[0] >= _SHORT_LINE or not _WORDS.search(text, *following))
            if _is_wrapped(text, blocks[-1], following, full=full) or (
                (goes_on or _hangs(text, blocks[-1], following)) and not _ends_block(text, blocks[-1], following)
            ):
                blocks[-1] = (blocks[-1][0], following[1])
            else:
                blocks.append(following)
    return tuple(blocks)


def has_bullet(text: str, start: int, stop: int) -> bool:
    """Whether a bullet, a dash, a number or an emoji stands at `start` as before a list item."""
    return _BULLET.match(text, start, stop) is not None


def strip(text: str, start: int, stop: int) -> Iterator[Span]:
    """The span without white space at its ends; nothing when nothing is left."""
    line = text[start:stop]
    if line and not line.isspace():
        yield start + len(line) - len(line.lstrip()), stop - (len(line) - len(line.rstrip()))


def _find_groups(text: str) -> Iterator[list[Span]]:
    """Lines with nothing but one line break between them."""
    group: list[Span] = []
    for line in (span for match in _LINE.finditer(text) for span in strip(text, match.start(), match.end())):
        if group and text[group[-1][1] : line[0]].strip(" \u00a0") not in ("\n", "\r\n", "\r"):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_wrapped(text: str, block: Span, line: Span, *, full: bool) -> bool:
    """Whether the line goes on in the middle of a sentence, by its small letter."""
    tail = text[max(block[0], block[1] - _TAIL) : block[1]]
    if _SMALL_AFTER_DASH.match(text, *line):  # «Приходите!» ⏎ — сказала она
        return _SPOKEN.search(tail) is not None or (
            full and not _INTRODUCES.search(tail) and not has_bullet(text, *block)
        )
    if not text[line[0]].islower() or has_bullet(text, *line):
        return False
    return full or not _ends(tail)


def _hangs(text: str, block: Span, line: Span) -> bool:
    """Whether the line stands under the words of the item above, and not under its bullet."""
    return has_bullet(text, *block) and _indent(text, line) > _indent(text, block)


def _indent(text: str, line: Span) -> int:
    before = text[max(0, line[0] - _DEEPEST_INDENT) : line[0]]
    return len(before) - len(before.rstrip(" \t"))


def _begins_item(text: str, block: Span, line: Span) -> bool:
    """Whether a line that might go on with the block is an item of its own: not «…кабинет ⏎ 137. Машина…»."""
    if not has_bullet(text, *line):
        return False
    number, before = _NUMBER.match(text, *line), _NUMBER.match(text, *block)
    if number:
        return int(number[1]) in (1, int(before[1]) + 1 if before else 1)
    return _WORDS.search(text, *line) is not None and not _PICTURES_AT_END.match(text, *line)


def _ends_block(text: str, block: Span, line: Span) -> bool:
    return _begins_item(text, block, line) or _ends(text[max(block[0], block[1] - _TAIL) : block[1]])


def _ends(tail: str) -> bool:
    return _TERMINAL.search(tail) is not None and not _ABBREVIATED.search(tail)


def _is_narrow_column(text: str, lines: Sequence[Span], width: int) -> bool:
    """«…текст, набранный ⏎ узкой колонкой»: three lines or more, none of which had room for the next word."""
    return (
        len(lines) > 2
        and width >= _NARROWEST_COLUMN
        and all(_is_full(text, line, following, width) for line, following in pairwise(lines))
    )


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the next line had no room on this one."""
    word = _FIRST_WORD.match(text, *following)
    return word is not None and line[1] - line[0] + 1 + len(word[0]) > width
