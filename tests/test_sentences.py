"""Blocks and sentences: where they end and where they don't."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from razdel.segmenters.sokr import HEAD_SOKRS

from vipcopy.russian import find_blocks, find_sentences, has_bullet

# ¦ stands where a sentence ends and another begins
SENTENCES = [
    "Мы открылись.¦ Приходите!¦ Ждём.",
    "Договор действует до 31.12.2026 г.¦ Звоните нам.",
    "Издание 1998 г.¦ Тираж 300 штук.",
    "В 2024 г. Большой театр закрыли.",
    "Дом построен в 1912 г. Фёдором Шехтелем.",
    "Работаем с 9 до 18 ч.¦ Без выходных.",
    "Рост 180 см.¦ Вес 80 кг.¦ Возраст 30 лет.",
    "Цена 12 млн руб.¦ Комиссия включена.",
    "Стоимость — 500 р.¦ Доставка — 100 р.¦ Итого 600 р.",
    "Это стоит 5 долл. США.¦ Недорого.",
    "Это т. е. Москва и т. к. Пётр.¦ Да.",
    "Вино, сыр и т. д.¦ Мы ждём.",
    "Вино, сыр и пр.¦ Мы ждём.",
    "Автор А. И. Петров написал.¦ Вы прочли?",
    "Встреча с И. Петровым.¦ С. Сидоров придёт.",
    "Салон на ул. Ленина, д. 5.¦ Приходите.",
    "Он жил на Тверской ул.¦ Дом снесли.",
    "См. стр. 5.¦ Далее.",
    "Витамин С.¦ Группа препаратов.",
    "Дом класса А.¦ Паркинг внизу.",
    "Правда?..¦ Да.¦ Неужели?!¦ Нет.",
    "«Приходите!» — сказала она.¦ Мы пришли.",
    "Он сказал: «Приходите!»¦ Мы пришли.",
    "«Приходите! ¦Ждём», — сказала она.",
    "«Лучший отель года!» — Анна Крылова",
    "Спросите: «Когда?» и «Где?» — мы ответим.",
    "Мы здесь.¦Приходите к нам.",
    "Звоните!¦Ждём Вас.",
    "г.Москва, ул.Ленина, им.Пушкина, А.И.Петров",
    "приходите завтра.¦ мы ждём",
    "Ценим Ваше время…¦ Приходите.",
    "Он ушёл… она осталась.",
    "Порядок: 1. Осмотр и выбор.",
    "Отель St. Regis открыт.¦ Ждём.",
    "Дарим до пятницы 🔥 ¦Звоните.",
    "🎉 Приходите.",
    "Приходите! 🎉",
    "Мотор 170 л/с.¦ Разгон за 7 секунд.",
    "Пишите на vip@site.ru.¦ Ответим.",
    "Ждём вас :) ¦Приходите",
]
# ⏎ stands for a line break, ⇥ for a tab, ¦ where a block ends
BREAKS = str.maketrans("⏎⇥", "\n\t")
BLOCKS = {
    "wrapped line": "Мы приглашаем Вас на закрытый показ коллекции⏎в четверг вечером.",
    "a tab in prose": "Мы приглашаем Вас⇥на закрытый показ.",
    "a tab behind a bullet": "•⇥Показ коллекции⏎¦2)⇥Ужин⇥¦в зале",
    "cells": "Часы мужские золотые⇥¦по запросу⏎¦Часы женские золотые⇥¦в наличии",
    "a label and its value": "Цена⇥¦по запросу",
    "a capital behind a tab": "Мы приглашаем Вас⇥¦Закрытый показ",
    "three cells": "Мы приглашаем Вас⇥¦на показ⇥¦в четверг",
    "blank line": "Мы рады⏎⏎¦в четверг.",
    "blank line of spaces": "Мы рады⏎ \u00a0⏎¦в четверг.",
    "after a full stop": "Мы приглашаем Вас на закрытый показ коллекции.⏎¦Ждём.",
    "short line before a capital": "О показе⏎¦Мы приглашаем Вас.",
    "capital behind a full line": "Мы приглашаем Вас на закрытый показ коллекции к⏎Анне Павловне, хозяйке дома.",
    "had room": "Мы приглашаем Вас на закрытый показ коллекции⏎¦А ещё там будет музыка, вино и самый долгий разговор.",
    "abbreviation at the end": "Мы приглашаем Вас на закрытый показ коллекции на ул.⏎Ленина, в доме пять.",
    "bullets": "Внутри:⏎¦• вилла⏎¦• бассейн",
    "dashes before small letters": "Внутри:⏎¦— вилла⏎¦— бассейн",
    "dashes behind a full stop": "Вилла стоит на самом берегу моря.⏎¦— три спальни⏎¦— бассейн",
    "dashes behind a short line": "Вилла на берегу⏎¦— три спальни⏎¦— бассейн и собственный причал для яхты",
    "small letter behind a question": "Любите тишину?⏎¦тогда приезжайте к нам на закрытый остров у берега",
    "small letter behind a short line": "Привезём часы⏎в любой дом столицы и области, а также к трапу",
    "hyphens": "- вилла⏎¦- бассейн",
    "numbers": "1. Вилла⏎¦2. Бассейн",
    "emoji bullets": "✔️ вилла⏎¦✔️ бассейн",
    "dash of direct speech": "«Приходите же к нам завтра вечером, мы ждём!»⏎— сказала она.",
    "tab": "Вилла\t¦12 000",
    "windows line ends": "Мы приглашаем Вас на закрытый показ коллекции\r⏎в четверг.",
    "wrapped number": "Доктор принимает за день не больше четырёх гостей, кабинет⏎137. Машина ждёт.",
    "number of the next item": "1. Доктор принимает за день не больше четырёх гостей у себя⏎¦2. Машина ждёт.",
    "number of the first item": "Доктор принимает за день не больше четырёх гостей, по очереди⏎¦1. Осмотр",
    "emoji without words": "Доктор принимает за день не больше четырёх гостей, звоните нам⏎🎁🎁🎁.",
    "emoji at an end": "Доктор принимает за день не больше четырёх гостей, звоните нам⏎🎁🎁🎁. Ждём Вас.",
    "hanging indent": "- столик у окна оставлен за⏎  Вами до полуночи⏎¦- машина",
    "indent behind a full stop": "- столик у окна.⏎  ¦Вами до полуночи",
    "narrow column": "Мы приглашаем Вас на закрытый⏎показ новой коллекции с участием⏎Анны Павловны и Ильи Петровича",
}


# the same; these two lines show a margin of 50 characters
SHOWN = "Мы приглашаем Вас на закрытый показ новых часов в⏎дом на Пречистенке, а потом на ужин в саду, где и⏎чай."
WRAPPED = {
    "a sentence ends with the line": "Часы покажет мастер Илья Петров, он и ответит Вам.⏎Машину подадим к семи.",
    "a number is wrapped": "Рояль работы старого мастера продан нам за целых 4⏎850 000 рублей.",
    "a number begins a sentence": "Часы покажет мастер Илья Петров, он и ответит Вам.⏎137 гостей ждут.",
    "a number and a dot": "Часы покажет мастер Илья Петров, кабинет на этаже⏎137. Машину подадим к семи.",
    "a dash": "Часы покажет мастер Илья Петров, он и ответит Вам.⏎— Это важно! — говорит он.",
    "an emoji": "Часы покажет мастер Илья Петров, и маршрут таков⏎➡️ Женева ➡️ Межев.",
    "a name": "Часы и три новых механизма к ним покажет наш гость⏎Илья Петров.",
    "a quotation": "Часы покажет мастер Илья Петров, он и ответит Вам.⏎«Ждём», — говорит он.",
    "one paragraph under the other": "Часы покажет мастер Илья Петров.⏎¦Машину подадим к семи.",
    "a line too long for the margin": "Часы покажет мастер Илья Петров, и он же ответит на вопросы.⏎¦Машину подадим.",
    "an indented first line": "Часы покажет мастер Илья Петров, он и ответит Вам.⏎   ¦Машину подадим.",
    "items": "- часы покажет мастер Илья Петров, он и ответит Вам⏎¦- машину подадим к семи.",
    "items behind a full line": "К ужину мы приготовили вот что, и это ещё не всё:⏎¦— Часы;⏎¦— машину.",
    "an item with a wrapped name": "- часы и механизмы к ним покажет сам великий мастер⏎  Илья Петров⏎¦- машина",
    "a heading": "О показе⏎¦Часы покажет мастер.",
    "a signature": "С уважением,⏎¦Анна Крылова",
}


@pytest.mark.parametrize("marked", WRAPPED.values(), ids=WRAPPED)
@pytest.mark.parametrize("shown", [f"{SHOWN}⏎⏎¦%s", f"%s⏎⏎¦{SHOWN}"], ids=["behind", "before"])
def test_the_margin_of_a_text_tells_which_lines_are_wrapped(marked: str, shown: str) -> None:
    test_blocks_follow_the_layout(shown % marked)


def test_a_paragraph_may_have_a_margin_of_its_own() -> None:
    narrow = "Мы ждём Вас на показе в доме у⏎самой реки. Он будет в мае.⏎Машину подадим к пяти, и она⏎здесь."
    test_blocks_follow_the_layout(f"{SHOWN}⏎⏎¦{narrow}")


def test_lines_that_end_where_somebody_liked_show_no_margin() -> None:
    poem = "Мы приглашаем Вас на показ новых часов⏎в дом⏎на Пречистенке, в саду которого так тихо и светло⏎по утрам."
    test_blocks_follow_the_layout(f"{poem}⏎¦Ждём.⏎¦Приходите к нам, мы рады всем и каждому.⏎¦Звоните.")


def test_a_margin_that_few_lines_keep_tells_nothing() -> None:
    test_blocks_follow_the_layout(
        "Вилла на берегу⏎¦Отделка дубом и камнем, причал для яхты⏎¦Вид на море из каждой спальни и из сада⏎"
        "и с крыши дома⏎¦Три дня в гостях⏎¦Звоните нам⏎¦Ключи у Анны Крыловой"
    )


PAGES = {  # lines without full stops; none is a part of the next
    "menu": "Тартар из камчатского краба с огурцом и зелёным яблоком⏎¦Суп из белых грибов⏎¦Филе палтуса с шампанским",
    "prices": "Диагностика механизма в мастерской на Петровке 5 000 ₽⏎¦Полировка корпуса и браслета 12 000 ₽",
    "title and subtitle": "Закрытый вечер для держателей карт Platinum и Infinite⏎¦Приходите с супругой",
    "brands": "Яхты⏎¦Ferretti 850, 26 метров, 4 каюты, экипаж из пяти человек⏎¦Sunseeker 116⏎¦Benetti",
    "a colon alone": "Полная картина того, как живёт сейчас рынок яхт:⏎¦Rolex и другие",
    "times": "10:00 Завтрак⏎¦11:00 Лекция Ирины Соловьёвой о цветных бриллиантах⏎¦13:00 Обед",
    "addresses": "Звоните в любое время, Ваш менеджер всегда на связи⏎¦anna@bank.example⏎¦vip.bank.example⏎¦https://a.ru",
    "behind a list with one wrapped line": (
        "Вид на море из каждой спальни и из сада⏎и с крыши дома⏎¦Отделка дубом и камнем, причал для яхты и катера⏎¦"
        "Три дня в гостях⏎¦Звоните нам⏎¦Ключи у Анны Крыловой"
    ),
}
LETTERS = {  # wrapped, though no line of them begins with a small letter
    "names": "Приезжайте в салон на Третьяковском проезде, Вас встретит⏎Анна Крылова.",
    "names and sums": (
        "Наш дом рад предложить Вам часы работы мануфактуры дома⏎Rolex и сумку. "
        "Они стоят в Вашем салоне и обойдутся Вам в⏎840 000 рублей. "
        "Анна Петровна покажет их в четверг, её салон⏎«Время» открыт до девяти."
    ),
    "a colon": (
        "Браслет готов. Мастер Илья Петров закончил его позавчера:⏎"
        "42 сапфира и ключ. Мы привезём его Вам в пятницу после⏎15:00."
    ),
    "paragraphs without a blank line": (
        "Приглашаем Вас на показ в четверг.⏎¦Вечер открывает мастер Нилов.⏎¦Машину подадим.⏎¦Ждём.⏎¦"
        "Ужин на сорок гостей приготовит шеф, который учился в⏎Милане и собирал там вино. Он уже едет в поезде, и с⏎"
        "ним все ножи."
    ),
}


@pytest.mark.parametrize("marked", [*PAGES.values(), *LETTERS.values()], ids=[*PAGES, *LETTERS])
def test_lines_of_a_page_stay_lines_and_those_of_a_letter_are_joined(marked: str) -> None:
    test_blocks_follow_the_layout(marked)


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences_end_where_a_reader_stops(marked: str) -> None:
    text = marked.replace("¦", "")
    assert [text[s.start : s.stop] for s in find_sentences(text)] == [part.strip() for part in marked.split("¦")]


def test_razdel_knows_no_shortened_word_that_we_do_not() -> None:
    assert [word for word in HEAD_SOKRS if len(find_sentences(f"Смотрите {word}. Дом у реки.")) > 1] == []


@pytest.mark.parametrize("marked", BLOCKS.values(), ids=BLOCKS)
def test_blocks_follow_the_layout(marked: str) -> None:
    text = marked.replace("¦", "").translate(BREAKS)
    parts = [part.translate(BREAKS).strip() for part in marked.split("¦")]
    assert [text[start:stop] for start, stop in find_blocks(text)] == parts


@pytest.mark.parametrize("width", [38, 52, 72])
def test_wrapping_a_text_anew_keeps_its_sentences(width: int) -> None:
    letter = (
        "Мы приглашаем Вас на закрытый показ часов. Он пройдёт в четверг, 12 марта, в доме на Пречистенке: "
        "мастер Илья Петров покажет три механизма и ответит на вопросы. Машину подадим к семи часам вечера."
    )
    lines = [""]
    for word in letter.split(" "):
        fits = len(lines[-1]) + 1 + len(word) <= width
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if fits else [lines[-1], word]
    text = "\n".join(lines)
    found = [" ".join(text[s.start : s.stop].split()) for s in find_sentences(text)]
    assert [sentence.split()[0] for sentence in found] == ["Мы", "Он", "Машину"]


@pytest.mark.parametrize(("line", "bulleted"), [("• дом", True), ("— Дом", True), ("1) дом", True), ("дом", False)])
def test_a_bullet_is_seen(line: str, *, bulleted: bool) -> None:
    assert has_bullet(line, 0, len(line)) is bulleted


def test_sentences_carry_their_tokens() -> None:
    first, second = find_sentences("Мы рады. Ждём!")
    assert ([t.norm for t in first.tokens], [t.start for t in second.tokens]) == (["мы", "рады", "."], [9, 13])


@settings(max_examples=200, deadline=None)
@given(st.text(st.one_of(st.sampled_from("абАБ .!?…\n\r\t«»—-1🎉\"'()\u0301"), st.characters()), max_size=80))
def test_sentences_of_any_text_lie_in_order_and_hold_every_letter(text: str) -> None:
    sentences = find_sentences(text)
    borders = [border for sentence in sentences for border in (sentence.start, sentence.stop)]
    outside = [text[a:b] for a, b in zip([0, *borders[1::2]], [*borders[::2], len(text)], strict=True)]
    assert borders == sorted(borders)
    assert not any(gap.strip() for gap in outside)


LONG = {
    "one word": "а",
    "one line": "Мы рады видеть Вас, Анна, в нашем доме. ",
    "no full stop": "мы рады ",
    "dots": "а.",
    "emoji": "🎉 ",
    "opened quotes": "«",
    "letters": "а ",
    "nothing": " ",
    "NUL": "\x00",
    "lone surrogates": "\ud800",
}


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG)
def test_time_grows_with_the_length_and_not_with_its_square(unit: str) -> None:
    def seconds(size: int) -> float:
        started = time.process_time()
        find_sentences(unit * (size // len(unit)))
        return time.process_time() - started

    seconds(1_000)
    assert seconds(160_000) < 24 * (seconds(20_000) + 0.02)
