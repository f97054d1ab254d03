"""Slots and statements of template languages: found in any text, never a finding, a name where they stand for one."""

import pytest
from places import regions

from vipcopy.compiling.compiler import build
from vipcopy.model import Origin, Pack, Prose, Rule, Severity, Source
from vipcopy.readers import parse_document
from vipcopy.readers.templates import find_constructs
from vipcopy.regions import read_prose

ORIGIN = Origin("a.yaml", 1, 1)


def prose_of(text: str) -> Prose:
    document = parse_document(text, "", "text")
    return read_prose(document.text, document.regions)


@pytest.mark.parametrize(
    "marked",
    [
        "Уважаемая ⟦{{ name }}⟧!",
        "Цена ⟦{{{ price }}}⟧ и ⟦{{client.name|default:'гость'}}⟧",
        "⟦*|FNAME|*⟧, ⟦#USER_NAME#⟧, ⟦#ИМЯ#⟧, ⟦%%First Name%%⟧, ⟦%%=v(@name)=%%⟧",
        "⟦%recipient.name%⟧, ⟦${name}⟧, ⟦{name}⟧, ⟦{Имя}⟧, ⟦<<Имя>>⟧, ⟦[% name %]⟧, ⟦[[name]]⟧",
        "⟦<?= $name ?>⟧, ⟦<?php echo $name; ?>⟧, ⟦<%= name %>⟧",
        "Скидка 10% и 20%, 5 %, 100%-ный хлопок",
        "#лето #ЗИМА и #ОСЕНЬ#ВЕСНА, № 5, C#",
        "{скидка до 20 процентов}, [1], {1}, {}, {{}",
        "«a} {b»; 3 * 4 | 5 * 6, $5",
    ],
)
def test_slots_are_told_from_prose(marked: str):
    text = marked.replace("⟦", "").replace("⟧", "")
    for start, stop, region in reversed(find_constructs(text)):
        assert region.startswith("placeholder")
        text = f"{text[:start]}⟦{text[start:stop]}⟧{text[stop:]}"
    assert text == marked


@pytest.mark.parametrize(
    "text",
    [
        *("{% if vip %}", "{%- endif -%}", "{# заметка #}", "{{#if vip}}", "{{/if}}", "{{else}}", "{{! заметка }}"),
        *("*|IF:VIP|*", "*|END:IF|*", "<?php if ($vip): ?>", "<% if vip %>", "[% IF vip %]", "%%[ SET @a = 1 ]%%"),
        *("{{ if .Vip }}", "{% comment %}Скидка{% endcomment %}"),
    ],
)
def test_statements_are_no_slots(text: str):
    assert [construct.region for construct in find_constructs(text)] == ["template"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Уважаем{% if he %}ый{% else %}ая{% endif %} гость", ["Уважаемый", "гость"]),
        ("Столик{% if vip %} у окна{% endif %} ждёт", ["Столик", "у", "окна", "ждет"]),
        ("Скидка{# нет #} дня", ["Скидка", "дня"]),
        ("{% comment %}Скидка{% endcomment %}Дом", ["Дом"]),
        ("Скидка¹ кешбэк¹² ждёт² 50 м²", ["Скидка", "кешбэк", "ждет", "50", "м2"]),
    ],
)
def test_words_around_statements_make_the_text(text: str, words: list[str]):
    tokens = [token.norm for sentence in prose_of(text).sentences for token in sentence.tokens]
    assert tokens == [word.lower() for word in words]


@pytest.mark.parametrize("slot", ["{{ name }}", "*|FNAME|*", "#NAME#", "%%name%%", "%recipient.name%", "${client.fio}"])
@pytest.mark.parametrize("hello", ["Уважаемая {}!", "{}, добрый день!", "Здравствуйте, {}!"])
def test_a_slot_for_a_name_makes_a_salutation(hello: str, slot: str):
    text = hello.format(slot)
    prose = prose_of(f"{text}\n\nСтолик ждёт Вас в семь.")
    assert [text[each.start : each.stop] for each in prose.regions if each.kind == "greeting"] == [text]


def test_a_slot_for_a_date_is_nobodys_name():
    prose = prose_of("Здравствуйте, {{ date }}!\n\nСтолик ждёт Вас в семь.")
    assert "Здравствуйте, {{ date }}!" not in [prose.text[each.start : each.stop] for each in prose.regions]


def test_a_slot_breaks_no_sentence():
    assert (
        len(prose_of("Столик для {{ client.first_name }} ждёт. Вас {% if vip %}лично {% endif %}встретят.").sentences)
        == 2
    )


@pytest.mark.parametrize("form", ["text", "html"])
def test_words_of_a_template_are_no_findings(form: str):
    rule = Rule("a/b", "a", 9, Severity.ERROR, -5, "…", "…", "phrase", ORIGIN, phrase=(Source("скидка", ORIGIN),))
    checker = build([Pack("a", "", "", (rule,), {}, {})])
    text = "{{ скидка }} {% скидка %} *|Скидка|* [[скидка]] ⟦скидка⟧ <?= $скидка ?>"
    report = checker.check(parse_document(text, "", form))
    assert [(finding.start, finding.quote) for finding in report.findings] == [(text.index("⟦") + 1, "скидка")]


def test_a_page_may_have_any_signs_inside_its_templates():
    document = parse_document(
        '<p {% if a < 1 %}class="{{ b > 2 }}"{% endif %}>Дом <? if ($a > 1): ?>и сад</p>', "", "html"
    )
    assert document.text == "Дом <? if ($a > 1): ?>и сад"
    assert regions(document, "template") == ["<? if ($a > 1): ?>"]
