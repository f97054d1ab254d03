"""Lines to the terminal: what is data in UTF-8, a line of progress on stderr that leaves no trace."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vipcopy.hints import TextIO

_PATIENCE = 1.0  # seconds before a wait is worth a word
_LONG = 2.0  # seconds before rules that are still being read are known to be new
_PAUSE = 0.1  # seconds between two words
_OBEYED = dict.fromkeys(  # what a terminal obeys, and marks that turn the line
    (*range(10), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
)
_ERASE = "\r\x1b[K"


def print_lines(lines: Iterable[str]) -> None:
    """Print lines, until who reads them has read enough."""
    print_pieces(f"{line}\n" for line in lines)


def print_pieces(pieces: Iterable[str], *, is_data: bool = False) -> None:
    """The same of a text with its line ends; JSON and the like are UTF-8 whatever the terminal speaks."""
    if is_data and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    for piece in pieces:
        if not _write(piece, sys.stdout):
            return


def warn(line: str) -> None:
    """A line on stderr; what a terminal would obey, as a name of a file may have it, is shown as «�»."""
    with suppress(OSError):  # a log on a full disk: the exit code still tells
        _write(f"{line.translate(_OBEYED)}\n", sys.stderr)


def tell_name(name: str) -> str:
    """The name of a file on one line."""
    return name.translate({**_OBEYED, 10: "\ufffd"})


@contextmanager
def notice_of_compiling() -> Iterator[None]:
    """A word at the terminal to who waits for rules: new ones are compiled first."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Timer

    timer = Timer(_LONG, warn, ("Готовлю правила. В первый раз это может занять минуту.",))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # processes are forked later, and no thread may live then


class Progress:
    """«120 из 2000» on stderr: only on a terminal, only where it takes longer than a second."""

    def __init__(self, total: int) -> None:
        """Begin to count the time."""
        self._total = total
        self._done = 0
        self._next = time.monotonic() + _PATIENCE
        self._is_written = False

    def advance(self) -> None:
        """One more file is done."""
        self._done += 1
        now = time.monotonic()
        if now >= self._next and self._total > 1 and sys.stderr.isatty():
            self._next = now + _PAUSE
            self._is_written = True
            _write(f"{_ERASE}Проверено {self._done} из {self._total}", sys.stderr)

    def erase(self) -> None:
        """Leave the line empty for what comes next."""
        if self._is_written:
            self._is_written = False
            _write(_ERASE, sys.stderr)


def _write(text: str, stream: TextIO) -> bool:
    """Write and flush, as click does; False where nobody reads any more.

    Only a console of Windows needs click itself, which takes a tenth of a start.
    """
    try:
        if sys.platform == "win32":
            import click

            click.echo(text, stream, nl=False, color=True if stream is sys.stdout else None)
        else:
            stream.write(text)
            stream.flush()
    except BrokenPipeError:
        _let_go(stream)
        return False
    return True


def _let_go(stream: TextIO) -> None:
    """What is still to be written there goes nowhere, at the end of the process too."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())
