"""Lines of a text: a tab parts the cells of a table, but neither a bullet from its words nor a sentence in prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from vipcopy.patterns import compile_later

Span = tuple[int, int]
Row = tuple[Span, ...]

_LINE = compile_later(r"[^\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]+")
_CELL = compile_later(r"[^\t]+")
_WORD = compile_later(r"[^\W\d_]+")
_BULLET = compile_later(r"[•·∙▪▫●○■□◆◇‣◦⁃✓✔→»*+–—-]|\(?\d{1,3}(?:\.\d{1,3})*[.)]|\(?[а-яёa-z]\)")
_ENDED = compile_later(r"[.!?…:;][\"'»“”)\]]*\Z")
_FEWEST_WORDS = 3  # that stand before a tab in prose: «Цена» of «Цена ⇥ по запросу» is a cell
_BREAKS = frozenset({"\n", "\r\n", "\r"})


def find_lines(text: str) -> Iterator[Span]:
    """Lines, and of the rows of a table the cells, without the white space at their ends."""
    lines = (span for match in _LINE.finditer(text) for span in strip(text, *match.span()))
    if "\t" not in text:
        yield from lines
        return
    rows = (tuple(_find_cells(text, *line)) for line in lines)
    above: Row = ()
    for row, below in pairwise(chain(rows, [()])):
        first, *others = row
        is_prose = not (_is_table(text, above, row) or _is_table(text, row, below)) and _is_prose(text, first, others)
        if others and (is_prose or is_bullet(text, *first)):
            yield first[0], others[0][1]
            yield from others[1:]
        else:
            yield from row
        above = row


def strip(text: str, start: int, stop: int) -> Iterator[Span]:
    """The span without white space at its ends; nothing when nothing is left."""
    line = text[start:stop]
    if line and not line.isspace():
        yield start + len(line) - len(line.lstrip()), stop - (len(line) - len(line.rstrip()))


def is_bullet(text: str, start: int, stop: int) -> bool:
    """Whether nothing but the bullet or the number of an item stands there."""
    return _BULLET.fullmatch(text, start, stop) is not None


def _find_cells(text: str, start: int, stop: int) -> Iterator[Span]:
    return (span for match in _CELL.finditer(text, start, stop) for span in strip(text, *match.span()))


def _is_table(text: str, row: Row, following: Row) -> bool:
    """Whether two rows of cells stand one under the other."""
    if len(row) < 2 or len(following) < 2:
        return False
    return text[row[-1][1] : following[0][0]].strip(" \u00a0\t") in _BREAKS


def _is_prose(text: str, left: Span, others: Sequence[Span]) -> bool:
    """Whether a sentence goes on behind the only tab: «Мы ждём Вас в четверг», not «Цена» and «по запросу»."""
    if len(others) != 1 or not text[others[0][0]].islower() or _ENDED.search(text, *left):
        return False
    return len(_WORD.findall(text, *left)) >= _FEWEST_WORDS
