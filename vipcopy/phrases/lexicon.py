"""The lexicon: every form of the words that phrases name, with its readings, so that no dictionary is loaded for it."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vipcopy import russian
from vipcopy.lazies import Lazies, build_shards
from vipcopy.model import Reading
from vipcopy.phrases.vocabulary import Vocabulary

REMEMBERED = 50_000  # words that are kept in memory once they were asked for
FINDERS = 16  # compiled sets of rules that a process remembers words and sentences for

_CODE = "I"  # an entry is a row of numbers: known or not, how many words, their numbers, lemma and grammemes by pairs

Recalled = tuple[tuple[Reading, ...], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Word forms, each packed into a few bytes."""

    entries: Mapping[str, bytes]
    keys: Sequence[str]  # the words of the vocabulary
    lemmas: Sequence[str]
    grams: Sequence[frozenset[str]]  # sets of grammemes

    def find_keys(self, word: str) -> tuple[str, ...]:
        """The words of the vocabulary that a word may be."""
        return _keys_of(self)[word]

    def recall(self, word: str) -> Recalled | None:
        """The readings of a word and whether the dictionary has it, if that is known since phrases were compiled."""
        entry = self.entries.get(word)
        if entry is None:
            return None
        numbers = array(_CODE, entry)
        pairs = iter(numbers[2 + numbers[1] :])
        readings = tuple(
            Reading(self.lemmas[lemma], self.grams[grams]) for lemma, grams in zip(pairs, pairs, strict=True)
        )
        return readings, bool(numbers[0])


class _Keys(dict[str, tuple[str, ...]]):
    """What `find_keys` found before."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= REMEMBERED:
            self.clear()
        numbers = array(_CODE, self.lexicon.entries.get(word, b""))
        keys = tuple(self.lexicon.keys[number] for number in numbers[2 : 2 + numbers[1]]) if numbers else ()
        self[word] = keys
        return keys


@lru_cache(maxsize=FINDERS)
def _keys_of(lexicon: Lexicon) -> _Keys:
    return _Keys(lexicon)


def build_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The forms of a vocabulary, each looked up in the dictionary."""
    keys: dict[str, int] = {}
    lemmas: dict[str, int] = {}
    grams: dict[frozenset[str], int] = {}
    entries = {}
    for form, names in vocabulary.items():
        numbers = [int(russian.is_known(form)), len(names), *(keys.setdefault(name, len(keys)) for name in names)]
        for reading in russian.readings(form):
            numbers.append(lemmas.setdefault(reading.lemma, len(lemmas)))
            numbers.append(grams.setdefault(reading.grams, len(grams)))
        entries[form] = array(_CODE, numbers).tobytes()
    return Lexicon(build_shards(entries), tuple(keys), tuple(lemmas), Lazies(tuple(grams)))
