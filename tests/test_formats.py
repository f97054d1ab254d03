"""What other tools read: each format against its schema, in the columns that it counts in."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from shell import Run, settle, vipcopy, write

from vipcopy.writers.html import find_segments

__all__ = ["vipcopy"]

# Emoji before the finding: 2 code units of UTF-16 and 4 bytes each, Cyrillic letters 1 and 2.
LETTER = "Часы готовы.\n\n💎💎 Вот: скидка, <b>&amp;\nтолько\nсегодня, 20 %.\n"
MAIL = (
    "Subject: Скидка\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Скидка</p>\n"
    "--b\nContent-Disposition: attachment; filename=a.pdf\n\nx\n--b--\n"
)
PAGE = "<p>Новая <b>ски</b>дка &amp; часы</p>\n<!-- vipcopy: ignore discount — «акция» -->\n<p>Скидка</p>\n"


@pytest.fixture
def letters(vipcopy: Run) -> Run:
    """A letter, a page with a waiver, a clean text and a file that cannot be read."""
    settle()
    write({"письма/a b.txt": LETTER, "b.html": PAGE, "c.txt": "Часы готовы.\n"})
    Path("d.txt").write_bytes(b"%PDF-1.7")
    return vipcopy


ALL = ("письма/a b.txt", "b.html", "c.txt", "d.txt")


def output(vipcopy: Run, form: str, *paths: str) -> str:
    outcome = vipcopy("check", *(paths or ALL), "--format", form)
    assert outcome.code == 2
    return outcome.out


# The published schemas, told in short: only the keys that we write, and no others.


def object_of(required: dict[str, object], **optional: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
COUNT = {"type": "integer", "minimum": 1}


def array_of(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


POSITION = object_of({"line": COUNT, "column": COUNT})
RANGE = object_of({"start": POSITION, "end": POSITION})
RDJSON = object_of(
    {
        "source": object_of({"name": TEXT}),
        "diagnostics": array_of(
            object_of(
                {
                    "message": TEXT,
                    "location": object_of({"path": TEXT}, range=RANGE),
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                },
                code=object_of({"value": TEXT}),
                suggestions=array_of(object_of({"range": RANGE, "text": {"type": "string"}})),
            )
        ),
    }
)
GITLAB = array_of(
    object_of(
        {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": object_of({"path": TEXT, "lines": object_of({"begin": COUNT, "end": COUNT})}),
        }
    )
)
URI = {"type": "string", "pattern": r"^[A-Za-z0-9._~:/%-]+$"}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = object_of({"text": TEXT})
ARTIFACT = object_of({"uri": URI})
CONTENT = object_of({"text": {"type": "string"}})
REGION = object_of(
    {"startLine": COUNT, "startColumn": COUNT, "endLine": COUNT, "endColumn": COUNT},
    snippet=CONTENT,
)
LOCATION = object_of(
    {"physicalLocation": object_of({"artifactLocation": ARTIFACT}, region=REGION)},
    logicalLocations=array_of(object_of({"fullyQualifiedName": TEXT})),
)
SARIF_RULE = object_of(
    {"id": TEXT, "defaultConfiguration": object_of({"level": LEVEL}), "properties": {"type": "object"}},
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
)
SARIF_RESULT = object_of(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": array_of(LOCATION),
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT},
    },
    fixes=array_of(
        object_of(
            {
                "description": MESSAGE,
                "artifactChanges": array_of(
                    object_of(
                        {
                            "artifactLocation": ARTIFACT,
                            "replacements": array_of(
                                object_of(
                                    {
                                        "deletedRegion": REGION,
                                        "insertedContent": object_of({"text": {"type": "string"}}),
                                    }
                                )
                            ),
                        }
                    )
                ),
            }
        )
    ),
    suppressions=array_of(object_of({"kind": {"enum": ["inSource", "external"]}}, justification=TEXT)),
)
SARIF = object_of(
    {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": array_of(
            object_of(
                {
                    "tool": object_of(
                        {
                            "driver": object_of(
                                {"name": TEXT, "rules": array_of(SARIF_RULE)},
                                semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
                            )
                        }
                    ),
                    "columnKind": {"const": "utf16CodeUnits"},
                    "newlineSequences": {"type": "array", "uniqueItems": True, "minItems": 1},
                    "artifacts": array_of(
                        object_of({"location": ARTIFACT}, encoding=TEXT, properties={"type": "object"})
                    ),
                    "invocations": array_of(
                        object_of(
                            {
                                "executionSuccessful": {"type": "boolean"},
                                "toolExecutionNotifications": array_of(
                                    object_of({"level": LEVEL, "message": MESSAGE, "locations": array_of(LOCATION)})
                                ),
                            }
                        )
                    ),
                    "results": array_of(SARIF_RESULT),
                }
            )
        ),
    }
)


@pytest.mark.parametrize(("form", "schema"), [("rdjson", RDJSON), ("gitlab", GITLAB), ("sarif", SARIF)])
def test_a_format_is_as_its_schema_says(letters, form, schema):
    write({"e.eml": MAIL})
    jsonschema.Draft202012Validator(schema).validate(json.loads(output(letters, form, *ALL, "e.eml")))


# Columns


def test_sarif_counts_utf16(letters):
    run = json.loads(output(letters, "sarif"))["runs"][0]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 17, "snippet": {"text": "скидка"}}


def test_rdjson_counts_bytes(letters):
    found = json.loads(output(letters, "rdjson"))["diagnostics"][0]["location"]["range"]
    assert found == {"start": {"line": 3, "column": 18}, "end": {"line": 3, "column": 30}}


def test_github_counts_characters_and_gives_columns_on_one_line_alone(letters):
    places = [line.rpartition("::")[0] for line in output(letters, "github").splitlines()]
    assert places[:2] == [
        "::error file=письма/a b.txt,title=discount/word,line=3,endLine=3,col=9,endColumn=15",
        "::warning file=письма/a b.txt,title=urgency/today,line=4,endLine=5",
    ]


def test_gitlab_has_lines(letters):
    lines = [entry["location"]["lines"] for entry in json.loads(output(letters, "gitlab"))]
    assert lines[:2] == [{"begin": 3, "end": 3}, {"begin": 4, "end": 5}]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a,b:c%.txt", "::error file=a%2Cb%3Ac%25.txt,"),
        ("100%0A.txt", "::error file=100%250A.txt,"),
    ],
)
def test_a_name_cannot_break_a_command_of_github(vipcopy, name, written):
    settle()
    write({name: "Скидка.\n"})
    assert vipcopy("check", name, "--format", "github").out.startswith(written)


# What each holds


def test_sarif_tells_waivers_errors_and_paths(letters):
    run = json.loads(output(letters, "sarif"))["runs"][0]
    results = run["results"]
    assert [result.get("suppressions") for result in results if "suppressions" in result] == [
        [{"kind": "inSource", "justification": "«акция»"}]
    ]
    assert run["artifacts"][0]["location"] == {"uri": "%D0%BF%D0%B8%D1%81%D1%8C%D0%BC%D0%B0/a%20b.txt"}
    assert run["invocations"][0]["executionSuccessful"] is False
    assert [run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] for each in results] == [
        each["ruleId"] for each in results
    ]


def test_fingerprints_stay_when_lines_move_and_differ_within_a_file(vipcopy):
    settle()
    prints = []
    for text in ("Скидка.\n\nСкидка.\n", "Часы.\n\n\nСкидка.\n\nСкидка.\n"):
        write({"a.txt": text})
        prints.append([each["fingerprint"] for each in json.loads(vipcopy("check", "a.txt", "--format", "gitlab").out)])
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == 2


def test_junit_has_a_suite_for_each_text_and_a_failure_for_each_error_and_warning(letters):
    root = ElementTree.fromstring(output(letters, "junit"))
    suites = [(suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in root]
    assert suites == [
        ("письма/a b.txt", "2", "2", "0"),
        ("b.html", "1", "1", "0"),
        ("c.txt", "1", "0", "0"),
        ("d.txt", "1", "0", "1"),
    ]
    assert [len(suite.findall("testcase")) for suite in root] == [2, 1, 1, 1]
    assert [len(suite.findall("testcase/failure")) for suite in root] == [2, 1, 0, 0]


@pytest.mark.parametrize("form", ["github", "gitlab", "junit", "rdjson", "sarif", "html"])
def test_a_score_that_is_too_low_stands_where_a_machine_reads_it(vipcopy, form):
    write({"a.txt": "Только сегодня.\n" + "Часы готовы. " * 20})
    settle("min-score: 9\n")
    outcome = vipcopy("check", "a.txt", "--format", form, "--fail-on", "never")
    assert (outcome.code, outcome.out.count("оценка 8,6 ниже порога 9")) == (1, 1)
    schemas = {"gitlab": GITLAB, "rdjson": RDJSON, "sarif": SARIF}
    if form in schemas:
        jsonschema.validate(json.loads(outcome.out), schemas[form])
    if form == "github":
        assert "::error file=a.txt,title=min-score::оценка" in outcome.out
    if form == "junit":
        assert ElementTree.fromstring(outcome.out)[0].attrib["failures"] == "2"


@pytest.mark.parametrize("form", ["json", "jsonl", "github", "gitlab", "junit", "rdjson", "sarif", "html"])
def test_a_name_that_is_not_utf8_breaks_no_format(vipcopy, form):
    settle()
    name = os.fsdecode(b"\xef\xf0.txt")
    write({name: LETTER})
    out = vipcopy("check", name, "--format", form).out
    if form == "sarif":
        assert json.loads(out)["runs"][0]["artifacts"][0]["location"]["uri"] == "%EF%F0.txt"
    if form in ("gitlab", "rdjson", "junit", "html"):
        assert "\ufffd\ufffd.txt" in (out if form in ("junit", "html") else str(json.loads(out)))
    if form == "json":  # nothing is lost: a program may still open the file
        assert os.fsencode(json.loads(out)["files"][0]["path"]) == b"\xef\xf0.txt"


def test_the_page_fits_a_telephone(letters):
    page = letters("check", *ALL, "--format", "html").out
    wide = [int(least) for least in re.findall(r"minmax\((\d+)rem", page)]  # at 320 pixels 18rem are left
    broken = re.findall(r"\.index th[^{}]*\{[^}]*overflow-wrap", page)  # «Оценк/а»
    assert (wide, broken) == ([], [])


def test_the_page_names_the_places_to_correct_first(letters):
    page = letters("check", "письма/a b.txt", "--format", "html").out
    changes = page.partition('<ul class="changes">')[2].partition("</ul>")[0]
    assert re.findall(r'<a href="#(.*?)">(.*?)</a>', changes) == [
        ("f0-0", "3:9 «скидка»"),
        ("f0-1", "4:1 «только сегодня»"),
    ]


def test_jsonl_is_a_text_a_line(letters):
    lines = [json.loads(line) for line in output(letters, "jsonl").splitlines()]
    assert [(line["path"], len(line["findings"]), line["vipcopy"]) for line in lines] == [
        ("письма/a b.txt", 2, "0.1.0"),
        ("b.html", 1, "0.1.0"),
        ("c.txt", 0, "0.1.0"),
        ("d.txt", 0, "0.1.0"),
    ]


@pytest.mark.parametrize("form", ["jsonl", "github", "gitlab", "sarif", "junit", "rdjson", "html"])
@pytest.mark.parametrize(
    "text", ["", "скидка", "Скидка \0\x1b[2J\x07 <script>", "Скидка\ud800", "]]> скидка &amp; \ufffe", "\u202eскидка"]
)
def test_strange_text_breaks_no_format(vipcopy, form, text):
    settle()
    Path("a.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    outcome = vipcopy("check", "a.txt", "--format", form, "-o", "out")
    written = Path("out").read_text(encoding="utf-8")
    if form == "junit":
        ElementTree.fromstring(written)
    elif form == "jsonl" or form in ("gitlab", "sarif", "rdjson"):
        json.loads(written)
    assert (outcome.code, outcome.err) == ("скидка" in text.lower(), "")
    assert not re.search(r"[\x00\x1b\x07]", written)


# The page


class Page(HTMLParser):
    """What a test asks of a page: its elements by tag, the ids and the links, what is loaded from elsewhere."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.marked: list[str] = []
        self.stack: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.opened.append(tag)
        self.stack.append(tag)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        self.loaded += [values["src"]] if "src" in values else []
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop() != tag:
            pass

    def handle_data(self, data):
        if self.stack and self.stack[-1] == "mark":
            self.marked[-1] += data


