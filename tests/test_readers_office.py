"""Word and OpenDocument files: what a reader sees of them, where a person finds it, and bombs."""

import string
import time
from base64 import b64decode
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import DRAWING, OFFICE, RELATIONS, docx_of, odt_of, paragraph, word, zip_parts
from places import regions

from vipcopy.document import Document, locate
from vipcopy.errors import ReadError
from vipcopy.readers import read_document
from vipcopy.readers.office import Archive, find_events

STYLES = "".join(
    f'<w:style w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
    for style, name in {"H1": "heading 1", "T": "Title", "Q": "Quote", "TOC1": "toc 1"}.items()
)
STYLES += '<w:style w:styleId="Own"><w:name w:val="Свой"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
STYLES += (
    '<w:style w:styleId="Hid"><w:name w:val="Hid"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Heir"><w:name w:val="Heir"/><w:basedOn w:val="Hid"/></w:style>'
    '<w:style w:styleId="Seen"><w:basedOn w:val="Hid"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>'
)
STYLED = "<w:p><w:r><w:rPr><w:rStyle w:val='{}'/>{}</w:rPr><w:t>нет</w:t></w:r><w:r><w:t>да</w:t></w:r></w:p>"
SVG = "xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0'"
FRAME = (
    "<text:p>скидка<draw:frame xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' text:anchor-type='{}'/>"
    "дня</text:p>"
)
BOX = f"<w:txbxContent>{paragraph('рамка')}</w:txbxContent>"
PICTURE = (
    f"<w:p><w:r><w:t>скидка</w:t></w:r><w:r><w:drawing xmlns:wp='{DRAWING}'><{{0}}/></w:drawing></w:r>"
    "<w:r><w:t>дня</w:t></w:r></w:p>"
)
PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def read_docx(body: str, **parts: str) -> Document:
    return read_document(docx_of(body, **parts), "a.docx")


