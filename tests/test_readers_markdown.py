"""Markdown: its prose and where it stands; code, addresses and tags are no prose."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import misplaced, regions

from vipcopy.document import Document, locate
from vipcopy.errors import ReadError
from vipcopy.readers import markdown, read_document


def read(source: str) -> Document:
    return markdown.parse(source, "a.md")


# Their numbers stay in the text, as a region that no rule reads.
NOTES = "Дом[^1] и сад[^дом].\n\n[^1]: Да\n\n[^дом]: У реки."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("Уни**каль**ная *цена*", "Уникальная цена", id="emphasis"),
        pytest.param("раз\nдва", "раз два", id="a wrapped line"),
        pytest.param("раз  \nдва\\\nтри", "раз\nдва\nтри", id="a line ended on purpose"),
        pytest.param("раз\n\nдва", "раз\n\nдва", id="paragraphs"),
        pytest.param("Дом\n===\n\n## Сад ##", "Дом\n\nСад", id="headings"),
        pytest.param("- раз\n- два\n  три\n\n1. А", "раз\n\nдва три\n\nА", id="lists"),
        pytest.param(
            "[план](http://a.ru/скидка 'скидка') и [сад][a]\n\n[a]: /скидка", "план и сад\n\nскидка", id="links"
        ),
        pytest.param('[а](u) и [б][r]\n\n[r]: u "Сад"', "а и б\n\nСад", id="titles of definitions"),
        pytest.param('![а](u "Сад") [б](<u "q">) да', "б да\n\nа\n\nСад", id="titles of pictures"),
        pytest.param('[а](u "У \\"дома\\"&nbsp;5")', 'а\n\nУ "дома"\u00a05', id="signs in titles"),
        pytest.param("Дом![](a)тих, как<img src=b>сад", "Дом тих, как сад", id="a picture parts words"),
        pytest.param("Дом ![у реки](/скидка.png) тих", "Дом тих\n\nу реки", id="pictures"),
        pytest.param("да\n\n```\nнет\n```\n\n    нет\n\nда", "да\n\nда", id="code"),
        pytest.param("<p class='нет'>да <b>и</b></p>\n\nда", "да и\n\nда", id="a block of tags"),
        pytest.param("да <b title='нет'>и</b><br>да", "да и\nда", id="inline tags"),
        pytest.param("5&nbsp;000 \\* \\&amp;", "5\u00a0000 * &amp;", id="entities and escapes"),
        pytest.param("|А|Б|\n|-|-|\n|в \\| г|д|", "А\n\nБ\n\nв | г\n\nд", id="tables"),
        pytest.param("> раз\n> два", "раз два", id="quotations"),
        pytest.param(NOTES, NOTES, id="footnotes"),
        pytest.param("да [[1]](u) и [[да]](u)", "да [1] и [да]", id="links in brackets"),
        pytest.param("раз\n\n---\n\nдва", "раз\n\nдва", id="a rule is no front matter"),
        pytest.param("---\ntitle: Дом\ntags: нет\n---\nда", "Дом\n\nда", id="front matter"),
        pytest.param("---\ntitle: 'Дом'\nsubject: \"Сад\" # нет\n---\n", "Дом\n\nСад", id="its quotation marks"),
        pytest.param("---\ndescription: >\n  раз\n  два\ntags: нет\n---\nда", "раз два\n\nда", id="its long values"),
        pytest.param("---\ntitle: Дом", "title: Дом", id="front matter without end"),
        pytest.param('+++\ntitle = "Дом"\ntags = ["нет"]\n+++\nда', "Дом\n\nда", id="front matter in TOML"),
        pytest.param("a_{{ b * c }}*д*", "a_{{ b * c }}д", id="signs inside a template"),
        pytest.param(
            "да<?\n if\n ?>*и* {{\n a }}*да*", "да<?\n if\n ?>и {{\n a }}да", id="a template of several lines"
        ),
        pytest.param("", "", id="nothing"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_prose_of_markdown(source: str, text: str, line_end: str):
    source = source.replace("\n", line_end)
    document = read(source)
    assert document.text.replace(line_end, "\n") == text
    assert misplaced(document, {"": source}) == []


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        ('[а](u "Сад") ![б](u (Дом))', "tooltip", ["Сад", "Дом"]),
        ("# Дом **у** реки\n\nда", "heading", ["Дом у реки"]),
        ("Дом\n---\n", "heading", ["Дом"]),
        ("- раз\n- два", "list", ["раз", "два"]),
        ("> раз\n>\n> два", "quote", ["раз", "два"]),
        ("|А|Б|\n|-|-|\n|в|г|", "table", ["А", "Б", "в", "г"]),
        ("Вот [план **дома**](a).", "link", ["план дома"]),
        ("![Дом](a)", "alt", ["Дом"]),
        ("---\ntitle: Дом\nsubject: Сад\npreheader: Лес\ndescription: Луг\n---\nда", "heading", ["Дом"]),
        ("---\ntitle: Дом\nsubject: Сад\npreheader: Лес\ndescription: Луг\n---\nда", "subject", ["Сад"]),
        ("---\ntitle: Дом\nsubject: Сад\npreheader: Лес\ndescription: Луг\n---\nда", "preheader", ["Лес"]),
        ("---\ntitle: Дом\nsubject: Сад\npreheader: Лес\ndescription: Луг\n---\nда", "description", ["Луг"]),
        (
            "Код `SALE`, адрес http://a.ru/b и <http://b.ru>.",
            "placeholder",
            ["`SALE`", "http://a.ru/b", "<http://b.ru>"],
        ),
        ("Здравствуйте, *|FNAME|*!", "placeholder", ["*|FNAME|*"]),
        (
            "Мы [[рады|за скидку]], [[*новый* дом]] и ![[вид.png]].",
            "template",
            ["[[рады|", "]]", "[[", "]]", "![[вид.png]]"],
        ),
        ("| [[а|б]] | в |\n|-|-|\n| г | [[д]] |", "template", ["[[а|", "]]", "[[", "]]"]),
        ("Дорогая [[first_name]]!", "placeholder", ["[[first_name]]"]),
        ("Дом[^1], [^](a) и `[^2]`.\n\n[^1]: Да", "template", ["[^1]", "[^1]:"]),
    ],
)
def test_markup_makes_regions(source: str, kind: str, words: list[str]):
    assert regions(read(source), kind) == words


@pytest.mark.parametrize(
    ("source", "words", "written"),
    [
        ("# А\r\n\r\nУни**каль**ная\r\nцена", "Уникальная цена", "Уни**каль**ная\r\nцена"),
        ("😀\r\n\r\n> раз\r\n> два", "раз два", "раз\r\n> два"),
        ("---\r\ntitle: Дом\r\n---\r\n\r\nСад", "Сад", "Сад"),
    ],
)
def test_words_are_located_in_the_source(source: str, words: str, written: str):
    document = read(source)
    start = document.text.index(words)
    place = locate(document, start, start + len(words))
    assert source[place.start : place.stop] == written


@pytest.mark.parametrize("name", ["a.md", "README.MARKDOWN"])
def test_files_of_these_endings_are_markdown(name: str):
    assert read_document(b"# a", name).text == "a"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("> " * 1000 + "а", "вложены глубже 30 уровней"),
        ("- " * 1000 + "а", "вложены глубже 30 уровней"),
        ("[а](" * 5000, "больше 100 ссылок без закрывающей скобки"),
        ("![а](" * 5000, "больше 100 ссылок без закрывающей скобки"),
        ("а " * 300_000, "больше 500000 знаков"),
        ("<b '<!--" * 5000, "больше 100 комментариев без конца"),
        ("[" * 20_000, "слишком много знаков разметки"),
    ],
)
def test_what_would_take_minutes_is_refused_in_one_line(source: str, says: str):
    start = time.perf_counter()
    with pytest.raises(ReadError, match=rf"^a.md: [^\n]*{says}[^\n]*; [^\n]+$"):
        read(source)
    assert time.perf_counter() - start < 2


MARKS = """
# ** * _ ` ``` ~~~ > - 1. | |-|-| [a](b) ![ [ ]( ) < <b> </b> <div> <!-- --> &nbsp; \\ {{_name_}} {%_if_% *|A|* http://a.ru
--- === title: дом Скидка 😀 \u00ad <br> \\| [a]: [^1]: ~~ <? ?> " '
"""
MARKUP = st.sampled_from(
    [*(mark.replace("_", " ") for mark in MARKS.split()), "\n", "\n\n", "\r\n", "\r", "\t", "    ", " ", "  \n"]
)


@given(st.lists(MARKUP | st.text(max_size=5), max_size=30).map("".join))
def test_any_markdown_gives_back_its_words(source: str):
    document = read(source)
    assert misplaced(document, {"": source}) == []
    places = [locate(document, start, start + 1) for start in range(len(document.text))]
    assert all(place.start <= place.stop <= len(source) for place in places)
