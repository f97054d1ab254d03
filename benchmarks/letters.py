"""Letters for the benchmarks: sentences of examples/, a part of their words replaced by others of the dictionary.

letters.py FILE SIZE           one text of so many bytes, of letters of 2 KB
letters.py FOLDER SIZE COUNT   so many letters of at least so many bytes
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pymorphy3 import MorphAnalyzer
from razdel import sentenize

LETTER = 2_000  # bytes
SEED = 2026
SWAPPED = 0.3  # of the words
PREFIXES = 40  # of two letters; some thousand word forms begin with each
ROOT = Path(__file__).parent.parent
_WORD = re.compile(r"\b[а-яё]{4,}\b")


def build_letters(count: int, size: int) -> list[str]:
    """So many letters of at least so many bytes, the same on every run."""
    choose = random.Random(SEED)
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    sentences = [sentence.text for text in texts for sentence in sentenize(text)]
    words = sorted(find_words(choose))
    choose.shuffle(words)

    def swap(word: re.Match[str]) -> str:
        rank = int(len(words) ** choose.random())  # by the law of Zipf: few words are frequent, most are rare
        return words[rank - 1] if choose.random() < SWAPPED else word.group()

    def build() -> Iterator[str]:
        written = 0
        while written < size:
            sentence = _WORD.sub(swap, choose.choice(sentences))
            written += len(sentence.encode()) + 1
            yield sentence

    return [" ".join(build()) for _ in range(count)]


def find_words(choose: random.Random) -> set[str]:
    """Word forms of the dictionary."""
    morph = MorphAnalyzer()
    alphabet = "абвгдежзиклмнопрстуфхцчшэюя"
    prefixes = ["".join(choose.choices(alphabet, k=2)) for _ in range(PREFIXES)]
    return {word for prefix in prefixes for word, *_ in morph.iter_known_word_parses(prefix) if len(word) > 3}


def write_text(path: Path, size: int) -> None:
    """A text of so many bytes; each size has words of its own order."""
    text = "\n\n".join(build_letters(size // LETTER, LETTER)).encode()[:size].decode(errors="ignore")
    path.write_text(text, encoding="utf-8")


def write_letters(folder: Path, size: int, count: int) -> None:
    """Letters as files of a new folder."""
    folder.mkdir()
    for at, letter in enumerate(build_letters(count, size)):
        (folder / f"{at}.txt").write_text(letter, encoding="utf-8")


if __name__ == "__main__":
    place, size, *counts = sys.argv[1:]
    if counts:
        write_letters(Path(place), int(size), int(counts[0]))
    else:
        write_text(Path(place), int(size))
