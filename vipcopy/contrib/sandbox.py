"""A process of its own for letters: one that hangs, eats the memory or kills its process costs a row and no more.

The letters go through a pipe and the verdicts come back one by one, so it is known which letter a process died of. The
kernel ends a process that takes too long over a letter, so none is left behind even when its parent is killed.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from typing import IO

from vipcopy import ConfigError, VipcopyError
from vipcopy.confine import confine
from vipcopy.contrib.verdicts import Judge, Letter, Settings, Status, Verdict, build_judge

GRACE = 2  # times the seconds of a letter, until the kernel ends what the checker's own clock has not ended

_COMMAND = "from vipcopy.contrib.sandbox import serve; serve()"
_LOST = (EOFError, OSError, pickle.UnpicklingError)  # what a pipe says when its other end has died
_WARM = Letter(b"\xd0\x94\xd0\xb0.", 5, "text", is_text=True)  # loads the dictionary before the clock runs


class Sandbox:
    """Judges letters in a child process, which is started anew when it dies. Not for Windows.

    A letter is given up when two processes have died of it, so that a process killed by chance costs no letter.
    """

    def __init__(self, settings: Settings) -> None:
        """No process is started yet."""
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0  # a process forked from the owner shares its pipes and has to start a child of its own
        self._lock = Lock()

    def judge_all(self, letters: Sequence[Letter]) -> list[Verdict]:
        """The verdicts on letters, in order. Raises ConfigError where a process cannot be started at all."""
        verdicts: list[Verdict] = []
        with self._lock:
            if self._owner != os.getpid():
                self._process = None
            try:
                self._judge_all(letters, verdicts)
            finally:
                if len(verdicts) < len(letters):
                    self.close()  # broken off: the verdicts still to come are not those of the next letters
        return verdicts

    def _judge_all(self, letters: Sequence[Letter], verdicts: list[Verdict]) -> None:
        died_at = -1
        if letters:
            self._send(letters)
        while (at := len(verdicts)) < len(letters):
            verdict = self._receive()
            if self._process is not None or at == died_at:
                verdicts.append(verdict)
            else:
                died_at = at
            if self._process is None and len(verdicts) < len(letters):
                self._send(letters[len(verdicts) :])

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._bury(self._process)

    def _send(self, letters: Sequence[Letter]) -> None:
        process = self._process or self._start()
        with suppress(OSError):  # it died since; then no verdict comes
            _write(_pipes(process)[0], list(letters))

    def _receive(self) -> Verdict:
        """The next verdict; the one on a process that has died."""
        assert self._process is not None
        try:
            verdict: Verdict = pickle.load(_pipes(self._process)[1])
        except _LOST:
            return self._bury(self._process)
        return verdict

    def _start(self) -> subprocess.Popen[bytes]:
        path = os.pathsep.join(filter(None, sys.path))  # Spark brings packages by sys.path alone
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._process, self._owner = process, os.getpid()
        source, target = _pipes(process)
        try:
            _write(source, self._settings)
            refusal: str = pickle.load(target)
        except _LOST:
            self._bury(process)
            raise ConfigError("процесс проверки не запускается; посмотрите журнал ошибок этой машины") from None
        if refusal:
            self._bury(process)
            raise ConfigError(refusal)
        return process

    def _bury(self, process: subprocess.Popen[bytes]) -> Verdict:
        """End a process that is of no more use; the verdict on what it died of."""
        self._process = None
        process.kill()
        for pipe in _pipes(process):
            with suppress(OSError):  # what was not yet sent
                pipe.close()
        number = -process.wait()
        if number == signal.SIGALRM:
            seconds = self._settings.seconds * GRACE
            return Verdict(Status.TIMED_OUT.value, f"проверка длится больше {seconds:g} с; процесс остановлен")
        name = signal.Signals(number).name if number > 0 else f"код {-number}"
        return Verdict(Status.KILLED.value, f"письмо дважды завершило процесс проверки ({name})")


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def serve() -> None:
    """The child: settings in, a refusal or nothing out; then letters in, verdicts out, until the pipe is closed."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print goes to the log, not between the verdicts
    settings: Settings = pickle.load(source)
    try:
        judge = build_judge(settings)
    except VipcopyError as error:
        _write(target, str(error))
        return
    judge.judge(_WARM)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the kernel's clock ends the process
    confine(settings.memory)
    _write(target, "")
    with suppress(*_LOST):
        while True:
            _judge_all(judge, pickle.load(source), target)


def _judge_all(judge: Judge, letters: Sequence[Letter], target: IO[bytes]) -> None:
    for letter in letters:
        signal.setitimer(signal.ITIMER_REAL, judge.settings.seconds * GRACE)
        verdict = judge.judge(letter)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _write(target, verdict)


def _write(target: IO[bytes], value: object) -> None:
    pickle.dump(value, target)
    target.flush()
