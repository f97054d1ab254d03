"""A writer for each output format: reports in, lines of text out. The table picks one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module

from vipcopy.model import Report
from vipcopy.writers.style import Style

Writer = Callable[[Iterable[Report], Style], Iterator[str]]


def _write_by(module: str) -> Writer:
    def write(reports: Iterable[Report], style: Style) -> Iterator[str]:
        lines: Iterator[str] = import_module(f"{__name__}.{module}").write(reports, style)
        return lines

    return write


_NAMES = ("text", "json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson", "html")

WRITERS: Mapping[str, Writer] = {name: _write_by(name) for name in _NAMES}  # a module is imported at its first line

__all__ = ["WRITERS", "Style", "Writer"]
