"""Processes that share the work end with the run that they work for, however it ends."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from threading import Timer, get_ident

import pytest

from vipcopy.errors import ConfigError
from vipcopy.runs.processes import share_out

RUN = """
import os
import time
from vipcopy.runs.processes import share_out

def wait(_, seconds):
    os.write(1, b".")
    time.sleep(seconds)

list(share_out(wait, [30] * 8, None, 2))
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked there")


def wait(_: object, seconds: float) -> None:
    time.sleep(seconds)


@pytest.fixture
def heard() -> Iterator[None]:
    """^C is heard, as in a terminal: a shell that runs tests in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_who_interrupts_a_run_does_not_wait_for_texts_at_hand():
    begun = time.monotonic()
    Timer(0.5, signal.pthread_kill, (get_ident(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        list(share_out(wait, [20] * 8, None, 2))
    assert time.monotonic() - begun < 10


def test_a_run_that_is_left_early_ends_no_other():
    left = share_out(wait, [0] * 4 + [20] * 4, None, 2)
    next(left)
    other = share_out(wait, [0] * 4 + [0.3] * 4, None, 2)
    next(other)
    left.close()
    assert len(list(other)) == 7


def test_a_system_that_lets_no_process_begin_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch):
    def refuse() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    with pytest.raises(
        ConfigError, match=r"^процессы проверки не начать \(запущено слишком много процессов\); повторите"
    ):
        list(share_out(wait, [0] * 8, None, 2))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_a_run_that_is_killed(end: signal.Signals):
    with subprocess.Popen([sys.executable, "-c", RUN], stdout=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stdout.read(2) == b".."  # both have begun
        begun = time.monotonic()
        run.send_signal(end)
        run.stdout.read()  # ends when nobody is left who could write
    assert time.monotonic() - begun < 20
