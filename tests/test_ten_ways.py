"""One letter saved in ten ways: the same findings, the same score, each finding in its place."""

import re
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from functools import cache
from html import escape, unescape
from io import BytesIO

import docx
import pytest
from office import odt_of

from vipcopy.model import Report
from vipcopy.readers import read_document
from vipcopy.runs.runner import Checker, load

TITLE = "Ужин у реки"
HELLO = "Уважаемая {{ name }}!"
PARAGRAPHS = (
    "Повар из Лиона готовит в Вашем клубе один вечер, 14 мая. Успейте занять стол: скидка на вино только сегодня!",
    "Это самый лучший ужин сезона, и уникальные цены Вас, возможно, порадуют & удивят.",
)
ITEMS = ("Стол у окна на шесть мест.", "Бесплатно: машина до дома.")
LAST = "Ваш менеджер Пётр Ильин ответит до полудня."


def plain() -> str:
    return "\n\n".join([TITLE, HELLO, *PARAGRAPHS, "\n\n".join(f"- {item}" for item in ITEMS), LAST]) + "\n"


def coded(encoding: str) -> Callable[[], bytes]:
    return lambda: plain().encode(encoding)


def markdown() -> bytes:
    text = "\n\n".join([f"# {TITLE}", HELLO, *PARAGRAPHS, "\n".join(f"- {item}" for item in ITEMS), LAST])
    return text.replace("лучший", "**лучший**").replace("\n", "\r\n").encode()


def page() -> str:
    items = "".join(f"<li>{item}" for item in ITEMS)
    body = "".join(f"<p>{escape(text)}</p>\n" for text in (HELLO, *PARAGRAPHS))
    body = body.replace("скидка", "ски<b>дка</b>").replace("самый лучший", "самый\n  лучший")
    return f"<!DOCTYPE html><meta charset=utf-8><h1>{TITLE}</h1>{body}<ul>{items}</ul><!-- скидка --><p>{LAST}</p>"


def mail_template() -> str:
    texts = "".join(f"<mj-text>{escape(text)}</mj-text>" for text in (HELLO, *PARAGRAPHS))
    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    end = f"<mj-text><ul>{items}</ul>{LAST}</mj-text>"
    source = f"<mjml><mj-body><mj-text><h1>{TITLE}</h1></mj-text>{texts}{end}</mj-body></mjml>"
    return source.replace("{{ name }}", "*|IF:VIP|**|FNAME|**|END:IF|*").replace("Успейте", "Успей&#1090;е")


def word_file() -> bytes:
    made, file = docx.Document(), BytesIO()
    made.add_heading(TITLE, 1)
    for text in (HELLO, *PARAGRAPHS):
        words = made.add_paragraph()
        for at in range(0, len(text), 7):
            words.add_run(text[at : at + 7])
    for item in ITEMS:
        made.add_paragraph(item, style="List Bullet")
    made.add_paragraph(LAST)
    made.save(file)
    return file.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "club@example.org"
    message.set_content(plain(), cte="base64")
    message.add_alternative(page(), subtype="html", charset="utf-8")
    return message.as_bytes()


def open_document() -> bytes:
    texts = "".join(f"<text:p>{escape(text)}</text:p>" for text in (HELLO, *PARAGRAPHS))
    items = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in ITEMS)
    heading = f"<text:h text:outline-level='1'>{TITLE}</text:h>"
    return odt_of(f"{heading}{texts}<text:list>{items}</text:list><text:p>{LAST}</text:p>")


WAYS: Mapping[str, Callable[[], bytes]] = {
    "utf-8.txt": lambda: plain().encode(),
    "cp1251.txt": coded("cp1251"),
    "koi8-r.txt": coded("koi8-r"),
    "utf-16.txt": lambda: plain().encode("utf-16"),
    "letter.md": markdown,
    "letter.html": lambda: page().encode(),
    "letter.mjml": lambda: mail_template().encode(),
    "letter.docx": word_file,
    "letter.eml": mail,
    "letter.odt": open_document,
}


@cache
def check(way: str) -> Report:
    return checker().core.check(read_document(WAYS[way](), way))


@cache
def checker() -> Checker:
    return load()


def told(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.quote) for finding in report.findings]


@pytest.mark.parametrize("way", WAYS)
def test_findings_are_the_same(way: str):
    found = told(check(way))
    assert found == told(check("utf-8.txt"))
    assert {"скидка", "Бесплатно", "!"} <= {quote for _, quote in found}


@pytest.mark.parametrize("way", WAYS)
def test_score_is_the_same(way: str):
    assert check(way).score.total == check("utf-8.txt").score.total


@pytest.mark.parametrize("way", [way for way in WAYS if way.endswith((".txt", ".md", ".html", ".mjml"))])
def test_place_gives_back_its_words(way: str):
    report = check(way)
    source = WAYS[way]().decode(report.encoding)
    shown = [source[finding.start : finding.stop] for finding in report.findings]
    words = [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>|\*\*", "", each))) for each in shown]
    assert words == [finding.quote for finding in report.findings]


def test_library_reads_pages():
    assert told(checker().check_text(page(), format="html")) == told(check("letter.html"))
