"""What the layout shows: headings, list items, replies of a talk, tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from vipcopy.model import Region
from vipcopy.patterns import compile_later
from vipcopy.regions.signs import find_written, names_head
from vipcopy.regions.voice import hear
from vipcopy.russian import find_tokens, has_bullet, is_bullet

Span = tuple[int, int]

_LONGEST_HEADING = 80
_DASHES = frozenset("—–")
_FRAGMENT_END = compile_later(r"[.…:;,]\W*\Z")
_TEXT_END = compile_later(r"[.!?…:;]\W*\Z")
_TAIL = 8  # characters that show how a block ends
_NUMBERED = compile_later(r"\(?\d{1,3}[.)]\s")
_REPLY = compile_later(  # — Дорого? — спросил он. — Едем, — Пётр встал.
    r"""
    [,!?…] \s+ [—–] \s+ [^\W\d_]
  | \. \s+ [—–] \s+ [а-яё]
    """,
    re.VERBOSE,
)
_LINE = compile_later(r"[^\r\n]+")
_LABELLED = compile_later(  # Когда: 12 мая
    r"""
    \s* [^\W\d_] [^:.!?\n]{1,38} :
    \s+ \S [^\n]{0,58} (?<![!?,;:]) \s*
    """,
    re.VERBOSE,
)
_PRICED = compile_later(
    r"""
    [^\W_] [^\n,.!?]{1,32} \s
    \d[\d\s]* (?: \d{3} | ₽ | руб\.? | р\. | € | \$ )
    (?: \s? (?: ₽ | руб\.? | р\. | € | \$ ) )?
    """,
    re.VERBOSE,
)  # Мойка 3 500 ₽
_FEWEST_SALES = 4  # different words of a seller in what is answered
_LEAST_SALES = 0.025  # of all words
_FEWEST_ROWS = 2
_LONGEST_ROW = 100
_LONGEST_RUN = 2  # headings one under the other; more of them are the lines of a poster
_STRUCTURE = frozenset(
    {"heading", "list", "table", "quote", "button", "subject", "preheader", "greeting", "signature", "footer"}
    | {"description", "alt", "tooltip", "hint"}
)


def find_headings(text: str, blocks: Sequence[Span], regions: Sequence[Region]) -> Iterator[Region]:
    """Short lines that stand as blocks of their own before text and don't end as sentences do."""
    taken = _Taken(region for region in regions if region.kind in _STRUCTURE)
    listed = _Taken(region for region in regions if region.kind in ("list", "table"))
    run: list[Span] = []
    for block, following in pairwise((*blocks, (len(text), len(text)))):
        if _may_head(text, block, following) and not taken.overlaps(block):
            run.append(block)
            continue
        if _is_text(text, *block) or listed.overlaps(block):
            yield from (Region("heading", *head) for head in run if _stands_out(text, head, run, blocks[0]))
        run = []


class _Taken:
    """Regions that already say what a block is; asked by bisection, since a page may have thousands."""

    def __init__(self, regions: Iterable[Region]) -> None:
        spans = [(region.start, region.stop) for region in regions]
        self._starts = sorted(start for start, _ in spans)
        self._stops = sorted(stop for _, stop in spans)

    def overlaps(self, block: Span) -> bool:
        start, stop = block
        return bisect_left(self._starts, stop) != bisect_left(self._stops, start + 1)


def _stands_out(text: str, head: Span, run: Sequence[Span], first: Span) -> bool:
    return len(run) <= _LONGEST_RUN or head == first or text[slice(*head)].isupper()


def find_lists(text: str, blocks: Sequence[Span]) -> Iterator[Region]:
    """Blocks that begin with a bullet, a dash or a number; where dashes begin replies of a talk they are quotes.

    What a script has its own people say, and what the head of a firm says of it, is no talk of others.
    """
    runs = tuple(_find_runs(text, blocks))
    asked = [_is_asked(text, run) and not _is_answered_to_reader(text, run) for run in runs]
    is_own = any(asked) and names_head(text)
    is_script = any(asked) and any(_directs(text, *block) for block in blocks)
    for run, is_talk in zip(runs, asked, strict=True):
        kind = "quote" if (is_talk and not (is_script or is_own)) or _is_told(text, run) else "list"
        asking = _find_asking(text, run) if is_talk and is_own else frozenset()
        for block in run:
            yield Region("quote" if block in asking else kind, *block)


