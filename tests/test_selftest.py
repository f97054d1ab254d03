"""The examples of packs, run: what is reported when they go wrong."""

from __future__ import annotations

import pytest

from vipcopy.model import Origin, Pack, Rule, Severity, Source
from vipcopy.packs.loader import load_pack
from vipcopy.rule_tests.coverage import find_uncovered
from vipcopy.rule_tests.selftest import find_failures, read_example


def sources(*texts: str) -> tuple[Source, ...]:
    return tuple(Source(text, Origin("urgency.yaml", line, 1)) for line, text in enumerate(texts, 1))


RULE = Rule(
    id="urgency/hurry",
    category="urgency",
    guideline=6,
    severity=Severity.ERROR,
    weight=-12,
    message="Торопит.",
    why="",
    kind="phrase",
    origin=Origin("urgency.yaml", 1, 1),
    phrase=sources("поторопиться"),
    unless=sources("не ⟦⟧"),
    bad=sources("⟦Поторопитесь⟧: запись открыта."),
    good=sources("Не поторопитесь с выводами."),
)
EVIDENCE = RULE._replace(
    id="evidence/made", category="evidence", weight=25, phrase=sources("вручную"), unless=(), guideline=7,
    bad=sources("Собрано ⟦вручную⟧."), good=sources("Собрано за день."),
)  # fmt: skip


def test_phrases_that_no_example_shows_are_named() -> None:
    rule = RULE._replace(phrase=sources("поторопиться", "скорее", "запись"))
    single = RULE._replace(id="urgency/other", phrase=sources("скорее"))
    told = [failure[:2] for failure in find_uncovered([Pack("test", "", "", (rule, single), {}, {})])]
    problem = "urgency/hurry: фраза «скорее» не встречается ни в одном примере bad"
    assert told == [(Origin("urgency.yaml", 2, 1), problem)]


def failures(*rules: Rule) -> list[str]:
    return [failure.problem for failure in find_failures([Pack("test", "", "", rules, {}, {})])]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="all well"),
        pytest.param(
            {"bad": sources("⟦Поторопитесь⟧ и ⟦поторопитесь⟧.")},
            [],
            id="two marks",
        ),
        pytest.param(
            {"bad": sources("⟦Просим⟧: поторопитесь.")},
            ["urgency/hurry: найдено «поторопитесь», а отмечено «Просим»"],
            id="wrong mark",
        ),
        pytest.param(
            {"bad": sources("⟦Поторопитесь⟧.", "⟦Спешите⟧.")},
            ["urgency/hurry: ничего не найдено, а отмечено «Спешите»"],
            id="nothing found",
        ),
        pytest.param(
            {"good": sources("Не поторопитесь.", "Прошу: поторопитесь.")},
            ["urgency/hurry: в примере good найдено «поторопитесь»"],
            id="good fires",
        ),
        pytest.param(
            {"unless": sources("не ⟦⟧", "почти ⟦⟧")},
            ["urgency/hurry: исключение «почти ⟦⟧» не нужно ни одному примеру"],
            id="idle guard",
        ),
        pytest.param(
            {"unless_text": sources("дивиденд")},
            ["urgency/hurry: исключение «дивиденд» не нужно ни одному примеру"],
            id="idle guard of the text",
        ),
        pytest.param(
            {"unless": sources("⟦⟧ с"), "bad": sources("⟦Поторопитесь⟧. Не поторопитесь с выводами."),
             "good": sources("Ждём.")},
            [],
            id="guard that a bad example needs",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule_is_told(changes, expected):
    assert failures(RULE._replace(**changes)) == expected


def test_evidence_is_tested_alike():
    assert failures(EVIDENCE) == []


def test_evidence_that_a_fault_hides_is_told():
    fault = RULE._replace(id="hype/made", category="hype", phrase=sources("собрать вручную"), unless=(),
                    bad=sources("⟦Собрано вручную⟧."), good=sources("Ждём."))  # fmt: skip
    assert failures(EVIDENCE, fault) == ["evidence/made: вместе с остальными правилами не найдено «вручную»"]


def test_a_fault_of_the_same_category_hides_nothing():
    longer = RULE._replace(id="urgency/ask", phrase=sources("просить поторопиться"), unless=(),
                     bad=sources("⟦Просим поторопиться⟧."), good=sources("Ждём."))  # fmt: skip
    assert failures(RULE, longer) == []


def test_a_failure_names_place_problem_and_remedy():
    told = [
        str(failure)
        for failure in find_failures([Pack("t", "", "", (RULE._replace(good=sources("Поторопитесь.")),), {}, {})])
    ]
    assert told[0] == (
        "urgency.yaml:1:1: urgency/hurry: в примере good найдено «Поторопитесь»; сузьте фразу или добавьте unless"
    )


CAPITALS = RULE._replace(
    id="caps/shout", kind="capitals", options={"allow": ("@лишний",)}, phrase=(), unless=(),
    bad=sources("⟦СЕЙЧАС⟧ или завтра."), good=sources("Ждём."),
)  # fmt: skip
LISTS = {"спешка": sources("поторопиться", "@срочность"), "срочность": sources("срочно"), "лишний": sources("скоро")}


@pytest.mark.parametrize(
    ("rules", "lists", "borrowed", "expected"),
    [
        pytest.param([RULE._replace(phrase=sources("@спешка"))], LISTS, (), ["лишний"], id="a list names a list"),
        pytest.param([CAPITALS], LISTS, (), ["спешка", "срочность"], id="an option"),
        pytest.param([RULE], LISTS, LISTS, [], id="lists of the pack that is inherited"),
        pytest.param([RULE], {"{час}": sources("@миг"), "миг": sources("миг")}, (), [], id="classes"),
    ],
)
def test_a_list_that_no_phrase_uses_is_told(rules, lists, borrowed, expected):
    packs = [Pack("own", "", "", tuple(rules), lists, {}, borrowed=frozenset(borrowed)), Pack("b", "", "", (), {}, {})]
    assert [failure.problem for failure in find_failures(packs)] == [
        f"список @{name} не нужен ни одной фразе" for name in expected
    ]


def test_a_list_may_be_meant_for_another_pack():
    lists = Pack("lists", "", "", (), {"спешка": sources("поторопиться")}, {})
    assert list(find_failures([lists, Pack("b", "", "", (RULE._replace(phrase=sources("@спешка")),), {}, {})])) == []


def test_a_pack_answers_for_no_list_that_it_inherits(tmp_path):
    rule = '{id: urgency/hurry, message: м, phrase: "@спешка", bad: "⟦Поторопитесь⟧.", good: "Ждём."}'
    for name, head, rules in (
        ("main", "", f"category: urgency\nguideline: 6\nlists: {{спешка: поторопиться}}\nrules: [{rule}]"),
        ("house", "drop: urgency", "lists: {лишний: скоро}"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(f"name: {name}\n{head}", encoding="utf-8")
        (tmp_path / name / "rules.yaml").write_text(rules, encoding="utf-8")
    house = load_pack(tmp_path / "house", load_pack(tmp_path / "main"))
    assert list(map(str, find_failures([house]))) == [
        f"{tmp_path / 'house' / 'rules.yaml'}:1:17: список @лишний не нужен ни одной фразе; уберите его"
    ]


def test_marks_are_left_out_of_the_text():
    assert read_example(sources("А ⟦б⟧ в ⟦г⟧.")[0])[1:3] == ("А б в г.", ((2, 3), (6, 7)))
