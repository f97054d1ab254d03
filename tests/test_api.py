"""The library: `vipcopy.check`, `vipcopy.load` and the checker that it gives."""

from __future__ import annotations

import operator
import pickle
import re
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

words = st.sampled_from(
    ["скидка", "Поторопитесь", "только сегодня", "часы ручной работы", "с к и д к а", "cкидкa", "ски\u0301дка"]
)
texts = st.lists(
    st.one_of(words, st.text(max_size=8), st.sampled_from([" ", "\n\n", "\r\n", ". ", "! ", "\ufeff"]))
).map("".join)


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


def test_many_texts_come_back_in_order():
    found = [[finding.quote for finding in report.findings] for report in CHECKER.check_many(TEXTS)]
    assert found == [["Поторопитесь"], [], ["скидки"], [], ["Только сегодня"]]


def test_many_texts_are_taken_one_by_one():
    endless = (f"Скидка {number}." for number in count())
    assert [report.words for report in islice(CHECKER.check_many(endless), 3)] == [2, 2, 2]


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


@given(texts)
def test_a_finding_quotes_its_place(text):
    report = CHECKER.check_text(text)
    assert [text[finding.start : finding.stop] for finding in report.findings] == [
        finding.quote for finding in report.findings
    ]


@given(texts)
def test_the_same_text_gets_the_same_report(text):
    assert CHECKER.check_text(text) == CHECKER.check_text(text)


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_crashes(text):
    assert CHECKER.check_text(text).error is None
