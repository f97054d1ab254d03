"""The terms of trades that write for their own readers: a leaflet, a vacancy, a recipe, the rules of a hall.

`trades.json` has them as beginnings of words and as the forms of a word; in whatever forms a term stands, it counts
once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from vipcopy.records import NamedTuple
from vipcopy.storage.data_files import read_beside

Term = tuple[str, str]  # a trade, and the term as it is written in the list


class _Terms(NamedTuple):
    """The terms by what they begin with and by their forms; how long the beginnings are."""

    beginnings: Mapping[str, Sequence[Term]]
    forms: Mapping[str, Sequence[Term]]
    lengths: Sequence[int]


def count_terms(words: Collection[str]) -> int:
    """Of how many different terms of one trade these words are, of the trade that has most; they are norms.

    >>> count_terms({"таблетки", "таблеток", "доза", "тошноту"}), count_terms({"часы", "готовы"})
    (3, 0)
    """
    met = set(chain.from_iterable(map(_find_terms, words)))
    return max(Counter(trade for trade, _ in met).values(), default=0)


def _find_terms(word: str) -> Iterator[Term]:
    terms = _read_terms()
    yield from terms.forms.get(word, ())
    for length in terms.lengths:
        yield from terms.beginnings.get(word[:length], ())


def read_trades() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The lists of each trade: beginnings, and the forms of words, those of a word together."""
    trades: Mapping[str, Mapping[str, Sequence[str]]]
    trades = json.loads(read_beside(__file__, "trades.json"))
    return trades


@cache
def _read_terms() -> _Terms:
    beginnings: dict[str, list[Term]] = {}
    forms: dict[str, list[Term]] = {}
    for trade, lists in read_trades().items():
        for beginning in lists["beginnings"]:
            beginnings.setdefault(beginning, []).append((trade, beginning))
        for word in lists["words"]:
            for form in word.split():
                forms.setdefault(form, []).append((trade, word))
    return _Terms(beginnings, forms, sorted(set(map(len, beginnings))))
