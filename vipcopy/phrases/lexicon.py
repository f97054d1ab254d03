"""The lexicon: which of the words that phrases name a word of a text may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from vipcopy import russian
from vipcopy.bounded_cache import BoundedCache

FORM = "="  # marks the key of a single form
REMEMBERED = 12_288  # words that are kept in memory once they were asked for: what many meet takes kilobytes


class Lexicon:
    """The vocabulary of phrases by what the dictionary says of a word; what it does not have is listed here."""

    __slots__ = ("_known", "fields", "forms", "guessed", "lemmas", "participles")
    _fields = ("lemmas", "participles", "forms", "guessed", "fields")

    def __init__(
        self,
        lemmas: Set[str],
        participles: Mapping[str, tuple[tuple[frozenset[str], str], ...]],
        forms: Set[str],
        guessed: Mapping[str, tuple[str, ...]],
        fields: Set[str],
    ) -> None:
        self.lemmas = lemmas
        self.participles = participles  # by their verb: the grammemes, the key
        self.forms = forms  # single forms
        self.guessed = guessed  # forms of words that no dictionary has
        self.fields = fields  # those of the words that name a field, «Тема:», behind which a sentence begins
        self._known: BoundedCache[str, tuple[str, ...]] = BoundedCache(REMEMBERED)

    def find_keys(self, word: str) -> tuple[str, ...]:
        """The words of the vocabulary that a word may be."""
        known = self._known.get(word)
        return self._known.keep(word, tuple(sorted(set(self._find_keys(word))))) if known is None else known

    def _find_keys(self, word: str) -> Iterator[str]:
        if word in self.forms:
            yield FORM + word
        yield from self.guessed.get(word, ())
        for reading in russian.known_readings(word):
            if reading.lemma in self.lemmas:
                yield reading.lemma
            for kind, key in self.participles.get(reading.lemma, ()):
                if kind <= reading.grams:
                    yield key

    def __reduce__(self) -> tuple[object, ...]:
        return Lexicon, (self.lemmas, self.participles, self.forms, self.guessed, self.fields)