def _find_runs(text: str, blocks: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Items that stand one under the other."""
    items = frozenset(
        block
        for block, following in pairwise((*blocks, (len(text), len(text))))
        if has_bullet(text, *block) and not _heads_section(text, block, following)
    )
    for is_item, grouped in groupby(blocks, items.__contains__):
        run = tuple(grouped)
        if is_item and (len(run) > 1 or text[run[0][0]] in "•—–-*"):
            yield run  # «3. Цена и порядок расчётов» alone is a heading


def find_tables(text: str) -> Iterator[Region]:
    """Runs of lines that hold cells (tabs, bars), a label with its value or a name with its price."""
    written = (line for line in _LINE.finditer(text) if not line[0].isspace())
    for is_row, lines in groupby(written, lambda line: _is_row(line[0])):
        rows = tuple(lines) if is_row else ()
        if len(rows) >= _FEWEST_ROWS:
            yield Region("table", rows[0].start(), rows[-1].end())


def _is_row(line: str) -> bool:
    written = line.strip()
    if "\t" in _behind_bullet(written) or "|" in written:
        return True
    return len(written) <= _LONGEST_ROW and (_LABELLED.fullmatch(written) or _PRICED.fullmatch(written)) is not None


def _behind_bullet(line: str) -> str:
    """The line without its bullet, which a word processor parts from the words by a tab."""
    bullet, _, words = line.partition("\t")
    return words if is_bullet(bullet, 0, len(bullet)) else line


def _heads_section(text: str, block: Span, following: Span) -> bool:
    """«3. Порядок расчётов» before «3.1. Цена…»."""
    number = _NUMBERED.match(text, *block)
    return number is not None and text.startswith(number[0].strip("() \u00a0"), following[0])


def _is_told(text: str, run: Sequence[Span]) -> bool:
    """Whether a narrator stands behind a reply."""
    return any(text[block[0]] in _DASHES and _REPLY.search(text, *block) for block in run)


def _is_asked(text: str, run: Sequence[Span]) -> bool:
    """Whether somebody answers a question; «— Устали?» alone asks the reader."""
    spoken = [block for block in run if text[block[0]] in _DASHES]
    return any(_asks(text, *block) for block in spoken[:-1])


def _find_asking(text: str, run: Sequence[Span]) -> frozenset[Span]:
    """What the one says who asks: every other reply from the first question on, and all questions."""
    first = next(at for at, block in enumerate(run) if _asks(text, *block))
    return frozenset((*run[first::2], *(block for block in run if _asks(text, *block))))


def _is_answered_to_reader(text: str, run: Sequence[Span]) -> bool:
    """Whether a firm answers what its clients may ask: it says «мы» and «Вы» and never «я», or it sells."""
    answers = [text[slice(*block)] for block in run if not _asks(text, *block)]
    voice = hear(map(find_tokens, answers))
    if not voice.mine and voice.ours > 0 < voice.calls:
        return True
    sold = {sign for answer in answers for sign in find_written("sale", answer)}
    return len(sold) >= max(_FEWEST_SALES, _LEAST_SALES * voice.words)


def _directs(text: str, start: int, stop: int) -> bool:
    """Whether the block is a heading or a direction of a script: «Сценарий звонка», «[если клиент молчит]»."""
    is_direction = stop - start <= _LONGEST_HEADING and text[start] not in _DASHES
    return is_direction and bool(find_written("script", text[start:stop]))


def _asks(text: str, start: int, stop: int) -> bool:
    return text[max(start, stop - _TAIL) : stop].rstrip(" »\"'")[-1:] == "?"


def _may_head(text: str, block: Span, following: Span) -> bool:
    start, stop = block
    if stop - start > _LONGEST_HEADING or _FRAGMENT_END.search(text, max(start, stop - _TAIL), stop):
        return False
    if not any(map(str.isalpha, text[start:stop])):
        return False
    if _NUMBERED.match(text, start, stop):
        return not _NUMBERED.match(text, *following)
    return not text[start].islower()


def _is_text(text: str, start: int, stop: int) -> bool:
    return stop - start > _LONGEST_HEADING or _TEXT_END.search(text, max(start, stop - _TAIL), stop) is not None
