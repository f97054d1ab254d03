"""What the layout shows: headings, list items, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from vipcopy.model import Region

Span = tuple[int, int]

_LONGEST_HEADING = 80
_FRAGMENT_END = re.compile(r"[.…:;,](?:[\"'»“”)\]]|\W)*$")
_TEXT_END = re.compile(r"[.!?…:;](?:[\"'»“”)\]]|\W)*$")
_BULLET = re.compile(r"[•·▪▫●○■□‣◦⁃✓✔→*+–—-]\s|\(?\d{1,3}[.)]\s|\(?[а-яёa-z]\)\s")
_NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s")
_REPLY = re.compile(r"[,.!?…]\s+[—–]\s+[а-яё]")  # — Дорого? — спросил он.
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_CELLS = re.compile(r"\S.*\t+\s*\S|^\s*\|.*\||\S\s+\|\s+\S")
_LABELLED = re.compile(r"\s*[^\W\d_][^:.!?\n]{1,38}:\s+\S[^\n]{0,58}(?<![!?,;:])\s*")
_FEWEST_ROWS = 2
_STRUCTURE = frozenset(
    {"heading", "list", "table", "button", "subject", "preheader", "greeting", "signature", "footer"}
)


def find_headings(text: str, blocks: Sequence[Span], regions: Sequence[Region]) -> Iterator[Region]:
    """Short lines that stand as blocks of their own before text and don't end as sentences do."""
    taken = [region for region in regions if region.kind in _STRUCTURE]
    text_follows = False
    for at in reversed(range(len(blocks))):
        start, stop = blocks[at]
        following = text[slice(*blocks[at + 1])] if at + 1 < len(blocks) else ""
        if not _may_head(text[start:stop], following):
            text_follows = text_follows or _is_text(text[start:stop])
        elif text_follows and not any(region.start < stop and start < region.stop for region in taken):
            yield Region("heading", start, stop)


def find_lists(text: str, blocks: Sequence[Span]) -> Iterator[Region]:
    """Blocks that begin with a bullet, a dash or a number; where dashes begin replies of a talk they are quotes."""
    for run in _find_runs(text, blocks):
        kind = "quote" if any(_is_reply(text[start:stop]) for start, stop in run) else "list"
        if len(run) == 1 and _NUMBERED.match(text, *run[0]):
            continue  # «3. Цена и порядок расчётов» is a heading
        for start, stop in run:
            yield Region(kind, start, stop)


def _find_runs(text: str, blocks: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    for is_item, run in groupby(blocks, lambda block: _BULLET.match(text, *block) is not None):
        if is_item:
            yield tuple(run)


def _is_reply(block: str) -> bool:
    return block[0] in "—–" and (_REPLY.search(block) is not None or block.rstrip(' »"').endswith("?"))


def find_tables(text: str) -> Iterator[Region]:
    """Runs of lines that hold cells (tabs, bars) or a label with its value."""
    rows: list[re.Match[str]] = []
    for line in _LINE.finditer(text):
        if _CELLS.search(line[0]) or _LABELLED.fullmatch(line[0]):
            rows.append(line)
            continue
        yield from _read_table(rows)
        rows = []
    yield from _read_table(rows)


def _read_table(rows: Sequence[re.Match[str]]) -> Iterator[Region]:
    if len(rows) >= _FEWEST_ROWS:
        yield Region("table", rows[0].start(), rows[-1].end())


def _may_head(block: str, following: str) -> bool:
    if len(block) > _LONGEST_HEADING or _FRAGMENT_END.search(block) or not any(map(str.isalpha, block)):
        return False
    if _NUMBERED.match(block):
        return not _NUMBERED.match(following)
    return not _BULLET.match(block) and not block[0].islower()


def _is_text(block: str) -> bool:
    return len(block) > _LONGEST_HEADING or _TEXT_END.search(block) is not None