def test_a_page_needs_nothing_else_and_its_links_lead_somewhere(letters):
    write({"e.md": "Скидка. <!-- vipcopy: ignore urgency -->"})
    page = Page(output(letters, "html", *ALL, "e.md"))
    assert page.loaded == []
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_a_page_marks_the_words_and_shows_nine_bars_for_each_text(letters):
    source = output(letters, "html")
    assert Page(source).marked == ["скидка", "только\nсегодня", "скидка"]
    assert source.count('class="bar ') == 3 * 9


def test_several_texts_have_an_index_and_one_has_none(letters):
    letters_of = [output(letters, "html"), letters("check", "c.txt", "--format", "html").out]
    assert ['<nav class="index"' in source for source in letters_of] == [True, False]


def test_a_text_cannot_break_out_of_the_page(vipcopy):
    settle()
    write({"<i>.txt": '<script>alert(1)</script> скидка " onload="x\n'})
    page = Page(vipcopy("check", "<i>.txt", "--format", "html").out)
    assert (page.opened.count("script"), page.opened.count("i")) == (1, 9)


def test_overlapping_findings_cut_the_text(vipcopy):
    from vipcopy import load

    report = load([Path(__file__).parent / "packs" / "tiny"]).check_text("Только сегодня скидка.")
    wide, narrow = report.findings
    crossed = [wide._replace(quote="Только сегодня ски"), narrow]
    assert [(segment.text, segment.findings, segment.ended) for segment in find_segments(report.text, crossed)] == [
        ("Только сегодня ", (0,), ()),
        ("ски", (0, 1), (0,)),
        ("дка", (1,), (1,)),
        (".", (), ()),
    ]


