"""Emoji and smileys: runs, variation selectors, brackets that smile and brackets that close."""

import pytest
from marked import mark

SMILEYS = (":)", ":-)", ":(", ";)", "=)", "xD", "^_^")


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("Весна ⟦💋💋💋⟧ ждёт", id="a run"),
        pytest.param("⟦❄️ ☕️⟧ Кофе", id="a run with a space"),
        pytest.param("⟦❗️⟧ Запись ⟦✔️⟧ открыта ⟦➡️⟧", id="signs with a variation selector"),
        pytest.param("Врач ⟦👩🏽‍⚕️⟧ летит в Рим ⟦🇮🇹⟧ и Лондон ⟦🏴󠁧󠁢󠁥󠁮󠁧󠁿⟧", id="skin, profession, flags"),
        pytest.param("⟦1️⃣⟧ Паспорт, ⟦#️⃣⟧ номер", id="keycaps"),
        pytest.param("• ● – — → № © ® ™ ° ₽ ✓ ♀ ▪ ☐ ❦ стоят тихо", id="plain type"),
        pytest.param("До скорого ⟦:)⟧ и ⟦;)⟧, и ⟦=)⟧", id="smileys"),
        pytest.param("До скорого ⟦:)))⟧", id="a smiley that laughs"),
        pytest.param("Смешно ⟦xD⟧, но maxDepth и xDocs — нет", id="a smiley of letters"),
        pytest.param("Мило ⟦^_^⟧", id="a smiley of marks"),
        pytest.param("Ждём Вас⟦)))⟧ В семь.", id="laughing brackets"),
        pytest.param("Ждём Вас⟦)⟧", id="a smiling bracket"),
        pytest.param("Жаль⟦((⟧", id="sad brackets"),
        pytest.param("Ужин (с вином) в семь (в пятницу (13-го) — в восемь).", id="parentheses"),
        pytest.param("Ужин (до девяти ⟦:)⟧).", id="a smiley before a closing bracket"),
        pytest.param("Ужин (да)⟦))⟧ в семь", id="laughter after a closing bracket"),
        pytest.param("Условия (например:) и (см. п. 3:)", id="a colon before a closing bracket"),
        pytest.param("1) паспорт\n2) билет\nа) копия\niv) оригинал", id="list markers"),
        pytest.param("Вылет (06:00), в 12:30)", id="time"),
        pytest.param("Отель (этаж\nпятый) открыт", id="a pair over two lines"),
        pytest.param("Весело ⟦🎉 :)⟧ будет", id="emoji and smiley in one run"),
        pytest.param("", id="nothing"),
    ],
)
def test_runs_are_found(marked: str) -> None:
    assert mark("emoji", marked, smileys=SMILEYS) == marked


@pytest.mark.parametrize(
    ("options", "marked"),
    [
        pytest.param({"allow": ("🚗",)}, "Ждём ⟦😊⟧ и 🚗", id="allowed"),
        pytest.param({"signs": ("✔",)}, "⟦✔⟧ Ужин ✓ и ⟦✔️⟧", id="plain type that counts"),
        pytest.param({"allow": ("☝",)}, "Важно ☝🏽", id="skin tone does not matter"),
    ],
)
def test_options_choose(options: dict[str, tuple[str, ...]], marked: str) -> None:
    assert mark("emoji", marked, **options) == marked
