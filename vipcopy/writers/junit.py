"""Findings as a JUnit report: a suite for each text, a failed case for each error, warning and low score."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from vipcopy.model import Finding, Report, Severity
from vipcopy.writers import wording
from vipcopy.writers.brief import MIN_SCORE, write_shortfall
from vipcopy.writers.columns import write_message, write_path
from vipcopy.writers.style import Style

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """Lines that are one XML document together."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<testsuites name={_attribute(f'vipcopy {style.version}'.strip())}>"
    for report in reports:
        yield from _write_suite(report)
    yield "</testsuites>"


def _write_suite(report: Report) -> Iterator[str]:
    shortfall = write_shortfall(report)
    failures = sum(finding.severity != Severity.INFO for finding in report.findings) + bool(shortfall)
    errors = int(report.error is not None)
    tests = max(1, len(report.findings) + bool(shortfall))
    path = _attribute(write_path(report))
    yield f'<testsuite name={path} tests="{tests}" failures="{failures}" errors="{errors}" skipped="0" time="0">'
    if report.error is not None:
        yield f'<testcase classname={path} name="чтение" time="0">'
        yield f'<error message={_attribute(report.error)} type="unreadable"></error></testcase>'
    elif shortfall:
        yield f'<testcase classname={path} name={_attribute(wording.write_score(report.score))} time="0">'
        yield f'<failure message={_attribute(shortfall)} type="{MIN_SCORE}"></failure></testcase>'
    elif not report.findings:
        yield f'<testcase classname={path} name={_attribute(wording.write_score(report.score))} time="0"></testcase>'
    for finding in report.findings:
        yield from _write_case(path, finding)
    if report.notes:
        notes = "\n".join(report.notes)
        yield f"<system-out>{escape(_clean(notes))}</system-out>"
    yield "</testsuite>"


def _write_case(path: str, finding: Finding) -> Iterator[str]:
    where = wording.write_place(finding.place)
    yield f'<testcase classname={path} name={_attribute(f"{finding.rule} {where}")} time="0">'
    words = escape(_clean(f"{where}: {wording.write_quote(finding)}\n{finding.why}".strip()))
    message = _attribute(write_message(finding))
    if finding.severity == Severity.INFO:
        yield f"<system-out>{escape(_clean(write_message(finding)))}\n{words}</system-out>"
    else:
        yield f"<failure message={message} type={_attribute(finding.severity.value)}>{words}</failure>"
    yield "</testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Without the characters that XML has no way to write."""
    return _NOT_XML.sub("\ufffd", text)
