"""Sentences and hits are the same whether there are a few, which are kept, or thousands, which are numbers."""

from __future__ import annotations

from time import perf_counter

import pytest

from vipcopy.checking.hit_columns import HitColumns
from vipcopy.checking.hits import settle
from vipcopy.model import Hit, Origin, Prose, Rule, Severity
from vipcopy.russian.lazy_sentences import LazySentences

COUNTS = [0, 3, 5_000]


@pytest.mark.parametrize("count", COUNTS)
def test_hits_come_back_as_they_went_in(count: int) -> None:
    hits = [Hit(f"rule/{at % 7}", count - at // 2, count + 3) for at in range(count)]
    columns = HitColumns(hits)
    assert (list(columns), len(columns), columns[1:3]) == (hits, count, tuple(hits[1:3]))
    assert list(columns.sort()) == sorted(hits, key=lambda hit: (hit.start, hit.stop, hit.rule))


@pytest.mark.parametrize("count", COUNTS)
def test_sentences_stand_where_they_stood_and_know_their_regions(count: int) -> None:
    spans = [(5 * at, 5 * at + 4) for at in range(count)]
    kinds = [frozenset({"quote"} if at % 3 else {"list", "closing"}) for at in range(count)]
    sentences = LazySentences("Да! \n" * count, spans)
    words = [[token.norm for token in sentence.tokens] for sentence in sentences]
    sentences.mark(kinds)
    assert [(each.start, each.stop) for each in sentences] == spans
    assert [each.regions for each in sentences] == kinds
    assert words == [["да", "!"]] * count
    assert sentences[1:3] == tuple(sentences)[1:3]


def test_very_many_hits_in_a_long_one_are_settled_in_time() -> None:
    rule = Rule("a/b", "a", 1, Severity.ERROR, -1, "", "", "phrase", Origin("", 1, 1))
    text = "а" * 4_000_000
    hits = [Hit("a/b", 0, len(text)), *(Hit("a/b", at, at + 1) for at in range(0, len(text), 100))]
    start = perf_counter()
    assert list(settle(hits, {"a/b": rule}, Prose(text, ()))) == hits[:1]
    assert perf_counter() - start < 5  # it takes a tenth of a second; to measure the long one each time, half a minute
