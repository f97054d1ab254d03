"""Packs run on their examples again: what came out right alone is not run alone again, and nothing is missed so."""

from __future__ import annotations

from pathlib import Path

import pytest

from vipcopy.compiling.compiler import merge_lists
from vipcopy.compiling.library import load_packs
from vipcopy.compiling.rule_digest import build_digest
from vipcopy.rule_tests import selftest
from vipcopy.rule_tests.selftest import find_failures
from vipcopy.rule_tests.trials import try_packs
from vipcopy.storage.cache import PROVEN, name_kept, write_cached

RULES = """
lists:
  спешка: ["@быстро", поторопиться]
  быстро: [поспешить]
  имена: [МХАТ]
rules:
  - id: urgency/hurry
    category: urgency
    guideline: 6
    message: Торопит.
    phrase: ["@спешка", скорее]
    unless: ["не ⟦⟧"]
    bad: ["⟦Поторопитесь⟧: запись открыта.", "Приходите ⟦скорее⟧."]
    good: ["Не поторопитесь с выводами."]
  - id: caps/word
    category: caps
    guideline: 3
    message: Крик.
    kind: capitals
    options: {allow: ["@имена"]}
    bad: ["Дом ⟦СЕРДЦЕ ГОРОДА⟧ открыт."]
    good: ["Спектакль МХАТ."]
"""
EDITS = {
    "a phrase": ('"@спешка", скорее', '"@спешка", =быстрее'),
    "a list": ("[поспешить]", "[поспешить, скорый]"),
    "a list of options": ("[МХАТ]", "[МХАТ, ГИТИС]"),
    "a guard": ("не ⟦⟧", "нет ⟦⟧"),
    "an example": ("с выводами", "с выводом"),
    "a word that is silent": ('["@имена"]', '["@имена", ДОМ]'),
}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIPCOPY_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "pack.yaml").write_text("name: house\n", encoding="utf-8")
    write(RULES)


@pytest.fixture
def benches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rules that are run alone."""
    seen: list[str] = []
    build = selftest.build
    monkeypatch.setattr(
        selftest, "build", lambda packs: (seen.extend(rule.id for rule in packs[-1].rules[:1]), build(packs))[1]
    )
    return seen


def write(rules: str) -> None:
    Path("house/rules.yaml").write_text(rules, encoding="utf-8")


def run() -> list[str]:
    told = list(map(str, try_packs("./house")))
    assert told == list(map(str, find_failures(load_packs("./house"))))
    return told


def test_what_came_out_right_is_not_run_alone_again(benches: list[str]) -> None:
    assert list(try_packs("./house")) == []
    assert benches == ["urgency/hurry", "caps/word"]
    assert list(try_packs("./house")) == []
    assert len(benches) == 2
    write(RULES.replace("Торопит.", "Подгоняет."))
    assert (list(try_packs("./house")), len(benches)) == ([], 2)  # of a message no example depends
    write(RULES.replace("[МХАТ]", "[МХАТ, ГИТИС]"))
    assert (list(try_packs("./house")), benches[2:]) == ([], ["caps/word"])


@pytest.mark.parametrize(("before", "after"), EDITS.values(), ids=EDITS)
def test_what_examples_depend_on_is_in_the_digest(before: str, after: str) -> None:
    digests = []
    for rules in (RULES, RULES.replace(before, after)):
        write(rules)
        packs = load_packs("./house")
        digests.append([build_digest(rule, merge_lists(packs)) for rule in packs[-1].rules])
        run()
    assert before in RULES and sum(one != other for one, other in zip(*digests, strict=True)) == 1


def test_what_goes_wrong_is_told_each_time() -> None:
    run()
    write(RULES.replace("Приходите ⟦скорее⟧.", "Приходите ⟦быстрее⟧."))
    first = run()
    assert first == run() != []
    write(RULES)
    assert run() == []


def test_a_new_rule_that_hides_a_proven_one_is_told() -> None:
    proof = """
  - id: proof/soon
    category: proof
    guideline: 6
    weight: 5
    message: Скоро.
    phrase: ["в течение час"]
    bad: ["Ответим ⟦в течение часа⟧."]
    good: ["Ответим."]
"""
    fault = """
  - id: noise/word
    category: noise
    guideline: 3
    message: Шум.
    phrase: ["ответить в течение час"]
    bad: ["⟦Ответим в течение часа⟧."]
    good: ["Ответим."]
"""
    write(RULES + proof)
    assert run() == []
    write(RULES + proof + fault)
    assert [line.split(": ", 1)[1][:45] for line in run()] == ["proof/soon: вместе с остальными правилами не "]


@pytest.mark.parametrize("kept", ["слово", ("слово", 5), {"а": 1}])
def test_strange_memory_counts_for_nothing(kept: object, benches: list[str]) -> None:
    write_cached(name_kept(PROVEN), kept)
    assert (list(try_packs("./house")), len(benches)) == ([], 2)
