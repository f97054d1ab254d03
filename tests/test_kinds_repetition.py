"""Repetition: words, beginnings and phrases that come back."""

import pytest
from marked import mark


@pytest.mark.parametrize(
    ("options", "marked"),
    [
        pytest.param({"of": "word", "times": "3"}, "Дорога частная, дорогу чистят, на ⟦дороге⟧ тихо.", id="any form"),
        pytest.param({"of": "word", "times": "2", "window": "3"}, "Дорога тихая, у дома дорога.", id="too far away"),
        pytest.param({"of": "word", "times": "2"}, "Мы там, мы тут, дом за домом.", id="short words"),
        pytest.param({"of": "word", "times": "2"}, "Женева тиха, Женева бела.", id="names"),
        pytest.param({"of": "word", "times": "2", "allow": "дорога"}, "Дорога к дороге.", id="allowed"),
        pytest.param({"of": "start", "times": "3"}, "Мы нашли. Мы купили. ⟦Мы⟧ ждём. Вы едете.", id="beginnings"),
        pytest.param({"of": "start", "times": "2"}, "Мы нашли.\n\nМы купили.", id="another paragraph"),
        pytest.param({"of": "start", "times": "2"}, "12 домов. 12 садов.", id="numbers begin alike"),
        pytest.param(
            {"of": "phrase", "length": "3"},
            "Закрытый показ коллекции. Ждём на ⟦закрытый показ коллекции⟧.",
            id="a phrase",
        ),
        pytest.param(
            {"of": "phrase", "length": "3"},
            "Закрытый показ новой коллекции. Ждём на ⟦закрытый показ новой коллекции⟧ и обед.",
            id="as long as it goes on alike",
        ),
        pytest.param({"of": "phrase", "length": "3"}, "И тот, и другой. И тот, и другой.", id="words that say nothing"),
    ],
)
def test_what_comes_back_is_found(options: dict[str, str], marked: str) -> None:
    assert mark("repetition", marked, **{key: (value,) for key, value in options.items()}) == marked
