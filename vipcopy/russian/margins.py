"""The right margin that a text was wrapped at: told from the line breaks that stand inside sentences.

A break that only wraps says two things of the margin: the line reaches no further, and the next word had no room. The
breaks of one wrapping agree on a margin; those of a poster, whose lines end where somebody liked, do not.
"""

from __future__ import annotations

from collections.abc import Iterable

from vipcopy.records import NamedTuple

_NARROWEST = 30  # characters; shorter lines were ended on purpose
_MOST_ASTRAY = 4  # one break in so many may have been moved by hand
_MARKS = 2  # columns that the marks of a quotation took before they were left out


class Reach(NamedTuple):
    """What a break says of the margin: where the line ends, and where it would with the next word."""

    short: int
    long: int


class Margin(NamedTuple):
    """The columns from the least to the most that the margin may be."""

    least: int
    most: int

    def wraps(self, reach: Reach) -> bool:
        """Whether the break may be one of this wrapping: the line is not longer, and the next word had no room.

        >>> Margin(70, 72).wraps(Reach(68, 75)), Margin(70, 72).wraps(Reach(40, 49))
        (True, False)
        """
        return reach.short <= self.most and reach.long > self.least - _MARKS


def find_margin(reaches: Iterable[Reach]) -> Margin | None:
    """The margin that the breaks agree on; nothing where they don't. Lines too short for any margin don't count.

    A quoted line was wrapped as if it were longer: the margin may be that much wider than it says.

    >>> find_margin([Reach(68, 75), Reach(70, 78), Reach(66, 73)])
    Margin(least=70, most=74)
    >>> find_margin([Reach(31, 36), Reach(50, 57), Reach(70, 77)])

    Where as many breaks speak for one margin as for another, it may be any between them.

    >>> find_margin([Reach(35, 41), Reach(43, 46), *[Reach(38, 48)] * 3])
    Margin(least=38, most=47)
    """
    wide = [reach for reach in reaches if reach.long > _NARROWEST]  # not «Анна Крылова ⏎ управляющая»
    edges = sorted(edge for reach in wide for edge in ((reach.short, 1), (reach.long + _MARKS, -1)))
    agreeing = most_agreeing = 0
    found = Margin(0, 0)
    for at, (column, step) in enumerate(edges):
        agreeing += step
        if step > 0 and agreeing >= most_agreeing:
            least = found.least if agreeing == most_agreeing else column
            most_agreeing, found = agreeing, Margin(least, edges[at + 1][0] - 1)
    astray = len(wide) - most_agreeing
    return found if wide and astray * _MOST_ASTRAY <= most_agreeing else None
