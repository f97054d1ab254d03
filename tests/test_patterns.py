"""Patterns whose code is kept are those that `re` compiles, wherever the code comes from."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from vipcopy.patterns import LazyPattern, compile_later, decode, encode, take_compiled
from vipcopy.storage.cache import REGEXES

TINY = Path(__file__).parent / "packs" / "tiny"
WRITTEN = {
    "letters": (r"[а-яё]+", re.NOFLAG),
    "emoji": (r"[\U0001f300-\U0001faff\u2600-\u27bf][\ufe0f\u200d]*", re.NOFLAG),
    "names of groups": (r"(?P<day>\d+)\s+(?P<month>[а-я]+)|(\d+)%", re.NOFLAG),
    "flags": (r" мы  | ^ вы ", re.VERBOSE | re.IGNORECASE | re.MULTILINE),
    "flags inside": (r"(?i:скидка)\b(?s:.*)", re.NOFLAG),
    "what stands beside": (r"(?<=\d)%(?!\w)|(?<!\w)№", re.NOFLAG),
    "repeats": (r"(?:ab|cd){2,5}?(?>x+)y*+(\w)\1", re.NOFLAG),
}


@pytest.mark.parametrize(("written", "flags"), WRITTEN.values(), ids=WRITTEN)
def test_a_pattern_made_of_its_code_is_the_one_that_re_compiles(written: str, flags: re.RegexFlag) -> None:
    code = encode(written, int(flags))
    assert code is not None and decode(written, code) == re.compile(written, flags)  # `re` compares code and flags


def test_code_that_is_damaged_or_of_another_machine_is_refused() -> None:
    code = encode("скидк[аи]", 0)
    assert code is not None
    magic, flags, steps, names = code
    damaged = [(magic + 1, flags, steps, names), (magic, flags, steps[:-4], names), (magic, flags, b"odd", names), ()]
    assert [decode("скидк[аи]", each) for each in damaged] == [None] * 4


def test_a_late_pattern_does_what_a_pattern_does() -> None:
    late = compile_later(r"(?P<share>\d+)\s?%", re.IGNORECASE)
    found = late.search("Скидка 20 %")
    assert isinstance(late, LazyPattern) and found and found["share"] == "20"
    assert (late.pattern, late.sub("…", "5 % и 7%")) == (r"(?P<share>\d+)\s?%", "… и …")


def test_a_late_pattern_goes_to_another_process() -> None:
    again = pickle.loads(pickle.dumps(compile_later("а|б", re.IGNORECASE)))
    assert again.findall("А б в") == ["А", "б"]


def test_a_start_compiles_none_of_our_patterns_that_an_earlier_one_compiled(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Добрый день, Анна Павловна!\n\nСкидка 20 % ждёт Вас. Приходите 🙂\n", encoding="utf-8")
    command = [sys.executable, "-m", "vipcopy", "check", str(letter), "--pack", str(TINY)]
    environment = {**os.environ, "VIPCOPY_CACHE": str(tmp_path / "cache"), "PYTHONIOENCODING": "utf-8"}
    told, kept = [], []
    for _ in range(3):
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
        told.append(run.stdout)
        (codes,) = (tmp_path / "cache").glob(f"*-{REGEXES}")
        kept.append((codes.stat().st_mtime_ns, codes.stat().st_size))  # written anew if something had to be compiled
    assert told[0] == told[2] and "Скидка" in told[0]
    assert kept[1] == kept[2] and kept[0][1] > 20_000


def test_what_was_compiled_is_told_once() -> None:
    assert compile_later("(?P<once>раз)").fullmatch("раз")
    assert take_compiled()[("(?P<once>раз)", 0)] == encode("(?P<once>раз)", 0)
    assert take_compiled() == {}