# Files


def test_formats_go_to_files_and_to_the_screen_at_once(letters):
    outcome = letters(
        *("check", *ALL, "--format", "html", "--output", "r.html", "--format", "github"),
        *("--format=sarif", "-o", "r.out", "-o", "r.xml", "--output=r.jsonl"),
    )
    assert outcome.out.startswith("::error file=")
    starts = {path: Path(path).read_text(encoding="utf-8")[:14] for path in ("r.html", "r.out", "r.xml", "r.jsonl")}
    assert starts == {
        "r.html": "<!doctype html",
        "r.out": '{"$schema": "h',
        "r.xml": "<?xml version=",
        "r.jsonl": '{"vipcopy": "0',
    }


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--format", "html", "--format", "json"], "--format: на экран пойдёт один вид, а не html и json"),
        (["-o", "a.html", "-o", "./a.html"], "--output: в ./a.html записываются два отчёта; укажите разные файлы"),
        (["-o", "a.html", "-o", "a.html"], "--output: в a.html записываются два отчёта; укажите разные файлы"),
        (
            ["-o", "нет/такой.html"],
            "--output: нет/такой.html не записывается (нет такого файла или папки); проверьте путь",
        ),
        (["-o", "c.txt/a.html"], "c.txt/a.html не записывается (на пути стоит файл, а не папка)"),
        (["-o", "."], "--output: . не записывается (это папка)"),
        (["-o", "а" * 300], "не записывается (имя слишком длинное)"),
        (["-o", "./c.txt"], "--output: ./c.txt — сам проверяемый текст; укажите для отчёта другой файл"),
        (["--format", "github", "-o", "a.html"], "--output: a.html по окончанию — html, а перед ним --format github"),
        (["--format", "xml"], "--format: «xml» не бывает; напишите одно из: text, json, jsonl, github"),
    ],
)
def test_outputs_that_cannot_be_written_are_refused(letters, options, says):
    outcome = letters("check", "c.txt", *options)
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert says in outcome.err


