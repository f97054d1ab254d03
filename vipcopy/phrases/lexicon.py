"""The lexicon: which of the words that phrases name a word of a text may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from vipcopy import russian
from vipcopy.phrases.vocabulary import FORM, Participle, find_participle, forms_of

REMEMBERED = 50_000  # words that are kept in memory once they were asked for
FINDERS = 16  # compiled sets of rules that a process remembers words and sentences for


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The vocabulary of phrases by what the dictionary says of a word; what it does not have is listed here."""

    lemmas: frozenset[str]
    participles: Mapping[str, tuple[tuple[frozenset[str], str], ...]]  # by their verb: the grammemes, the key
    forms: frozenset[str]  # single forms
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


def build_lexicon(keys: Iterable[str]) -> Lexicon:
    """The lexicon of these words."""
    lemmas: set[str] = set()
    forms: set[str] = set()
    participles: dict[str, list[tuple[frozenset[str], str]]] = {}
    guessed: dict[str, list[str]] = {}
    for key in sorted(set(keys)):
        participle = _find_known_participle(key)
        if key.startswith(FORM):
            forms.add(key.removeprefix(FORM))
        elif russian.is_known(key) and russian.is_lemma(key):
            lemmas.add(key)
        elif participle:
            participles.setdefault(participle.verb, []).append((participle.kind, key))
        else:
            for form in forms_of(key):
                guessed.setdefault(form, []).append(key)
    return Lexicon(
        frozenset(lemmas),
        {verb: tuple(kinds) for verb, kinds in participles.items()},
        frozenset(forms),
        {form: tuple(names) for form, names in guessed.items()},
    )


def _find_known_participle(key: str) -> Participle | None:
    """The participle that a key is, if the dictionary has its verb."""
    if key.startswith(FORM) or russian.is_lemma(key):
        return None
    participle = find_participle(key)
    return participle if participle and russian.is_known(participle.verb) else None
