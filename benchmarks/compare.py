"""vipcopy beside the obvious program on the same letters: how long each takes to start and how fast each reads.

The letters are sentences of examples/, shuffled with a fixed seed, with fresh numbers. Seconds differ from machine to
machine; the ratio is what to watch.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import naive
from razdel import sentenize

import vipcopy

SEED = 2026
LETTERS = 200
SENTENCES = 12  # of a letter
ROUNDS = 3  # the best round counts: the others were disturbed
HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"


def build_letters() -> list[str]:
    """The same letters on every run."""
    choose = random.Random(SEED)
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    sentences = [sentence.text for text in texts for sentence in sentenize(text)]

    def renumber(number: re.Match[str]) -> str:
        return str(choose.randint(1, 9)) * len(number.group())

    return [re.sub(r"\d", renumber, " ".join(choose.choices(sentences, k=SENTENCES))) for _ in range(LETTERS)]


def measure_pace(check: Callable[[str], object], letters: Sequence[str]) -> float:
    """Words that a program reads in a second once it is ready."""
    check(letters[0])
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for letter in letters:
            check(letter)
        rounds.append(time.perf_counter() - start)
    return sum(len(letter.split()) for letter in letters) / min(rounds)


def measure_start(module: str, **environment: str) -> float:
    """Seconds from nothing to the first short letter read, in a Python of its own."""
    code = f"import {module}; {module}.load().check_text('Часы готовы.')"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=HERE, env={**os.environ, **environment}, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    letters = build_letters()
    theirs, ours = naive.load(), vipcopy.load()  # and from now on the compiled rules are kept on disk
    their_pace, our_pace = measure_pace(theirs.check_text, letters), measure_pace(ours.check_text, letters)
    their_start, our_start = measure_start("naive"), measure_start("vipcopy")
    first_start = measure_start("vipcopy", VIPCOPY_CACHE="off")
    print(f"{'':28}{'start, s':>10}{'words a second':>18}")
    print(f"{f'obvious program, {len(theirs.lemmas)} lemmas':28}{their_start:10.2f}{their_pace:18,.0f}")
    print(f"{f'vipcopy, {len(ours.rules)} rules':28}{our_start:10.2f}{our_pace:18,.0f}")
    print(f"the very first start of vipcopy, which compiles its rules: {first_start:.1f} s")
    print(f"vipcopy reads {our_pace / their_pace:.2f} times as fast as the obvious program")


if __name__ == "__main__":
    main()
