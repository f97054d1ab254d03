"""The obvious program: cut the text with razdel, ask pymorphy3 for each word's lemma, look the lemma up in a list."""

from __future__ import annotations

import sys
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


def main() -> None:
    """Print what is found in these files and in the .txt files of these folders."""
    program = load()
    for name in sys.argv[1:]:
        place = Path(name)
        for path in sorted(place.glob("*.txt")) if place.is_dir() else [place]:
            for start, stop, lemma in program.check_text(path.read_text(encoding="utf-8")):
                print(f"{path}:{start}:{stop}: {lemma}")


if __name__ == "__main__":
    main()
