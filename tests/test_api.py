"""The library: `vipcopy.check`, `vipcopy.load` and the checker that it gives."""

from __future__ import annotations

import json
import operator
import pickle
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vipcopy

TINY = Path(__file__).parent / "packs" / "tiny"
CHECKER = vipcopy.load([TINY])
TEXTS = ["Поторопитесь.", "Часы готовы.", "Наши скидки.", "", "Только сегодня."]


def test_every_public_name_is_there_and_has_an_example():
    told = set(re.findall(r"`(\w+)`", vipcopy.__doc__ or ""))
    lacking = [name for name in vipcopy.__all__ if ">>>" not in (getattr(vipcopy, name).__doc__ or "")]
    lacking = [name for name in lacking if name not in told]
    assert lacking == []


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        operator.attrgetter("chek")(vipcopy)


def test_a_text_gets_its_report():
    report = CHECKER.check_text("Просим: поторопитесь.", name="letter")
    assert [(finding.rule, finding.quote) for finding in report.findings] == [("urgency/hurry", "поторопитесь")]
    assert (report.name, report.words, report.error) == ("letter", 2, None)


def test_a_checker_is_told_in_a_line():
    assert repr(CHECKER) == f"<Checker: {len(CHECKER.rules)} rules>"


def test_many_texts_come_back_in_order():
    found = [[finding.quote for finding in report.findings] for report in CHECKER.check_many(TEXTS)]
    assert found == [["Поторопитесь"], [], ["скидки"], [], ["Только сегодня"]]


def test_many_texts_are_taken_one_by_one():
    endless = (f"Скидка {number}." for number in count())
    assert [report.words for report in islice(CHECKER.check_many(endless), 3)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param("Поторопитесь.".encode("cp1251"), "letter.txt", id="old encoding"),
        pytest.param(b"<p>" + "Потороп&shy;итесь.".encode() + b"</p>", "letter.html", id="page"),
        pytest.param("Subject: =?utf-8?B??=\n\nПоторопитесь.".encode(), "letter.eml", id="mail"),
    ],
)
def test_bytes_are_read_as_their_name_says(data, name):
    assert [finding.rule for finding in CHECKER.check_bytes(data, name=name).findings] == ["urgency/hurry"]


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(vipcopy.ReadError, match=r"a\.docx"):
        CHECKER.check_bytes(b"PK\x03\x04", name="a.docx")
    with pytest.raises(vipcopy.LimitError, match="принимается до 3"):
        CHECKER.check_bytes("Ждём Вас.".encode(), name="a.txt", limits=vipcopy.Limits(length=3))


def test_the_lock_of_packs_is_equal_where_the_rules_are(tmp_path):
    copy = shutil.copytree(TINY, tmp_path / "tiny")
    before = vipcopy.build_lock([copy])
    with (copy / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert (before == vipcopy.build_lock([TINY]), before == vipcopy.build_lock([copy])) == (True, False)


def test_an_unknown_format_is_refused():
    with pytest.raises(vipcopy.ConfigError, match="нет формата «pdf»"):
        CHECKER.check_text("Часы.", format="pdf")


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ({"select": ["6"]}, {"urgency/hurry", "urgency/today"}),
        ({"select": ["urgency", "discount/word"], "ignore": ["urgency/today"]}, {"urgency/hurry", "discount/word"}),
        ({"ignore": ["6", "9"]}, {"evidence/handmade"}),
    ],
)
def test_rules_are_chosen(options, rules):
    assert set(vipcopy.load([TINY], **options).rules) == rules


