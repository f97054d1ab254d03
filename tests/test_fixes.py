"""Machines are offered a deletion only where a whole text stays; people are told that the words may go."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

import vipcopy
from vipcopy.checking.fixes import Editor
from vipcopy.compiling.library import load_core
from vipcopy.model import Finding
from vipcopy.russian import find_sentences
from vipcopy.wrapped_text import WrappedText

EXAMPLES = Path(__file__).parent.parent / "examples"
LETTERS = sorted(path for path in EXAMPLES.iterdir() if path.is_file())
FORMATS = {".txt": "text", ".md": "markdown", ".html": "html"}
BROKEN = re.compile(
    r"""
    (?<=\S)[ ]{2,} | [ ][,.!?…;:](?![)\d]) | ,[ ]*[,.!?…;:] | ^[ ]*[,.!?…;:](?![)]) | [(«][ ]*[)»]
    | [.!?…][ ]+[а-яё] | \n{3,} | \A[ ]*[а-яё]
    """,
    re.VERBOSE | re.MULTILINE,
)

# What is marked goes, with what has to go with it.
DELETIONS = {
    "⟦Конечно⟧, мы ждём Вас.": "Мы ждём Вас.",
    "⟦Надеемся⟧, Вы останетесь довольны.": "Вы останетесь довольны.",
    "⟦Наверное,⟧ это лучше.": "Это лучше.",
    "⟦Как известно⟧, «Весна» ждёт.": "«Весна» ждёт.",
    "⟦Как известно⟧, Анна ждёт.": "Анна ждёт.",
    "⟦Конечно⟧, тогда мы ждём Вас.": "Тогда мы ждём Вас.",
    "Мы⟦, конечно,⟧ рады Вам.": "Мы рады Вам.",
    "Мы, ⟦конечно⟧, рады Вам.": "Мы рады Вам.",
    "Рассрочить платёж, ⟦увы⟧, никак.": "Рассрочить платёж никак.",
    "Мы можем, ⟦конечно⟧, перенести встречу.": "Мы можем перенести встречу.",
    "Завтра, ⟦наверное⟧, гости придут.": "Завтра гости придут.",
    "Если Вы, ⟦конечно⟧, придёте, сад откроют.": "Если Вы придёте, сад откроют.",
    "Когда Вы придёте, мы, ⟦конечно⟧, откроем сад.": "Когда Вы придёте, мы откроем сад.",
    "Мы ждём, а сад, ⟦конечно⟧, открыт.": "Мы ждём, а сад открыт.",
    "Наш сад, ⟦конечно⟧, ждёт Вас.": "Наш сад ждёт Вас.",
    "Гости, пришедшие, ⟦конечно⟧, к нам, увидят сад.": "Гости, пришедшие к нам, увидят сад.",
    # Where clauses meet, one of the commas stays.
    "Мы ждём, ⟦конечно⟧, скоро весна придёт.": "Мы ждём, скоро весна придёт.",
    "Сад открыт, ⟦наверное⟧, гости уже гуляют.": "Сад открыт, гости уже гуляют.",
    "Если Вы ждёте, ⟦конечно⟧, мы придём.": "Если Вы ждёте, мы придём.",
    "Дом, который Вы ждали, ⟦наверное⟧, откроет двери.": "Дом, который Вы ждали, откроет двери.",
    "Гости, пришедшие к нам, ⟦конечно⟧, увидят сад.": "Гости, пришедшие к нам, увидят сад.",
    "Приехав к нам, ⟦конечно⟧, Вы увидите сад.": "Приехав к нам, Вы увидите сад.",
    "Примерьте эти часы, ⟦пока не поздно⟧!": "Примерьте эти часы!",
    "Столик готов. ⟦Спешите!⟧ Мы ждём.": "Столик готов. Мы ждём.",
    "Столик готов. ⟦Спешите⟧!": "Столик готов.",
    "⟦Спешите⟧!\n\nМы ждём.": "Мы ждём.",
    "Мы ждём.\n\n⟦Спешите⟧!\n": "Мы ждём.\n",
    "Дом готов.\n⟦Такого нет нигде.⟧\nМы ждём.": "Дом готов.\nМы ждём.",
    # These a person has to mend.
    "⟦Спешите⟧!": None,
    "⟦Надеемся⟧, что Вы придёте.": None,
    "⟦Мне надо понимать⟧, ставить Вас в план или нет.": None,
    "⟦Число мест ограничено⟧, поэтому мы ждём ответа.": None,
    "Столик готов. ⟦Спешите!⟧ Иначе мы отдадим его.": None,
    "⟦Спешите!⟧\n\nНо мы ждём.": None,
    "Столик готов. ⟦Спешите!⟧ Причём зал открыт.": None,
    "⟦Гости⟧, пришедшие к нам, увидят сад.": None,
    "⟦Скидка⟧, о которой Вы знали, тает.": None,
    "Мы ⟦уверены⟧, что дом ждёт Вас.": None,
    "Это ⟦хит продаж⟧: его выбирают.": None,
    "Мы дарим ⟦невероятный⟧ вечер.": None,
    "Если Вы придёте, ⟦получите скидку⟧.": None,
    "Панорама, ⟦равной которой озеро не знает⟧.": None,
    "Тот, кто ждёт, ⟦теряет⟧.": None,
    "Мы выбираем то, ⟦что лучше⟧.": None,
    "Думается, ⟦щедрее условий не сыскать⟧.": None,
    "Дорогой друг, ⟦конечно⟧, мы ждём Вас.": None,
    "Вечер чудесный, ⟦наверное⟧, гости рады.": None,
    "Сегодня пятница, ⟦конечно⟧, зал полон.": None,
    "Цена — вопрос, ⟦конечно⟧, Анна ответит.": None,
    "Тихо, ⟦наверное⟧, гости спят.": None,
    "Анна, наш флорист, ⟦конечно⟧, ждёт Вас.": None,
    "Вы будете, ⟦наверное⟧, рады.": None,
    "Давайте, ⟦конечно⟧, встретимся.": None,
    "Мы рады, ⟦конечно⟧, что Вы с нами.": None,
    "1. ⟦Спешите⟧!\n2. Приходите.": None,
    "— ⟦Конечно⟧, мы ждём.": None,
    "⟦Держим пакет «Лайт⟧».": None,
}


@pytest.mark.parametrize(("marked", "expected"), DELETIONS.items())
def test_words_go_where_a_whole_text_stays(marked: str, expected: str | None) -> None:
    before, quote, after = re.split("[⟦⟧]", marked)
    text = before + quote + after
    start, stop = len(before), len(before) + len(quote)
    sentence = next(each for each in find_sentences(text) if each.stop > start)
    edit = Editor(WrappedText(text), load_core().connectives).find_edit(sentence, start, stop)
    assert (edit and text[: edit.start] + edit.text + text[edit.stop :]) == expected


def apply_fixes(text: str, findings: Sequence[Finding]) -> str:
    """The text with all fixes made, none of which may overlap another."""
    fixes = [(finding.fix.place.start, finding.fix.place.stop, finding.fix.text) for finding in findings if finding.fix]
    assert all(left[1] <= right[0] for left, right in pairwise(fixes))
    for start, stop, written in reversed(fixes):
        text = text[:start] + written + text[stop:]
    return text


def as_html(text: str) -> str:
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in text.split("\n\n"))


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
@pytest.mark.parametrize("form", ["", "html", "markdown", "text"])
def test_all_fixes_of_a_letter_leave_it_whole(letter: Path, form: str) -> None:
    text = letter.read_text(encoding="utf-8")
    kept = FORMATS[letter.suffix]
    if form == "html" and kept == "text":
        text = as_html(text)
    elif form and form != kept:
        form = kept
    report = vipcopy.load().check_text(text, format=form or kept)
    mended = apply_fixes(text, report.findings)
    assert len(BROKEN.findall(mended)) <= len(BROKEN.findall(text))
    assert set(BROKEN.findall(mended)) <= set(BROKEN.findall(text))


def test_a_fix_is_offered_in_the_examples() -> None:
    text = (EXAMPLES / "letter.txt").read_text(encoding="utf-8")
    assert "Часы многое говорят" in apply_fixes(text, vipcopy.check(text).findings)


def test_people_are_told_that_words_may_go_where_machines_are_not() -> None:
    (finding,) = vipcopy.check("Это хит продаж: его выбирают.").findings[:1]
    assert (finding.fix, finding.is_removable) == (None, True)
    assert "убрать эти слова" in "".join(vipcopy.write([vipcopy.check(finding.context)], "text", vipcopy.Style()))


def test_a_pack_may_have_words_of_its_own_that_go_on_from_what_stood_before(tmp_path: Path) -> None:
    rules = """
