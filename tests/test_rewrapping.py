"""A letter wrapped at another width is the same letter: the same sentences, the same old findings."""

from __future__ import annotations

import textwrap
from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vipcopy
from vipcopy.identity import build_key
from vipcopy.russian import find_blocks, unwrap

PLAIN = (  # whatever the width, its lines break before small letters and so show it
    "в доме у реки мы ждём тех, кто ценит время, и в мае, и в июне, и в июле, и по утрам, и до ночи, и за чаем, и за "
    "ужином, и в саду, и на веранде, и у камина, и в зале с окнами на юг"
)
SENTENCES = (
    "Новая скидка ждёт тех, кто ценит время.",
    "Машина у подъезда.",
    "Поторопитесь!",
    "Анна Крылова встретит Вас у входа.",
    "Зал на 120 гостей свободен, кабинет 137. Он наверху.",
    "137 гостей ждут вечера.",
    "Рояль за 4 850 000 ₽ дешевле, чем у соседей.",
    "Возможно, найдётся и кое-что лучше: такого Вы ещё не видели.",
    "Сроки — две-три недели, гарантия — сто лет.",
    "Это лучший дом Урала, Forbes 2024 писал о нём.",
    "Мы пришлём двух- и трёхместные бизнес-джеты.",
    "Подарок 🎁 каждому! 🎉 Звоните нам по телефону +7 495 123-45-67.",
    "«Приезжайте к нам, не пожалеете!» — сказала она.",
    "Дом стоит 40 000 ₽ в сутки: цену нам диктует лесник.",
    "По коду ВЕСНА уникальный, эксклюзивный номер дешевле на 1 + 1 ночь.",
    "Стихи читал И. И. ПЕТРОВ, доставка Б Е С П Л А Т Н О по городу, ура 🎉 :) всё готово.",
    "Вам будет удобно, и Вам будет спокойно, и Вам понравится.",
)
LETTERS = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4)


@cache
def checker() -> vipcopy.Checker:
    return vipcopy.load()


def keys(text: str) -> Counter[str]:
    return Counter(map(build_key, checker().check_text(text).findings))


@settings(max_examples=60)
@given(
    LETTERS,
    st.integers(34, 120),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "> ", "    "]),
)
def test_a_letter_wrapped_anew_keeps_its_old_findings(
    letter: list[str], width: int, hyphens: bool, line_end: str, mark: str
) -> None:
    wrapped = (textwrap.fill(part, width, break_on_hyphens=hyphens) for part in (*letter, PLAIN))
    text = textwrap.indent("\n\n".join(wrapped), mark, lambda line: True)
    assert keys(text.replace("\n", line_end)) == keys("\n\n".join((*letter, PLAIN)))


@pytest.mark.parametrize(
    ("wrapped", "whole"),
    [
        pytest.param("Мы ждём\nВас.", "Мы ждём Вас.", id="a line break"),
        pytest.param("Мы ждём\r\nВас.", "Мы ждём \u2005Вас.", id="of two characters"),
        pytest.param("- Мы ждём  \n  Вас.", "- Мы ждём \u2005\u2005\u2005\u2005Вас.", id="with spaces around"),
        pytest.param("бизнес-\nджеты", "бизнес\u00ad-джеты", id="in a compound"),
        pytest.param("кто-\r\nто", "кто\u00ad\u00ad-то", id="in a compound with a conjunction's name"),
        pytest.param("двух-\nи трёхместные", "двух- и трёхместные", id="behind half a compound"),
        pytest.param("5-\n7 дней", "5\u00ad-7 дней", id="between numbers"),
        pytest.param("дом -\nсад", "дом - сад", id="behind a dash"),
        pytest.param("дом-\n«Сад»", "дом- «Сад»", id="before a quotation"),
    ],
)
def test_a_wrapped_block_is_read_on_one_line(wrapped: str, whole: str) -> None:
    assert unwrap(wrapped, [(0, len(wrapped))]).unwrapped == whole


def test_line_breaks_between_blocks_stay() -> None:
    text = "О доме\nМы ждём\nВас."
    assert unwrap(text, [(0, 6), (7, 19)]).unwrapped == "О доме\nМы ждём Вас."


@settings(max_examples=200)
@given(st.text(st.one_of(st.sampled_from("абАБ .-\n\r\t>—1🎉"), st.characters()), max_size=80))
def test_whatever_is_unwrapped_is_as_long_as_before(text: str) -> None:
    blocks = find_blocks(text)
    whole = unwrap(text, blocks).unwrapped
    assert len(whole) == len(text)
    assert not any(set(whole[start:stop]) & {"\n", "\r"} for start, stop in blocks)


@settings(max_examples=200)
@given(
    st.text(st.one_of(st.sampled_from("абАБ .-\n\r\t>—1🎉"), st.characters()), max_size=80),
    st.integers(-90, 90),
    st.integers(-90, 90),
)
def test_what_is_unwrapped_is_quoted_as_it_was_written(text: str, start: int, stop: int) -> None:
    written = unwrap(text, find_blocks(text))
    assert str(written) == text
    assert written[start:stop] == text[start:stop]