def read_odt(body: str, masters: str = "") -> Document:
    return read_document(odt_of(body, masters), "a.odt")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(paragraph("уни", "каль", "ная"), "уникальная", id="runs cut no word"),
        pytest.param(paragraph("раз") + paragraph("  ") + paragraph("два"), "раз\n\nдва", id="paragraphs"),
        pytest.param(paragraph("5\u00a0< 7 & 😀"), "5\u00a0< 7 & 😀", id="entities"),
        pytest.param("<w:p><w:ins>" + "<w:r><w:t>да</w:t></w:r></w:ins></w:p>", "да", id="an insertion"),
        pytest.param(
            "<w:p><w:r><w:t>да</w:t></w:r><w:del><w:r><w:delText>нет</w:delText></w:r></w:del></w:p>", "да", id="del"
        ),
        pytest.param(
            f"<w:p><w:moveFrom><w:r><w:t>нет</w:t></w:r></w:moveFrom></w:p>{paragraph('да')}", "да", id="moved"
        ),
        pytest.param(f"<w:sdt><w:sdtContent>{paragraph('да')}</w:sdtContent></w:sdt>", "да", id="a content control"),
        pytest.param("<w:p><w:hyperlink><w:r><w:t>да</w:t></w:r></w:hyperlink></w:p>", "да", id="a link"),
        pytest.param(
            "<w:p><w:r><w:t>раз</w:t></w:r><m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'>"
            "<m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:t>два</w:t></w:r></w:p>",
            "раз два",
            id="a formula",
        ),
        pytest.param("<w:p><w:r><w:t>раз</w:t><w:br/><w:t>два</w:t><w:tab/></w:r></w:p>", "раз\nдва\t", id="signs"),
        pytest.param(
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>нет</w:t></w:r><w:r><w:t>да</w:t></w:r></w:p>", "да", id="hidden"
        ),
        pytest.param(STYLED.format("Hid", ""), "да", id="hidden by a style"),
        pytest.param(STYLED.format("Heir", ""), "да", id="hidden by the base of a style"),
        pytest.param(STYLED.format("Seen", ""), "нетда", id="shown by a style"),
        pytest.param(STYLED.format("Loop", ""), "нетда", id="a style based on itself"),
        pytest.param(STYLED.format("Hid", "<w:vanish w:val='0'/>"), "нетда", id="shown in spite of its style"),
        pytest.param(paragraph("нет", style="Hid") + paragraph("да"), "да", id="a paragraph hidden by its style"),
        pytest.param(
            "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>да</w:t></w:r></w:p>",
            "да",
            id="hidden before a change",
        ),
        pytest.param(
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>раз </w:t></w:r></w:p>{paragraph('два')}",
            "раз два",
            id="a deleted end of a paragraph",
        ),
        pytest.param(
            "<w:tbl><w:tc><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>раз</w:t></w:r></w:p></w:tc>"
            f"<w:tc>{paragraph('два')}</w:tc></w:tbl>",
            "раз\n\nдва",
            id="a deleted end of a cell",
        ),
        pytest.param(
            f"<w:p>{FIELD.format('begin')}{FIELD.format('begin')}<w:r><w:instrText> MERGEFIELD пол </w:instrText></w:r>"
            f"{FIELD.format('separate')}<w:r><w:t>нет</w:t></w:r>{FIELD.format('end')}{FIELD.format('separate')}"
            f"<w:r><w:t>да</w:t></w:r>{FIELD.format('end')}</w:p>",
            "да",
            id="a field in the condition of a field",
        ),
        pytest.param(
            "<w:p><w:r><w:rPr><mc:AlternateContent><mc:Choice Requires='w16se'/><mc:Fallback/></mc:AlternateContent>"
            "</w:rPr><mc:AlternateContent><mc:Choice Requires='w16se'/><mc:Fallback><w:t>😏</w:t></mc:Fallback>"
            "</mc:AlternateContent></w:r><w:r><w:t>да</w:t></w:r></w:p>",
            "😏да",
            id="an emoji",
        ),
        pytest.param(
            f"<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr><w:r><w:t>Д</w:t></w:r></w:p>{paragraph('ом')}",
            "Дом",
            id="a dropped capital",
        ),
        pytest.param(paragraph("нет", style="TOC1") + paragraph("да"), "да", id="a table of contents"),
        pytest.param(
            f"<w:p><w:r><w:t>до</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice>"
            f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>после</w:t></w:r></w:p>",
            "рамка\n\nдопосле",
            id="a text box",
        ),
        pytest.param(
            f"<w:p>{FIELD.format('begin')}<w:r><w:instrText> DATE </w:instrText></w:r>{FIELD.format('separate')}"
            f"<w:r><w:t>5 мая</w:t></w:r>{FIELD.format('end')}</w:p>",
            "5 мая",
            id="a field",
        ),
        pytest.param(PICTURE.format("wp:inline"), "скидка дня", id="a picture in the line"),
        pytest.param(PICTURE.format("wp:anchor"), "скидкадня", id="a picture beside the line"),
        pytest.param(
            "<w:p><w:r><w:object/><w:t>раз </w:t><w:object></w:object><w:t>два</w:t></w:r></w:p>",
            "раз два",
            id="a gap is one space and begins no paragraph",
        ),
        pytest.param(
            "<w:p><w:r><w:t>да</w:t><w:sym w:char='F04A'/><w:sym w:char='F0E0'/><w:t>да</w:t></w:r></w:p>",
            "да☺ да",
            id="letters of Wingdings",
        ),
        pytest.param(
            "<w:p><w:r><w:t>да </w:t></w:r><w:r><w:rPr><w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/></w:rPr>"
            "<w:t>J</w:t></w:r><w:r><w:t>J</w:t></w:r></w:p>",
            "да ☺J",
            id="a letter in the font of signs",
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_word_file_is_read_as_it_is_seen(body: str, text: str):
    assert read_docx(body, styles=STYLES).text == text


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (paragraph("Дом", style="H1") + paragraph("да", style="Own"), "heading", ["Дом", "да"]),
        (paragraph("Дом", style="T"), "heading", ["Дом"]),
        (paragraph("Дом", style="Q"), "quote", ["Дом"]),
        (
            f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{paragraph('А')}{paragraph('Б')}</w:tbl>",
            "table",
            ["А", "Б"],
        ),
        (f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{paragraph('А')}</w:tbl>", "table", []),
        ("<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>раз</w:t></w:r></w:p>", "list", ["раз"]),
        ("<w:p><w:hyperlink><w:r><w:t>план</w:t></w:r></w:hyperlink></w:p>", "link", ["план"]),
        (
            "<w:p><w:fldSimple w:instr=' MERGEFIELD Имя '><w:r><w:t>«Имя»</w:t></w:r></w:fldSimple></w:p>",
            "name",
            ["«Имя»"],
        ),
        (paragraph("Дорогая {{ na", "me }}!"), "placeholder", ["{{ name }}"]),
    ],
)
def test_word_file_has_regions(body: str, kind: str, words: list[str]):
    assert regions(read_docx(body, styles=STYLES), kind) == words


