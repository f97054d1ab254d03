import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import misplaced

from vipcopy.errors import ConfigError, ReadError, VipcopyError
from vipcopy.readers import is_readable, parse_document, plain, read_document

LETTER = "Уважаемая Анна Ивановна!\r\n\r\nПриглашаем Вас на закрытый показ 12 марта, в 19:00. Серия — 25 часов.\r\n"
NOTE = "<!-- vipcopy: ignore 9 — скидка\n> для {{ кого }} -->"
CODE_PAGES = ["cp1251", "koi8-r", "cp866", "mac-cyrillic", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", *CODE_PAGES])
@pytest.mark.parametrize("text", [LETTER, "Часы", "Скидка 20 %", "СКИДКА", "ТОЛЬКО СЕГОДНЯ", "VIP клиент"])
def test_encoding_is_found_and_named(text: str, encoding: str):
    data = text.encode(encoding, "ignore")  # «—» and «№» are not in every code page
    document = plain.read(data, "letter.txt")
    assert document.text == data.decode(document.encoding) == data.decode(encoding)


def test_encoding_of_prose_is_named():
    assert plain.read(LETTER.encode("koi8-r", "ignore"), "letter.txt").encoding == "koi8-r"


def test_named_encoding_wins():
    assert plain.read("Часы".encode("cp866"), "a.txt", "cp1251").encoding == "cp1251"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\f"])
def test_line_ends_stay_as_they_are(break_: str):
    assert plain.read(f"Раз{break_}два".encode(), "a.txt").text == f"Раз{break_}два"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"PK\x03\x04" + bytes(40), "архив или документ Office", id="zip"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(20), "картинка", id="png"),
        pytest.param(b"{\\rtf1\\ansi }", "RTF.*в .docx или .odt", id="rtf"),
        pytest.param(bytes(range(256)), "не похоже на русский текст", id="every byte"),
        pytest.param(b"\x00\x01\x02\x03", "не похоже на русский текст", id="controls"),
        pytest.param(b"abc\x00\x00\x00\x00\x00", "не похоже на русский текст", id="mostly NUL"),
        pytest.param(b"Hello \xff world", "не похоже на русский текст", id="stray byte"),
        pytest.param(b"\xc3\x28\xa0\xa1", "не похоже на русский текст", id="invalid utf-8"),
        pytest.param("Für Größe".encode("latin-1"), "не похоже на русский текст", id="german"),
        pytest.param("Раз.\nДва.".encode() + b"\xff", "letter.txt:2: текст в utf-8 повреждён", id="damaged utf-8"),
        pytest.param(codecs.BOM_UTF16_LE + b"a", "letter.txt:1: текст в utf-16 повреждён", id="half a character"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line_with_a_remedy(data: bytes, says: str):
    with pytest.raises(ReadError, match=says) as caught:
        plain.read(data, "letter.txt")
    assert str(caught.value).startswith("letter.txt")
    assert "сохраните" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("encoding", "error", "says"),
    [
        ("кои8", ConfigError, "нет кодировки «кои8»"),
        ("utf-16", ReadError, "это не utf-16"),
        ("hex", ConfigError, "нет"),
    ],
)
def test_wrong_named_encoding_is_refused(encoding: str, error: type[VipcopyError], says: str):
    with pytest.raises(error, match=says):
        plain.read("Часы!".encode() + b"!!", "a.txt", encoding)


@pytest.mark.parametrize("text", ["", "Часы", "😀😀", "Часы\0 с нулём", "\0\0\0", "Часы \ud800"])
def test_strange_text_is_read(text: str):
    assert plain.read(text.encode("utf-8", "surrogatepass"), "a.txt").text == text


@given(st.binary())
def test_any_bytes_are_text_or_one_line_of_error(data: bytes):
    try:
        said = plain.read(data, "a.txt").line_starts[""][:1]
    except ReadError as error:
        said = str(error).splitlines()
    assert len(said) == 1


@pytest.mark.parametrize(("name", "readable"), [("a.txt", True), ("A.TXT", True), ("a.exe", False), ("txt", False)])
def test_folders_give_files_by_ending(name: str, readable: bool):
    assert is_readable(name) is readable


def test_file_of_unknown_ending_is_plain_text():
    assert read_document("Часы".encode(), "letter").text == "Часы"


def test_unknown_format_is_refused():
    with pytest.raises(ConfigError, match="нет формата «pdf»; бывает: text"):
        parse_document("Часы", "", "pdf")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Пишет:\n> Ждём\n> Вас\n>\n> > Да\nИтак", "Пишет:\nЖдём\nВас\n\nДа\nИтак"),
        ("> Ждём\n>Вас\n", "Ждём\nВас\n"),
        ("> Ждём", "> Ждём"),
        (">>> Ждём <<<\nВас", ">>> Ждём <<<\nВас"),
        ("Ждём\n> 5\n\n> 6", "Ждём\n> 5\n\n> 6"),
        ("> {{ a\n> b }}\n> Вас", "{{ a\n> b }}\nВас"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
def test_marks_of_a_quotation_are_no_words(source: str, text: str, line_end: str):
    document = plain.parse(source.replace("\n", line_end), "a.txt")
    assert document.text == text.replace("\n", line_end)
    assert misplaced(document, document.sources) == []


@pytest.mark.parametrize("unit", ["> а\n", ">", "\n>", "> > > \r\n", " >\r"])
def test_marks_take_no_more_time_than_their_text(unit: str):
    assert plain.parse(unit * 50_000, "a.txt").sources


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(f"Раз. {NOTE}\nДва.", "Раз.\nДва.", id="at the end of a line"),
        pytest.param(f"Раз,\r\n {NOTE} {NOTE}\r\nдва.", "Раз,\r\nдва.", id="on a line for themselves"),
        pytest.param(f"{NOTE}\nРаз {{{{ имя }}}} {NOTE}", "Раз {{ имя }}", id="first and last"),
        pytest.param(f"> Раз {NOTE}\n> {NOTE}\n> два", "Раз\n\nдва", id="in a quotation"),
        pytest.param("Раз <!-- vipcopy -->", "Раз <!-- vipcopy -->", id="no waiver"),
        pytest.param(f"Раз {{# {NOTE} #}} два", f"Раз {{# {NOTE} #}} два", id="in a comment of a template"),
    ],
)
def test_a_waiver_is_no_part_of_the_letter(source: str, text: str):
    document = parse_document(source, "", "text")
    assert (document.text, misplaced(document, document.sources)) == (text, [])


def test_waivers_take_no_more_time_than_their_text():
    start = time.perf_counter()
    for unit in (f"{NOTE} ", f"{NOTE}\n", "<!-- vipcopy: ", " " * 100 + "<!-- vipcopy: -"):
        parse_document(unit * 20_000, "", "text")
    assert time.perf_counter() - start < 30
