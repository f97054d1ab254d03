"""Which faults are charged for the same words: rivals, parts of a wider fault, companions."""

from pathlib import Path

import pytest

import vipcopy

RULES = """
rules:
  - id: bargain/word
    category: bargain
    guideline: 9
    message: Торг.
    phrase: [акция]
    bad: ["Новая ⟦акция⟧."]
    good: ["Новый дом."]
  - id: haste/end
    category: haste
    guideline: 6
    message: Спешка.
    phrase: [до конец акция]
    bad: ["Ждём ⟦до конца акции⟧."]
    good: ["Ждём."]
  - id: noise/word
    category: noise
    guideline: 3
    message: Шум.
    phrase: [акция]
    bad: ["Новая ⟦акция⟧."]
    good: ["Новый дом."]
"""


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        pytest.param("", {"bargain", "haste", "noise"}, id="each is charged where nothing is said"),
        pytest.param("rivals: {loud: [haste, noise]}", {"bargain", "haste"}, id="of rivals the wider"),
        pytest.param("rivals: {same: [bargain, noise]}", {"bargain", "haste"}, id="of rivals on the same words one"),
        pytest.param("companions: {other: [haste, shout]}", {"haste"}, id="a narrower one is a part"),
        pytest.param("companions: {pair: [haste, noise]}", {"haste", "noise"}, id="unless the two are companions"),
        pytest.param("companions: {lone: [bargain]}", {"bargain", "haste"}, id="or it may stand anywhere"),
    ],
)
def test_a_fault_inside_another(tmp_path: Path, settings: str, found: set[str]) -> None:
    (tmp_path / "pack.yaml").write_text(f"name: house\n{settings}\n", encoding="utf-8")
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    report = vipcopy.load([tmp_path]).check_text("Дом закрыт до конца акции.")
    assert {finding.category for finding in report.findings} == found


def test_faults_that_only_overlap_are_charged_both(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: house\ncompanions: {lone: [nothing]}\n", encoding="utf-8")
    rules = RULES.replace("phrase: [до конец акция]", "phrase: [до конец]").replace(
        "⟦до конца акции⟧", "⟦до конца⟧ акции"
    )
    (tmp_path / "rules.yaml").write_text(rules.replace("phrase: [акция]", "phrase: [конец акция]", 1), encoding="utf-8")
    report = vipcopy.load([tmp_path]).check_text("Дом закрыт до конца акции.")
    assert {finding.category for finding in report.findings} == {"haste", "bargain"}


@pytest.mark.parametrize(
    ("head", "packs"),
    [
        pytest.param("inherits: ../ours\n", ["house"], id="above the pack that it inherits"),
        pytest.param("", ["ours", "house"], id="above the packs named before it"),
    ],
)
def test_of_rules_on_the_same_words_that_of_the_house_pack_is_told(tmp_path: Path, head: str, packs: list[str]) -> None:
    house = """
rules:
  - {id: z/ours, category: bargain, guideline: 9, severity: info, message: Наше., phrase: [акция],
     bad: ["Новая ⟦акция⟧."], good: ["Новый дом."]}
  - {id: z/narrow, category: haste, guideline: 6, message: Уже., phrase: [конец],
     bad: ["⟦Конец⟧ дня."], good: ["Новый дом."]}
"""
    for name, settings, rules in (("ours", "", RULES), ("house", head, house)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(f"name: {name}\n{settings}", encoding="utf-8")
        (tmp_path / name / "rules.yaml").write_text(rules, encoding="utf-8")
    report = vipcopy.load([tmp_path / name for name in packs]).check_text("Дом закрыт до конца акции.")
    assert {finding.rule for finding in report.findings} == {"z/ours", "haste/end", "noise/word"}