@pytest.mark.parametrize(
    ("paths", "output"),
    [
        pytest.param(["письма"], "письма/a b.txt", id="found in a folder"),
        pytest.param(["c.txt", "письма"], "письма/../письма/a b.txt", id="by another path"),
        pytest.param(["письма"], "ссылка.txt", id="behind a link"),
    ],
)
def test_report_never_takes_the_place_of_a_text_of_the_run(letters, paths, output):
    Path("ссылка.txt").symlink_to("письма/a b.txt")
    outcome = letters("check", *paths, "--format", "text", "--output", output)
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert f"--output: {output} — сам проверяемый текст" in outcome.err
    assert Path("письма/a b.txt").read_text(encoding="utf-8") == LETTER


def test_page_of_an_earlier_run_in_the_folder_is_no_text(letters):
    command = ("check", "письма", "-o", "письма/отчёт.html")
    first, page = letters(*command), Path("письма/отчёт.html").read_bytes()
    second = letters(*command)
    assert (first.code, second.code, second.err) == (1, 1, "")
    assert Path("письма/отчёт.html").read_bytes() == page


def test_page_of_a_client_in_the_folder_is_a_text(letters):
    outcome = letters("check", ".", "-o", "b.html")
    assert outcome.code == 2 and Path("b.html").read_text(encoding="utf-8") == PAGE
