"""Readings in context: what the neighbours leave of a word's readings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vipcopy.russian import find_tokens, readings, readings_in

# ⟦ ⟧ around the word; then what every reading left has, and what none of them has
KEPT = {
    "Корпус из ⟦стали⟧": ("NOUN,gent", "VERB"),
    "Корпус нержавеющей ⟦стали⟧": ("NOUN", "VERB"),
    "Они ⟦стали⟧ ближе": ("VERB,past", "NOUN"),
    "⟦Три⟧ века назад": ("NUMR", "VERB"),
    "Гости ⟦пили⟧ кофе": ("VERB,past", "impr"),
    "Мы ⟦пили⟧ кофе": ("VERB,past", "impr"),
    "⟦Дари⟧ нашли": ("NOUN", "impr"),
    "⟦Мой⟧ мастер": ("ADJF,nomn", "impr"),
    "⟦Стой⟧ здесь": ("VERB,impr", "tran"),
    "⟦Лучше⟧ позвоните": ("PRCL", "COMP"),
    "Стало ⟦лучше⟧, чем было": ("COMP", "PRCL"),
    "Гораздо ⟦лучше⟧": ("COMP", "PRCL"),
    "Это ⟦дорого⟧": ("ADJS", "ADVB"),
    "Стоит ⟦дорого⟧": ("ADVB", "ADJS"),
    "Стол ⟦уже⟧ готов": ("", "NOUN"),
    "Гораздо ⟦уже⟧ прежнего": ("COMP", "ADVB"),
    "Мастер ⟦может⟧ приехать": ("VERB", "CONJ"),
    "⟦При⟧ входе": ("PREP", "VERB"),
    "Два ⟦стекла⟧": ("NOUN", "VERB"),
    "3 ⟦стекла⟧": ("NOUN", "VERB"),
    "Каменная ⟦печь⟧": ("NOUN,nomn", "INFN"),
    "В ⟦печь⟧ ставят хлеб": ("NOUN,accs", "INFN"),
    "Надо ⟦знать⟧": ("", "NOUN"),
    "У нас ⟦есть⟧ дом": ("", "INFN"),
    "⟦Роза⟧ цветёт": ("NOUN", ""),
    "Читаю ⟦роман⟧": ("NOUN", "Name"),
    "⟦Простой⟧ человек": ("", "impr,femn"),
    "От ⟦души⟧": ("gent", "VERB"),
}
OPEN = [
    "вода ⟦стекла⟧",
    "новые ⟦стали⟧ дороже",
    "⟦может⟧ быть",
    "⟦пили⟧ доски",
    "хочу ⟦есть⟧",
    "из, ⟦стали⟧",
    "⟦три⟧ морковь",
    "Это ⟦невероятно⟧ тихий двор",
    "Это ⟦безумно⟧ дорого",
]


def _cut(marked: str) -> tuple[str, int]:
    return marked.replace("⟦", "").replace("⟧", ""), marked.index("⟦")


@pytest.mark.parametrize(("marked", "grams"), KEPT.items(), ids=KEPT)
def test_neighbours_rule_readings_out(marked: str, grams: tuple[str, str]) -> None:
    text, start = _cut(marked)
    tokens = find_tokens(text)
    at = next(i for i, token in enumerate(tokens) if token.start == start)
    kept = readings_in(tokens, at)
    required, forbidden = (set(filter(None, part.split(","))) for part in grams)
    assert kept and all(required <= reading.grams and not forbidden & reading.grams for reading in kept)


@pytest.mark.parametrize("marked", OPEN)
def test_what_may_be_both_stays_both(marked: str) -> None:
    text, start = _cut(marked)
    tokens = find_tokens(text)
    at = next(i for i, token in enumerate(tokens) if token.start == start)
    assert readings_in(tokens, at) == readings(tokens[at].norm)


def test_a_capital_inside_a_sentence_puts_names_first() -> None:
    tokens = find_tokens("Вас ждёт Роман Белов")
    assert "Name" in readings_in(tokens, 2)[0].grams


WORDS = ["стали", "из", "три", "века", "мой", "мастер", "дари", "пили", "мы", "кофе", "печь", "знать", "лучше", "чем"]
WORDS += ["3", ",", "уже", "дорого", "Роман", "может", "есть", "супер-цена"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_context_only_takes_readings_away_and_never_the_last(words: list[str]) -> None:
    tokens = find_tokens(" ".join(words))
    for at, token in enumerate(tokens):
        kept, every = readings_in(tokens, at), readings(token.norm)
        assert set(kept) <= set(every)
        assert bool(kept) == bool(every)
