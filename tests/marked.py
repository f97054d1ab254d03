"""Marked sentences for the tests of the kinds: what a rule finds, shown with ⟦ ⟧."""

from __future__ import annotations

from collections.abc import Mapping

from vipcopy.kinds import KINDS
from vipcopy.model import Origin, Rule, Severity
from vipcopy.regions import read_prose

ORIGIN = Origin("rules.yaml", 3, 5)


def build_rule(kind: str, options: Mapping[str, tuple[str, ...]], name: str = "test/rule") -> Rule:
    """A rule of this kind with nothing but options."""
    return Rule(name, "test", 3, Severity.ERROR, -5, "…", "…", kind, ORIGIN, options=options)


def mark(kind: str, marked: str, **options: tuple[str, ...]) -> str:
    """The text without its marks, and then with those that a rule of this kind sets."""
    text = marked.replace("⟦", "").replace("⟧", "")
    finder = KINDS[kind].build([build_rule(kind, options)], {})
    for hit in sorted(finder.find(read_prose(text, ())), key=lambda hit: hit.start, reverse=True):
        text = f"{text[: hit.start]}⟦{text[hit.start : hit.stop]}⟧{text[hit.stop :]}"
    return text