lists: {"{продолжение}": ["=кстати"]}
rules:
  - {id: urgency/hurry, category: urgency, guideline: 6, message: Торопит., phrase: [спешить], suggest: [remove],
     bad: ["⟦Спешите⟧!"], good: ["Ждём."]}
"""
    (tmp_path / "pack.yaml").write_text("name: house\n", encoding="utf-8")
    (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
    checker = vipcopy.load(packs=tmp_path)
    texts = [f"Столик готов. Спешите! {word}, зал открыт." for word in ("Кстати", "Иначе")]
    assert [bool(checker.check_text(text).findings[0].fix) for text in texts] == [False, True]


def test_a_slot_is_never_taken_out() -> None:
    report = vipcopy.check("Мы ждём. Спешите, {{ name }}! Столик готов.")
    assert {finding.fix for finding in report.findings} == {None}


def test_a_waived_finding_has_no_fix() -> None:
    report = vipcopy.check("Столик готов. Спешите! Мы ждём. <!-- vipcopy: ignore -->")
    assert {finding.fix for finding in report.waived} == {None}


def test_machines_get_the_wider_span(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Дом 𝔸 готов. Надеемся, Вы придёте.", encoding="utf-8")
    reports = list(vipcopy.load().check_paths([path]))
    style = vipcopy.Style()
    told = {form: json.loads("".join(vipcopy.write(reports, form, style))) for form in ("json", "rdjson", "sarif")}
    assert told["json"]["files"][0]["findings"][0]["fix"] == {"start": 13, "stop": 23, "text": ""}
    (suggestion,) = told["rdjson"]["diagnostics"][0]["suggestions"]
    assert suggestion == {"range": {"start": {"line": 1, "column": 25}, "end": {"line": 1, "column": 43}}, "text": ""}
    (change,) = told["sarif"]["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    region = {"startLine": 1, "startColumn": 15, "endLine": 1, "endColumn": 25}
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": ""}}]
