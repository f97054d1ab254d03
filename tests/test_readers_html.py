"""HTML, MJML and mail templates: what is read of them, and where it stands."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import misplaced, regions

import vipcopy
from vipcopy.document import Document, locate
from vipcopy.errors import ReadError
from vipcopy.readers import html, read_document

NBSP = "\u00a0"


def read(source: str) -> Document:
    return html.parse(source, "a.html")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("Уни<b>каль</b>ная", "Уникальная", id="an inline tag cuts no word"),
        pytest.param("<div>раз<div>два</div>три</div>", "раз\n\nдва\n\nтри", id="a block does"),
        pytest.param("<p>раз<p>два<ul><li>три<li>четыре", "раз\n\nдва\n\nтри\n\nчетыре", id="end tags left out"),
        pytest.param("<p>одна\n   строка</p>", "одна строка", id="blank space is one space"),
        pytest.param("<p>\n  раз </p>\n\n<p> два</p>", "раз \n\nдва", id="none of it begins a block"),
        pytest.param("<pre>раз\n  два</pre>", "раз\n  два", id="but in pre it counts"),
        pytest.param("раз<br>два<BR/>три", "раз\nдва\nтри", id="line breaks"),
        pytest.param("5&nbsp;000&#8381;&#x20BD;", f"5{NBSP}000₽₽", id="entities"),
        pytest.param("R&D, AT&T; 5 < 7 > 3 & <3", "R&D, AT&T; 5 < 7 > 3 & <3", id="signs that are no markup"),
        pytest.param("а<!-- <p>нет --><!-->б<!--->в", "абв", id="comments"),
        pytest.param("а<!--[if mso]><p>нет</p><![endif]-->б", "аб", id="a conditional comment"),
        pytest.param("а<!--[if !mso]><!-->б<!--<![endif]-->в", "абв", id="the other conditional comment"),
        pytest.param("а<script>if (a<b) 'нет</b>'</script>б<style>p{нет}</style>в", "абв", id="scripts and styles"),
        pytest.param("<svg><title>нет</title></svg><template>нет</template>да", "да", id="what is not shown"),
        pytest.param("<video>нет</video><canvas>нет</canvas><audio>нет</audio>да", "да", id="what stands for a film"),
        pytest.param("раз<img>два<svg></svg>три<input>", "раз два три ", id="a picture parts words"),
        pytest.param("раз<noscript>два</noscript>три<hgroup>и", "раз\n\nдва\n\nтри\n\nи", id="rare blocks"),
        pytest.param("раз<i hidden>нет<img></i>два", "раздва", id="a picture that nobody sees"),
        pytest.param("<?xml version='1.0'?><!DOCTYPE html>да", "<?xml version='1.0'?>да", id="declarations"),
        pytest.param("да <div style='display: none'>нет</div><i hidden>нет</i>и да", "да \n\nи да", id="hidden words"),
        pytest.param("да<p style='height: 0px; overflow: hidden'>нет</p>", "да", id="words in a box of no height"),
        pytest.param("а<p style='font-size: .9em'>да</p><p style='font-size:1rem'>и", "а\n\nда\n\nи", id="sizes in em"),
        pytest.param("<style>.a{font-size:1.2em}</style>а<p class=a>да", "а\n\nда", id="a size in em of a sheet"),
        pytest.param(
            "а<td style='font-size:0px'><div style='font-size:13px'>да</div>нет<img alt='и'>",
            "а\n\nда\n\nи",
            id="as MJML",
        ),
        pytest.param("а<p style='font-size:1px'>нет<b>нет</b></p>", "а", id="letters too small"),
        pytest.param("а<a style='mso-hide:all'>да</a>", "ада", id="hidden from Outlook alone"),
        pytest.param("Дом <a style='background-color: transparent'>у реки</a>", "Дом у реки", id="a link is no button"),
        pytest.param('<p class=a title="5 > 3">да</p>', "да\n\n5 > 3", id="a bracket in an attribute"),
        pytest.param("<p>Дом <img alt='у реки'> тих</p>", "Дом тих\n\nу реки", id="alt cuts no sentence"),
        pytest.param("<img alt=''><input placeholder=Имя title='Как&nbsp;Вас'>", f"Как{NBSP}Вас\n\nИмя", id="texts"),
        pytest.param("<title>Дом &amp; сад</title>да", "Дом & сад\n\nда", id="the title"),
        pytest.param("<mj-section><mj-text>раз</mj-text><mj-spacer/><mj-text>два", "раз\n\nдва", id="MJML"),
        pytest.param("а</p></b>б", "аб", id="end tags that nothing has opened"),
        pytest.param("<p>да", "да", id="nothing closed"),
        pytest.param("<p", "<p", id="half a tag"),
        pytest.param("<!-- нет", "", id="half a comment"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_page_is_read_as_it_is_seen(source: str, text: str):
    document = read(source)
    assert document.text == text
    assert misplaced(document, {"": source}) == []


def test_letters_in_a_font_of_signs_are_smileys():
    document = read("да <span style='font-family:\"Wingdings\"'>J</span> <font face=Wingdings>L<i>à</i></font> J")
    assert document.text == "да ☺ ☹à J"
    assert [piece.text for piece in document.pieces if not piece.exact] == ["☺", "☹"]


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        ("<h1>Дом <b>у</b> реки</h1><p>да</p>", "heading", ["Дом у реки"]),
        ("<ul><li>раз<li>два</ul>", "list", ["раз", "два"]),
        ("<blockquote><p>да</p></blockquote> и <q>нет</q>", "quote", ["да", "нет"]),
        ("Смотрите <a href='x'>план</a>", "link", ["план"]),
        ("<button>Смотреть</button>", "button", ["Смотреть"]),
        ("<a class='mail-btn'>Смотреть</a> <a style='background:#000'>и это</a>", "button", ["Смотреть", "и это"]),
        ("<a role=button>Смотреть</a><mj-button>раз</mj-button>", "button", ["Смотреть", "раз"]),
        ("<input type=submit value='Да'>", "button", ["Да"]),
        ("<title>Т</title><div style='display:none'>Ждём</div><p>Да</p>", "preheader", ["Ждём"]),
        ("<p>Да</p><div style='display:none'>Ждём</div>", "preheader", []),
        ("<mj-preview>Ждём</mj-preview><mj-text>Да", "preheader", ["Ждём"]),
        ("<span class=preheader>Ждём</span>да", "preheader", ["Ждём"]),
        ("<footer>Адрес</footer>", "footer", ["Адрес"]),
        ("<img alt='Дом'><a aria-label='План'>x</a>", "alt", ["Дом", "План"]),
        ("<a title='План'>x</a>", "tooltip", ["План"]),
        ("<input placeholder='Имя'>", "hint", ["Имя"]),
        ("<meta name=description content='О доме'>", "description", ["О доме"]),
        ("<table><tr><th>Дом<th>Цена<tr><td>А<td>5</table>", "table", ["Дом", "Цена", "А", "5"]),
        ("<table><tr><td>А<td>5<tr><td>Б<td>6</table>", "table", ["А", "5", "Б", "6"]),
        ("<table role=presentation><tr><td>А<td>5<tr><td>Б<td>6</table>", "table", []),
        ("<table><tr><td><table><tr><th>А</table></table>", "table", ["А"]),
        ("<table><tr><td>Письмо</table>", "table", []),
        ("<p style='color:#d00'>раз <i style='color:black'>два</i></p>", "red", ["раз "]),
        ("<font color=RED>раз</font><b style='color: rgb(220, 20, 20)'>два</b>", "red", ["раздва"]),
        ("<p style='color:#800020'>вино</p><p style='color:#fcc'>роза</p>", "red", []),
        ("<style>.a, p{color:red}</style><b class=a>раз</b> <i>два</i>", "red", ["раз"]),
        ("<style>@media print{b{color:red}} /* b{color:red} */</style><b>раз</b>", "red", []),
        (
            "Скидка<sup>1</sup>, кешбэк<sup><a>[2]</a></sup>, 50 м<sup>2</sup>. Да.<sup>3</sup>",
            "template",
            ["1", "[2]"],
        ),
        ("<style amp4email-boilerplate>body{visibility:hidden}</style><body><p>раз</p>", "preheader", []),
        ("<td style='font-size:0'>раз<p style='font-size:13px'>два</p></td><p>три", "preheader", ["раз"]),
        ("<td style='font-size:0'><p style='font-size:13px'>раз</p>два</td>", "preheader", []),
        ("<p style='font-size:48px'>раз <i style='font-size:12px'>два", "huge", ["раз "]),
        ("<font size=7>раз</font>", "huge", ["раз"]),
        ("<blink>раз</blink><p style='text-decoration:blink'>два", "blink", ["раз", "два"]),
        ("<marquee>раз</marquee>", "marquee", ["раз"]),
        ("<center>раз</center><p align=center>два", "centred", ["раз", "два"]),
        ("<p style='text-transform:uppercase'>раз", "capitals", ["раз"]),
        ("Код <code>SALE 20</code> готов", "placeholder", ["SALE 20"]),
    ],
)
def test_markup_makes_regions(source: str, kind: str, words: list[str]):
    assert regions(read(source), kind) == words


@pytest.mark.parametrize(
    ("source", "words", "written"),
    [
        ("<p>Уни<b>каль</b>ная цена", "Уникальная", "Уни<b>каль</b>ная"),
        ("<p>Дом у&nbsp;реки", f"у{NBSP}реки", "у&nbsp;реки"),
        ("<p>Дом\n\tу реки", "Дом у", "Дом\n\tу"),
        ("<p>😀 Дом&hellip; &#x1F600;", "…", "&hellip;"),
    ],
)
def test_words_are_located_in_the_source(source: str, words: str, written: str):
    document = read(source)
    start = document.text.index(words)
    place = locate(document, start, start + len(words))
    assert source[place.start : place.stop] == written


@pytest.mark.parametrize(
    ("data", "encoding", "named"),
    [
        ("<meta charset='windows-1251'><p>Дом</p>".encode("cp1251"), None, "cp1251"),
        ("<META content='text/html; charset=KOI8-R'>Дом".encode("koi8-r"), None, "koi8-r"),
        ("<?xml version='1.0' encoding='cp866'?>Дом".encode("cp866"), None, "cp866"),
        ("<meta charset='windows-1251'>Дом".encode(), None, "utf-8"),
        ("<meta charset='windows-1251'>Дом".encode("utf-16"), None, "utf-16"),
        ("<meta charset='windows-1251'>Дом".encode("cp866"), "cp866", "cp866"),
        ("<meta charset='кто-то'>Письмо о доме у реки".encode("cp1251"), None, "cp1251"),
    ],
)
def test_declared_encoding_wins_over_a_guess(data: bytes, encoding: str | None, named: str):
    document = html.read(data, "a.html", encoding)
    assert document.encoding == named
    assert document.text.endswith(("Дом", "Письмо о доме у реки"))


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "utf-16", "cp437"])
def test_a_declared_encoding_that_makes_no_russian_of_the_bytes_is_not_believed(declared: str):
    data = f"<meta charset={declared}><p>Письмо о доме у реки".encode("cp1251")
    assert html.read(data, "a.html").text == "Письмо о доме у реки"


@pytest.mark.parametrize(("declared", "written"), [("koi8-r", "cp1251"), ("windows-1251", "koi8-r")])
def test_a_declared_encoding_that_makes_no_words_of_the_letters_is_not_believed(declared: str, written: str):
    data = f"<meta charset={declared}><p>Письмо о доме у реки".encode(written)  # «оХЯЭЛН Н ДНЛЕ С ПЕЙХ»
    assert html.read(data, "a.html").text == "Письмо о доме у реки"


def test_a_declared_encoding_that_makes_signs_of_utf_16_is_not_believed():
    data = "<meta charset=windows-1251><p>Письмо о доме у реки".encode("utf-16-le")
    assert html.read(data, "a.html").text == "Письмо о доме у реки"


def test_a_page_in_another_language_is_in_the_encoding_that_it_declares():
    assert html.read("<meta charset=iso-8859-1><p>Un été à Nîmes".encode("latin-1"), "a.html").text == "Un été à Nîmes"


def test_the_encoding_is_guessed_by_what_follows_a_long_sheet_of_styles():
    sheet = "<style>" + "p {color: black}\n" * 5000 + "</style>"
    assert html.read(f"{sheet}<p>Письмо о доме у реки".encode("koi8-r"), "a.html").text == "Письмо о доме у реки"


def test_a_declared_codec_that_is_no_code_page_is_not_believed():
    assert html.read(b"<meta charset=punycode>Spa-", "a.html").text == "Spa-"


@pytest.mark.parametrize("ending", ["html", "HTM", "mjml", "j2", "liquid", "hbs"])
def test_files_of_these_endings_are_pages(ending: str):
    assert read_document(b"<p>a</p>", f"letter.{ending}").text == "a"


def test_elements_without_end_are_refused_in_one_line():
    with pytest.raises(ReadError, match=r"^a.html: теги вложены глубже 5000 уровней; [^\n]+$"):
        read("<b>" * 100_000)


@pytest.mark.parametrize(
    "unit",
    """<!-- < <a <a_x= <a_" <a_'"> <? <![CDATA[ </b> <b></b></i> <table><tr><td></table> <style> <style>@a{ {{ {% <% *|
    %%a [[ #A a{%_else_%}a &amp <p> {""".replace("_", " ").split(),
)
def test_time_grows_no_faster_than_the_page(unit: str):
    start = time.perf_counter()
    read(unit * 20_000)
    assert time.perf_counter() - start < 10  # the square of it would be minutes


MARKS = """
<p> </p> <b> </b> <br> <!-- --> <script> </script> <td> <table> </table> <li> &nbsp; &amp &#8381; &#x110000; &#xD800;
{{_name_}} {%_if_a_<_1_%} {%_else_%} *|A|* <img_alt=' '> <a_title=" "> <style> {color:red} </style> <title> </title>
<div_style='display:none'> < > </ Скидка 20_% 😀 & # « » <pre>
"""
MARKUP = st.sampled_from(
    [*(mark.replace("_", " ") for mark in MARKS.split()), NBSP, "\u00ad", "\r\n", "\n", "\t", "\0"]
)


@given(st.lists(MARKUP | st.text(max_size=5), max_size=40).map("".join))
def test_any_page_gives_back_its_words(source: str):
    document = read(source)
    assert misplaced(document, {"": source}) == []
    assert all(
        locate(document, start, start + 1).start <= locate(document, start, start + 1).stop <= len(source)
        for start in range(len(document.text))
    )


@given(st.binary())
def test_any_bytes_are_a_page_or_one_line_of_error(data: bytes):
    try:
        said = html.read(b"<p>" + data, "a.html").line_starts[""][:1]
    except ReadError as error:
        said = str(error).splitlines()
    assert len(said) == 1


def test_findings_in_attributes_stand_in_the_order_of_the_file() -> None:
    page = "<p><img alt='Успейте'> Дом, <a title='Лучший дом'>скидка</a> здесь, спешите.</p><p>Ещё скидка."
    report = vipcopy.load().check_text(page, format="html")
    quotes = [finding.quote for finding in report.findings if finding.rule != "repetition/word"]
    assert quotes == ["Успейте", "Лучший дом", "скидка", "спешите", "скидка"]
    assert [found.start for found in report.findings] == sorted(found.start for found in report.findings)
