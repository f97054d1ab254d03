"""A letter that is being written is checked again and again; what was remembered never changes a report."""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vipcopy

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process without memory is made by fork")

LETTER = """ПРИГЛАШЕНИЕ В САЛОН

Уважаемая Анна Ивановна!

Мы подготовили для Вас вечер часов: 12 мая в 19:00, Кутузовский пр., 31. Возможно, Вам понравится турбийон.
Часы собрал Пётр Лукин — «мастер года», как пишет «Вестник». Скидка 30 % только сегодня!!!

Что входит:
— личный показ и кофе;
— гравировка за 4 850 руб.;
— скидка на ремешок.

Ваш консьерж ответит на site.ru или по телефону +7 495 123-45-67. Вы будете рады? Ты тоже.
Мы ждём Вас. Мы ждём вас. Мы ждём всех, кто ценит время и время ценит сам.

С уважением,
Мария Орлова"""

WORDS = (
    *("скидка", "Скидка", "СКИДКА", "с к и д к а", "возможно", "вы", "Вы", "ты", "очень", "дёшево", "site.ru", "пр."),
    *("цена", "а", "А", "ё", "30 %", "12", "г.", " ", "\n", "\n\n", "— ", "• ", "1. ", "!", "?", ".", ",", ":)", "🎉"),
    *(
        "«",
        "»",
        '"',
        "(",
        ")",
        "\u0301",
        "\u00ad",
        "{{ имя }}",
        "С уважением,",
        "Здравствуйте!",
        "<!-- vipcopy: ignore -->",
    ),
)
EDITS = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 12), st.sampled_from(WORDS)),
    min_size=1,
    max_size=6,
)
SIZE = struct.Struct("!Q")
FRESH = """
import os, pickle, struct, sys, vipcopy
size = struct.Struct("!Q")
checker = vipcopy.load()
while head := sys.stdin.buffer.read(size.size):
    text = pickle.loads(sys.stdin.buffer.read(*size.unpack(head)))
    if not os.fork():
        report = pickle.dumps(checker.check_text(text))
        sys.stdout.buffer.write(size.pack(len(report)) + report)
        sys.stdout.buffer.flush()
        os._exit(0)
    os.wait()
"""

Check = Callable[[str], vipcopy.Report]


@pytest.fixture(scope="module")
def check_afresh() -> Iterator[Check]:
    """A check by a process that has never seen a text."""
    command = [sys.executable, "-c", FRESH]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout

        def check(text: str) -> vipcopy.Report:
            message = pickle.dumps(text)
            process.stdin.write(SIZE.pack(len(message)) + message)
            process.stdin.flush()
            (length,) = SIZE.unpack(process.stdout.read(SIZE.size))
            report: vipcopy.Report = pickle.loads(process.stdout.read(length))
            return report

        yield check
        process.stdin.close()


@pytest.fixture(scope="module")
def checker() -> vipcopy.Checker:
    return vipcopy.load()


@settings(max_examples=25)
@given(EDITS)
def test_a_letter_checked_while_it_is_edited_has_the_report_of_a_fresh_check(
    checker: vipcopy.Checker, check_afresh: Check, edits: list[tuple[int, int, str]]
) -> None:
    text = LETTER
    for start, size, typed in edits:
        text = text[:start] + typed + text[start + size :]
        checker.check_text(text)
    assert checker.check_text(text) == check_afresh(text)


ALIKE = {
    "a link after a dot": ("Пишите. Site.ru ждёт", "Пишите здесь.Site.ru ждёт"),
    "an opening": ("Мы рады. Ждём Вас. И покой. Тишина спокойно живёт в доме.", "Тишина спокойно живёт в доме."),
    "a sentence in a heading": ("Скидка сегодня", "Скидка сегодня\n\nМы рады Вам и ждём Вас в салоне."),
    "a sentence quoted": ("Скидка сегодня.", "Он сказал: «Мы рады. Скидка сегодня. Ждём»."),
    "beside another": ("Цены выросли. Ждём.", "Цены выросли. Купите дом. Ждём."),
}


@pytest.mark.parametrize(("first", "second"), ALIKE.values(), ids=ALIKE)
def test_a_sentence_is_read_anew_where_it_stands_otherwise(
    checker: vipcopy.Checker, check_afresh: Check, first: str, second: str
) -> None:
    seen = [checker.check_text(text) for text in (first, second, first)]
    assert seen == [check_afresh(text) for text in (first, second, first)]
