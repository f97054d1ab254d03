"""Waivers: what each silences, in each format, what it does to the score, and which of them are findings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from office import docx_of, odt_of, paragraph
from shell import Run, settle, vipcopy, write

from vipcopy.readers import parse_document
from vipcopy.silence.directives import find_waivers

__all__ = ["vipcopy"]


def found(vipcopy: Run, name: str = "a.md", *arguments: str) -> list[tuple[str, int]]:
    """Rule and line of each finding."""
    outcome = vipcopy("check", name, "--format", "json", *arguments)
    return [(finding["rule"], finding["line"]) for finding in outcome.files()[0]["findings"]]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("Скидка. <!-- vipcopy: ignore discount -->\nСкидка.", [2], id="its own line"),
        pytest.param(
            "Скидка.\n\n<!-- vipcopy: ignore discount -->\n\nСкидка.\n\nСкидка.", [1, 7], id="alone: the next"
        ),
        pytest.param("Скидка. <!-- vipcopy: ignore-next discount -->\n\nСкидка.\n\nСкидка.", [1, 5], id="next line"),
        pytest.param(
            "<!-- vipcopy: ignore-block discount -->\n\nСкидка,\nскидка.\n\nСкидка.", [6], id="the paragraph below"
        ),
        pytest.param(
            "<!-- vipcopy: ignore discount -->\n<!-- vipcopy: ignore urgency -->\nСкидка.\n\nСкидка.",
            [5],
            id="above another",
        ),
        pytest.param(
            "<!-- vipcopy: ignore urgency --> <!-- vipcopy: ignore discount -->\nСкидка.\n\nСкидка.",
            [4],
            id="behind another",
        ),
        pytest.param("Скидка.\n\n<!-- vipcopy: ignore discount -->", [1], id="nothing below"),
        pytest.param("Скидка.\n\nСкидка. <!-- vipcopy: ignore-file discount -->", [], id="the file"),
        pytest.param(
            "Скидка.\n\n<!-- vipcopy: off discount -->\n\nСкидка.\n\n<!-- vipcopy: on -->\n\nСкидка.",
            [1, 9],
            id="between off and on",
        ),
        pytest.param("<!-- vipcopy: off -->\n\nСкидка.\n\nСкидка.", [], id="off to the end"),
        pytest.param(
            "<!-- vipcopy: off discount -->\n<!-- vipcopy: on urgency -->\n\nСкидка.\n\n"
            "<!-- vipcopy: on discount, caps -->\n\nСкидка.",
            [8],
            id="on for others",
        ),
        pytest.param("<!-- vipcopy: off -->\n<!-- vipcopy: on urgency -->\n\nСкидка.", [4], id="all off, some on"),
        pytest.param("Скидка <!--vipcopy:ignore discount/word-->", [], id="a rule"),
        pytest.param("Скидка <!-- vipcopy: ignore 9, urgency/today -->\n\nСкидка.", [3], id="a guideline"),
        pytest.param("Скидка <!-- vipcopy: ignore -->", [], id="all rules"),
        pytest.param("<!-- vipcopy: ignore\ndiscount — по договору\n-->\nСкидка.", [], id="over several lines"),
        pytest.param("[//]: # (vipcopy: ignore discount)\n\nСкидка.", [], id="a comment of Markdown"),
        pytest.param("Скидка {# vipcopy: ignore discount #}", [], id="jinja"),
        pytest.param("Скидка {{! vipcopy: ignore discount }}", [], id="mustache"),
        pytest.param("Скидка {% comment %} vipcopy: ignore discount {% endcomment %}", [], id="liquid"),
        pytest.param("Скидка <!-- vipcopy ignore discount -->\n\nСкидка", [3], id="no colon"),
        pytest.param("Скидка <!-- vipcopy is here, ignore it -->", [1], id="no waiver"),
        pytest.param("[//]: # (vipcopy: ignore discount)\r\n\r\nСкидка.", [], id="a comment of Markdown, CRLF"),
        pytest.param("Скидка\r\n\r\n<!-- vipcopy: ignore discount -->\r\nСкидка.\r\n", [1], id="CRLF"),
    ],
)
def test_a_waiver_silences_its_stretch(vipcopy, text, lines):
    settle()
    Path("a.md").write_bytes(text.encode())
    findings = found(vipcopy)
    assert [line for rule, line in findings if rule == "discount/word"] == lines


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Скидка {# vipcopy: ignore discount #}\n"),
        ("a.txt", "---\nvipcopy:\n  ignore: discount — по договору\n---\nСкидка.\n"),
        ("a.md", "---\ntitle: Скидка\nvipcopy:\n  ignore: [discount]\n---\nСкидка.\n"),
        ("a.html", "<p>Новая <b>скидка</b> <!-- vipcopy: ignore discount --></p>"),
        ("a.html", "<!-- vipcopy: ignore-block discount -->\n<p>Новая\n<b>скидка</b></p>\n"),
        ("a.mjml", "<mj-text>Скидка <!-- vipcopy: ignore discount --></mj-text>"),
        ("a.liquid", "<p>Скидка {% comment %}vipcopy: ignore discount{% endcomment %}</p>"),
        ("a.eml", "Subject: a\nContent-Type: text/html\n\n<p>Скидка <!-- vipcopy: ignore discount --></p>"),
        ("a.eml", "Subject: Скидка\nContent-Type: text/html\n\n<p>Часы <!-- vipcopy: ignore-file discount --></p>"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_format_has_waivers_in_its_own_syntax(vipcopy, name, text, end):
    settle()
    Path(name).write_bytes(text.replace("\n", end).encode())
    assert found(vipcopy, name) == []


def test_a_waiver_in_a_part_of_a_mail_is_for_that_part(vipcopy):
    settle()
    page = "<p>Скидки <!-- vipcopy: ignore discount --></p>\n<p>Часы <!-- vipcopy: ignore urgency --></p>"
    write({"a.eml": f"Subject: Скидка\nContent-Type: text/html\n\n{page}"})
    findings = vipcopy("check", "a.eml", "--format", "json").files()[0]["findings"]
    assert [(each["rule"], each["part"], each["location"], each["line"]) for each in findings] == [
        ("discount/word", "subject", "тема", 1),
        ("waiver/unused", "1", "HTML", 2),
    ]


def test_front_matter_for_us_is_no_part_of_the_letter(vipcopy):
    settle()
    write({"a.txt": "---\nvipcopy:\n  ignore: urgency — поторопитесь так и задумано\n---\nПоторопитесь, скидка.\n"})
    assert found(vipcopy, "a.txt") == [("discount/word", 5)]


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        ("discount — по договору", []),
        ("{rules: discount, lines: 2}", [1, 3]),
        ("{rules: [discount, urgency], lines: 2-3}", [1]),
        ("{rules: discount, quote: СКИДКИ}", [1, 2]),
        ("{rules: urgency/today}", [1, 2, 3]),
    ],
)
def test_a_file_beside_the_text_holds_waivers(vipcopy, entry, lines):
    settle()
    write({"a.txt": "Скидка.\nСкидка.\nСкидки.\n", "a.txt.vipcopy.yml": f"ignore:\n  - {entry}\n"})
    assert [line for rule, line in found(vipcopy, "a.txt") if rule == "discount/word"] == lines


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ignor: discount", "a.txt.vipcopy.yml:1:1: неизвестный ключ «ignor»; напишите «ignore»"),
        ("ignore: [{lines: все}]", "a.txt.vipcopy.yml:1:18: «lines: все» — не номера строк; напишите, например"),
        ("ignore: [", "a.txt.vipcopy.yml:2:1: список в [ ] не закрыт"),
        (f"ignore: {'[' * 51}", "a.txt.vipcopy.yml:1:58: вложено глубже 50 уровней"),
    ],
)
def test_a_mistake_beside_the_text_is_told(vipcopy, text, says):
    settle()
    write({"a.txt": "Скидка.\n", "a.txt.vipcopy.yml": f"{text}\n"})
    outcome = vipcopy("check", "a.txt")
    assert (outcome.code, outcome.err.startswith(says)) == (2, True)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_front_matter_with_half_a_character_is_told(vipcopy, name):
    settle()
    Path(name).write_bytes(b"---\nvipcopy:\n  ignore: \xed\xa0\x80\n---\n")
    outcome = vipcopy("check", name)
    assert (outcome.code, outcome.err.startswith(f"{name}: в файле недопустимые знаки")) == (2, True)


# The score


def test_the_score_is_told_with_waivers_and_without(vipcopy):
    settle()
    write(
        {"a.md": "Поторопитесь. Скидка. <!-- vipcopy: ignore discount — по договору -->\n", "b.md": "Поторопитесь.\n"}
    )
    waived, plain = vipcopy("check", "a.md", "b.md", "--format", "json").files()
    assert waived["score_without_waivers"] < waived["score"]
    assert [(each["rule"], each["reason"]) for each in waived["waived"]] == [("discount/word", "по договору")]
    assert (plain["score_without_waivers"], plain["waived"]) == (None, [])
    told = vipcopy("check", "a.md").out
    assert re.search(r"^1 замечание разрешено, без разрешений — \d,\d из \d$", told, re.MULTILINE)


def test_waived_findings_take_no_points(vipcopy):
    settle()
    write({"a.md": "Скидка. <!-- vipcopy: ignore -->\n"})
    file = vipcopy("check", "a.md", "--format", "json").files()[0]
    assert (file["score"], file["findings"]) == (file["max_score"], [])


# Waivers that are findings


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        pytest.param("Часы. <!-- vipcopy: ignore discount -->", ["waiver/unused"], id="unused"),
        pytest.param("Часы. <!-- vipcopy: ignore -->", ["waiver/unused"], id="unused, for all rules"),
        pytest.param("Часы. <!-- vipcopy: ignore discont -->", ["waiver/unknown"], id="unknown rule"),
        pytest.param("Часы. <!-- vipcopy: ignroe discount -->", ["waiver/unknown"], id="unknown word"),
        pytest.param("Скидка. <!-- vipcopy: ignore discount -->", [], id="used"),
        pytest.param("Часы. <!-- vipcopy: off discount --> Скидка. <!-- vipcopy: on -->", [], id="off and on"),
        pytest.param("Часы. <!-- ignore discount -->", [], id="a comment of someone else"),
    ],
)
def test_unused_and_unknown_waivers_are_findings(vipcopy, text, rules):
    settle()
    write({"a.md": text})
    assert [rule for rule, _ in found(vipcopy)] == rules


def test_a_waiver_for_a_rule_that_is_not_looked_for_is_not_unused(vipcopy):
    settle()
    write({"a.md": "Часы. <!-- vipcopy: ignore discount -->"})
    assert found(vipcopy, "a.md", "--select", "urgency") == []


@pytest.mark.parametrize(
    ("name", "text", "rules"),
    [
        ("a.md", "Скидка. <!-- vipcopy: ignore discount -->", ["waiver/reason"]),
        ("a.md", "Скидка. <!-- vipcopy: ignore discount — по договору -->", []),
        ("a.md", "Скидка. <!-- vipcopy: ignore discount - по договору -->", []),
        ("a.txt", "---\nvipcopy:\n  ignore: discount\n---\nСкидка.", ["waiver/reason"]),
    ],
)
def test_a_reason_is_owed_where_the_settings_ask_for_it(vipcopy, name, text, rules):
    settle("require-reason: true")
    write({name: text})
    assert [rule for rule, _ in found(vipcopy, name)] == rules
    assert vipcopy("check", name).code == bool(rules)


def test_more_waivers_than_anyone_writes_end_in_one_line(vipcopy):
    settle()
    write({"a.html": "<!-- vipcopy: ignore-next --> <!-- vipcopy: off -->\n" * 20_000})
    says = "a.html: больше 1000 разрешений; оставьте одно на весь файл: ignore-file\n"
    assert vipcopy("check", "a.html").err == says


@pytest.mark.parametrize("opened", ["<!-- vipcopy:", "{# vipcopy:", "{{! vipcopy:", "{% comment %} vipcopy:"])
def test_comments_without_end_take_no_time(opened):
    assert find_waivers(parse_document(f"{opened} ignore discount\n" * 5000, "", "text")) == ()


# Comments of office files


def remark(word: str, says: str, name: str) -> bytes:
    """A document of two paragraphs, «Скидка» in each, with a comment on one word of the first."""
    if name.endswith(".odt"):
        note = f"<dc:creator>Анна</dc:creator><text:p>{says}</text:p>"
        start, stop = (
            f"<office:annotation office:name='a'>{note}</office:annotation>",
            "<office:annotation-end office:name='a'/>",
        )
        first = "Скидка, Скидки, часы.".replace(word, f"{start}{word}{stop}")
        return odt_of(f"<text:p xmlns:dc='dc'>{first}</text:p><text:p>Скидкам.</text:p>")
    cut = [f"<w:r><w:t xml:space='preserve'>{each}</w:t></w:r>" for each in "Скидка, Скидки, часы.".partition(word)]
    start, stop = '<w:commentRangeStart w:id="7"/>', '<w:commentRangeEnd w:id="7"/>'
    body = f"<w:p>{cut[0]}{start}{cut[1]}{stop}{cut[2]}</w:p>{paragraph('Скидкам.')}"
    return docx_of(body, comments=f'<w:comment w:id="7">{paragraph(says)}</w:comment>')


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
@pytest.mark.parametrize(
    ("word", "says", "left"),
    [
        pytest.param("Скидка", "vipcopy: ignore discount — по договору", ["Скидки", "Скидкам"], id="its words"),
        pytest.param("Скидка", "vipcopy ignore discount", ["Скидки", "Скидкам"], id="no colon"),
        pytest.param("Скидки, часы", "vipcopy: ignore discount", ["Скидка", "Скидкам"], id="several words"),
        pytest.param("часы", "vipcopy: ignore-block discount", ["Скидкам"], id="the paragraph"),
        pytest.param("часы", "vipcopy: ignore-next discount", ["Скидка", "Скидки"], id="the next paragraph"),
        pytest.param("часы", "vipcopy: ignore-file discount", [], id="the file"),
        pytest.param("Скидка", "Проверьте: vipcopy: ignore", ["Скидка", "Скидки", "Скидкам"], id="of someone else"),
        pytest.param("Скидка", "vipcopy: off", ["Скидка", "Скидки", "Скидкам", "vipcopy: off"], id="no such word"),
        pytest.param(
            "часы",
            "vipcopy: ignore discount",
            ["Скидка", "Скидки", "Скидкам", "vipcopy: ignore discount"],
            id="unused",
        ),
    ],
)
def test_a_comment_of_an_office_file_is_a_waiver(vipcopy, name, word, says, left):
    settle()
    Path(name).write_bytes(remark(word, says, name))
    findings = vipcopy("check", name, "--format", "json").files()[0]["findings"]
    assert [finding["quote"] for finding in findings] == left
