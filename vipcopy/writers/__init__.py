"""A writer for each output format: reports in, lines of text out. The table picks one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import chain, islice

from vipcopy.errors import ConfigError
from vipcopy.model import Report
from vipcopy.writers.style import Style

Writer = Callable[[Iterable[Report], Style], Iterator[str]]


_PIECE = 1 << 16  # characters that are written at once


def _write_by(module: str) -> Writer:
    def write(reports: Iterable[Report], style: Style) -> Iterator[str]:
        lines: Iterator[str] = import_module(f"{__name__}.{module}").write(reports, style)
        return lines

    return write


_NAMES = ("text", "json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson", "html")

WRITERS: Mapping[str, Writer] = {name: _write_by(name) for name in _NAMES}  # a module is imported at its first line


def find_writer(form: str) -> Writer:
    """The writer of a format. Raises ConfigError where there is none."""
    if form not in WRITERS:
        raise ConfigError(f"нет вида отчёта «{form}»; бывает: {', '.join(WRITERS)}")
    return WRITERS[form]


def write_pieces(reports: Iterable[Report], form: str, style: Style) -> Iterator[str]:
    """A report as text with its line ends: a line at a time, and very long lines of JSON in pieces.

    Nothing is said before the first report is there: settings that cannot be used leave no half of a file.
    """
    rest = iter(reports)
    reports = chain(tuple(islice(rest, 1)), rest)
    if form not in ("json", "jsonl"):
        yield from (f"{line}\n" for line in find_writer(form)(reports, style))
        return
    pieces: Iterator[str] = import_module(f"{__name__}.{form}").write_pieces(reports, style)
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if piece == "\n" or size >= _PIECE:
            yield "".join(held)
            held, size = [], 0


__all__ = ["WRITERS", "Style", "Writer", "find_writer", "write_pieces"]
