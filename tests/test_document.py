import pytest
from hypothesis import given
from hypothesis import strategies as st

from vipcopy.document import build_document, is_exact, locate
from vipcopy.model import Piece, Region

HTML = "<h1>Ча<b>сы</b></h1>\n<p>5&nbsp;000 ₽</p>"
PIECES = (
    Piece("Ча", start=4, stop=6, region="heading"),
    Piece("сы", start=9, stop=11, region="heading"),
    Piece("\n\n", start=21, stop=21, exact=False),
    Piece("5", start=24, stop=25),
    Piece("\u00a0", start=25, stop=31, exact=False),
    Piece("000 ₽", start=31, stop=36),
)
DOCUMENT = build_document("letter.html", PIECES, {"": HTML}, "utf-8")


def test_text_is_the_pieces_joined():
    assert DOCUMENT.text == "Часы\n\n5\u00a0000 ₽"


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("Ча", "Ча"),
        ("Часы", "Ча<b>сы"),
        ("сы", "сы"),
        ("5", "5"),
        ("\u00a0", "&nbsp;"),
        ("5\u00a0000", "5&nbsp;000"),
        ("00 ₽", "00 ₽"),
        ("сы\n\n5", "сы</b></h1>\n<p>5"),
    ],
)
def test_words_are_found_in_the_source(words: str, source: str):
    start = DOCUMENT.text.index(words)
    place = locate(DOCUMENT, start, start + len(words))
    assert HTML[place.start : place.stop] == source


@pytest.mark.parametrize(
    ("words", "exact"), [("Ча", True), ("Часы", False), ("5\u00a0000", False), ("000", True), ("\n\n", False)]
)
def test_only_words_that_stand_so_in_the_source_are_exact(words: str, exact: bool):
    start = DOCUMENT.text.index(words)
    assert is_exact(DOCUMENT, start, start + len(words)) is exact


def test_neighbouring_pieces_of_a_kind_are_one_region():
    assert DOCUMENT.regions == (Region("heading", 0, 4),)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_lines_and_columns_count_from_one(break_: str):
    text = f"Раз{break_}{break_}Два три"
    document = build_document("a", (Piece(text, stop=len(text)),), {"": text})
    place = locate(document, len(text) - 3, len(text))
    assert (place.line, place.column, place.end_line, place.end_column) == (3, 5, 3, 8)


def test_a_stretch_over_two_parts_stays_in_the_first():
    pieces = (
        Piece("Тема", part="subject", start=2, stop=6),
        Piece("\n\n", exact=False),
        Piece("Тело", part="body", stop=4),
    )
    document = build_document("a.eml", pieces, {"subject": "> Тема", "body": "Тело"})
    place = locate(document, 2, len(document.text))
    assert (place.part, place.start, place.stop) == ("subject", 4, 6)


@pytest.mark.parametrize("pieces", [(), (Piece(""),)])
def test_an_empty_document_has_a_place(pieces: tuple[Piece, ...]):
    place = locate(build_document("a", pieces, {"": ""}), 0, 0)
    assert (place.start, place.stop, place.line, place.column) == (0, 0, 1, 1)


@given(st.lists(st.text("аб\r\n 😀"), min_size=1), st.data())
def test_any_stretch_of_exact_pieces_is_found_again(texts: list[str], data: st.DataObject):
    source = "".join(f"<{text}>" for text in texts)
    pieces, at = [], 0
    for text in texts:
        pieces.append(Piece(text, start=at + 1, stop=at + 1 + len(text)))
        at += len(text) + 2
    document = build_document("a", pieces, {"": source})
    start = data.draw(st.integers(0, len(document.text)))
    stop = data.draw(st.integers(start, len(document.text)))
    place = locate(document, start, stop)
    if is_exact(document, start, stop):
        assert source[place.start : place.stop] == document.text[start:stop]
    assert source[place.start : place.stop].replace("<", "").replace(">", "") == document.text[start:stop]
