"""The obvious program: cut the text with razdel, ask pymorphy3 for each word's lemma, look the lemma up in a list."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pymorphy3 import MorphAnalyzer
from razdel import sentenize, tokenize

LEMMAS = Path(__file__).with_name("lemmas.txt")


class Naive(NamedTuple):
    """A dictionary and the lemmas that are to be marked."""

    morph: MorphAnalyzer
    lemmas: frozenset[str]

    def check_text(self, text: str) -> list[tuple[int, int, str]]:
        """Start, stop and lemma of each listed word and of each exclamation mark."""
        found = []
        for sentence in sentenize(text):
            for token in tokenize(sentence.text):
                lemma = self.morph.parse(token.text)[0].normal_form
                if lemma in self.lemmas or lemma == "!":
                    found.append((sentence.start + token.start, sentence.start + token.stop, lemma))
        return found


def load() -> Naive:
    """The program with its list read and its dictionary loaded."""
    return Naive(MorphAnalyzer(), frozenset(LEMMAS.read_text(encoding="utf-8").split()))
