"""Files are written whole: what cannot be finished leaves the old file as it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from office import docx_of, paragraph
from shell import TINY, Run, vipcopy

from vipcopy.storage.atomic_write import write_atomically

__all__ = ["vipcopy"]

unix = pytest.mark.skipif(sys.platform == "win32", reason="rights and limits of Unix")
FULL = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
runpy.run_module("vipcopy", run_name="__main__", alter_sys=True)
"""


@unix
@pytest.mark.parametrize(
    ("arguments", "old"),
    [
        (["check", "a.txt", "--pack", TINY, "-o", "old.html"], "old.html"),
        (["check", "a.docx", "--pack", TINY, "--comments", "old.docx"], "old.docx"),
        (["baseline", "write", "a.txt", "--pack", TINY], ".vipcopy-baseline.json"),
    ],
    ids=["report", "comments", "baseline"],
)
def test_full_disk_leaves_the_old_file(tmp_path: Path, arguments: list[str], old: str) -> None:
    (tmp_path / "a.txt").write_text("Скидка.\n", encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(docx_of(paragraph("Скидка.")))
    (tmp_path / old).write_bytes(b"old")
    before = {path.name for path in tmp_path.iterdir()}
    environment = os.environ | {
        "VIPCOPY_CACHE": "off",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    command = [sys.executable, "-c", FULL, *arguments]
    ended = subprocess.run(command, check=False, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
    assert (ended.returncode, "файл слишком велик" in ended.stderr) == (2, True), ended.stderr
    assert (tmp_path / old).read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == before


@unix
def test_rights_and_link_of_the_old_file_stay(tmp_path: Path) -> None:
    old, link = tmp_path / "old", tmp_path / "link"
    old.write_bytes(b"old")
    old.chmod(0o640)
    link.symlink_to("old")
    write_atomically(link, [b"n", b"ew"])
    assert (link.is_symlink(), old.read_bytes(), old.stat().st_mode & 0o777) == (True, b"new", 0o640)


@unix
def test_new_file_has_the_rights_of_new_files(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_atomically(tmp_path / "new", [b"new"])
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode


@unix
def test_pipe_is_written_straight(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(pipe, [b"new"])
    assert (os.read(reading, 9), pipe.is_fifo()) == (b"new", True)
    os.close(reading)


def test_comments_never_take_the_place_of_their_text(vipcopy: Run) -> None:
    data = docx_of(paragraph("Скидка."))
    Path("a.docx").write_bytes(data)
    outcome = vipcopy("check", "a.docx", "--pack", TINY, "--comments", "./a.docx")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert "--comments: ./a.docx — сам проверяемый текст" in outcome.err
    assert Path("a.docx").read_bytes() == data
