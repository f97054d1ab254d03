"""Reports as JSON Lines: a whole object a line, for `jq` and databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from vipcopy.model import Report
from vipcopy.scoring.scorecard import SCORE_MODEL
from vipcopy.writers.json import Object, dump_pieces, tell_report
from vipcopy.writers.style import Style


def write(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """A line for each text: what the format `json` says of it, and by which version."""
    return ("".join(dump_pieces(_tell(report, style))) for report in reports)


def write_pieces(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """The same with the line ends, each line in pieces."""
    return chain.from_iterable(chain(dump_pieces(_tell(report, style)), ("\n",)) for report in reports)


def _tell(report: Report, style: Style) -> Object:
    return {"vipcopy": style.version, "score_model": SCORE_MODEL, **tell_report(report)}
