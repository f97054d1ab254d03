"""The core over the shipped rules: places, overlaps, advice, and the same report for the same text."""

import pickle
import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vipcopy
from vipcopy.document import build_document
from vipcopy.model import Piece

WORDS = st.sampled_from(
    [
        "скидка",
        "с к и д к а",
        "cкидкa",
        "ски\u0301дка",
        "Поторопитесь",
        "Вы",
        "наверное",
        "!!!",
        "🎁",
        "СРОЧНО",
        "«",
        "»",
        "ё",
        "\u00ad",
        "\u0301",
        "\n",
        "\r\n",
        "30 %",
        ".",
        "лучший",
        "\ud800",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=30).map(" ".join))


@pytest.fixture(scope="module")
def checker() -> vipcopy.Checker:
    return vipcopy.load()


@pytest.fixture(scope="module")
def twin(checker: vipcopy.Checker) -> vipcopy.Checker:
    """The same rules without the memory of texts that were checked."""
    return pickle.loads(pickle.dumps(checker))


@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_place_gives_back_its_quote(checker: vipcopy.Checker, text: str) -> None:
    assert all(text[found.start : found.stop] == found.quote for found in checker.check_text(text).findings)


TYPOGRAPHY: dict[str, Callable[[str], str]] = {
    "letters apart from their marks": lambda text: unicodedata.normalize("NFD", text),
    "soft hyphens": lambda text: re.sub(r"(?<=[а-яё]{2})(?=[а-яё]{2})", "\u00ad", text),
    "stress marks": lambda text: re.sub(r"([аеиоуыэюя])(?=[а-яё]{2})", "\\1\u0301", text),
    "no-break spaces": lambda text: re.sub(r"(?<=\w) ", "\u00a0", text),
    "narrow spaces": lambda text: text.replace(" ", "\u202f"),
    "a line of Windows": lambda text: text.replace("словам ", "словам\r\n").replace("По ", "По\r\n"),
}


@pytest.mark.parametrize("typography", TYPOGRAPHY)
@pytest.mark.parametrize(
    "text",
    [
        "По словам министра, дом отдадут первому, кто построит дорогу, и площадь у реки останется садом для горожан.",
        "В театре он играл с Надеждой Липской.",
        "Коллеги, добрый день.\nСводку за октябрь положил в общую папку, до пятницы жду поправок от отдела.",
        "Цены растут, а Вы всё копите.",
        "Переезд пройдёт без единой царапины.",
        "Пар, веник, мёд. Блаженство.",
        "Стихи читал И. И. ПЕТРОВ, в зале сидел СИДОРОВ А. В.",
        "Ужин начнётся в семь ! ! ! Число перестановок равно 5! = 120.",
        "Ура 🎉 :) всё готово. Yahoo! знают все.",
    ],
)
def test_typography_changes_no_finding(checker: vipcopy.Checker, text: str, typography: str) -> None:
    assert _tell(checker, TYPOGRAPHY[typography](text)) == _tell(checker, text)


def _tell(checker: vipcopy.Checker, text: str) -> list[tuple[str, str]]:
    """The rules that speak, and the letters that they speak of."""
    letters = [(found.rule, unicodedata.normalize("NFC", found.quote)) for found in checker.check_text(text).findings]
    return [(rule, re.sub(r"[\u00ad\u0301\s]", "", quote)) for rule, quote in letters]


@given(text=TEXTS)
@settings(max_examples=50, deadline=None)
def test_the_same_text_gets_the_same_report(checker: vipcopy.Checker, twin: vipcopy.Checker, text: str) -> None:
    assert twin.check_text(text) == checker.check_text(text)


def test_advice_is_never_given_twice_in_a_report(checker: vipcopy.Checker) -> None:
    findings = checker.check_text("Скидка на броши. Дарим скидки! Особая скидка ждёт Вас! Скидка 5 %!").findings
    told = [suggestion for finding in findings for suggestion in finding.suggestions]
    assert told and len(told) == len(set(told))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Милые дамы, весна пришла.", "«Милые дамы» "),
        ("Ремонт — дело тонкое.", "«Ремонт — дело тонкое» "),
        ("Если Вы ещё не слышали, у нас новый зал.", "«Если Вы ещё не слышали» "),
        ("Дорогие пациенты!!!", "«Дорогие пациенты!!!» "),
        ("Ждём Вас в субботу :)", "«:)» "),
        ("Вы перепутали ателье с прачечной.", "«Вы перепутали ателье с…» "),
        ("Карта без скрытых условий, кредит без справок.", "«кредит без…» "),
        ("Тариф «Старт» всего 990 ₽.", "«Тариф „Старт“ всего 990 ₽» "),
        ("Среди наших гостей — весь список «Форбс».", "«весь список „Форбс“» "),
    ],
)
def test_a_message_quotes_words_as_a_person_would(checker: vipcopy.Checker, text: str, words: str) -> None:
    assert any(each.message.startswith(words) for each in checker.check_text(text).findings)


def test_findings_of_one_category_do_not_overlap(checker: vipcopy.Checker) -> None:
    findings = checker.check_text("Это самое лучшее предложение, самая низкая цена и скидка 30 %.").findings
    pairs = [(a, b) for a in findings for b in findings if a is not b and a.category == b.category]
    assert findings and not any(a.start < b.stop and b.start < a.stop for a, b in pairs)


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("Работы любой сложности.", {"overpromise"}),
        ("Ужин для самых взыскательных гостей.", {"flattery", "superlative"}),
        ("У нас более 1000 клиентов.", {"mass_appeal", "vague_number"}),
    ],
)
def test_the_same_words_are_charged_twice_only_where_they_hold_two_faults(
    checker: vipcopy.Checker, text: str, categories: set[str]
) -> None:
    faults = {finding.category for finding in checker.check_text(text).findings if finding.severity != "info"}
    assert faults == categories


def test_losses_of_a_report_add_up_to_its_score(checker: vipcopy.Checker) -> None:
    score = checker.check_text("Наверное, Вам понравится скидка! Успейте: осталось два места.").score
    lost = sum(loss.points for row in score.guidelines for loss in row.losses)
    assert score.total == score.max - lost and lost > 0


def test_findings_at_the_same_place_of_two_parts_cost_each_its_own(checker: vipcopy.Checker) -> None:
    pieces = [Piece("Скидка.", "1", 0, 7), Piece("\n\n", "2", exact=False), Piece("Скидка, часы.", "2", 0, 13)]
    report = checker.core.check(build_document("a", pieces, {"1": "Скидка.", "2": "Скидка, часы."}))
    losses = {(loss.part, loss.start, loss.points) for row in report.score.guidelines for loss in row.losses}
    found = [each for each in report.findings if each.quote == "Скидка"]
    assert {(each.place.part, each.start, each.lost) for each in found} <= losses
    assert [each.place.part for each in found] == ["1", "2"]
    assert len(report.changes.findings) == len(report.findings)


def test_checker_pickles(checker: vipcopy.Checker) -> None:
    text = "Скидка на всё."
    assert pickle.loads(pickle.dumps(checker)).check_text(text) == checker.check_text(text)
