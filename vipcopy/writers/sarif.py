"""Findings as SARIF 2.1.0. Columns count UTF-16 code units, and the log says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from vipcopy.identity import build_key
from vipcopy.model import Finding, Fix, Place, Report, Severity
from vipcopy.scoring.guidelines import GUIDELINES
from vipcopy.writers import wording
from vipcopy.writers.brief import MIN_SCORE, write_shortfall
from vipcopy.writers.columns import count_utf16, has_lines, slash, write_message
from vipcopy.writers.json import Value, dump
from vipcopy.writers.style import Style

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_DRIVE = re.compile(rb"[A-Za-z]:/")
_HALF = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")  # of a character, in a name of Windows; the others stand for bytes
_SCORE_RULE: Value = {
    "id": MIN_SCORE,
    "shortDescription": {"text": "Оценка текста"},
    "defaultConfiguration": {"level": "error"},
    "properties": {"tags": ["score"]},
}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """Lines that are one JSON object together; all reports are in it, so it begins when the last one is there."""
    seen = list(reports)
    findings = [finding for report in seen for finding in (*report.findings, *report.waived)]
    rules = {finding.rule: finding for finding in findings}
    results: list[Value] = [
        _build_result(report, finding, list(rules)) for report in seen for finding in report.findings
    ]
    low = [report for report in seen if write_shortfall(report)]
    results += [_build_shortfall(report, len(rules)) for report in low]
    results += [_build_waived(report, finding, list(rules)) for report in seen for finding in report.waived]
    run: Value = {
        "tool": {"driver": _build_driver([*map(_build_rule, rules.values()), *([_SCORE_RULE] if low else [])], style)},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [_build_artifact(report) for report in seen],
        "invocations": [_build_invocation(seen)],
        "results": results,
    }
    yield dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _build_driver(rules: list[Value], style: Style) -> Value:
    driver: dict[str, Value] = {"name": "vipcopy", "rules": rules}
    if style.version:
        driver["semanticVersion"] = style.version
    return driver


def _build_rule(finding: Finding) -> Value:
    title = GUIDELINES.get(finding.guideline, "")
    rule: dict[str, Value] = {
        "id": finding.rule,
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"category": finding.category, "guideline": finding.guideline, "tags": [finding.category]},
    }
    if title:
        rule["shortDescription"] = {"text": title}
    if finding.why:
        rule["fullDescription"] = {"text": finding.why}
    return rule


def _build_artifact(report: Report) -> Value:
    artifact: dict[str, Value] = {"location": {"uri": _uri(report)}}
    if report.encoding:
        artifact["encoding"] = report.encoding
    if report.error is None and report.score.max:
        artifact["properties"] = {"score": report.score.total / 100, "maxScore": report.score.max / 100}
    return artifact


def _build_invocation(reports: Sequence[Report]) -> Value:
    errors = [_build_note(report, "error", report.error) for report in reports if report.error is not None]
    notes = [_build_note(report, "note", note) for report in reports for note in report.notes]
    return {"executionSuccessful": not errors, "toolExecutionNotifications": [*errors, *notes]}


def _build_note(report: Report, level: str, text: str) -> Value:
    location: Value = {"physicalLocation": {"artifactLocation": {"uri": _uri(report)}}}
    return {"level": level, "message": {"text": text}, "locations": [location]}


def _build_result(report: Report, finding: Finding, rules: Sequence[str]) -> dict[str, Value]:
    result: dict[str, Value] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": write_message(finding)},
        "locations": [_build_location(report, finding)],
        "partialFingerprints": {"vipcopySentence/v1": build_key(finding)},
    }
    if finding.fix and has_lines(report, finding):
        result["fixes"] = [_build_fix(report, finding.fix)]
    return result


def _build_waived(report: Report, finding: Finding, rules: Sequence[str]) -> Value:
    suppression: dict[str, Value] = {"kind": "inSource"}
    if finding.reason:
        suppression["justification"] = finding.reason
    return {**_build_result(report, finding, rules), "suppressions": [suppression]}


def _build_shortfall(report: Report, index: int) -> Value:
    location: Value = {"physicalLocation": {"artifactLocation": {"uri": _uri(report)}}}
    return {
        "ruleId": MIN_SCORE,
        "ruleIndex": index,
        "level": "error",
        "message": {"text": write_shortfall(report)},
        "locations": [location],
        "partialFingerprints": {"vipcopyScore/v1": MIN_SCORE},
    }


def _build_location(report: Report, finding: Finding) -> Value:
    physical: dict[str, Value] = {"artifactLocation": {"uri": _uri(report)}}
    if has_lines(report, finding):
        physical["region"] = _build_region(report, finding.place, with_snippet=True)
        return {"physicalLocation": physical}
    name = wording.write_place(finding.place)
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": name}]}


def _build_region(report: Report, place: Place, *, with_snippet: bool = False) -> Value:
    span = count_utf16(report, place)
    region: dict[str, Value] = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    if with_snippet:
        region["snippet"] = {"text": report.file[place.start : place.stop]}
    return region


def _build_fix(report: Report, fix: Fix) -> Value:
    replacement: dict[str, Value] = {
        "deletedRegion": _build_region(report, fix.place),
        "insertedContent": {"text": fix.text},
    }
    change: Value = {"artifactLocation": {"uri": _uri(report)}, "replacements": [replacement]}
    return {"description": {"text": "Убрать эти слова"}, "artifactChanges": [change]}


def _uri(report: Report) -> str:
    name = _HALF.sub("\ufffd", slash(report.name))
    path = name.encode("utf-8", "surrogateescape")  # a name need not be UTF-8
    if path.startswith(b"/"):
        return f"file://{quote(path)}"
    return f"file:///{quote(path, safe='/:')}" if _DRIVE.match(path) else quote(path)
