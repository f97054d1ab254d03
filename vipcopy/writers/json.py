"""Reports as JSON, a line for each text. Points are written as points (0.82), offsets as code points of the source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from vipcopy.model import SCORE_MODEL, Finding, GuidelineScore, Loss, Proof, Report
from vipcopy.writers.style import Style

Value = str | int | float | None | list["Value"] | dict[str, "Value"]

_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character: no encoding has it, so it is written as an escape


def write(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """Lines that are one JSON object together; whole whatever the reports say."""
    yield f'{{"vipcopy": {dump(style.version)}, "score_model": {SCORE_MODEL}, "files": ['
    comma = ""
    for report in reports:
        yield comma + dump(build_report(report))
        comma = ","
    yield "]}"


def dump(value: Value) -> str:
    """The value on one line, Cyrillic as it is."""
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def write_list(opening: str, entries: Iterable[Value], closing: str) -> Iterator[str]:
    """Lines of a JSON list with what stands around it, an entry a line, each written as soon as it is there."""
    yield opening
    comma = ""
    for entry in entries:
        yield comma + dump(entry)
        comma = ","
    yield closing


def build_report(report: Report) -> dict[str, Value]:
    """What JSON says of one text: an item of "files", plain values only.

    >>> import vipcopy
    >>> [finding["quote"] for finding in build_report(vipcopy.check("Новая скидка."))["findings"]]
    ['скидка']
    """
    score = report.score
    return {
        "path": report.name,
        "encoding": report.encoding or None,
        "words": report.words,
        "score": score.total / 100 if score.max else None,
        "max_score": score.max / 100,
        "guidelines": [_guideline(row) for row in score.guidelines],
        "findings": [build_finding(finding) for finding in report.findings],
        "waived": [_waived(finding) for finding in report.waived],
        "score_without_waivers": report.unwaived.total / 100 if report.unwaived else None,
        "left_out": report.left_out,
        "notes": list(report.notes),
        "error": report.error,
    }


def build_finding(finding: Finding) -> dict[str, Value]:
    """What JSON says of one finding: an item of "findings".

    >>> import vipcopy
    >>> build_finding(vipcopy.check("Новая скидка.").findings[0])["rule"]
    'discount/word'
    """
    return {
        "rule": finding.rule,
        "category": finding.category,
        "guideline": finding.guideline,
        "severity": finding.severity.value,
        "message": finding.message,
        "start": finding.start,
        "stop": finding.stop,
        "line": finding.place.line,
        "column": finding.place.column,
        "part": finding.place.part,
        "location": finding.place.path,
        "quote": finding.quote,
        "suggestions": list(finding.suggestions),
    }


def _guideline(row: GuidelineScore) -> Value:
    return {
        "number": row.number,
        "title": row.title,
        "points": row.points / 100,
        "max": row.max / 100,
        "lost": [_loss(loss) for loss in row.losses],
        "evidence": [_proof(proof) for proof in row.proofs],
    }


def _loss(loss: Loss) -> Value:
    return {
        "rule": loss.rule,
        "reason": loss.reason,
        "part": loss.part,
        "start": loss.start,
        "stop": loss.stop,
        "points": loss.points / 100,
    }


def _proof(proof: Proof) -> Value:
    return {
        "rule": proof.rule,
        "message": proof.message,
        "part": proof.part,
        "start": proof.start,
        "stop": proof.stop,
        "quote": proof.quote,
        "points": proof.points / 100,
    }


def _waived(finding: Finding) -> Value:
    return {**build_finding(finding), "reason": finding.reason}
