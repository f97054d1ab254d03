"""Saved mail: what a reader sees of it, each word in its decoded part, nothing twice."""

import time
from email.message import EmailMessage
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import regions

from vipcopy.document import Document, locate
from vipcopy.errors import ReadError
from vipcopy.readers import eml, read_document

LETTER = "Уважаемая Анна Ивановна!\n\nСтолик у окна ждёт Вас в семь.\n"
PAGE = (
    "<div style='display:none'>Ужин у реки</div><p>Уважаемая Анна Ивановна!</p>"
    "<p>Столик у&nbsp;окна <b>ждёт</b> Вас в семь.</p><a class=btn href=x>Смотреть меню</a>"
)


def build(text: str = "", page: str = "", charset: str = "utf-8", subject: str = "Ужин в среду") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "club@example.org"
    if subject:
        message["Subject"] = subject
    if text:
        message.set_content(text, charset=charset, cte="quoted-printable")
    if page and text:
        message.add_alternative(page, subtype="html", charset=charset)
    elif page:
        message.set_content(page, subtype="html", charset=charset)
    return message


def read(message: EmailMessage) -> Document:
    return eml.read(message.as_bytes(), "a.eml")


@pytest.mark.parametrize("charset", ["utf-8", "koi8-r", "windows-1251"])
def test_text_of_any_encoding_is_read(charset: str):
    assert read(build(LETTER, charset=charset)).text.split("\n\n") == ["Ужин в среду", *LETTER.split("\n\n")]


@pytest.mark.parametrize(
    ("charset", "written"),
    [("koi8-r", "utf-8"), *product(("iso-8859-1", "us-ascii", "utf-16"), ("utf-8", "cp1251"))],
)
def test_letters_that_name_another_encoding_than_they_are_in_are_read(charset: str, written: str):
    data = f"Subject: a\nContent-Type: text/plain; charset={charset}\n\n{LETTER}".encode(written)
    assert eml.read(data, "a.eml").text.replace("\n\n", "\n").endswith(LETTER.replace("\n\n", "\n"))


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "raw-unicode-escape"])
def test_a_codec_that_is_no_code_page_is_not_believed(charset: str):
    data = f"Subject: a\nContent-Type: text/plain; charset={charset}\n\nSPA\\n-".encode()
    document = eml.read(data, "a.eml")
    assert (document.text, document.encoding) == ("a\n\nSPA\\n-", "utf-8")


def test_page_is_read_as_html():
    document = read(build(page=PAGE))
    assert document.text.endswith("Столик у\u00a0окна ждёт Вас в семь.\n\nСмотреть меню")
    assert regions(document, "subject", "preheader", "button") == ["Ужин в среду", "Ужин у реки", "Смотреть меню"]


def test_what_both_alternatives_say_is_read_once():
    assert read(build(LETTER, PAGE)).text == read(build(page=PAGE)).text


def test_what_only_the_text_says_is_read_too():
    document = read(build(f"{LETTER}Звоните: скидка!\n", PAGE))
    assert document.text == read(build(page=PAGE)).text + "\n\nЗвоните: скидка!\n"


def test_a_line_with_slots_that_only_the_text_says_stays_one_line():
    line = "Дорогая {{ name }}, ждём Вас с {{ guest }} и скидкой!\n"
    assert read(build(line + LETTER, PAGE)).text == f"{read(build(page=PAGE)).text}\n\n{line}"


@pytest.mark.parametrize(
    ("words", "part", "path", "written"),
    [
        ("Ужин в", "subject", "тема", "Ужин в"),
        ("у\u00a0окна ждёт", "2", "HTML", "у&nbsp;окна <b>ждёт"),
        ("скидка", "1", "текст", "скидка"),
    ],
)
def test_words_are_located_in_their_decoded_part(words: str, part: str, path: str, written: str):
    message = build(f"{LETTER}\nЗвоните: скидка!\n", PAGE)
    document = read(message)
    start = document.text.index(words)
    place = locate(document, start, start + len(words))
    parts = {str(at): leaf.get_content() for at, leaf in enumerate(message.iter_parts(), 1)} | {
        "subject": "Ужин в среду"
    }
    assert (place.part, place.path) == (part, path)
    assert parts[part][place.start : place.stop] == written


def test_attachments_and_mails_inside_are_left_out():
    message = build(LETTER)
    message.add_attachment("Скидка", filename="a.txt")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    message.add_attachment(build("Скидка", subject="Про скидку"))
    document = read(message)
    assert "Скидка" not in document.text
    assert document.notes == tuple(f"вложение {name} не проверено" for name in ("«a.txt»", "«a.pdf»", "«Про скидку»"))


