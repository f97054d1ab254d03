"""Phrases compiled: trees to programs behind one sieve. Runs where no compiled rules are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vipcopy.lazies import Lazies
from vipcopy.phrases.anchors import Anchor, build_cost, find_keys, sort_anchor_sets
from vipcopy.phrases.emission import Reach, build_program
from vipcopy.phrases.index import Index, Phrase, Trigger
from vipcopy.phrases.lexicon import Lexicon
from vipcopy.phrases.sifting import build_sieve
from vipcopy.phrases.tree import Branch
from vipcopy.phrases.vocabulary import build_lexicon
from vipcopy.phrases.words import WordTest, melt


def build_index(phrases: Sequence[Branch], lexicon: Lexicon | None = None) -> Index:
    """The index of these phrases, numbered in order; without a lexicon, with one of their own."""
    cost = build_cost(phrases)
    sets = [sort_anchor_sets(phrase, cost) for phrase in phrases]
    triggers = (tuple(_build_triggers(rarest)) for rarest, *_ in (each or [()] for each in sets))
    compiled = Lazies(tuple(map(Phrase, map(build_program, phrases), triggers)))
    return Index(compiled, build_sieve(phrases, sets, lexicon or build_lexicon(find_words(phrases))))


def _build_triggers(anchors: Sequence[Anchor]) -> Iterator[Trigger]:
    """The words that wake a phrase, those that stand alike in it tested together."""
    places: dict[Reach, list[WordTest]] = {}
    for test, before, (least, _) in anchors:
        places.setdefault((least, before), []).append(test)
    return (Trigger(test, *place) for place, tests in places.items() for test in melt(tests))


def find_words(phrases: Iterable[Branch]) -> Iterator[str]:
    """The words of the vocabulary that the phrases name."""
    return (key for phrase in phrases for key in find_keys(phrase))
