"""How the forms of words end: from the dictionary's own paradigms, which its guesses about unknown words follow too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from vipcopy.russian.tables import find_paradigms

_FEW = 2  # paradigms


@cache
def find_endings(wanted: frozenset[str], barred: frozenset[str]) -> frozenset[str]:
    """Endings of which each word form without a hyphen has one, if a reading of it has all the wanted grammemes and
    none of the barred: necessary, by no means sufficient. A handful of abbreviations is left out: «см.» is no verb."""
    found = Counter[str]()
    for grams, endings in _find_by_grams().items():
        if wanted <= grams and not barred & grams:
            found.update(endings)
    if found[""] <= _FEW:
        del found[""]
    return _shortest(found)


@cache
def has_words(wanted: frozenset[str], barred: frozenset[str]) -> bool:
    """Whether some form of some word has all the wanted grammemes and none of the barred."""
    return any(wanted <= grams and not barred & grams for grams in _find_by_grams())


@cache
def _find_by_grams() -> Mapping[frozenset[str], Counter[str]]:
    """The endings of all forms with the same grammemes, and how many paradigms have them."""
    found: dict[frozenset[str], Counter[str]] = {}
    for paradigm in find_paradigms():
        for ending, grams in paradigm:
            found.setdefault(grams, Counter())[ending] += 1
    return found


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