def test_headers_and_footers_are_read_last_and_once():
    parts = {"header1": paragraph("Клуб"), "header2": paragraph("Клуб"), "footer1": paragraph("Адрес")}
    document = read_docx(paragraph("да"), **parts)
    assert document.text == "да\n\nКлуб\n\nАдрес"
    assert regions(document, "footer") == ["Клуб", "Адрес"]


@pytest.mark.parametrize(
    ("words", "path", "line", "column"),
    [
        ("письмо", "абзац 1", 1, 1),
        ("сделки", "Условия, абзац 1", 3, 7),
        ("Оплата", "Условия, заголовок «Оплата»", 4, 1),
        ("завтра", "Условия › Оплата, абзац 1", 5, 1),
        ("Клуб", "верхний колонтитул, абзац 1", 1, 1),
    ],
)
def test_place_is_what_a_person_looks_for(words: str, path: str, line: int, column: int):
    body = paragraph("письмо") + paragraph("Условия", style="H1") + paragraph("после ", "сдел", "ки")
    document = read_docx(
        body + paragraph("Оплата", style="Own") + paragraph("завтра"), styles=STYLES, header1=paragraph("Клуб")
    )
    start = document.text.index(words)
    place = locate(document, start, start + len(words))
    assert (place.path, place.line, place.column) == (path, line, column)
    assert place.stop - place.start == len(words)


def test_file_of_python_docx_is_read():
    made, file = docx.Document(), BytesIO()
    made.add_heading("Дом", 1)
    made.add_paragraph("раз", style="List Bullet")
    made.sections[0].header.paragraphs[0].text = "Клуб"
    made.save(file)
    document = read_document(file.getvalue(), "a.docx")
    assert document.text == "Дом\n\nраз\n\nКлуб"
    assert regions(document, "heading", "list") == ["Дом", "раз"]


def test_a_picture_of_python_docx_parts_words():
    made, file = docx.Document(), BytesIO()
    words = made.add_paragraph("Ваша скидка")
    words.add_run().add_picture(BytesIO(PIXEL))
    words.add_run("действует")
    made.save(file)
    assert read_document(file.getvalue(), "a.docx").text == "Ваша скидка действует"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("<text:p>уни<text:span>каль</text:span>ная\n  цена</text:p>", "уникальная цена", id="spans"),
        pytest.param(
            "<text:h text:outline-level='1'>Дом</text:h><text:p/><text:p>да</text:p>", "Дом\n\nда", id="headings"
        ),
        pytest.param(
            "<text:p>а<text:s text:c='2'/>б<text:tab/>в<text:line-break/>г</text:p>", "а  б\tв\nг", id="signs"
        ),
        pytest.param(
            "<text:tracked-changes><text:p>нет</text:p></text:tracked-changes><text:p>да</text:p>", "да", id="deleted"
        ),
        pytest.param(
            "<text:p>да<office:annotation><text:p>нет</text:p></office:annotation></text:p>", "да", id="annotation"
        ),
        pytest.param("<text:p>да<text:note><text:p>и</text:p></text:note></text:p>", "и\n\nда", id="a note"),
        pytest.param("<text:p>да<text:note-citation>1</text:note-citation></text:p>", "да", id="a number of a note"),
        pytest.param(
            f"<text:p>да<svg:title {SVG}>нет</svg:title><svg:desc {SVG}>нет</svg:desc></text:p>", "да", id="a picture"
        ),
        pytest.param(
            "<text:p>да<text:hidden-text text:is-hidden='true'>нет</text:hidden-text></text:p>",
            "да",
            id="a hidden field",
        ),
        pytest.param(FRAME.format("as-char"), "скидка дня", id="a picture in the line"),
        pytest.param(FRAME.format("paragraph"), "скидкадня", id="a picture beside the line"),
        pytest.param(
            "<text:section text:display='none'><text:p>нет</text:p></text:section><text:p>да</text:p>"
            "<text:section text:display='condition' text:is-hidden='true'><text:p>нет</text:p></text:section>",
            "да",
            id="hidden sections",
        ),
        pytest.param(
            "<style:style style:name='T1'><style:text-properties text:display='none'/></style:style>"
            "<text:p>да<text:span text:style-name='T1'>нет<text:span>нет</text:span></text:span></text:p>"
            "<text:p text:style-name='T1'>нет</text:p>",
            "да",
            id="hidden words",
        ),
    ],
)
def test_open_document_is_read_as_it_is_seen(body: str, text: str):
    assert read_odt(body).text == text


