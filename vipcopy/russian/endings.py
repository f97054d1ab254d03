"""How the forms of words end: from the dictionary's own paradigms, which its guesses about unknown words follow too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from vipcopy.russian.dictionary import find_paradigms

_FEW = 2  # paradigms


@cache
def find_endings(wanted: frozenset[str], barred: frozenset[str]) -> frozenset[str]:
    """Endings of which each word form without a hyphen has one, if a reading of it has all the wanted grammemes and
    none of the barred: necessary, by no means sufficient. A handful of abbreviations is left out: «см.» is no verb."""
    found = Counter(
        ending for paradigm in find_paradigms() for ending, grams in paradigm if wanted <= grams and not barred & grams
    )
    if found[""] <= _FEW:
        del found[""]
    return _shortest(found)


@cache
def find_endings_of(tail: str) -> frozenset[str]:
    """The same for word forms whose lemma ends so: «ейший» gives «ейшего», «ейшему» …"""
    return _shortest(form for paradigm in find_paradigms() if paradigm for form in _decline(tail, paradigm))


def _decline(tail: str, paradigm: tuple[tuple[str, frozenset[str]], ...]) -> Iterator[str]:
    lemma_ending = paradigm[0][0]
    if lemma_ending.endswith(tail):
        yield from (ending for ending, _ in paradigm)
    elif tail.endswith(lemma_ending):
        stem = tail.removesuffix(lemma_ending)
        yield from (stem + ending for ending, _ in paradigm)


def _shortest(endings: Iterable[str]) -> frozenset[str]:
    """The endings without those that end in another of them."""
    found = set(endings)
    return frozenset(ending for ending in found if not any(ending[at:] in found for at in range(1, len(ending) + 1)))
