"""Comments of a Word file: on the exact words, with the rest of the file untouched."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import OFFICE, RELATIONS, TYPES, WORD, docx_of, paragraph, zip_parts

from vipcopy.comments import write_comments
from vipcopy.comments.earlier import remove_marks
from vipcopy.compiling.compiler import build
from vipcopy.model import Finding, Origin, Pack, Rule, Severity, Source
from vipcopy.readers import read_document

ORIGIN = Origin("a.yaml", 1, 1)
RULE = Rule(
    "a/b", "a", 9, Severity.ERROR, -5, "Лишнее: «{quote}».", "Почему.", "phrase", ORIGIN,
    phrase=(Source("скидка [день]", ORIGIN), Source("☺", ORIGIN)), suggest=("цена",),
)  # fmt: skip
CHECKER = build([Pack("a", "", "", (RULE,), {}, {})])
MAIN = "word/document.xml"


def find(data: bytes) -> tuple[Finding, ...]:
    return CHECKER.check(read_document(data, "a.docx")).findings


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def commented(data: bytes) -> list[str]:
    """The words that each comment stands on, in order of the comments."""
    words: dict[str, str] = {}
    opened: list[str] = []
    for element in ElementTree.fromstring(parts_of(data)[MAIN]).iter():
        tag, number = element.tag.removeprefix(f"{{{WORD}}}"), element.get(f"{{{WORD}}}id", "")
        if tag == "commentRangeStart":
            opened.append(number)
            words[number] = ""
        elif tag == "commentRangeEnd":
            opened.remove(number)
        elif tag == "t":
            for each in opened:
                words[each] += element.text or ""
        elif tag == "sym":
            for each in opened:
                words[each] += "☺"
    assert not opened
    return [words[number] for number in sorted(words, key=int)]


SMILEY = "<w:sym w:font='Wingdings' w:char='F04A'{}"
RUN = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(paragraph("Скидка"), ["Скидка"], id="a whole run"),
        pytest.param(paragraph("Это скидка дня и скидка."), ["скидка дня", "скидка"], id="inside a run"),
        pytest.param(paragraph("Это ски", "дка", " дня."), ["скидка дня"], id="over several runs"),
        pytest.param("<w:p>" + RUN.format("Моя скидка 😀 ждёт") + "</w:p>", ["скидка"], id="a run with properties"),
        pytest.param(paragraph("A &amp; скидка & <скидка>"), ["скидка", "скидка"], id="beside entities"),
        pytest.param(
            f"<w:p><w:ins w:id='7'>{RUN.format('Наша скидка!')}</w:ins></w:p>", ["скидка"], id="in an insertion"
        ),
        pytest.param(f"<w:p><w:hyperlink>{RUN.format('скидка')}</w:hyperlink></w:p>", ["скидка"], id="in a link"),
        pytest.param(
            "<w:p><w:r><w:t>да</w:t><w:br/><w:t>скидка</w:t><w:br/></w:r></w:p>", ["скидка"], id="between breaks"
        ),
        pytest.param(
            "<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id='1'><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>"
            "<w:t>Вся скидка тут</w:t></w:r></w:p>",
            ["скидка"],
            id="properties that were changed",
        ),
        pytest.param(
            "<w:p><w:r><w:t>да </w:t><mc:AlternateContent><mc:Choice Requires='w16se'/><mc:Fallback><w:t>скидка</w:t>"
            "</mc:Fallback></mc:AlternateContent><w:t> тут</w:t></w:r></w:p>",
            ["скидка"],
            id="what stands in one piece",
        ),
        pytest.param(
            f"<w:p><w:r><w:t>да</w:t>{SMILEY.format('/>')}<w:t>и</w:t>{SMILEY.format('></w:sym>')}<w:t>да</w:t></w:r></w:p>",
            ["☺", "☺"],
            id="letters of Wingdings",
        ),
        pytest.param(
            "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>ски</w:t></w:r></w:p>" + paragraph("дка!"),
            ["скидка"],
            id="over a deleted end of a paragraph",
        ),
        pytest.param(
            f"{paragraph('Дом у реки.')}<w:p><w:r><w:t>скидка</w:t></w:r></w:p>", ["скидка"], id="a later one"
        ),
    ],
)
def test_comment_stands_on_its_exact_words(body: str, words: list[str]):
    data = docx_of(body)
    written = write_comments(data, "a.docx", find(data))
    assert commented(written) == words
    assert read_document(written, "a.docx").text == read_document(data, "a.docx").text


def test_run_that_is_cut_keeps_its_properties():
    data = docx_of("<w:p>" + RUN.format("Моя скидка тут") + "</w:p>")
    body = parts_of(write_comments(data, "a.docx", find(data)))[MAIN]
    runs = [run for run in ElementTree.fromstring(body).iter(f"{{{WORD}}}r") if run.find(f"{{{WORD}}}t") is not None]
    assert [run.find(f"{{{WORD}}}rPr/{{{WORD}}}b") is not None for run in runs] == [True, True, True]


def test_comment_says_what_is_wrong_why_and_what_is_better():
    data = docx_of(paragraph("Вся скидка & сад"))
    written = docx.Document(BytesIO(write_comments(data, "a.docx", find(data))))
    assert [(each.author, each.text) for each in written.comments] == [
        ("vipcopy", "Лишнее: «скидка».\nПочему.\nЛучше: цена")
    ]


def test_headers_and_text_boxes_are_commented_in_the_text_beside_them():
    box = f"<w:p><w:r><w:txbxContent>{paragraph('Скидка в рамке')}</w:txbxContent></w:r></w:p>"
    data = docx_of(paragraph("Дом.") + box, header1=paragraph("Скидка дня"))
    written = write_comments(data, "a.docx", find(data))
    assert commented(written) == ["Дом.", "Дом."]
    texts = [each.text.splitlines()[0] for each in docx.Document(BytesIO(written)).comments]
    assert texts == ["абзац 2, «Скидка»:", "верхний колонтитул, абзац 1, «Скидка дня»:"]


def test_nothing_else_in_the_file_changes():
    made, file = docx.Document(), BytesIO()
    made.add_paragraph("Вся скидка тут")
    made.sections[0].header.paragraphs[0].text = "Клуб"
    made.save(file)
    before = parts_of(file.getvalue())
    after = parts_of(write_comments(file.getvalue(), "a.docx", find(file.getvalue())))
    changed = {MAIN, "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == changed


def test_comments_of_others_stay():
    made, file = docx.Document(), BytesIO()
    words = made.add_paragraph("Вся скидка тут")
    made.add_comment(words.runs, text="Моё", author="Анна")
    made.save(file)
    written = docx.Document(BytesIO(write_comments(file.getvalue(), "a.docx", find(file.getvalue()))))
    assert [each.author for each in written.comments] == ["Анна", "vipcopy"]


def test_a_second_run_replaces_our_comments_and_no_others():
    made, file = docx.Document(), BytesIO()
    person = made.add_comment(made.add_paragraph("Вся скидка тут").runs, "Спросить юриста", author="Анна", initials="А")
    made.save(file)
    first = write_comments(file.getvalue(), "a.docx", find(file.getvalue()))
    saved = BytesIO()
    docx.Document(BytesIO(first)).save(saved)  # as another program writes it
    again = write_comments(saved.getvalue(), "a.docx", find(saved.getvalue()))
    comments = list(docx.Document(BytesIO(again)).comments)
    assert [(each.author, each.comment_id) for each in comments] == [("Анна", person.comment_id), ("vipcopy", 1)]
    assert commented(again) == ["Вся скидка тут", "скидка"]
    assert parts_of(again)[MAIN].count(b"commentReference w") == 2


def test_a_file_does_not_grow_from_run_to_run():
    data = docx_of(f"<w:p><w:r><w:t>Рады</w:t>{SMILEY.format('/>')}</w:r></w:p>")
    runs = [data := write_comments(data, "a.docx", find(data)) for _ in range(3)]
    assert len({len(parts_of(each)[MAIN]) for each in runs}) == 1


def test_a_text_without_findings_loses_our_comments():
    data = docx_of(paragraph("Вся скидка тут"))
    left = write_comments(write_comments(data, "a.docx", find(data)), "a.docx", ())
    assert list(docx.Document(BytesIO(left)).comments) == []
    assert b"comment" not in parts_of(left)[MAIN]


def test_our_marks_go_as_word_has_saved_them():
    data = docx_of(paragraph("Вся скидка тут"))
    parts = parts_of(write_comments(data, "a.docx", find(data)))
    reference = b'<w:r><w:commentReference w:id="0"/></w:r>'
    styled = b'<w:r w:rsidR="1"><w:rPr><w:rStyle w:val="a"/></w:rPr><w:commentReference w:id="0"/></w:r>'
    assert reference in parts[MAIN]
    assert b"comment" not in remove_marks(parts[MAIN].replace(reference, styled), frozenset((b"0",)))


COMMENTED = {
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="c" Type="{OFFICE}/comments" Target="comments.xml"/></Relationships>',
    "[Content_Types].xml": TYPES.replace(
        "</Types>",
        '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.wordprocessingml.comments+xml"/></Types>',
    ),
}
COMMENTS = f"<w:comments xmlns:w='{WORD}'/>"


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}"/>'}, id="no relations"),
        pytest.param({"[Content_Types].xml": ElementTree.tostring(ElementTree.fromstring(TYPES))}, id="a prefix"),
        pytest.param({"word/comments.xml": COMMENTS, **COMMENTED}, id="no comments"),
        pytest.param(
            {"word/comments.xml": f"<?xml version='1.0' encoding='utf-16'?>{COMMENTS}".encode("utf-16"), **COMMENTED},
            id="another encoding",
        ),
    ],
)
def test_comments_go_into_parts_however_they_are_written(parts: dict[str, bytes | str]):
    data = zip_parts({**parts_of(docx_of(paragraph("Вся скидка"))), **parts})
    written = write_comments(data, "a.docx", find(data))
    assert [each.text.splitlines()[0] for each in docx.Document(BytesIO(written)).comments] == ["Лишнее: «скидка»."]
    assert len([name for name in parts_of(written) if "comments" in name]) == 1


def test_file_without_findings_is_the_same():
    data = docx_of(paragraph("Дом"))
    assert write_comments(data, "a.docx", ()) == data


def test_mark_before_the_xml_moves_nothing():
    data = docx_of(paragraph("Вся скидка тут"))
    parts = parts_of(data)
    parts[MAIN] = b"\xef\xbb\xbf" + parts[MAIN]
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert commented(write_comments(file.getvalue(), "a.docx", find(file.getvalue()))) == ["скидка"]


WORDS = st.sampled_from(["скидка", " дня", " ", "Дом", "&", "<b>", "😀", "ски", "дка", ". ", "\u00a0", "{{ name }}"])


@given(st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=4))
def test_any_words_get_their_comments(paragraphs: list[list[str]]):
    data = docx_of("".join(paragraph(*runs) for runs in paragraphs))
    findings = find(data)
    written = write_comments(data, "a.docx", findings)
    assert commented(written) == [finding.quote for finding in findings]
    assert read_document(written, "a.docx").text == read_document(data, "a.docx").text
