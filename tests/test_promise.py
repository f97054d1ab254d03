"""What the report promises for its three places is what the text scores without their words."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

import vipcopy

EXAMPLES = Path(__file__).parent.parent / "examples"
LETTERS = sorted(EXAMPLES.glob("*.txt"))
LONE_MARK = re.compile(r"(?:^|(?<=\s))[.!?…]+[^\S\n]*", re.MULTILINE)


def mend(text: str, findings: tuple[vipcopy.Finding, ...]) -> str:
    """The text as a person leaves it: fixes made, other words taken out, marks that end nothing too."""
    for finding in reversed(findings):
        fix = finding.fix
        start, stop, written = (fix.place.start, fix.place.stop, fix.text) if fix else (finding.start, finding.stop, "")
        stands = "." if finding.rule.startswith("exclamation/") else written
        text = text[:start] + stands + text[stop:]
    return LONE_MARK.sub("", text)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_no_more_is_promised_than_the_mended_text_scores(letter: Path) -> None:
    text = letter.read_text(encoding="utf-8")
    changes = vipcopy.check(text).changes
    assert changes and changes.total <= vipcopy.check(mend(text, changes.findings)).score.total


def test_a_finding_that_another_hides_is_counted() -> None:
    text = (EXAMPLES / "car.txt").read_text(encoding="utf-8")
    changes = vipcopy.check(text).changes
    assert changes and "Надеемся" in [finding.quote for finding in changes.findings]
    mended = vipcopy.check(mend(text, changes.findings))
    assert "Вы останетесь довольны" in text
    assert [each.quote for each in mended.findings if each.category == "overpromise"] == ["останетесь довольны"]
    assert vipcopy.check(text).score.total < changes.total <= mended.score.total


def test_a_waiver_holds_in_the_text_without_the_words() -> None:
    text = "Надеемся, Вы останетесь довольны. Дом готов. <!-- vipcopy: ignore overpromise — согласовано -->"
    changes = vipcopy.check(text).changes
    assert changes and changes.total == vipcopy.check(text.replace("Надеемся, ", "")).score.total


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_report_goes_to_another_process(protocol: int) -> None:
    report = vipcopy.check("Надеемся, Вы останетесь довольны. Мы готовим дом.")
    assert pickle.loads(pickle.dumps(report, protocol)) == report
