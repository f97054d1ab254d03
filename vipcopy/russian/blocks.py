"""Blocks: paragraphs, headings, list items and cells, told from lines that are only wrapped.

Where the breaks inside sentences show the margin that a text was wrapped at, that margin tells every break of it:
«…с утра. ⏎ Машина…» is one paragraph if «Машина» had no room. Where nothing shows a margin, the lines of a menu are
what they look like; of a text with one break that may be of either kind, the word behind it tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple
from vipcopy.russian.dictionary import readings
from vipcopy.russian.margins import Margin, Reach, find_margin
from vipcopy.russian.norms import norm
from vipcopy.russian.tabs import Span, find_lines
from vipcopy.russian.tokens import PICTURES

_BULLET = compile_later(
    rf"""
    [•·∙▪▫●○■□◆◇‣◦⁃✓✔→»*+-]\s
  | [–—]\s
  | \(?\d{{1,3}}(?:\.\d{{1,3}})*[.)]\s
  | \(?[а-яёa-z]\)\s
  | (?:[{PICTURES}]|[0-9\#*]\ufe0f?\u20e3)
    """,
    re.VERBOSE,
)
_NUMBER = compile_later(r"\(?(\d{1,3})[.)]\s")
_PICTURES_AT_END = compile_later(rf"[{PICTURES}\ufe0f]+[.!?…,;:»)]")
_WORDS = compile_later(r"[^\W\d_]")
_CAPITALISED = compile_later(r"[А-ЯЁ]+(?!\.)[а-яё]*(?![\w-])")  # «Анна», «ПРЕДЛОЖЕНИЕ», but not «А. Петров»
_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"})
_YOU = frozenset({"NPRO", "2per"})
_ADDRESS = compile_later(r"[a-z][\w-]*(?:[.+-]\w+)*(?:@|\.[a-z]{2}|://)")  # «boutique@example.ru», «vip.ru»
_SMALL_AFTER_DASH = compile_later(r"[–—]\s+[а-яё]")
_INTRODUCES = compile_later(r"[.!?:;]$")
_SPOKEN = compile_later(r"[,»”\"]$")
_TERMINAL = compile_later(r"[.!?…][\"'»“”)\]]*$")
_ABBREVIATED = compile_later(
    r"""
    (?<![^\W_])
    (?: [А-ЯЁA-Z] | гг? | ул | пр | просп | пер | им | т | д | к | е | св | стр? | ст | п | пп | рис | табл | см | тел
      | оф | кв | корп | тыс | руб | др | н ) \. $
    """,
    re.VERBOSE,
)
_FIRST_WORD = compile_later(r"[^ \t\r\n]{1,40}")  # «12 марта» with a space that does not break is one
_SHORT_LINE = 45  # characters; a line that ends so early was ended on purpose
_DEEPEST_INDENT = 40
_TAIL = 20  # characters that show how a line ends


def find_blocks(text: str) -> tuple[Span, ...]:
    """Paragraphs, headings, list items and cells as (start, stop); lines that are only wrapped stay together."""
    groups = [(lines, [_reach(text, *pair) for pair in pairwise(lines)]) for lines in _find_groups(text)]
    told = [tuple(_find_sure(text, *group)) for group in groups]
    general = find_margin(chain.from_iterable(told)) if any(told) else _guess_margin(text, groups)
    blocks: list[Span] = []
    for (lines, reaches), sure in zip(groups, told, strict=True):
        blocks.append(lines[0])
        if not reaches:
            continue
        margin = find_margin(sure) if sure else general
        if margin and not _is_kept(text, lines, reaches, margin):
            margin = None
        layout = _build_layout(text, lines, reaches, margin)
        for line, following, reach in zip(lines, lines[1:], reaches, strict=False):
            if layout.goes_on(blocks[-1], line, following, full=margin is not None and margin.wraps(reach)):
                blocks[-1] = (blocks[-1][0], following[1])
            else:
                blocks.append(following)
    return tuple(blocks)


def has_bullet(text: str, start: int, stop: int) -> bool:
    """Whether a bullet, a dash, a number or an emoji stands at `start` as before a list item."""
    return _BULLET.match(text, start, stop) is not None


def _find_groups(text: str) -> Iterator[list[Span]]:
    """Lines with nothing but one line break between them."""
    group: list[Span] = []
    for line in find_lines(text):
        if group and text[group[-1][1] : line[0]].strip(" \u00a0") not in ("\n", "\r\n", "\r"):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_wrapped(text: str, block: Span, line: Span, *, full: bool) -> bool:
    """Whether the line goes on in the middle of a sentence, by its small letter."""
    tail = _tail(text, block)
    if _SMALL_AFTER_DASH.match(text, *line):  # «Приходите!» ⏎ — сказала она
        return _SPOKEN.search(tail) is not None or (
            full and not _INTRODUCES.search(tail) and not has_bullet(text, *block)
        )
    if not _begins_small(text, line):
        return False
    return full or not _ends(tail)


def _begins_small(text: str, line: Span) -> bool:
    """Whether a small letter shows that the line goes on: neither «а) Вилла» nor «boutique@example.ru»."""
    return text[line[0]].islower() and not has_bullet(text, *line) and not _ADDRESS.match(text, *line)


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


def _tail(text: str, line: Span) -> str:
    return text[max(line[0], line[1] - _TAIL) : line[1]]


def _ends(tail: str) -> bool:
    return _TERMINAL.search(tail) is not None and not _ABBREVIATED.search(tail)


class Layout(NamedTuple):
    """Lines with one line break between them, and what tells which of the breaks only wrap."""

    text: str
    items: frozenset[str]  # the bullets that begin items; others stand at the head of a line by chance

    def goes_on(self, block: Span, line: Span, following: Span, *, full: bool) -> bool:
        """Whether the block, of which `line` is the last, goes on in the line that follows."""
        if _is_wrapped(self.text, block, following, full=full):
            return True
        if full:
            return self._is_of_paragraph(block, line, following)
        return not _ends_block(self.text, block, following) and _hangs(self.text, block, following)

    def _is_of_paragraph(self, block: Span, line: Span, following: Span) -> bool:
        """Whether a line behind a full one is neither an item nor the indented beginning of a paragraph."""
        if _bullet(self.text, following) in self.items:
            return False
        return _indent(self.text, following) <= _indent(self.text, line) or _hangs(self.text, block, following)


def _ends_block(text: str, block: Span, following: Span) -> bool:
    return _begins_item(text, block, following) or _ends(_tail(text, block))


def _build_layout(text: str, lines: Sequence[Span], reaches: Sequence[Reach], margin: Margin | None) -> Layout:
    items = frozenset(filter(None, _find_items(text, lines, reaches, margin))) if margin else frozenset[str]()
    return Layout(text, items)


def _guess_margin(text: str, groups: Sequence[tuple[Sequence[Span], Sequence[Reach]]]) -> Margin | None:
    """The margin of a text that breaks before no small letter, if most of its breaks inside sentences agree on one."""
    found = chain.from_iterable(_find_open(text, *group) for group in groups)
    opened = [each for each in found if text[each[0][1] - 1] not in ":;"]  # there a list begins or goes on
    likely = [reach for line, following, reach in opened if _may_wrap(text, line, following)]
    margin = find_margin(likely) if 2 * len(likely) > len(opened) else None
    return margin if margin and 2 * sum(map(margin.wraps, likely)) > len(opened) else None


def _find_open(text: str, lines: Sequence[Span], reaches: Sequence[Reach]) -> Iterator[tuple[Span, Span, Reach]]:
    """The breaks with neither the end of a sentence before them nor an item behind."""
    for line, following, reach in zip(lines, lines[1:], reaches, strict=False):
        if not _ends_block(text, line, following):
            yield line, following, reach


def _may_wrap(text: str, line: Span, following: Span) -> bool:
    """Whether the break may stand inside a sentence, though no small letter is behind it."""
    is_long = _column(text, line) >= _SHORT_LINE
    return is_long and not _opens(text, following)


def _opens(text: str, line: Span) -> bool:
    """Whether only the beginning of a sentence explains a capital: no name is written so, nor «Вам»."""
    word = _CAPITALISED.match(text, *line)
    known = readings(norm(word[0])) if word else ()
    return bool(known) and not any(reading.grams & _NAMES or reading.grams >= _YOU for reading in known)


def _find_sure(text: str, lines: Sequence[Span], reaches: Sequence[Reach]) -> Iterator[Reach]:
    """What the breaks that stand inside sentences, before a small letter, say of the margin."""
    for line, following, reach in zip(lines, lines[1:], reaches, strict=False):
        if _begins_small(text, following):
            tail = _tail(text, line)
            if not _ends(tail) and not _INTRODUCES.search(tail):
                yield reach


def _is_kept(text: str, lines: Sequence[Span], reaches: Sequence[Reach], margin: Margin) -> bool:
    """Whether half of the breaks inside sentences may be of this wrapping: a list of offers is no column."""
    told = [margin.wraps(reach) for *_, reach in _find_open(text, lines, reaches)]
    return 2 * sum(told) >= len(told)


def _find_items(text: str, lines: Sequence[Span], reaches: Sequence[Reach], margin: Margin) -> Iterator[str]:
    """The bullets of the first line and of lines behind a break that was made on purpose."""
    yield _bullet(text, lines[0])
    for line, following, reach in zip(lines, lines[1:], reaches, strict=False):
        if text[line[1] - 1] in ":;" or not margin.wraps(reach):
            yield _bullet(text, following)


def _bullet(text: str, line: Span) -> str:
    """What the line begins with: one sign for all numbers; nothing, which is no bullet, where it is a word."""
    found = _BULLET.match(text, *line)
    return "" if not found else "1" if found[0].strip("( ")[0].isdecimal() else found[0][0]


def _reach(text: str, line: Span, following: Span) -> Reach:
    word = _FIRST_WORD.match(text, *following)
    column = _column(text, line)
    return Reach(column, column + 1 + (len(word[0]) if word else 1))


def _column(text: str, line: Span) -> int:
    """Where the line ends, its indent counted."""
    return line[1] - line[0] + _indent(text, line)