def test_one_stands_for_a_list_of_one(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text(TEXTS[0], encoding="utf-8")
    for one in (str(path), path):
        assert list(CHECKER.check_paths(one)) == list(CHECKER.check_paths([path]))
        assert len(vipcopy.open_run(one)) == 1
    assert set(vipcopy.load(TINY, select="urgency", ignore=9).rules) == {"urgency/hurry", "urgency/today"}
    assert vipcopy.load_packs(TINY) == vipcopy.load_packs([str(TINY)])
    assert vipcopy.build_lock(TINY) == vipcopy.build_lock([TINY])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        pytest.param(lambda: vipcopy.check(None), "text: это None; передайте строку", id="no text"),
        pytest.param(lambda: CHECKER.check_text(5), "text: это int; передайте строку", id="number"),
        pytest.param(lambda: vipcopy.check(b"a"), "text: это bytes; байты проверяет check_bytes", id="bytes"),
        pytest.param(lambda: CHECKER.check_bytes("а", name="a.txt"), "data: это str; строку проверяет", id="no bytes"),
        pytest.param(lambda: CHECKER.check_many("Скидка"), "texts: это одна строка; .* check_text", id="one text"),
        pytest.param(lambda: list(CHECKER.check_many([None])), "text: это None", id="no text among texts"),
        pytest.param(lambda: CHECKER.check_many(None), "texts: это None; передайте список строк", id="no texts"),
        pytest.param(lambda: CHECKER.check_paths(None), "paths: это None; передайте путь", id="no paths"),
        pytest.param(lambda: list(CHECKER.check_paths([3])), "paths: это int; передайте путь", id="no path"),
        pytest.param(lambda: vipcopy.open_run(b"a.txt"), "paths: это bytes; передайте путь", id="path of bytes"),
        pytest.param(lambda: CHECKER.check_text("а", limits=5), "limits=5 — не пределы; передайте", id="no limits"),
        pytest.param(lambda: vipcopy.load(None), "packs: это None; передайте путь", id="no packs"),
        pytest.param(lambda: vipcopy.load(TINY, ignore=None), "ignore: это None; передайте имя", id="no names"),
        pytest.param(lambda: vipcopy.load(TINY, select=[1.5]), "select: это float; передайте имя", id="no name"),
    ],
)
def test_what_is_of_another_kind_is_refused_with_what_to_pass(call, says):
    with pytest.raises(TypeError, match=says):
        call()


@pytest.mark.parametrize("limits", [{"length": -1}, {"length": "a"}, {"length": 1.5}, {"length": True}])
@pytest.mark.parametrize("also", [{}, {"seconds": -0.5}, {"seconds": float("nan")}, {"seconds": "5"}])
def test_what_limits_nothing_is_refused(limits, also):
    with pytest.raises(vipcopy.ConfigError, match=r"напишите (целое число знаков|число секунд) от 0 или None"):
        vipcopy.Limits(**(also or limits))


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("<div>" * 5002 + "Часы", "html"),
        ("> " * 5000 + "а", "markdown"),
        ("<!-- vipcopy: ignore discount -->" * 30000, "html"),
        ("---\nvipcopy:\n  ignor: discount\n---\nЧасы.", "markdown"),
    ],
)
def test_a_text_without_a_name_that_cannot_be_read_is_called_a_text(text, format):
    with pytest.raises(vipcopy.ReadError, match=r"^текст:"):
        CHECKER.check_text(text, format=format)


def test_unknown_rules_are_refused_all_at_once():
    with pytest.raises(vipcopy.ConfigError) as caught:
        vipcopy.load([TINY], select=["urgncy"], ignore=["99"])
    assert len(str(caught.value).splitlines()) == 2


def test_a_folder_beside_us_is_no_default(tmp_path, monkeypatch):
    (tmp_path / "vip").mkdir()
    monkeypatch.chdir(tmp_path)
    assert [pack.name for pack in vipcopy.load_packs(["vip"])] == ["base", "vip"]


def test_a_checker_works_in_threads_as_alone():
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(CHECKER.check_text, TEXTS * 8)) == list(CHECKER.check_many(TEXTS * 8))


def test_a_checker_goes_to_other_processes():
    again = pickle.loads(pickle.dumps(CHECKER))
    assert list(again.check_many(TEXTS)) == list(CHECKER.check_many(TEXTS))


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_crashes(text):
    assert CHECKER.check_text(text).error is None


