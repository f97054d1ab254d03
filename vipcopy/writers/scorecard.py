"""The score for a person: nine rows, what each lost and proved, and the changes that win most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vipcopy.model import Finding, Report
from vipcopy.scoring.scorecard import GuidelineScore, Loss
from vipcopy.writers import wording
from vipcopy.writers.bars import write_bar
from vipcopy.writers.style import BOLD, GREEN, RED, Style

_Places = dict[tuple[str, int | None], Finding]  # by rule and offset

_MOST_ROWS = 5  # of one guideline; the rest are counted


def write_scores(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """Lines for each text that could be read: the nine guidelines with what each lost and proved.

    >>> list(write_scores([], Style()))
    []
    """
    for report in reports:
        if report.error is None:
            yield from _write_score(report, style)


def _write_score(report: Report, style: Style) -> Iterator[str]:
    said = (wording.write_score(report.score), wording.write_weakest(report.score))
    yield style.paint(f"{wording.clean(report.name)}: {'; '.join(part for part in said if part)}", BOLD)
    findings: _Places = {(finding.rule, finding.offset): finding for finding in report.findings}
    for row in report.score.guidelines:
        yield write_bar(row, style)
        yield from _write_losses(row, findings, style)
        yield from _write_proofs(row, style)
    yield from _write_changes(report, style)
    yield ""


def _write_losses(row: GuidelineScore, findings: _Places, style: Style) -> Iterator[str]:
    losses = sorted(row.losses, key=lambda loss: -loss.points)
    for loss in losses[:_MOST_ROWS]:
        finding = findings.get((loss.rule, loss.offset))
        yield f"    {style.paint('−' + wording.write_points(loss.points), RED)}  {_write_loss(loss, finding)}"
    rest = losses[_MOST_ROWS:]
    if rest:
        points = wording.write_points(sum(loss.points for loss in rest))
        yield f"    {style.paint('−' + points, RED)}  ещё {wording.write_count(len(rest), wording.PLACES)}"


def _write_loss(loss: Loss, finding: Finding | None) -> str:
    if finding is None:
        return loss.reason
    return f"{wording.write_quote(finding)}  {wording.write_place(finding.place)}  {finding.rule}"


def _write_proofs(row: GuidelineScore, style: Style) -> Iterator[str]:
    for proof in row.proofs[:_MOST_ROWS]:
        yield f"    {style.paint('есть', GREEN)}   «{wording.shorten(wording.clean(proof.quote))}»  {proof.rule}"
    rest = len(row.proofs) - _MOST_ROWS
    if rest > 0:
        yield f"    {style.paint('есть', GREEN)}   ещё {wording.write_count(rest, wording.PROOFS)}"


def _write_changes(report: Report, style: Style) -> Iterator[str]:
    promise = wording.write_promise(report)
    if promise:
        yield style.paint(f"{promise}:", BOLD)
        for findings in wording.find_places(report.changes):
            messages = " ".join(wording.clean(finding.message) for finding in findings)
            yield f"    {wording.write_place(findings[0].place)}  {messages}"
