"""A long text is held in blocks and read as a string is."""

from __future__ import annotations

import pickle
import sys
from itertools import product

import pytest

from vipcopy.manuscript import read
from vipcopy.readers import parse_document
from vipcopy.texts import Rope

TEXT = "Ждём Вас 🔥 в салоне.\n" * 200
BOUNDS = (None, 0, 9, 1_023, 1_024, 1_025, 2_048, 4_000, len(TEXT), 9_999, -1, -1_024)


@pytest.mark.parametrize(("start", "stop"), [*product(BOUNDS, BOUNDS)])
def test_blocks_are_sliced_as_the_string_is(start: int | None, stop: int | None) -> None:
    assert Rope(TEXT)[start:stop] == TEXT[start:stop]


@pytest.mark.parametrize("text", ["", "Да", "а" * 1_024, TEXT])
def test_blocks_are_the_whole_string(text: str) -> None:
    assert (str(Rope(text)), len(Rope(text)), Rope(text)[:]) == (text, len(text), text)
    assert str(pickle.loads(pickle.dumps(Rope(text), 0))) == text


def test_one_emoji_does_not_widen_a_text_of_a_million_letters() -> None:
    text = ("Ждём Вас\nв салоне" + ", где светло" * 100 + ". ") * 850 + "🔥"
    prose = read(parse_document(text, "", "text")).prose
    held = prose.text
    assert isinstance(held, Rope) and sum(map(sys.getsizeof, held)) < sys.getsizeof(text) * 0.6
    assert str(prose.written) == text and prose.sentences[-1].tokens[-1].text == "🔥"
    assert [token.text for token in prose.sentences[-2].tokens][:5] == ["Ждём", "Вас", "в", "салоне", ","]
