"""A writer for each output format: reports in, lines of text out. The table picks one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from vipcopy.model import Report
from vipcopy.writers import github, gitlab, html, json, jsonl, junit, rdjson, sarif, text
from vipcopy.writers.style import Style

WRITERS: Mapping[str, Callable[[Iterable[Report], Style], Iterator[str]]] = {
    "text": text.write,
    "json": json.write,
    "jsonl": jsonl.write,
    "github": github.write,
    "gitlab": gitlab.write,
    "sarif": sarif.write,
    "junit": junit.write,
    "rdjson": rdjson.write,
    "html": html.write,
}

__all__ = ["WRITERS", "Style"]
