"""`vipcopy cache`: what is kept is shown, and only what is ours is cleared."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from shell import Run, vipcopy

from vipcopy.storage import maintenance as cache_maintenance
from vipcopy.storage.cache import build_key, read_cached, write_cached

__all__ = ["vipcopy"]

OTHER_EDITION = f"{'0' * 16}-{'a' * 64}"


@pytest.fixture
def folder(vipcopy: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache: an entry of this version, one of another, one that was not finished."""
    path = tmp_path / "cache"
    key = build_key([])  # what a process reads for it is kept where the cache was until now
    monkeypatch.setenv("VIPCOPY_CACHE", str(path))
    write_cached(key, ("слово",) * 3)
    (path / OTHER_EDITION).write_bytes(b"x" * 1_500_000)
    (path / "part-ab12").write_bytes(b"x")
    return path


@pytest.mark.parametrize("arguments", [("--show",), ()])
def test_each_entry_is_shown_with_its_size_and_version(vipcopy: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    lines = vipcopy("cache", *arguments).out.splitlines()
    told = sorted(line.split("Б  ")[1] for line in lines[2:5])
    assert sorted(line.split()[2:4] for line in lines[2:5]) == [["1", "КБ"], ["1", "КБ"], ["1,5", "МБ"]]
    assert lines[0] == f"Папка: {folder}"
    assert lines[1] == "Файлов: 3, 1,5 МБ; для этой версии: 1"
    assert told == ["для другой версии программы, словаря или Python", "для этой версии", "не дописан"]


def test_what_came_with_the_program_is_shown_and_stays(
    vipcopy: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "compiled"
    shipped.mkdir()
    (shipped / OTHER_EDITION).write_bytes(b"x" * 2_000_000)
    monkeypatch.setattr(cache_maintenance, "SHIPPED", shipped)
    told = "С программой: 2,0 МБ, для другой версии программы, словаря или Python"
    lines = vipcopy("cache", "--clear", "--show").out.splitlines()
    assert lines[1:] == [told, f"Папка: {folder}", "Кэш пуст."]
    assert (shipped / OTHER_EDITION).exists()
    monkeypatch.setenv("VIPCOPY_CACHE", "off")
    assert vipcopy("cache").out.splitlines() == [told, "Кэш отключён: VIPCOPY_CACHE=off."]


def test_cleared_cache_is_empty(vipcopy: Run, folder: Path) -> None:
    cleared = vipcopy("cache", "--clear", "--show")
    assert cleared.out.splitlines() == [
        f"Удалено файлов: 3, 1,5 МБ; папка: {folder}",
        f"Папка: {folder}",
        "Кэш пуст.",
    ]
    assert (cleared.code, list(folder.iterdir())) == (0, [])


def test_clearing_leaves_what_is_not_ours(vipcopy: Run, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / OTHER_EDITION
    target.write_text("elsewhere", encoding="utf-8")
    (folder / f"{'1' * 16}-{'b' * 64}").symlink_to(target)
    (folder / f"{'2' * 16}-{'c' * 64}").mkdir()
    for name in ("letter.txt", f"{OTHER_EDITION}.docx", "part", "deadbeef"):
        (folder / name).write_text("mine", encoding="utf-8")
    before = set(folder.iterdir())
    vipcopy("cache", "--clear")
    gone = {path.name for path in before - set(folder.iterdir())}
    assert gone == {build_key([]), OTHER_EDITION, "part-ab12"}
    assert target.read_text(encoding="utf-8") == "elsewhere"


@pytest.mark.parametrize("flag", ["--show", "--clear"])
def test_cache_that_is_off_is_told(vipcopy: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, flag: str) -> None:
    monkeypatch.setenv("VIPCOPY_CACHE", "off")
    assert vipcopy("cache", flag).out == "Кэш отключён: VIPCOPY_CACHE=off.\n"
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize("flag", ["--show", "--clear"])
def test_missing_folder_is_no_error(vipcopy: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flag: str) -> None:
    monkeypatch.setenv("VIPCOPY_CACHE", str(tmp_path / "nowhere"))
    assert vipcopy("cache", flag).code == 0


@pytest.mark.parametrize("below", ["", "cache"])
def test_a_file_in_place_of_the_folder_is_told(
    vipcopy: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("VIPCOPY_CACHE", str(file / below))
    said = f"Кэш не используется: {file} — не папка; укажите свою папку в VIPCOPY_CACHE"
    assert vipcopy("cache").out.splitlines()[1] == said


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_made_is_told(vipcopy: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIPCOPY_CACHE", str(tmp_path / "closed" / "cache"))
    (tmp_path / "closed").mkdir(0o500)
    assert f"{tmp_path / 'closed'} закрыта для записи" in vipcopy("cache").out


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root writes everywhere")
def test_folder_closed_for_writing_is_told(vipcopy: Run, folder: Path) -> None:
    folder.chmod(0o500)
    refused = vipcopy("cache", "--clear")
    folder.chmod(0o700)
    assert (refused.code, "не удаляется" in refused.err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")
def test_folder_that_others_can_write_is_told_and_not_written(vipcopy: Run, folder: Path) -> None:
    folder.chmod(0o775)
    before = set(folder.iterdir())
    write_cached(f"{'3' * 16}-{'d' * 64}", "слово")
    said = f"Кэш не используется: в папку могут писать другие; закройте её: chmod go-w {folder}"
    assert (vipcopy("cache").out.splitlines()[1], set(folder.iterdir())) == (said, before)


@pytest.mark.skipif(sys.platform == "win32", reason="owners of Unix")
def test_folder_of_another_is_told(vipcopy: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if folder.stat().st_uid == 0:
        os.chown(folder, 12345, -1)
    else:
        monkeypatch.setattr(os, "getuid", lambda: 12345)
    said = "Кэш не используется: у папки другой владелец; укажите свою папку в VIPCOPY_CACHE"
    assert vipcopy("cache").out.splitlines()[1] == said


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="root alone can bake it")
def test_cache_of_root_serves_another_user(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert read_cached(build_key([])) == ("слово",) * 3
