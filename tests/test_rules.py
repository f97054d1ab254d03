"""The shipped rules: every example right, alone and in company; every guard needed; every category there."""

import re

import pytest

import vipcopy
from vipcopy.compiling.library import load_packs
from vipcopy.model import Rule
from vipcopy.rule_tests.selftest import find_failures

CATEGORIES = (
    *("hedging", "refusal", "discount", "gimmick", "exclamation", "caps", "superlative", "hype", "price_justification"),
    *("urgency", "mass_appeal", "familiarity", "emoji", "flattery", "arrogance", "impersonal", "water", "overpromise"),
    *("cheaper_option", "vague_number", "we_focus"),
)


@pytest.fixture(scope="module")
def rules() -> list[Rule]:
    return [rule for pack in load_packs() for rule in pack.rules]


def test_every_example_and_guard_of_the_shipped_packs_holds() -> None:
    assert list(map(str, find_failures(load_packs()))) == []


@pytest.mark.parametrize("category", CATEGORIES)
def test_category_has_rules(rules: list[Rule], category: str) -> None:
    assert any(rule.category == category for rule in rules)


@pytest.mark.parametrize("guideline", [1, 7, 9])
def test_guideline_that_asks_for_evidence_can_get_it(rules: list[Rule], guideline: int) -> None:
    assert any(rule.weight > 0 and rule.guideline == guideline for rule in rules)


def test_every_rule_says_why(rules: list[Rule]) -> None:
    assert [rule.id for rule in rules if rule.weight < 0 and not rule.why] == []


def test_messages_preach_what_the_rules_preach(rules: list[Rule]) -> None:
    texts = [text for rule in rules for text in (rule.message, rule.why, *rule.suggest)]
    ours = [re.sub(r"«[^»]*»", "", text) for text in texts]  # what is quoted is an example
    assert [text for text in ours if "!" in text or "должны" in text] == []


def test_what_a_rule_advises_no_rule_marks(rules: list[Rule]) -> None:
    sentence = re.compile(r"«([А-ЯЁ0-9][^»]* [^»]*)»")  # «не можем» is a word to part with, not advice
    advised = [(rule.id, words) for rule in rules for text in rule.suggest for words in sentence.findall(text)]
    checker = vipcopy.load()
    letters = [(id, checker.check_text(f"Уважаемая Анна Ивановна!\n\n{words}")) for id, words in advised]
    assert [(id, finding.rule, finding.quote) for id, letter in letters for finding in letter.findings] == []


def test_a_sum_leaves_the_full_stop_to_its_sentence() -> None:
    assert [finding.quote for finding in vipcopy.check("Сэкономьте $500.").findings] == ["Сэкономьте $500"]
