"""The letters of examples/ get the reports that we expect; `make examples` writes them, a person reads them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import vipcopy

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
LETTERS = sorted(path for path in EXAMPLES.iterdir() if path.is_file())
CLEAN = ("bank.txt", "estate.txt", "jeweller.txt", "letter-rewritten.txt", "sms-rewritten.txt", "wine.txt")
SCREEN = re.compile(r"(?<=^\$ vipcopy check examples/car\.txt\n).*?(?=^```)", re.DOTALL | re.MULTILINE)
READMES = [ROOT / "README.md", ROOT / "README.ru.md"]


@cache
def read_report(name: str) -> vipcopy.Report:
    """The report of a letter by the main rules."""
    (report,) = vipcopy.load().check_paths([EXAMPLES / name])
    return report


def expected(letter: Path) -> Path:
    return EXAMPLES / "expected" / f"{letter.name}.findings"


def write_findings(name: str) -> str:
    """A line for each finding, in the order of the text: its category and its words."""
    return "".join(f"{finding.category}: {finding.quote}\n" for finding in read_report(name).findings)


def write_screen() -> str:
    """What the program prints for the letter that the READMEs show."""
    (report,) = vipcopy.load().check_paths(["examples/car.txt"])
    return "".join(f"{line}\n" for line in vipcopy.write([report], "text", vipcopy.Style())).rstrip() + "\n"


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_a_letter_gets_the_findings_that_we_expect(letter: Path) -> None:
    assert write_findings(letter.name) == expected(letter).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CLEAN)
def test_a_good_letter_is_left_alone(name: str) -> None:
    assert write_findings(name) == ""


@pytest.mark.parametrize("name", ["letter", "sms"])
def test_a_letter_written_anew_scores_far_higher(name: str) -> None:
    before, after = read_report(f"{name}.txt").score, read_report(f"{name}-rewritten.txt").score
    assert after.total / after.max - before.total / before.max > 0.25


def test_the_letters_together_show_every_category() -> None:
    shown = {finding.category for letter in LETTERS for finding in read_report(letter.name).findings}
    assert {rule.category for rule in vipcopy.load().rules.values() if rule.weight < 0} - shown == set()


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_screen_of_a_readme_is_what_the_program_prints(readme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert SCREEN.findall(readme.read_text(encoding="utf-8")) == [write_screen()]


def write_all() -> None:
    """Write the expected findings and the screens of the READMEs anew; run from the root of the project."""
    for letter in LETTERS:
        expected(letter).parent.mkdir(exist_ok=True)
        expected(letter).write_text(write_findings(letter.name), encoding="utf-8")
    screen = write_screen()
    for readme in READMES:
        readme.write_text(SCREEN.sub(lambda _: screen, readme.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write_all()
