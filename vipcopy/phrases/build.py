"""Phrases compiled: trees to programs behind one prefilter. Runs where no compiled rules are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vipcopy.lazy import LazySequence
from vipcopy.model import Source
from vipcopy.phrases.anchors import Anchor, build_cost, find_keys, sort_anchor_sets
from vipcopy.phrases.branches import Branch
from vipcopy.phrases.emission import build_program
from vipcopy.phrases.index import Index, Phrase
from vipcopy.phrases.lexicon import Lexicon
from vipcopy.phrases.prefilter_builder import build_prefilter_tables, keep_selective
from vipcopy.phrases.tree import Lists, PhraseContext, build_tree
from vipcopy.phrases.vocabulary import build_lexicon, forms_of


def build_index(phrases: Sequence[Branch], lexicon: Lexicon | None = None) -> Index:
    """The index of these phrases, numbered in order; without a lexicon, with one of their own."""
    cost = build_cost(phrases)
    sets = [keep_selective(sort_anchor_sets(phrase, cost)) for phrase in phrases]
    compiled = LazySequence(tuple(map(_build_phrase, phrases, sets)))
    return Index(compiled, build_prefilter_tables(phrases, sets, lexicon or build_lexicon(find_words(phrases))))


def _build_phrase(phrase: Branch, sets: Sequence[tuple[Anchor, ...]]) -> Phrase:
    rarest = sets[0] if sets else ()
    least = min((anchor.words[0] for anchor in rarest), default=0)
    most = max((anchor.before for anchor in rarest), default=0)
    return Phrase(build_program(phrase), least, most)


def find_words(phrases: Iterable[Branch]) -> Iterator[str]:
    """The words of the vocabulary that the phrases name."""
    return (key for phrase in phrases for key in find_keys(phrase))


def find_forms(sources: Iterable[Source], lists: Lists) -> frozenset[str]:
    """The norms of all words that these phrases name, in every form. Raises RuleError for a phrase that is none."""
    context = PhraseContext(lists)
    return frozenset(
        form for key in find_words(build_tree(source, context) for source in sources) for form in forms_of(key)
    )
