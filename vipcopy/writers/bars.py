"""The nine guidelines as rows: the number first, for those who listen, then a bar for those who look."""

from __future__ import annotations

from collections.abc import Iterator

from vipcopy.scoring.guidelines import GUIDELINES
from vipcopy.scoring.scorecard import GuidelineScore, Score
from vipcopy.writers.style import GREEN, RED, YELLOW, Style
from vipcopy.writers.wording import write_points

_CELLS = 10
_TITLE_WIDTH = max(map(len, GUIDELINES.values()))


def write_bars(score: Score, style: Style) -> Iterator[str]:
    """A row for each guideline."""
    return (write_bar(row, style) for row in score.guidelines)


def write_bar(row: GuidelineScore, style: Style) -> str:
    """One guideline: «6 Без запугивания 0,31 ███░░░░░░░», or «н/д» where nothing could be judged."""
    title = f"{row.number} {row.title:{_TITLE_WIDTH}}"
    if not row.max:
        return f"{title}  н/д"
    full = row.points * _CELLS // row.max
    colour = GREEN if full >= 8 else YELLOW if full >= 5 else RED
    return f"{title}  {write_points(row.points)}  {style.paint('█' * full + '░' * (_CELLS - full), colour)}"
