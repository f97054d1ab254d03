"""Address: «вы» and «Вы», «ты» and «Вы», the salutation."""

import pytest
from marked import mark

OPTIONS = {
    "formal": ("вы", "вас", "вам", "ваш", "ваша", "вашим"),
    "informal": ("ты", "тебя", "твой"),
    "formulas": ("здравствуйте", "добрый", "день"),
}


@pytest.mark.parametrize(
    ("check", "marked"),
    [
        pytest.param("mixed", "Мы ждём Вас и рады Вам, ⟦ваш⟧ столик готов.", id="the rarer spelling"),
        pytest.param("mixed", "Мы ждём вас и рады вам, но ⟦Ваш⟧ столик занят.", id="the rarer capital"),
        pytest.param("mixed", "Мы рады Вам и ⟦вашим⟧ гостям.", id="even: the small letter"),
        pytest.param("mixed", "Вам рады. Мы ждём вас.", id="a capital at the start of a sentence"),
        pytest.param("mixed", "Итог: Вам рады, вас ждут.", id="a capital after a colon"),
        pytest.param("mixed", "ДЛЯ ВАС\nМы ждём вас.", id="all in capitals"),
        pytest.param("mixed", "Мы ждём Вас. «Я вам верю», — сказал он.", id="another person's words"),
        pytest.param("mixed", "Мы ждём Вас.\n— Я вам верю, — сказал он.", id="a line of a dialogue"),
        pytest.param(
            "mixed",
            "Мы ждём Вас и Вашу семью на показе.\n— Я, право, давно уже не смотрю на часы и верю\nвам, — сказал он.",
            id="a line of a dialogue, wrapped",
        ),
        pytest.param("familiar", "Мы ждём Вас и Вам рады, приведи ⟦тебя⟧.", id="the rarer pronoun"),
        pytest.param("familiar", "Твой дом ждёт тебя, и ты рад.", id="nothing but «ты»"),
        pytest.param("familiar", "Мы ждём Вас. «Я тебя жду», — сказал он.", id="«ты» in another's words"),
        pytest.param("named", "Уважаемая ⟦Анна Ильинична⟧!\nЖдём Вас.", id="name and patronymic"),
        pytest.param("named", "⟦Пётр⟧, здравствуйте!\nЖдём Вас.", id="the name first"),
        pytest.param("named", "Здравствуйте, ⟦{{ client.name }}⟧!\nЖдём Вас.", id="a slot in braces"),
        pytest.param("named", "Уважаемый ⟦%NAME%⟧!\nЖдём Вас.", id="a slot in percent signs"),
        pytest.param("named", "Уважаемые клиенты!\nЖдём Вас.", id="nobody"),
        pytest.param("bare", "⟦Добрый день⟧!\nЖдём Вас.", id="a bare greeting"),
        pytest.param("bare", "Добрый день, Анна!\nЖдём Вас.", id="a greeting with a name"),
        pytest.param("bare", "Здравствуйте, {{ name }}!\nЖдём Вас.", id="a greeting with a slot"),
    ],
)
def test_address_is_found(check: str, marked: str) -> None:
    assert mark("address", marked, check=(check,), **OPTIONS) == marked
