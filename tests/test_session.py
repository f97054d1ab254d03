"""Many files: which are read, in which order, by how many processes, and what an end before the end leaves."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec
from shell import TINY, Run, settle, vipcopy, write

from vipcopy.cli.screen import Progress, notice_of_compiling
from vipcopy.runs import sources
from vipcopy.runs.globs import matches

__all__ = ["vipcopy"]

DEPTH = 1_100  # folders in one another; Python's stack has a thousand steps


def names(vipcopy: Run, *paths: str) -> list[str]:
    return list(vipcopy("check", *paths, "--format", "json").found())


# Which files


@pytest.mark.parametrize(
    ("ignore", "read"),
    [
        ({".gitignore": "*.tmp.txt\n"}, ["a.txt", "out/b.txt", "out/keep.txt", "sub/c.txt", "sub/deep/d.txt"]),
        ({".gitignore": "out/\n"}, ["a.txt", "b.tmp.txt", "sub/c.txt", "sub/deep/d.txt"]),
        (
            {".gitignore": "out/*\n!out/keep.txt\n"},
            ["a.txt", "b.tmp.txt", "out/keep.txt", "sub/c.txt", "sub/deep/d.txt"],
        ),
        ({"sub/.gitignore": "/c.txt\nd.txt\n"}, ["a.txt", "b.tmp.txt", "out/b.txt", "out/keep.txt"]),
        ({".gitignore": "*.txt\n", "sub/.gitignore": "!c.txt\n"}, ["sub/c.txt"]),
        ({".git/info/exclude": "sub\nout\n"}, ["a.txt", "b.tmp.txt"]),
        ({".gitignore": "\ufeffout/\n"}, ["a.txt", "b.tmp.txt", "sub/c.txt", "sub/deep/d.txt"]),  # by Notepad
        ({".gitignore": "!\nout\\\nsub\n"}, ["a.txt", "b.tmp.txt", "out/b.txt", "out/keep.txt"]),
        ({".gitignore": "[z-a]\n[[x]ut\nsub\n[a-\\d]\n"}, ["a.txt", "b.tmp.txt", "out/b.txt", "out/keep.txt"]),
    ],
)
def test_ignored_files_are_left_out(vipcopy, ignore, read):
    settle()
    write(dict.fromkeys(("a.txt", "b.tmp.txt", "out/b.txt", "out/keep.txt", "sub/c.txt", "sub/deep/d.txt"), "Часы."))
    Path(".git").mkdir(exist_ok=True)
    write(ignore)
    assert names(vipcopy, ".") == read


@given(
    st.lists(st.lists(st.sampled_from(("a", "b", "*", "?", "**", "[ab]", "/", "/**/", "!")), max_size=9), max_size=2),
    st.lists(st.text("ab", min_size=1, max_size=5), min_size=1, max_size=5),
)
def test_stars_find_what_they_do_in_pathspec(lines, names):
    written, path = ["".join(line) for line in lines if line != ["!"]], "/".join(names)
    assert matches(written, path) == GitIgnoreSpec.from_lines(written).check_file(path).include


@pytest.mark.parametrize(
    ("line", "taken", "left"),
    [
        pytest.param("[[:alpha:]].txt", ["a.txt", "Z.txt"], ["1.txt", "я.txt"], id="a class, of ASCII as in git"),
        pytest.param("[![:digit:]-]?", ["ab", "я1"], ["1b", "-b"], id="anything but"),
        pytest.param("[[:upper:][:digit:]_]*", ["A1", "_z"], ["a1"], id="two classes"),
        pytest.param("a[[:graph:]]b", ["a!b"], ["a/b", "a b"], id="no slash"),
        pytest.param("a[[:punct:]]b", ["a]b", "a\\b", "a-b"], ["a/b", "acb"], id="marks that mean something"),
        pytest.param(r"\[[:alpha:]]", ["[a]", "[:]"], ["[x]", "a"], id="a bracket that is none"),
        pytest.param("[[:letter:]]", [], ["a", "l", ":]"], id="no such class"),
        pytest.param("[a-[:digit:]]", [], ["a", "1"], id="no range"),
        pytest.param("[[:digit:]-z]x", ["1x", "-x", "zx"], ["ax"], id="a dash behind a class"),
        pytest.param(r"[a\]]", ["a", "]"], ["\\", "a]"], id="a bracket of the set"),
        pytest.param(r"[\a-\c]", ["a", "b", "c"], ["\\", "d"], id="letters behind a backslash"),
        pytest.param("[z-a]", ["z"], ["a", "m"], id="a range from behind"),
    ],
)
def test_classes_of_letters_are_those_of_git(line, taken, left):
    assert [path for path in (*taken, *left) if matches([line], path)] == taken


@pytest.mark.parametrize(
    ("line", "path"), [("*a" * 6 + "b", "a" * 80), ("a/" + "**/a/" * 6 + "b", "a/" * 80), ("**?" * 6 + "b", "a" * 80)]
)
def test_many_stars_are_told_in_time(line, path):
    started = time.process_time()
    assert matches([line], path) is None
    assert time.process_time() - started < 0.2


def test_the_gitignore_above_a_folder_counts_too(vipcopy):
    settle()
    write({".gitignore": "sub/old\n", "sub/a.txt": "Часы.", "sub/old/b.txt": "Часы."})
    Path(".git").mkdir()
    assert names(vipcopy, "sub") == ["sub/a.txt"]


def test_a_text_of_the_longest_name_is_read(vipcopy):
    settle()
    name = "п" * 125 + ".txt"  # 254 bytes: there is no room for a name of waivers beside it
    write({name: "Часы."})
    assert names(vipcopy, name) == [name]


def test_a_file_is_read_once_however_it_is_named(vipcopy):
    settle()
    write({"a.txt": "Часы."})
    assert names(vipcopy, "a.txt", "./a.txt", ".", str(Path("a.txt").absolute())) == ["a.txt"]


def test_a_named_file_is_read_though_ignored(vipcopy):
    settle()
    write({".gitignore": "*.txt\n", "a.txt": "Часы."})
    assert names(vipcopy, "a.txt") == ["a.txt"]


@pytest.fixture
def deep(vipcopy):
    """The path of a folder that lies 1,100 folders deep, which only steps can make and remove."""
    top = Path.cwd()
    for _ in range(DEPTH):
        Path("d").mkdir()
        os.chdir("d")
    os.chdir(top)
    yield Path(*"d" * DEPTH)
    os.chdir(top)
    for depth in range(DEPTH, 0, -1):
        folder = Path(*"d" * depth)
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def test_a_folder_may_be_deeper_than_the_stack_of_python(vipcopy, deep):
    settle()
    (deep / "a.txt").write_text("Часы.")
    assert names(vipcopy, "d") == [str(deep / "a.txt")]


def test_a_deep_folder_without_texts_says_so(vipcopy, deep):
    settle()
    assert "в папке нет текстов" in vipcopy("check", "d").err


def test_a_folder_where_all_is_ignored_says_so(vipcopy):
    settle()
    write({"sub/.gitignore": "*.txt\n", "sub/a.txt": "Часы."})
    outcome = vipcopy("check", "sub")
    said = "все тексты в папке скрыты (.gitignore или имя с точки); укажите сами файлы: они читаются и так"
    assert (outcome.code, outcome.err) == (2, f"sub: {said}\n")


def test_a_fault_of_ours_is_logged_by_its_places_and_quotes_no_letter(vipcopy, monkeypatch, caplog):
    def fail(*_):
        raise KeyError(Path("a.txt").read_text(encoding="utf-8"))

    settle()
    write({"a.txt": "Часы."})
    monkeypatch.setattr(sources, "read_document", fail)
    outcome = vipcopy("check", "a.txt")
    assert (outcome.code, "KeyError" in outcome.err) == (2, True)
    assert ("Часы" in caplog.text, "in check_file" in caplog.text, "in fail" in caplog.text) == (False, True, True)


def test_a_link_out_of_the_folder_is_read_only_where_it_is_named(vipcopy):
    settle()
    write({"secret.txt": "Часы.", "sub/a.txt": "Часы."})
    Path("sub/in.txt").symlink_to("a.txt")
    Path("sub/out.txt").symlink_to("../secret.txt")
    assert names(vipcopy, "sub") == ["sub/a.txt", "sub/in.txt"]
    assert names(vipcopy, "sub/out.txt") == ["sub/out.txt"]


@pytest.mark.parametrize(
    ("arguments", "code"), [(("link.txt",), 2), (("a.txt", "--format", "html", "-o", "link.txt"), 0)]
)
def test_a_link_to_itself_is_no_traceback(vipcopy, arguments, code):
    settle()
    write({"a.txt": "Часы.\n"})
    Path("link.txt").symlink_to("link.txt")
    outcome = vipcopy("check", *arguments)
    assert (outcome.code, "ссылки ведут по кругу" in outcome.err) == (code, code == 2)


def test_a_circle_of_links_ends(vipcopy):
    settle()
    write({"sub/a.txt": "Часы."})
    Path("sub/again").symlink_to(Path().absolute(), target_is_directory=True)
    assert names(vipcopy, ".") == ["sub/a.txt"]


@pytest.fixture
def close(monkeypatch: pytest.MonkeyPatch):
    """Closes paths as the system does for everybody but root."""
    closed: list[str] = []

    def refuse(verb: str) -> None:
        does = getattr(Path, verb)

        def do(path, *given, **named):
            if path.name in closed:
                raise PermissionError(13, "Permission denied", str(path))
            return does(path, *given, **named)

        monkeypatch.setattr(Path, verb, do)

    for verb in ("iterdir", "read_text", "open"):
        refuse(verb)
    return closed.extend


@pytest.mark.parametrize("name", ["sub", ".gitignore"])
def test_what_is_closed_is_an_error_and_the_rest_is_checked(vipcopy, close, name):
    settle()
    write({"a.txt": "Скидка.", "sub/b.txt": "Часы.", ".gitignore": "c.txt\n"})
    close([name])
    outcome = vipcopy("check", ".", "--format", "json")
    told = {file["path"]: (len(file["findings"]), file["error"]) for file in outcome.files()}
    assert outcome.code == 2
    assert told[name] == (0, f"{name}: закрыто для чтения; откройте доступ")
    assert told["a.txt"] == (1, None)


def test_what_is_closed_may_be_excluded(vipcopy, close):
    settle("exclude: [sub/]\n")
    write({"a.txt": "Часы.", "sub/b.txt": "Часы."})
    close(["sub"])
    assert names(vipcopy, ".") == ["a.txt"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of other systems")
def test_a_file_without_end_is_refused(vipcopy):
    settle()
    assert "файл больше" in vipcopy("check", "/dev/zero").err


# Processes


@pytest.fixture
def many(vipcopy: Run) -> Run:
    """Forty letters of different lengths, one of which cannot be read."""
    settle()
    write({f"{number:02}.txt": "Скидка. " * (1 + number * 7 % 40) for number in range(40)})
    Path("13.txt").write_bytes(b"%PDF-1.7")
    return vipcopy


def test_processes_give_what_one_gives_in_the_order_of_names(many):
    alone, together = (many("check", ".", "--format", "json", "--jobs", jobs) for jobs in ("1", "3"))
    assert alone == together
    assert (alone.code, len(alone.files())) == (2, 40)
    assert [file["path"] for file in alone.files() if file["error"]] == ["13.txt"]


def test_processes_write_the_lines_that_one_writes(many):
    shown = ("check", ".", "--format", "jsonl", "--show", "error", "--fail-on", "never")
    alone, together = (many(*shown, "--jobs", jobs) for jobs in ("1", "3"))
    assert alone == together
    assert [json.loads(line)["path"] for line in together.out.splitlines()] == [f"{at:02}.txt" for at in range(40)]
    assert (together.code, "13.txt" in together.err) == (2, True)


def test_a_baseline_counts_in_the_order_of_names_whatever_the_processes_do(many):
    Path("13.txt").unlink()
    many("baseline", "write", "00.txt", "--baseline", "old.json")
    left = [
        [file["left_out"] for file in many("check", ".", "--format", "json", "--baseline", "old.json", *jobs).files()]
        for jobs in (["--jobs", "1"], ["--jobs", "3"])
    ]
    assert left[0] == left[1]
    assert left[0][:2] == [1, 0]


@pytest.mark.parametrize("jobs", ["-1", "два", "1000"])
def test_a_strange_number_of_processes_is_refused(many, jobs):
    outcome = many("check", ".", f"--jobs={jobs}")
    assert (outcome.code, "не число процессов" in outcome.err) == (2, True)


# Ends before the end


def start(tmp_path: Path, *arguments: str, **streams: int) -> subprocess.Popen[bytes]:
    for number in range(400):
        (tmp_path / f"{number:03}.txt").write_text("Поторопитесь: скидка 20 %.\n" * 30, encoding="utf-8")
    command = [sys.executable, "-m", "vipcopy", "check", str(tmp_path), "--pack", TINY, "--no-config", *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.Popen(command, start_new_session=True, **streams)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to one process there")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_leaves_whole_json_of_what_is_checked(tmp_path, jobs):
    with start(tmp_path, "--format", "json", "--jobs", jobs) as process:
        assert process.stdout
        assert process.stderr
        first = b"".join(process.stdout.readline() for _ in range(4))
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the run
        rest, err = process.stdout.read(), process.stderr.read()  # `communicate` forgets what is buffered
    files = json.loads(first + rest)["files"]
    said = re.fullmatch(r"vipcopy: прервано, проверено (\d+) из 400\n", err.decode())
    assert (process.wait(), said is not None) == (130, True)
    assert 3 <= len(files) == int(said[1]) < 400


# Progress


def read_terminal(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> str:
    """What an act writes to a terminal that is its stderr, up to «end»."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        act()
        print("end", file=terminal, flush=True)
        written = b""
        while b"end" not in written:  # a busy machine hands over less than all at once
            written += os.read(ours, 1000)
    os.close(ours)
    return written.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no pty there")
@pytest.mark.parametrize(("waits", "writes"), [(0.0, False), (2.2, True)])
def test_who_waits_for_new_rules_is_told_why(monkeypatch, waits, writes):
    def wait() -> None:
        with notice_of_compiling():
            time.sleep(waits)

    written = read_terminal(monkeypatch, wait)
    assert ("Готовлю правила" in written) is writes


@pytest.mark.skipif(sys.platform == "win32", reason="no pty there")
@pytest.mark.parametrize(("waits", "writes"), [(0.0, False), (1.1, True)])
def test_progress_is_told_on_a_terminal_past_a_second(monkeypatch, waits, writes):
    def tell() -> None:
        progress = Progress(20)
        time.sleep(waits)
        progress.advance()
        progress.erase()

    written = read_terminal(monkeypatch, tell)
    assert ("Проверено 1 из 20" in written) is writes
    assert written.endswith("\r\x1b[Kend\r\n" if writes else "end\r\n")


def test_progress_is_not_told_elsewhere(capsys):
    progress = Progress(20)
    time.sleep(1.1)
    progress.advance()
    progress.erase()
    assert capsys.readouterr() == ("", "")
