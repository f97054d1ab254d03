"""A writer for each output format: reports in, lines of text out. The table picks one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from vipcopy.model import Report
from vipcopy.writers.json import write as write_json
from vipcopy.writers.style import Style
from vipcopy.writers.text import write as write_text

WRITERS: Mapping[str, Callable[[Iterable[Report], Style], Iterator[str]]] = {"text": write_text, "json": write_json}

__all__ = ["WRITERS", "Style"]