def test_a_text_over_the_length_is_refused_before_any_work():
    with pytest.raises(vipcopy.LimitError, match="letter: 14 знаков, принимается до 10"):
        CHECKER.check_text("Скидка — 30 %.", name="letter", limits=vipcopy.Limits(length=10))


def test_a_check_over_its_time_is_ended_and_the_checker_goes_on():
    with pytest.raises(vipcopy.LimitError, match="текст: проверка длится больше 0 с"):
        CHECKER.check_text("Поторопитесь.", limits=vipcopy.Limits(seconds=0))
    assert CHECKER.check_text("Поторопитесь.").findings


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_limits_that_hold_change_nothing(format):
    text = "<p>Скидки.</p>\n\nПоторопитесь."
    limits = vipcopy.Limits(length=len(text), seconds=600)
    assert CHECKER.check_text(text, format=format, limits=limits) == CHECKER.check_text(text, format=format)


def test_threads_share_a_checker_each_with_its_own_limits():
    def check(at):
        limits = vipcopy.Limits(length=40 if at % 2 else 4, seconds=600)
        try:
            return [
                found.quote
                for found in CHECKER.check_text("<p>Поторопитесь.</p>", format="html", limits=limits).findings
            ]
        except vipcopy.LimitError as error:
            return str(error).partition(":")[0]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(check, range(32))) == ["текст", ["Поторопитесь"]] * 16


def test_a_report_becomes_the_json_of_the_command_line():
    reports = [CHECKER.check_text(text, name=str(at)) for at, text in enumerate(TEXTS)]
    data = json.loads(vipcopy.write_json(*reports))
    assert data["files"] == [vipcopy.build_report(report) for report in reports]
    assert (data["score_model"], data["vipcopy"]) == (1, vipcopy.version())


def test_a_report_has_a_summary_of_one_line():
    summary = vipcopy.write_summary(CHECKER.check_text("Поторопитесь, только сегодня наши скидки."))
    assert re.fullmatch(r"\d,\d из 8; 3 замечания; слабее всего — «Без запугивания», 0,\d\d", summary)


def test_the_summary_of_an_unread_file_says_why():
    (report,) = CHECKER.check_paths(["нет.txt"])
    assert vipcopy.write_summary(report) == "нет.txt: нет такого файла или папки; проверьте путь"


def test_what_is_found_can_be_remembered_by_checker() -> None:
    checker = vipcopy.load()
    known = {checker: "a letter", checker._replace(require_reason=True): "another"}
    assert known[checker] == "a letter" and len(known) == 2


@pytest.mark.parametrize(
    "asked", [{"packs": "vip"}, {"packs": ["vip"]}, {"select": "discount"}, {"select": 9}, {"fail_on": "never"}]
)
def test_a_request_takes_one_name_and_lists(asked):
    assert vipcopy.load_standard(vipcopy.Request(isolated=True, **asked)).checker.rules


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"min_score": 7.5}, "7,5 балла — это 750"),
        ({"min_score": 901}, "от 0 до 900"),
        ({"fail_on": "all"}, "важности «all» не бывает"),
        ({"jobs": -1}, "нужно целое число процессов"),
        ({"settings": "нет.yml"}, "нет.yml: настройки не прочитать (нет такого файла или папки); проверьте путь"),
    ],
)
def test_what_cannot_be_asked_for_is_told(asked, says):
    for ask in (vipcopy.load_standard, lambda request: vipcopy.open_run("a.txt", request)):
        with pytest.raises(vipcopy.ConfigError, match=re.escape(says)):
            ask(vipcopy.Request(**asked))


def test_a_format_or_a_severity_that_there_is_none_of_is_told():
    report = CHECKER.check_text("Наши скидки.")
    with pytest.raises(vipcopy.ConfigError, match="нет вида отчёта «xml»; бывает: text, json"):
        vipcopy.write([report], "xml", vipcopy.Style())
    with pytest.raises(vipcopy.ConfigError, match="важности «high» не бывает; напишите одно из: info"):
        vipcopy.show(report, "high")
    assert vipcopy.show(report, "error") == vipcopy.show(report, vipcopy.Severity.ERROR)
