"""Reports as JSON, a line for each text. Points are written as points (0.82), offsets as code points of the source.

The line of a very long text is longer than the text; in pieces it takes no room.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from vipcopy.model import Finding, Fix, Report
from vipcopy.patterns import compile_later
from vipcopy.scoring.scorecard import SCORE_MODEL, GuidelineScore, Loss, Proof
from vipcopy.writers.style import Style

Value = str | int | float | None | list["Value"] | dict[str, "Value"]
Object = Mapping[str, "Value | Iterator[Object]"]  # lists of records are told one by one

_SURROGATE = compile_later(r"[\ud800-\udfff]")  # half a character: no encoding has it, so it is written as an escape


def write(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """Lines that are one JSON object together; whole whatever the reports say."""
    return map("".join, _write_lines(reports, style))


def write_pieces(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """The same with the line ends, each line in pieces."""
    return chain.from_iterable(chain(line, ("\n",)) for line in _write_lines(reports, style))


def _write_lines(reports: Iterable[Report], style: Style) -> Iterator[Iterable[str]]:
    yield (f'{{"vipcopy": {dump(style.version)}, "score_model": {SCORE_MODEL}, "files": [',)
    comma = ""
    for report in reports:
        yield chain((comma,), dump_pieces(tell_report(report)))
        comma = ","
    yield ("]}",)


def dump(value: Value | Object) -> str:
    """The value on one line, Cyrillic as it is."""
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def dump_pieces(record: Object) -> Iterator[str]:
    """An object on one line, as `dump` writes it, in pieces."""
    opening = "{"
    for key, value in record.items():
        yield f"{opening}{dump(key)}: "
        yield from _dump_rows(value) if isinstance(value, Iterator) else (dump(value),)
        opening = ", "
    yield "}"


def _dump_rows(rows: Iterator[Object]) -> Iterator[str]:
    opening = "["
    for row in rows:
        yield opening
        yield from dump_pieces(row) if any(isinstance(value, Iterator) for value in row.values()) else (dump(row),)
        opening = ", "
    yield "]" if opening == ", " else "[]"


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
    return _settle(tell_report(report))


def _settle(record: Object) -> dict[str, Value]:
    return {key: list(map(_settle, value)) if isinstance(value, Iterator) else value for key, value in record.items()}


def tell_report(report: Report) -> Object:
    """The same with findings, losses and proofs told one by one, once."""
    score = report.score
    return {
        "path": report.name,
        "encoding": report.encoding or None,
        "words": report.words,
        "score": score.total / 100 if score.max else None,
        "max_score": score.max / 100,
        "guidelines": map(_guideline, score.guidelines),
        "findings": map(build_finding, report.findings),
        "waived": map(_waived, report.waived),
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
        "fix": _fix(finding.fix) if finding.fix else None,
    }


def _fix(fix: Fix) -> Value:
    return {"start": fix.place.start, "stop": fix.place.stop, "text": fix.text}


def _guideline(row: GuidelineScore) -> Object:
    return {
        "number": row.number,
        "title": row.title,
        "points": row.points / 100,
        "max": row.max / 100,
        "lost": map(_loss, row.losses),
        "evidence": map(_proof, row.proofs),
    }


def _loss(loss: Loss) -> Object:
    return {
        "rule": loss.rule,
        "reason": loss.reason,
        "part": loss.part,
        "start": loss.start,
        "stop": loss.stop,
        "points": loss.points / 100,
    }


def _proof(proof: Proof) -> Object:
    return {
        "rule": proof.rule,
        "message": proof.message,
        "part": proof.part,
        "start": proof.start,
        "stop": proof.stop,
        "quote": proof.quote,
        "points": proof.points / 100,
    }


def _waived(finding: Finding) -> Object:
    return {**build_finding(finding), "reason": finding.reason}
