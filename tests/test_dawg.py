"""The word graphs of the dictionary: walked by us, they tell what the library tells."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from dawg_python import DAWG, IntDAWG, RecordDAWG
from pymorphy3_dicts_ru import get_path

from vipcopy.russian.dawg import IntDawg, RecordDawg, SuffixDawg
from vipcopy.russian.tables import load_tables

EXAMPLES = Path(__file__).parents[1] / "examples"
LETTERS = " ".join(path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.txt")).lower()
WORDS = {*re.findall(r"[а-яё-]+", LETTERS), "елка", "ёлка", "все", "бьёте", "нетакого", "е", "-", "а" * 70}


@pytest.fixture(scope="module")
def words() -> RecordDawg:
    return RecordDawg(f"{get_path()}/words.dawg")


def test_words_lead_where_the_library_says(words: RecordDawg) -> None:
    library = RecordDAWG(">HH").load(f"{get_path()}/words.dawg")
    replaced = DAWG.compile_replaces({"е": "ё"})
    told = {word: library.similar_items(word, replaced) for word in WORDS}
    assert {word: words.similar_items(word) for word in WORDS} == told and len(told) > 500


def test_endings_lead_where_the_library_says() -> None:
    path = f"{get_path()}/prediction-suffixes-0.dawg"
    library, endings = RecordDAWG(">IHH").load(path), SuffixDawg(path)
    replaced = DAWG.compile_replaces({"е": "ё"})
    told = {word[-at:]: library.similar_items(word[-at:], replaced) for word in WORDS for at in range(1, 6)}
    assert {ending: endings.similar_items(ending) for ending in told} == told and len(told) > 500


@pytest.mark.parametrize(
    ("word", "found"), [("елки", ["ёлки"]), ("все", ["все", "всё"]), ("ёлки", ["ёлки"]), ("нетакого", [])]
)
def test_e_may_stand_for_yo(word: str, found: list[str], words: RecordDawg) -> None:
    assert [each for each, _ in words.similar_items(word)] == found


def test_numbers_are_those_of_the_library() -> None:
    path = f"{get_path()}/p_t_given_w.intdawg"
    library, numbers = IntDAWG().load(path), IntDawg(path)
    keys = [f"{word}:{tag}" for word in WORDS for tag in ("CONJ", "PREP", "PRCL", "ADVB", "NPRO,masc sing,nomn")]
    told = [library.get(key, 0) for key in keys]
    assert [numbers.get(key, 0) for key in keys] == told and any(told)


def test_suffixes_are_those_of_the_file() -> None:
    file = Path(get_path(), "suffixes.json").read_text(encoding="utf-8")
    assert list(load_tables().suffixes) == json.loads(file)
