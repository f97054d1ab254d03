"""Length: what lies beyond the limit of a sentence, a paragraph, a text."""

import pytest
from marked import mark


@pytest.mark.parametrize(
    ("options", "marked"),
    [
        pytest.param(
            {"measure": "sentence", "limit": "4"}, "Дом стоит у воды, ⟦сад за домом⟧. Тихо.", id="a sentence's tail"
        ),
        pytest.param(
            {"measure": "sentence", "limit": "4"}, "Дом стоит у воды. Сад стоит за домом.", id="each sentence"
        ),
        pytest.param(
            {"measure": "sentence", "limit": "5"}, "Дом у реки, VIP-зал, 4 850 000 ⟦рублей⟧.", id="what is a word"
        ),
        pytest.param(
            {"measure": "sentence", "limit": "4"}, "Дом стоит у воды\nСад за домом", id="lines without a stop"
        ),
        pytest.param(
            {"measure": "paragraph", "limit": "4"},
            "Дом у воды. Сад ⟦за домом. Ключи⟧ у сторожа.\n\nТихо.",
            id="three words",
        ),
        pytest.param({"measure": "paragraph", "limit": "4"}, "Дом у воды.\n\nСад за домом.", id="each paragraph"),
        pytest.param({"measure": "text", "limit": "4"}, "Дом у воды.\n\nСад ⟦за домом⟧.", id="the whole text"),
        pytest.param(
            {"measure": "text", "limit": "4", "without": "quote"}, "Дом у воды. «Я рад!» Тихо.", id="regions left out"
        ),
    ],
)
def test_words_beyond_the_limit_are_found(options: dict[str, str], marked: str) -> None:
    assert mark("length", marked, **{key: (value,) for key, value in options.items()}) == marked
