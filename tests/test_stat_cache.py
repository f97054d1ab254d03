"""What earlier starts found of files is believed as long as the files are the same, and no longer."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from vipcopy.storage.cache import build_edition, build_key, write_cached
from vipcopy.storage.stat_cache import StatCache

KEY = f"{'0' * 16}-{'a' * 64}"
VALUE = "слово " * 1000
A_WHILE = 2.1  # seconds after which a change is no longer fresh


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    build_edition()  # what a process reads for it is kept where the cache was until now
    monkeypatch.setenv("VIPCOPY_CACHE", str(folder))
    return folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text("name: house\n", encoding="utf-8")
    (folder / "rules.yaml").write_text("rules: []\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def opened() -> list[str]:
    """The files that this process has opened, in the order in which it did."""
    names: list[str] = []
    sys.addaudithook(lambda event, told: names.append(str(told[0])) if event == "open" else None)
    return names


def find_key(pack: Path, words: str = "") -> str:
    stat_cache = StatCache()
    key = stat_cache.find_key([pack], words)
    stat_cache.save()
    return key


def read_value() -> object:
    stat_cache = StatCache()
    value = stat_cache.read(KEY)
    stat_cache.save()
    return value


def test_files_are_read_again_only_where_they_changed(pack: Path, opened: list[str]) -> None:
    time.sleep(A_WHILE)
    rules = pack / "rules.yaml"
    first = find_key(pack)
    opened.clear()
    assert find_key(pack) == first == build_key([pack], "")
    assert opened.count(str(rules)) == 1  # by build_key
    assert find_key(pack, "words") == build_key([pack], "words") != first
    rules.write_text("rules: {}\n", encoding="utf-8")  # as long as before
    assert find_key(pack) == build_key([pack]) != first


def test_a_file_that_was_just_changed_is_read_each_time(pack: Path) -> None:
    keys = {find_key(pack)}
    for at in range(5):
        (pack / "rules.yaml").write_text(f"rules: {at} \n", encoding="utf-8")
        keys.add(find_key(pack))
    assert len(keys) == 6


def test_damage_is_noticed_in_a_file_that_was_whole(own_folder: Path, opened: list[str]) -> None:
    write_cached(KEY, VALUE)
    time.sleep(A_WHILE)
    assert read_value() == read_value() == VALUE
    file = own_folder / KEY
    damaged = bytearray(file.read_bytes())
    damaged[-2] ^= 1
    file.write_bytes(damaged)
    assert read_value() is None


@pytest.mark.parametrize("notes", ["nonsense", (1, 2)])
def test_strange_notes_count_for_nothing(pack: Path, own_folder: Path, notes: object) -> None:
    write_cached(KEY, VALUE)
    time.sleep(A_WHILE)
    find_key(pack)
    kept = next(file for file in own_folder.iterdir() if file.name != KEY)
    write_cached(kept.name, notes)
    assert find_key(pack) == build_key([pack])
    assert read_value() == VALUE
