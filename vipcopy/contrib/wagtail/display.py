"""A verdict as templates show it: the total, nine bars, and each finding with the way to its block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from vipcopy import Finding, Severity
from vipcopy.contrib.django.errors import write_tenths
from vipcopy.contrib.wagtail.texts import HtmlFragment
from vipcopy.contrib.wagtail.verdicts import PageVerdict
from vipcopy.excerpts import cut_after, cut_before
from vipcopy.scoring.score import lowest

SEVERITIES = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение", Severity.INFO: "подсказка"}
_AROUND = 80
_TAG = re.compile(r"<[^<>]*>")


class Bar(NamedTuple):
    """One guideline; `share` is of 100, and -1 where nothing could be judged."""

    title: str
    share: int
    points: str
    look: str


class MarkedFinding(NamedTuple):
    """One finding: its words with some of the sentence, and where the editor finds them on the page."""

    before: str
    quote: str
    after: str
    message: str
    advice: str
    severity: str
    kind: str
    label: str
    contentpath: str  # a block's id or a field's name, as Wagtail marks its inputs
    occurrence: int  # which of the equal words there, as the editor shows them, from 0
    blocks: bool


class Panel(NamedTuple):
    """All that the panel says."""

    score: str  # of nine, also where fewer guidelines could be judged; empty where none
    needed: str
    passes: bool
    enabled: bool
    error: str
    weakest: str
    bars: tuple[Bar, ...]
    marks: tuple[MarkedFinding, ...]

    @property
    def blocking(self) -> int:
        """How many findings stand in the way."""
        return sum(mark.blocks for mark in self.marks)


def build_panel(found: PageVerdict) -> Panel:
    """What the panel says of a verdict."""
    report, policy = found.verdict.report, found.verdict.policy
    bars = tuple(_build_bars(found))
    weakest = lowest(report.score)
    return Panel(
        write_tenths(report.score.total * 900 // report.score.max) if report.score.max else "",
        write_tenths(policy.min_score) if policy.min_score else "",
        found.passes,
        found.enabled,
        report.error or "",
        weakest.title if weakest and weakest.points < weakest.max else "",
        bars,
        tuple(_build_marks(found)),
    )


def _build_bars(found: PageVerdict) -> Iterator[Bar]:
    for row in found.verdict.report.score.guidelines:
        share = row.points * 100 // row.max if row.max else -1
        look = "none" if share < 0 else "good" if share >= 80 else "fair" if share >= 50 else "poor"
        points = f"{row.points // 100},{row.points % 100:02}" if row.max else "н/д"
        yield Bar(row.title, share, points, look)


def _build_marks(found: PageVerdict) -> Iterator[MarkedFinding]:
    """The findings in the order of the page, so that the text before each is put together once."""
    last, at, before = -1, 0, ""
    for finding in found.verdict.report.findings:
        number = found.text.find_fragment(finding.start)
        if number != last:
            last, at, before = number, found.text.starts[number], ""
        before += unescape(_TAG.sub("", found.text.html[at : finding.start]))
        at = max(at, finding.start)
        yield _build_mark(found, finding, found.text.fragments[number], before.count(finding.quote))


def _build_mark(found: PageVerdict, finding: Finding, fragment: HtmlFragment, occurrence: int) -> MarkedFinding:
    stop = finding.context_start + len(finding.quote)
    before, after = finding.context[: finding.context_start], finding.context[stop:]
    return MarkedFinding(
        cut_before(before.lstrip(), _AROUND),
        finding.quote,
        cut_after(after.rstrip(), _AROUND),
        finding.message,
        " или ".join(finding.suggestions),
        finding.severity.value,
        SEVERITIES[finding.severity],
        fragment.label,
        fragment.block or str(fragment.path[0]),
        occurrence,
        found.verdict.blocks(finding),
    )
