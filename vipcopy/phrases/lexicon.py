"""The lexicon: which of the words that phrases name a word of a text may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from vipcopy import russian

FORM = "="  # marks the key of a single form
REMEMBERED = 50_000  # words that are kept in memory once they were asked for
FINDERS = 16  # compiled sets of rules that a process remembers words and sentences for


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The vocabulary of phrases by what the dictionary says of a word; what it does not have is listed here."""

    lemmas: Set[str]
    participles: Mapping[str, tuple[tuple[frozenset[str], str], ...]]  # by their verb: the grammemes, the key
    forms: Set[str]  # single forms
    guessed: Mapping[str, tuple[str, ...]]  # forms of words that no dictionary has

    def find_keys(self, word: str) -> tuple[str, ...]:
        """The words of the vocabulary that a word may be."""
        return _keys_of(self)[word]


class _Keys(dict[str, tuple[str, ...]]):
    """What `find_keys` found before."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= REMEMBERED:
            self.clear()
        keys = self[word] = tuple(sorted(set(_find_keys(self.lexicon, word))))
        return keys


def _find_keys(lexicon: Lexicon, word: str) -> Iterator[str]:
    if word in lexicon.forms:
        yield FORM + word
    yield from lexicon.guessed.get(word, ())
    for reading in russian.known_readings(word):
        if reading.lemma in lexicon.lemmas:
            yield reading.lemma
        for kind, key in lexicon.participles.get(reading.lemma, ()):
            if kind <= reading.grams:
                yield key


@lru_cache(maxsize=FINDERS)
def _keys_of(lexicon: Lexicon) -> _Keys:
    return _Keys(lexicon)
