"""Reports as JSON Lines: a whole object a line, for `jq` and databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vipcopy.model import SCORE_MODEL, Report
from vipcopy.writers.json import build_report, dump
from vipcopy.writers.style import Style


def write(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """A line for each text: what the format `json` says of it, and by which version."""
    for report in reports:
        yield dump({"vipcopy": style.version, "score_model": SCORE_MODEL, **build_report(report)})
