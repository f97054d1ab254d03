"""vipcopy beside the obvious program on the same letters: how long each takes to start and how fast each reads.

The letters are sentences of examples/, shuffled with a fixed seed, with fresh numbers. Seconds differ from machine to
machine; the ratio is what to watch.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import naive
from razdel import sentenize

import vipcopy

SEED = 2026
LETTERS = 200
SENTENCES = 12  # of a letter
ROUNDS = 3  # the best round counts: the others were disturbed
EXAMPLES = Path(__file__).parent.parent / "examples"


class Timing(NamedTuple):
    """Seconds until the program is ready, words it reads in a second after that."""

    start: float
    pace: float


def build_letters() -> list[str]:
    """The same letters on every run."""
    choose = random.Random(SEED)
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    sentences = [sentence.text for text in texts for sentence in sentenize(text)]

    def renumber(number: re.Match[str]) -> str:
        return str(choose.randint(1, 9)) * len(number.group())

    return [re.sub(r"\d", renumber, " ".join(choose.choices(sentences, k=SENTENCES))) for _ in range(LETTERS)]


def measure(load: Callable[[], Callable[[str], object]], letters: Sequence[str]) -> Timing:
    """The timing of the program that `load` makes ready."""
    clock = time.perf_counter
    at = clock()
    check = load()
    check(letters[0])
    start = clock() - at
    rounds = []
    for _ in range(ROUNDS):
        at = clock()
        for letter in letters:
            check(letter)
        rounds.append(clock() - at)
    return Timing(start, sum(len(letter.split()) for letter in letters) / min(rounds))


def main() -> None:
    """Print the table."""
    letters = build_letters()
    theirs = measure(lambda: naive.load().check_text, letters)
    ours = measure(lambda: vipcopy.load().check_text, letters)
    rules = len(vipcopy.load().rules)
    lemmas = len(naive.load().lemmas)
    print(f"{'':28}{'start, s':>10}{'words a second':>18}")
    print(f"{f'obvious program, {lemmas} lemmas':28}{theirs.start:10.2f}{theirs.pace:18,.0f}")
    print(f"{f'vipcopy, {rules} rules':28}{ours.start:10.2f}{ours.pace:18,.0f}")
    print(f"vipcopy reads {ours.pace / theirs.pace:.2f} times as fast as the obvious program")


if __name__ == "__main__":
    main()
