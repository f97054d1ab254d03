"""Letters that hang or kill their process: each costs its own row, the rest are checked as ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import vipcopy
from vipcopy.contrib.sandbox import Sandbox
from vipcopy.contrib.verdicts import Letter, Settings, build_judge

HERE = Path(__file__).parent
SETTINGS = Settings(packs=(str(HERE / "packs" / "tiny"),))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a sandbox needs POSIX pipes and clocks")


def letter(text: str) -> Letter:
    return Letter(text.encode(), len(text.encode()), "text", is_text=True)


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox whose library is broken by some words."""
    monkeypatch.syspath_prepend(str(HERE / "poison"))
    monkeypatch.setenv("VIPCOPY_TEST_ONCE", str(tmp_path / "killed"))
    sandbox = Sandbox(replace(SETTINGS, seconds=1))
    yield sandbox
    sandbox.close()


def test_a_sandbox_says_what_a_judge_says(sandbox):
    letters = [letter("Поторопитесь."), Letter(None, 0, "text", is_text=True), letter("Часы."), letter("")]
    assert sandbox.judge_all(letters) == build_judge(SETTINGS).judge_all(letters)
    assert sandbox.judge_all([]) == []


def test_poisoned_letters_cost_their_own_rows(sandbox):
    texts = [
        "Ждём.",
        "Это смертельно.",
        "Скидка.",
        "Это бесконечно.",
        "Это ненасытно.",
        "Это ошибочно.",
        "Это однажды.",
        "Это смертельно.",
    ]
    verdicts = sandbox.judge_all([letter(text) for text in texts])
    assert [verdict.status for verdict in verdicts] == [
        "checked",
        "killed",
        "checked",
        "timed_out",
        "out_of_memory",
        "crashed",
        "checked",
        "killed",
    ]
    assert [verdict.counts[0] for verdict in verdicts[:3]] == [0, None, 1]
    assert [verdict.status for verdict in sandbox.judge_all([letter("Ждём.")])] == ["checked"]


def test_a_check_that_is_broken_off_leaves_nothing_for_the_next(sandbox):
    def interrupt(_number, _frame):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5)  # while the process starts, or hangs
    with pytest.raises(KeyboardInterrupt):
        sandbox.judge_all([letter("Это бесконечно."), letter("Ждём.")])
    signal.signal(signal.SIGALRM, before)
    assert [verdict.counts[0] for verdict in sandbox.judge_all([letter("Скидка."), letter("Ждём.")])] == [1, 0]


def test_packs_that_cannot_be_used_are_an_error_of_the_settings():
    sandbox = Sandbox(replace(SETTINGS, packs=("нет такого",)))
    with pytest.raises(vipcopy.ConfigError, match="нет такого"):
        sandbox.judge_all([letter("Ждём.")])


def test_a_sandbox_does_not_outlive_its_parent(tmp_path):
    script = (
        "import os, signal, sys\n"
        "from vipcopy.contrib.sandbox import Sandbox\n"
        "from vipcopy.contrib.verdicts import Letter, Settings\n"
        "sandbox = Sandbox(Settings(packs=(sys.argv[1],)))\n"
        "sandbox.judge_all([Letter(b'1', 1, 'text', is_text=True)])\n"
        "print(sandbox._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run([sys.executable, "-c", script, *SETTINGS.packs], capture_output=True, text=True, check=False)
    assert run.returncode == -signal.SIGKILL
    assert is_gone(int(run.stdout))


def is_gone(process: int) -> bool:
    """Whether a process ends within some seconds."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{process}/stat").is_file() and ") Z " in Path(f"/proc/{process}/stat").read_text():
            return True
        time.sleep(0.1)
    return False
