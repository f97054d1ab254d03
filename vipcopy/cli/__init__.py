"""The command line: arguments in, lines and an exit code out."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from vipcopy import VipcopyError
from vipcopy.cli.checking import check
from vipcopy.cli.exit_codes import FAILED, INTERRUPTED
from vipcopy.cli.plain import read_plain
from vipcopy.cli.screen import warn
from vipcopy.hints import TextIO
from vipcopy.os_errors import write_os_error

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)})


def main() -> int:
    """Run the command of `sys.argv`; its exit code comes back.

    What goes to a closed stream goes nowhere, and nothing comes from one.
    """
    sys.stdout, sys.stderr = sys.stdout or _open_nowhere(), sys.stderr or _open_nowhere()
    sys.stdin = sys.stdin or io.TextIOWrapper(io.BufferedReader(io.FileIO(os.devnull)), "utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of cp866 has no «⟦»
    if not (_knows_russian(sys.stdout) and _knows_russian(sys.stderr)):
        warn("vipcopy: this encoding has no Russian letters; set PYTHONUTF8=1")
    try:
        Path.cwd()
    except FileNotFoundError:
        warn("vipcopy: папки, из которой запущена программа, больше нет; перейдите в другую")
        return FAILED
    return run(sys.argv[1:])


def _knows_russian(stream: TextIO) -> bool:
    try:
        "Яя".encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _open_nowhere() -> TextIO:
    return io.TextIOWrapper(io.BufferedWriter(io.FileIO(os.devnull, "w")), "utf-8")


def run(arguments: Sequence[str]) -> int:
    """Run a command; the exit code comes back. What is wrong is told on stderr, a line each."""
    try:
        return _obey(arguments)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        warn(f"vipcopy: отчёт не выводится ({write_os_error(error)}); освободите место или запишите в другой файл")
    except VipcopyError as error:
        warn(str(error))
    except (KeyboardInterrupt, EOFError):
        warn("vipcopy: прервано")
        return INTERRUPTED
    return FAILED


def _obey(arguments: Sequence[str]) -> int:
    """Do what the arguments say. Click, which takes a tenth of a start, is asked where they are not plain."""
    order = read_plain(arguments)
    if order:
        return check(order)
    from vipcopy.cli.app import call

    return call(arguments)
