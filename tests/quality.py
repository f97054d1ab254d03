"""How right the rules are: precision, recall and F1 by category on our marked texts, as `make quality` writes them."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import vipcopy

TESTS = Path(__file__).parent
CORPUS = TESTS / "corpus"
FIGURES = TESTS / "corpus" / "figures.json"
PAGE = TESTS.parent / "docs" / "quality.md"
HALVES = ("open", "held")
SURFACE = frozenset({"exclamation", "caps", "emoji"})
TOLERANCE = 0.02
ALARMS = "false alarms"

_HEAD = re.compile(r"^=== (?P<id>[^|]+)\|(?P<kind>[^|]+)\|.*$", re.MULTILINE)
_MARK = re.compile(r"\{\{(?P<categories>[a-z_+]+):(?P<text>.*?)\}\}", re.DOTALL)
_PREFACE = """\
# How right the rules are

Measured by `make quality` on the texts of `tests/corpus/`, which we wrote and marked ourselves. The rules were written
with the open half at hand; nobody looks into the held half while writing rules, so **its figures are the ones to
quote**. A finding is right when it overlaps a mark of its category; a mark is found when a finding of its category
overlaps it. Several findings in one mark count as one, so the column of findings counts less than a report tells.

The row `meaning` adds up all rows above but `caps`, `emoji` and `exclamation`, where the signs alone tell. In the row
`place` a mark of any category will do: the fault was seen, perhaps under another name. There a stretch that is marked
for two categories is one mark, and findings of two categories in one mark are one, so that it counts less than the sum
of the rows. CI fails when an F1 falls by more than 0.02, or when neutral texts have more false alarms than they had.
"""


class Span(NamedTuple):
    """A marked or a found stretch of one category."""

    start: int
    stop: int
    category: str

    def overlaps(self, other: Span) -> bool:
        """Whether both are of one category and share a character."""
        return self.category == other.category and self.start < other.stop and other.start < self.stop


class Sample(NamedTuple):
    """A text of the corpus and its marks; `kind` is mass, premium or neutral."""

    id: str
    kind: str
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one category: marks, of them found; findings, of them right."""

    marks: int
    met: int
    findings: int
    right: int

    @property
    def precision(self) -> float:
        """The share of findings that are right; 1 where there are none and nothing was marked."""
        return self.right / self.findings if self.findings else float(not self.marks)

    @property
    def recall(self) -> float:
        """The share of marks that are found; 1 where nothing is marked."""
        return self.met / self.marks if self.marks else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)


class Quality(NamedTuple):
    """What was counted on one half: by category, and how often neutral text is found fault with."""

    tallies: Mapping[str, Tally]
    alarms: float  # false ones in 1,000 characters of neutral text


def read_samples(half: str) -> Iterator[Sample]:
    """The texts of one half of the corpus: `open` to write rules by, `held` to measure on."""
    for path in sorted(CORPUS.glob(f"*_{half}.txt")):
        content = path.read_text(encoding="utf-8")
        heads = list(_HEAD.finditer(content))
        for head, stop in zip(heads, [*(each.start() for each in heads[1:]), len(content)], strict=True):
            text, marks = read_marks(content[head.end() : stop].strip("\n"))
            yield Sample(head["id"].strip(), head["kind"].strip(), text, marks)


def read_marks(marked: str) -> tuple[str, tuple[Span, ...]]:
    """A text without its marks, and the marks."""
    text, last, marks = "", 0, []
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        start = len(text)
        text += match["text"]
        marks += [Span(start, len(text), category) for category in match["categories"].split("+")]
        last = match.end()
    return text + marked[last:], tuple(marks)


def find_spans(checker: vipcopy.Checker, text: str, categories: Iterable[str]) -> tuple[Span, ...]:
    """What the checker finds of these categories."""
    findings = checker.check_text(text).findings
    return tuple(Span(each.start, each.stop, each.category) for each in findings if each.category in set(categories))


def count(pairs: Sequence[tuple[Sample, tuple[Span, ...]]], category: str) -> Tally:
    """The counts of a category; several findings inside one mark count once."""
    marks = met = findings = right = 0
    for sample, found in pairs:
        mine = [mark for mark in sample.marks if mark.category == category]
        hits = [span for span in found if span.category == category]
        first = Counter(next((at for at, mark in enumerate(mine) if mark.overlaps(span)), None) for span in hits)
        wrong = first.pop(None, 0)
        marks, met = marks + len(mine), met + sum(any(mark.overlaps(span) for span in hits) for mark in mine)
        findings, right = findings + len(first) + wrong, right + len(first)
    return Tally(marks, met, findings, right)


def count_places(pairs: Sequence[tuple[Sample, tuple[Span, ...]]]) -> Tally:
    """The counts of faults whatever they are called: a threat that is found as arrogance is found all the same."""
    nameless = [
        (
            sample._replace(marks=tuple(dict.fromkeys(mark._replace(category="") for mark in sample.marks))),
            tuple(span._replace(category="") for span in found),
        )
        for sample, found in pairs
    ]
    return count(nameless, "")


def add(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    rows = [(each.marks, each.met, each.findings, each.right) for each in tallies]
    return Tally(*map(sum, zip(*rows, strict=True)))


def count_alarms(pairs: Sequence[tuple[Sample, tuple[Span, ...]]]) -> float:
    """False alarms in 1,000 characters of the neutral texts."""
    neutral = [(sample, found) for sample, found in pairs if sample.kind == "neutral"]
    false = sum(not any(map(span.overlaps, sample.marks)) for sample, found in neutral for span in found)
    return 1000 * false / sum(len(sample.text) for sample, _ in neutral)


def measure(half: str) -> Quality:
    """How right the rules are on one half.

    `meaning` is all but the marks of punctuation, capitals and emoji; `place` is all, whatever a fault is called.
    """
    samples = list(read_samples(half))
    categories = sorted({mark.category for sample in samples for mark in sample.marks})
    checker = vipcopy.load()
    pairs = [(sample, find_spans(checker, sample.text, categories)) for sample in samples]
    tallies = {category: count(pairs, category) for category in categories}
    meaning = add(tally for category, tally in tallies.items() if category not in SURFACE)
    return Quality(tallies | {"meaning": meaning, "place": count_places(pairs)}, count_alarms(pairs))


def write_page(halves: Mapping[str, Quality]) -> Iterator[str]:
    """The lines of docs/quality.md."""
    yield from _PREFACE.splitlines()
    for half in reversed(HALVES):
        yield from ("", f"## The {half} half", "", "| category | marks | findings | precision | recall | F1 |")
        yield "|---|---:|---:|---:|---:|---:|"
        for category, tally in halves[half].tallies.items():
            figures = " | ".join(f"{figure:.2f}" for figure in (tally.precision, tally.recall, tally.f1))
            yield f"| {category} | {tally.marks} | {tally.findings} | {figures} |"
        yield from ("", f"False alarms in its neutral texts: {halves[half].alarms:.2f} per 1,000 characters.")


def write_figures(quality: Quality) -> Mapping[str, float]:
    """The F1 of each category, and the false alarms under their own name."""
    return {category: round(tally.f1, 3) for category, tally in quality.tallies.items()} | {
        ALARMS: round(quality.alarms, 3)
    }


def main() -> None:
    """Write the page and the figures that CI compares with."""
    halves = {half: measure(half) for half in HALVES}
    PAGE.write_text("\n".join(write_page(halves)) + "\n", encoding="utf-8")
    kept = {half: write_figures(quality) for half, quality in halves.items()}
    FIGURES.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
