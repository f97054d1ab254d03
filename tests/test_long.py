"""A text with more sentences and findings than are kept at once is checked as any other."""

from __future__ import annotations

import json
import pickle
import sys
from time import perf_counter

import pytest

import vipcopy
from vipcopy import Report, Severity, Style
from vipcopy.manuscript import read
from vipcopy.readers import parse_document
from vipcopy.replay import MOST_KEPT, Replay
from vipcopy.writers import WRITERS

UNIT = "Скидка ждёт Вас\nв салоне. Возможно, Вы придёте.\n\n"
COUNT = 2_000


@pytest.fixture(scope="module")
def report() -> Report:
    return vipcopy.check(UNIT * COUNT)


def test_each_paragraph_has_the_findings_of_the_first(report: Report) -> None:
    size = len(UNIT)
    told = [(each.rule, each.start % size, each.quote) for each in report.findings if each.category == "discount"]
    assert told == [("discount/word", 0, "Скидка")] * COUNT
    assert [each.start // size for each in report.findings if each.category == "discount"] == list(range(COUNT))


def test_very_many_findings_are_a_sequence_as_few_are(report: Report) -> None:
    findings = report.findings
    assert len(findings) == len(list(findings)) > MOST_KEPT
    assert (findings[0], findings[-1]) == (next(iter(findings)), tuple(findings)[-1])
    assert findings[3:5] == tuple(findings)[3:5]
    assert findings == tuple(findings) == pickle.loads(pickle.dumps(findings))
    with pytest.raises(IndexError):
        findings[len(findings)]


def test_a_report_can_be_read_when_the_time_of_its_check_is_over(report: Report) -> None:
    is_over = False

    def tick() -> None:
        if is_over:
            raise vipcopy.LimitError

    late = vipcopy.load().core.check(parse_document(UNIT * COUNT, "", "text"), tick=tick)
    is_over = True
    assert late.findings == report.findings


def test_losses_of_very_many_findings_add_up(report: Report) -> None:
    lost = sum(loss.points for row in report.score.guidelines for loss in row.losses)
    assert lost == report.score.max - report.score.total
    assert sum(finding.lost for finding in report.findings) <= lost


def test_what_to_correct_first_is_among_very_many_findings(report: Report) -> None:
    changes = report.changes
    assert changes and len(changes.findings) == len(tuple(changes.findings)) == 3
    assert [*changes.findings] == [each for each in report.findings if each in tuple(changes.findings)]


@pytest.mark.parametrize("form", WRITERS)
def test_a_format_goes_through_very_many_findings_few_times(form: str) -> None:
    report, asked = vipcopy.check("Скидка. " * 40), list[int]()
    findings = Replay(lambda: asked.append(1) or report.findings, len(report.findings))  # type: ignore[func-returns-value]
    list(vipcopy.write([report._replace(findings=findings)], form, Style()))
    assert len(asked) <= 3


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_report_in_pieces_is_the_report(report: Report, form: str) -> None:
    style = Style(version="1")
    pieces = list(vipcopy.write_pieces([report], form, style))
    lines = list(vipcopy.write([report], form, style))
    assert "".join(pieces) == "".join(f"{line}\n" for line in lines)
    assert max(map(len, pieces)) < max(map(len, lines))
    written = json.loads("".join(pieces))
    assert (written["files"][0] if form == "json" else written)["findings"] == [
        vipcopy.build_finding(finding) for finding in report.findings
    ]


def test_findings_below_a_severity_are_left_out(report: Report) -> None:
    shown = vipcopy.show(report, Severity.ERROR).findings
    assert list(shown) == [finding for finding in report.findings if finding.severity is Severity.ERROR]


def test_a_replay_is_produced_anew() -> None:
    replay = Replay(lambda: iter("вы"), 2)
    assert list(replay) == list(replay) == ["в", "ы"]
    assert replay == ("в", "ы")
    assert replay == ("в", "ы")
    assert replay != ("в",)


def test_a_wrapped_text_that_is_read_is_held_once() -> None:
    text = UNIT * 20
    holders = sys.getrefcount(text)
    manuscript = read(parse_document(text, "", "text"))
    assert sys.getrefcount(text) == holders
    assert str(manuscript.prose.written) == text != manuscript.prose.text


@pytest.mark.parametrize("unit", ["лучший, ", "лучший ", "бесплатный, ", "скидка! "])
def test_a_very_long_sentence_takes_time_by_its_length(unit: str) -> None:
    checker = vipcopy.load()
    start = perf_counter()
    checker.check_text(unit * 5_000)
    assert perf_counter() - start < 20  # it takes a second; the square of it takes minutes


def test_the_clock_is_looked_at_inside_a_sentence_too() -> None:
    checker = vipcopy.load()
    looks = 0

    def tick() -> None:
        nonlocal looks
        looks += 1

    checker.core.check(parse_document("лучший " * 500, "", "text"), tick=tick)
    assert looks > 500
