"""Exclamation marks: which runs are punctuation that shouts, and which belong to a name or a formula."""

import pytest
from marked import mark

NAMES = ("Yahoo!", "Hello, Dolly!", "Ну, погоди!")


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("Яхта у причала⟦!⟧", id="one mark"),
        pytest.param("Яхта у причала⟦!!!⟧ Капитан ждёт⟦!⟧", id="each run is one span"),
        pytest.param("Вы ещё здесь⟦?!⟧ Правда⟦!?⟧", id="with a question mark"),
        pytest.param("Вы ещё здесь? Да.", id="a question alone"),
        pytest.param("Скоро ⟦! ! !⟧ и всё", id="spaced out"),
        pytest.param("Перелёт (⟦!⟧) включён", id="in brackets"),
        pytest.param("Всего 990⟦!⟧ В пятницу", id="after a price"),
        pytest.param("Лето⟦！⟧", id="full width"),
        pytest.param("Ура⟦!⟧только здесь", id="no space after it"),
        pytest.param("Отчёт Yahoo! готов.", id="a listed name"),
        pytest.param("Отчёт yahoo! готов.", id="a listed name in small letters"),
        pytest.param("Дали Hello, Dolly! Успех", id="a listed name of two words"),
        pytest.param("Смотрим Ну, погоди! Дети рады", id="a listed Russian name"),
        pytest.param("Новый Yahoo⟦!!!⟧", id="more marks than the name has"),
        pytest.param("Песня Be Good! дана дважды, затем Help!, затем другая.", id="a Latin name inside the sentence"),
        pytest.param("Новый Lexus⟦!⟧ Он ждёт.", id="a Latin word at the end"),
        pytest.param("5! = 120, а n! растёт.", id="factorial"),
        pytest.param("20.Лxe6! и 22.Сf6!! с матом, 0-0!", id="chess"),
        pytest.param("a != b, <!-- нет -->, !important, ![вид](a.png)", id="programming"),
        pytest.param("❗ Важно ‼", id="emoji are no punctuation"),
        pytest.param("", id="nothing"),
    ],
)
def test_runs_of_marks_are_found(marked: str) -> None:
    assert mark("exclamation", marked, names=NAMES) == marked