def test_what_is_not_read_of_a_word_file_is_noted():
    relations = "".join(
        f'<Relationship Id="{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, kind, target in [
            ("a", "aFChunk", "/word/letter.mht"),
            ("b", "diagramData", "diagrams/data1.xml"),
            ("c", "image", "logo.png"),
        ]
    )
    parts = {"word/document.xml": word(f"<w:body>{paragraph('да')}</w:body>", "document")}
    part = f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
    document = read_document(zip_parts({**parts, "word/_rels/document.xml.rels": part}), "a.docx")
    assert document.notes == ("вставленный файл «letter.mht» не проверен", "рисунок SmartArt «data1.xml» не проверен")


def test_raised_numbers_of_footnotes_are_no_part_of_the_word():
    raised = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>{}</w:t></w:r>"
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('Скид')}{run.format('ка')}{raised.format(1)}{run.format(', 50 м')}{raised.format(2)}</w:p>"
    )
    document = read_docx(body)
    assert (document.text, regions(document, "template")) == ("Скидка1, 50 м2", ["1"])
    style = "<style:style style:name='T1'><style:text-properties style:text-position='super 58%'/></style:style>"
    span = "<text:span text:style-name='T1'>{}</text:span>"
    document = read_odt(f"{style}<text:p>Скидка{span.format(1)}, 50 м{span.format(2)}</text:p>")
    assert (document.text, regions(document, "template")) == ("Скидка1, 50 м2", ["1"])


def test_open_document_has_regions_and_paths():
    columns = "<table:table-column table:number-columns-repeated='2'/>"
    body = "<text:h text:outline-level='1'>Дом</text:h><text:list><text:p>раз</text:p></text:list>"
    table = f"<table:table>{columns}<text:p>А</text:p></table:table>"
    document = read_odt(body + table, "<style:footer><text:p>Адрес</text:p></style:footer>")
    assert regions(document, "heading", "list", "table", "footer") == ["Дом", "раз", "А", "Адрес"]
    assert locate(document, 5, 8).path == "Дом, абзац 1"


@pytest.mark.parametrize("field", ["database-display", "placeholder"])
def test_merge_fields_of_open_document_are_slots(field: str):
    document = read_odt(f"<text:p>Уважаемая <text:{field}>&lt;Имя&gt;</text:{field}>!</text:p>")
    assert (document.text, regions(document, "name")) == ("Уважаемая <Имя>!", ["<Имя>"])


def bomb(payload: bytes) -> bytes:
    return zip_parts({"word/document.xml": payload, "content.xml": payload})


ENTITIES = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))
LAUGHS = f'<!DOCTYPE a [<!ENTITY a0 "ха">{ENTITIES}]><a>&a11;</a>'


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "это не документ Office", id="empty"),
        pytest.param("Просто текст".encode(), "это не документ Office", id="text"),
        pytest.param(zip_parts({"a.txt": "а"}), "это не документ", id="another archive"),
        pytest.param(bomb(b"<a>" + b" " * 40_000_000 + b"</a>"), "больше 30 МБ", id="a thousandfold"),
        pytest.param(bomb(b"<a>" * 100_000), "вложены глубже 1000", id="nesting"),
        pytest.param(bomb(b"<a>" + b"<b/>" * 4_000_000 + b"</a>"), "больше миллиона элементов", id="elements"),
        pytest.param(bomb(b"<a>" + b"&amp;" * 4_000_000 + b"</a>"), "больше миллиона элементов", id="signs"),
        pytest.param(bomb(LAUGHS.encode()), "DOCTYPE", id="entities"),
        pytest.param(bomb(b"<a><b></a>"), "повреждён", id="no XML"),
        pytest.param(zip_parts(dict.fromkeys(map(str, range(10_001)), "")), "больше 10000 частей", id="many parts"),
    ],
)
def test_bombs_and_foreign_files_end_in_one_line(name: str, data: bytes, says: str):
    start = time.perf_counter()
    with pytest.raises(ReadError, match=rf"^{name}: [^\n]*{says}[^\n]*; [^\n]+$"):
        read_document(data, name)
    assert time.perf_counter() - start < 20  # it takes one or two; what is read whole takes minutes


