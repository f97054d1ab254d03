"""Sentences and hits are the same whether there are a few, which are kept, or thousands, which are numbers."""

from __future__ import annotations

import pytest

from vipcopy.crowd import Crowd
from vipcopy.model import Hit
from vipcopy.russian.series import Series

COUNTS = [0, 3, 5_000]


@pytest.mark.parametrize("count", COUNTS)
def test_hits_come_back_as_they_went_in(count: int) -> None:
    hits = [Hit(f"rule/{at % 7}", count - at // 2, count + 3) for at in range(count)]
    crowd = Crowd(hits)
    assert (list(crowd), len(crowd), crowd[1:3]) == (hits, count, tuple(hits[1:3]))
    assert list(crowd.sort()) == sorted(hits, key=lambda hit: (hit.start, hit.stop, hit.rule))


@pytest.mark.parametrize("count", COUNTS)
def test_sentences_stand_where_they_stood_and_know_their_regions(count: int) -> None:
    spans = [(5 * at, 5 * at + 4) for at in range(count)]
    kinds = [frozenset({"quote"} if at % 3 else {"list", "closing"}) for at in range(count)]
    series = Series("Да! \n" * count, spans)
    words = [[token.norm for token in sentence.tokens] for sentence in series]
    series.mark(kinds)
    assert [(each.start, each.stop) for each in series] == spans
    assert [each.regions for each in series] == kinds
    assert words == [["да", "!"]] * count
    assert series[1:3] == tuple(series)[1:3]