@pytest.mark.parametrize(
    ("headers", "notes"),
    [
        pytest.param("Content-Type: image/png; name=logo.png\nContent-ID: <logo>", (), id="a picture of the letter"),
        pytest.param(
            "Content-Type: application/pdf; name=a.pdf", ("вложение «a.pdf» не проверено",), id="named by its type"
        ),
        pytest.param("Content-Disposition: attachment", ("вложение без имени не проверено",), id="no name"),
        pytest.param(
            "Content-Disposition: attachment; filename*=utf-8''%D0%9F%D1%80%D0%B0%D0%B9%D1%81.pdf",
            ("вложение «Прайс.pdf» не проверено",),
            id="a name in Russian",
        ),
        pytest.param(
            "Content-Disposition: attachment; filename==?utf-8?B?0JzQtdC90Y4=?=",
            ("вложение «Меню» не проверено",),
            id="a name as an encoded word",
        ),
        pytest.param(
            f"Content-Disposition: attachment; filename={'a' * 9000}", ("вложение без имени не проверено",), id="long"
        ),
        pytest.param("Content-Type: text/x-amp-html", ("вложение «text/x-amp-html» не проверено",), id="a third text"),
        pytest.param("Content-Type: application/pdf; name*=none''%FF", ("вложение «ÿ» не проверено",), id="strange"),
    ],
)
def test_what_is_left_out_of_a_mail_is_noted(headers: str, notes: tuple[str, ...]):
    head = "Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n"
    assert eml.read(f"{head}{headers}\n\nx\n--b--\n".encode(), "a.eml").notes == notes


def test_many_attachments_are_counted():
    message = build(LETTER)
    for number in range(14):
        message.add_attachment(b"x", maintype="image", subtype="png", filename=f"{number}.png")
    assert read(message).notes[9:] == ("вложение «9.png» не проверено", "ещё вложений не проверено: 4")


def test_file_of_this_ending_is_a_mail():
    assert read_document(build(LETTER).as_bytes(), "a.EML").regions[0].kind == "subject"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "это не письмо"),
        ("Просто текст\n".encode(), "это не письмо"),
        (b"From: a@b.c\n\n", "нет ни темы, ни текста"),
        (b"Subject: a\n" + b"Content-Type: message/rfc822\n\n" * 3000, "слишком глубоко"),
        (b"Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\na\n" * 5000, "больше 1000 частей"),
    ],
)
def test_what_is_no_mail_is_refused_in_one_line(data: bytes, says: str):
    with pytest.raises(ReadError, match=rf"^a.eml: [^\n]*{says}[^\n]*; [^\n]+$"):
        eml.read(data, "a.eml")


@pytest.mark.parametrize(
    "header",
    [
        "Subject: " + "=?utf-8?B?0KHQutC40LTQutCw?= " * 20_000,
        "Subject: " + "a " * 200_000,
        "Subject: a\nContent-Type: text/plain; " + "a=b; " * 100_000,
        "Subject: a\nContent-Type: " + "(" * 5000,
        "Subject: =?none?B?0KHQutC40LTQutCw?= =?utf-8?X?",
        "Subject: =?u\ufffdtf-8?B?0KHQutC40LTQutCw?=",
        "Subject: a\nContent-Type: text/plain; charset=utf-8\0",
    ],
)
def test_strange_headers_cost_no_time(header: str):
    start = time.perf_counter()
    eml.read(header.encode() + "\n\nСтолик ждёт.".encode(), "a.eml")
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("text", "page"),
    [
        pytest.param("\n".join(f"Часы {at}" for at in range(20_000)), "Дом у реки. " * 40_000, id="said nowhere"),
        pytest.param("\n".join(f"Часы {at}" for at in range(20_000, 0, -1)), "", id="said backwards"),
        pytest.param("а" * 200_000, "Дом", id="one word"),
        pytest.param("[" * 200_000, "Дом", id="brackets"),
    ],
)
def test_lines_are_compared_with_the_page_in_time(text: str, page: str):
    page = page or "".join(f"<p>Часы {at}" for at in range(20_001))
    head = "Subject: a\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8"
    data = f"{head}\n\n{text}\n--b\nContent-Type: text/html; charset=utf-8\n\n{page}\n--b--\n".encode()
    start = time.perf_counter()
    eml.read(data, "a.eml")
    assert time.perf_counter() - start < 30  # without a bound it is minutes


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_any_mail_gives_back_its_words(text: str, page: str, subject: str):
    head = f"Subject: {subject}\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\n{text}\n"
    data = (f"{head}--b\nContent-Type: text/html\n\n{page}\n--b--\n").encode("utf-8", "replace")
    try:
        document = eml.read(data, "a.eml")
    except ReadError as error:
        assert "\n" not in str(error)
        return
    assert all(piece.stop - piece.start == len(piece.text) for piece in document.pieces if piece.exact)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_mail_or_one_line_of_error(data: bytes):
    try:
        said = [eml.read(b"Subject: a\n" + data, "a.eml").text][:1]
    except ReadError as error:
        said = str(error).splitlines()
    assert len(said) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r"])
def test_a_subject_may_be_written_as_it_is(encoding: str):
    assert eml.read("Subject: Скидка на часы\n\nСтолик".encode(encoding), "a.eml").text.startswith("Скидка на часы")
