"""Capitals: what shouts, and what is an abbreviation, a code or a name."""

import pytest
from marked import mark

OPTIONS = {"allow": ("КАСКО", "АЭРОФЛОТ"), "forms": ("ПАО", "ЖК"), "labels": ("промокод", "кнопка")}


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("⟦ВНИМАНИЕ⟧, дорога закрыта.", id="one word"),
        pytest.param("Дорога ⟦СЕГОДНЯ ЗАКРЫТА⟧ до вечера.", id="a run is one span"),
        pytest.param("⟦ДОМ, В КОТОРОМ ТИХО⟧ продаётся.", id="punctuation inside a run"),
        pytest.param("⟦ТРИ ДНЯ⟧ и ⟦ДВЕ НОЧИ⟧ у моря.", id="a small word parts two runs"),
        pytest.param("Мы НЕ спим, и ВЫ не спите.", id="one word of three letters is only stressed"),
        pytest.param("Мы ⟦НЕ СПИМ⟧.", id="two short words in a row"),
        pytest.param("⟦ДОМ⟧\nДве спальни и сад, ключи у управляющего.", id="a short heading"),
        pytest.param("⟦СУПЕР-ЦЕНА⟧ в мае", id="a compound"),
        pytest.param("⟦С К И Д К А⟧ до мая", id="letters spaced out"),
        pytest.param("⟦СКИИИДКА⟧ в мае", id="letters stretched"),
        pytest.param("⟦CКИДКА⟧ в мае", id="a Latin letter inside"),
        pytest.param("⟦СУПЕРЦЕНА⟧ в мае", id="a long word that no dictionary has"),
        pytest.param("Аттестат ФСТЭК, плита ЛДСП, счёт с НДС в США и СССР.", id="abbreviations"),
        pytest.param("Полис КАСКО, рейс АЭРОФЛОТ", id="words of the list"),
        pytest.param("Виза VIP, часы ROLEX, глава XIV", id="Latin"),
        pytest.param("Смазка ЦИАТИМ-221, труба БК-2071, дело А40", id="codes"),
        pytest.param("Счёт в ПАО СБЕРЕЖЕНИЯ И ЗАЙМЫ закрыт.", id="the name after a legal form"),
        pytest.param("Введите промокод ВЕСНА до мая.", id="the code after its label"),
        pytest.param("И. И. ПЕТРОВ, СИДОРОВ А. В.", id="a surname with initials"),
        pytest.param("Открывает Илья РЕПИН.", id="a surname after its first name"),
        pytest.param("РЕПИН Илья открывает.", id="a surname before its first name"),
        pytest.param("Горит «⟦АВАРИЯ⟧», «⟦НЕТ ВОДЫ⟧».", id="a run does not cross a quotation mark"),
        pytest.param("⟦ТОЛЬКО СЕЙЧАС⟧ 🔥 ⟦ТОЛЬКО ЗДЕСЬ⟧", id="an emoji parts two runs"),
        pytest.param("В США и в ЕС, а И — союз.", id="letters alone"),
        pytest.param("Рейс в МИНСК, МВД РОССИИ", id="places"),
        pytest.param("Договор подписан.", id="nothing"),
    ],
)
def test_shouting_is_found(marked: str) -> None:
    assert mark("capitals", marked, **OPTIONS) == marked
