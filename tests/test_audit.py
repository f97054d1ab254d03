"""The audit as far as it goes without Spark: what is pinned, what is refused before a job starts."""

from __future__ import annotations

from pathlib import Path

import pytest

import vipcopy
from vipcopy.contrib.archive import Archive, File, check_archive, plan_lots
from vipcopy.contrib.audit import main

TINY = str(Path(__file__).parent / "packs" / "tiny")


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        pytest.param("{}\n", "не те, что закреплены", id="other packs"),
        pytest.param(None, "файл не прочитать; запишите его: vipcopy lock", id="no lock"),
    ],
)
def test_packs_that_are_not_the_locked_ones_start_no_job(tmp_path, capsys, lock, said):
    path = tmp_path / "vipcopy.lock"
    if lock:
        path.write_text(lock, encoding="utf-8")
    code = main(["source", str(tmp_path / "target"), "--pack", TINY, "--lock", str(path)])
    assert (code, said in capsys.readouterr().err, (tmp_path / "target").exists()) == (2, True, False)


@pytest.mark.parametrize("option", ["--lot-size=nan", "--lot-size=inf", "--lot-size=0", "--seconds=-1", "--largest=-1"])
def test_a_number_that_cannot_be_starts_no_job(capsys, option):
    assert main(["source", "target", "--pack", TINY, option]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_an_unknown_pack_starts_no_job(capsys):
    assert main(["source", "target", "--pack", "./нет"]) == 2
    assert "нет" in capsys.readouterr().err


@pytest.mark.parametrize("target", ["letters", "letters/", "letters/2026/audit"])
def test_a_target_among_the_letters_starts_no_job(target):
    with pytest.raises(vipcopy.ConfigError, match="выберите папку вне letters"):
        check_archive(None, Archive("letters", target))


def test_lots_are_the_same_whatever_the_order_of_files():
    files = [File(f"{number:02}", 7 * number % 11 + 1) for number in range(20)]
    lots = list(plan_lots(files, first=1, most=12))
    sizes = {lot: sum(file.size for other, file in lots if other == lot) for lot, _ in lots}
    assert lots == list(plan_lots(reversed(files), first=1, most=12))
    assert [file for _, file in lots] == files
    assert max(sizes.values()) <= 12


def test_a_release_names_all_that_a_score_depends_on():
    from vipcopy.contrib.verdicts import describe_release

    names = [each.rsplit(" ", 1)[0] for each in describe_release().split(", ")]
    assert names == ["vipcopy", "pymorphy3", "pymorphy3-dicts-ru", "razdel"]
    assert vipcopy.version() in describe_release()