def docx_with_headers(headers: dict[str, str], targets: list[str]) -> bytes:
    """A Word file with these headers, and relations to these targets."""
    relations = "".join(f'<Relationship Type="{OFFICE}/header" Target="{target}"/>' for target in targets)
    parts = {f"word/{name}": word(content, "header") for name, content in headers.items()}
    body = word(f"<w:body>{paragraph('Часы')}</w:body>", "document")
    names = "word/document.xml", "word/_rels/document.xml.rels"
    return zip_parts(
        {names[0]: body, names[1]: f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>', **parts}
    )


def test_a_part_is_read_once_however_often_it_is_named(monkeypatch: pytest.MonkeyPatch):
    data = docx_with_headers({"a.xml": paragraph("Клуб")}, ["a.xml"] * 50)
    opened: list[str] = []
    read_part = Archive.read
    monkeypatch.setattr(Archive, "read", lambda archive, part: opened.append(part) or read_part(archive, part))
    document = read_document(data, "a.docx")
    assert (document.text, opened.count("word/a.xml")) == ("Часы\n\nКлуб", 1)


def test_many_headers_are_read_in_time():
    headers = {f"{at}.xml": paragraph(f"Клуб {at}") for at in range(3000)}
    start = time.perf_counter()
    assert read_document(docx_with_headers(headers, [*headers]), "a.docx").text.count("Клуб") == 3000
    assert time.perf_counter() - start < 5


def test_fields_inside_fields_are_read_in_time():
    field = f"{FIELD.format('begin')}{FIELD.format('separate')}<w:r><w:t>х</w:t></w:r>"
    start = time.perf_counter()
    assert read_docx(f"<w:p>{field * 20_000}</w:p>").text == "х" * 20_000
    assert time.perf_counter() - start < 20  # it takes two; each asked of all took a minute


def test_headers_that_are_too_large_together_are_refused():
    headers = {f"{at}.xml": paragraph(" " * 4_000_000 + str(at)) for at in range(8)}
    with pytest.raises(ReadError, match=r"^a\.docx: части вместе больше 30 МБ; разделите документ$"):
        read_document(docx_with_headers(headers, [*headers]), "a.docx")


def test_texts_and_end_tags_know_where_they_stop():
    xml = "<a>да&amp;&#1076;<b/><c></c></a>".encode()
    events = [event for event in find_events(xml, "", {}) if event.is_end or not event.tag]
    stretches = [xml[event.start : event.stop].decode() for event in events]
    assert stretches == ["да", "&amp;", "&#1076;", "", "</c>", "</a>"]


def test_damaged_part_ends_in_one_line():
    data = bytearray(docx_of(paragraph("да" * 500)))
    with ZipFile(BytesIO(bytes(data))) as archive:
        at = archive.getinfo("word/document.xml").header_offset + 60
    data[at : at + 20] = bytes(20)
    with pytest.raises(ReadError, match="повреждён"):
        read_document(bytes(data), "a.docx")


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)


@given(
    st.lists(st.lists(TEXT | st.sampled_from([" ", "{{ name }}", "{{", "}}", "&amp;", "😀"]), max_size=4), max_size=6)
)
def test_any_word_file_gives_back_its_words(paragraphs: list[list[str]]):
    document = read_docx("".join(paragraph(*runs) for runs in paragraphs))
    source = "\n".join(text for text in map("".join, paragraphs) if text.strip())
    assert all(source[each.start : each.stop] == each.text for each in document.pieces if each.exact)
    assert document.text.replace("\n\n", "\n") == source


@given(st.text(alphabet=string.ascii_letters + "<>/:=\"' &;", max_size=80))
def test_any_xml_is_a_document_or_one_line_of_error(xml: str):
    try:
        said = [read_odt(xml).text][:1]
    except ReadError as error:
        said = str(error).splitlines()
    assert len(said) == 1
