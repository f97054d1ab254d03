"""What a person and a program read: texts, bars and JSON made of reports built by hand."""

from __future__ import annotations

import json
import re

import pytest

from vipcopy.model import Changes, Finding, Place, Report, Severity
from vipcopy.replay import ready
from vipcopy.scoring.guidelines import GUIDELINES
from vipcopy.scoring.scorecard import GuidelineScore, Loss, Proof, Score
from vipcopy.writers import WRITERS, Style
from vipcopy.writers.bars import write_bar
from vipcopy.writers.brief import write_shortfall
from vipcopy.writers.scorecard import write_scores
from vipcopy.writers.wording import (
    FINDINGS,
    clean,
    shorten,
    write_count,
    write_points,
    write_promise,
    write_total,
    write_weakest,
)

PLAIN = Style(version="1.2.3")


def finding(marked: str, **changes) -> Finding:
    """A finding of the part in ⟦ ⟧ of a sentence that is the whole text."""
    before, quote, after = re.split("[⟦⟧]", marked)
    start, stop = len(before), len(before) + len(quote)
    return Finding(
        rule="urgency/hurry",
        category="urgency",
        guideline=6,
        severity=Severity.ERROR,
        weight=-12,
        lost=12,
        message="Слово торопит.",
        why="Так уходят.",
        start=start,
        stop=stop,
        quote=quote,
        place=Place("", start, stop, 1, start + 1, 1, stop + 1),
        context=before + quote + after,
        context_start=start,
    )._replace(
        **changes,
    )


def score(losses: dict[int, int] | None = None, unjudged: tuple[int, ...] = ()) -> Score:
    rows = tuple(
        GuidelineScore(
            number,
            title,
            0 if number in unjudged else 100 - (losses or {}).get(number, 0),
            0 if number in unjudged else 100,
            (Loss("urgency/hurry", losses[number], "0,12 на 100 слов", 0, 5, offset=0),)
            if losses and number in losses
            else (),
            (),
        )
        for number, title in GUIDELINES.items()
    )
    return Score(sum(row.points for row in rows), sum(row.max for row in rows), rows)


def report(*findings: Finding, **changes) -> Report:
    return Report("letter.txt", "utf-8", 12, findings, score({6: 12} if findings else None))._replace(**changes)


def text_of(*reports: Report, style: Style = PLAIN) -> str:
    return "\n".join(WRITERS["text"](reports, style))


def json_of(*reports: Report):
    return json.loads("\n".join(WRITERS["json"](reports, PLAIN)))


# Wording


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 замечаний"),
        (1, "1 замечание"),
        (2, "2 замечания"),
        (4, "4 замечания"),
        (5, "5 замечаний"),
        (11, "11 замечаний"),
        (12, "12 замечаний"),
        (14, "14 замечаний"),
        (21, "21 замечание"),
        (22, "22 замечания"),
        (111, "111 замечаний"),
        (121, "121 замечание"),
    ],
)
def test_nouns_agree_with_their_number(number, words):
    assert write_count(number, FINDINGS) == words


@pytest.mark.parametrize(("points", "words"), [(0, "0,00"), (5, "0,05"), (82, "0,82"), (100, "1,00")])
def test_points_have_a_decimal_comma(points, words):
    assert write_points(points) == words


@pytest.mark.parametrize(
    ("total", "most", "words"),
    [(740, 900, "7,4"), (744, 900, "7,4"), (745, 900, "7,5"), (899, 900, "8,9"), (900, 900, "9,0"), (0, 900, "0,0")],
)
def test_a_total_is_full_only_when_nothing_is_lost(total, most, words):
    assert write_total(total, most) == words


def test_the_weakest_guideline_is_named():
    assert write_weakest(score({5: 10, 6: 69})) == "слабее всего — «Без запугивания», 0,31"


@pytest.mark.parametrize(
    ("total", "most", "asked", "words"),
    [
        (897, 900, 900, "оценка 8,9 ниже порога 9"),
        (735, 900, 740, "оценка 7,35 ниже порога 7,4"),
        (730, 900, 755, "оценка 7,3 ниже порога 7,55"),
        (700, 800, 800, "оценка 7,0 из 8, то есть 7,9 из 9, ниже порога 8"),
        (710, 800, 790, ""),
        (0, 0, 900, ""),
        (0, 900, None, ""),
    ],
)
def test_a_score_below_the_asked_one_never_looks_enough(total, most, asked, words):
    assert write_shortfall(report()._replace(score=Score(total, most, ()), min_score=asked)) == words


def test_what_was_not_judged_is_not_weak():
    assert write_weakest(score({5: 10}, unjudged=(2,))) == "слабее всего — «Без сомнений», 0,90"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Исправьте это место — будет 9,0"),
        (2, "Исправьте эти два места — будет 9,0"),
        (3, "Исправьте эти три места — будет 9,0"),
        (5, "Исправьте эти 5 мест — будет 9,0"),
    ],
)
def test_the_promise_counts_its_places(count, words):
    found = tuple(finding(f"{' ' * at}⟦Спешите⟧.", offset=at) for at in range(count))
    assert write_promise(report(*found, changes=Changes(found, ready(900)))) == words


def test_two_findings_of_the_same_words_are_one_place():
    one, other = finding("⟦Спешите⟧."), finding("⟦Спешите⟧.", rule="caps/word", message="Слово кричит.")
    found = report(one, other, changes=Changes((one, other), ready(900)))
    assert text_of(found).splitlines()[-2:] == ["Исправьте это место — будет 9,0:", "    1:1  «Спешите»"]
    assert list(write_scores([found], PLAIN))[-2] == "    1:1  Слово торопит. Слово кричит."


@pytest.mark.parametrize("changes", [None, Changes((), ready(888)), Changes((finding("⟦Спешите⟧."),), ready(888))])
def test_what_wins_nothing_is_not_promised(changes):
    assert write_promise(report(finding("⟦Спешите⟧."), changes=changes)) == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Раз\r\n\tдва", "Раз два"),
        ("Раз\x1b[31mдва\x07", "Раз[31mдва"),
        ("Раз\u202eдва", "Раздва"),
        ("Раз\ud800", "Раз\ufffd"),
        ("5\u00a0000", "5 000"),
    ],
)
def test_foreign_text_is_one_harmless_line(text, line):
    assert clean(text) == line


def test_a_long_quote_loses_its_middle():
    assert shorten("а" * 100 + "б" * 100) == "а" * 60 + " … " + "б" * 40


# The text report


def test_a_finding_is_shown_in_its_sentence_with_reason_and_advice():
    found = finding("Просим: ⟦спешите⟧ к нам.", suggestions=("Срок: 12 марта.",), is_removable=True)
    assert text_of(report(found)).splitlines()[:8] == [
        "letter.txt: 1 замечание",
        "",
        "1:9  ошибка  urgency/hurry  −0,12",
        "    Просим: ⟦спешите⟧ к нам.",
        "    Слово торопит.",
        "    Почему: Так уходят.",
        "    Лучше: убрать эти слова; или: Срок: 12 марта.",
        "",
    ]


def test_the_total_stands_with_the_weakest_guideline_and_the_best_changes():
    found = finding("Просим: ⟦спешите⟧ к нам.")
    lines = text_of(report(found, changes=Changes((found,), ready(900)))).splitlines()
    assert lines[-3:] == [
        "Итог: 8,9 из 9; слабее всего — «Без запугивания», 0,88",
        "Исправьте это место — будет 9,0:",
        "    1:9  «спешите»",
    ]


def test_why_is_told_once():
    assert text_of(report(finding("⟦Спешите⟧."), finding("⟦Успейте⟧."))).count("Почему:") == 1


@pytest.mark.parametrize(
    ("severity", "word"),
    [(Severity.ERROR, "ошибка"), (Severity.WARNING, "предупреждение"), (Severity.INFO, "подсказка")],
)
def test_severity_is_a_russian_word(severity, word):
    assert f"1:1  {word}  " in text_of(report(finding("⟦Спешите⟧.", severity=severity)))


def test_a_long_sentence_is_shown_around_the_finding():
    long = "слово " * 60
    shown = " ".join(text_of(report(finding(f"{long}⟦спешите⟧ {long}"))).split())
    window = re.search(r"…((?:слово )+)⟦спешите⟧((?: слово)+)…", shown)
    assert window
    assert len(window[0]) < 280


@pytest.mark.parametrize("width", range(20, 40))
def test_no_line_ends_inside_a_number_or_before_a_dash(width):
    said = "С 1 июля стоимость хранения — 41 600 ₽ за 12 м², дом № 5."
    text = text_of(report(finding("Просим: ⟦спешите⟧ к нам.", message=said)), style=Style(width=width))
    assert all(part in text for part in ("хранения —", "41 600 ₽", "12 м²", "№ 5."))


def test_lines_keep_to_the_width():
    text = text_of(
        report(finding(f"{'слово ' * 30}⟦спешите⟧{' слово' * 30}", message="слово " * 40)), style=Style(width=60)
    )
    assert max(map(len, text.splitlines())) <= 60


def test_colour_marks_the_finding_and_no_bracket_does():
    text = text_of(report(finding(f"Просим: ⟦спешите{' очень' * 15}⟧ к нам.")), style=Style(colour=True, width=60))
    marked = re.findall(r"\x1b\[1;4;31m(.*?)\x1b\[0m", text)
    assert " ".join(marked) == "спешите" + " очень" * 15
    assert "⟦" not in text


def test_without_colour_there_are_no_escapes():
    assert "\x1b" not in text_of(report(finding("⟦Спешите⟧.")), report())


def test_a_clean_text_says_so():
    assert text_of(report()).startswith("letter.txt: замечаний нет\n")


def test_a_guessed_encoding_is_named():
    assert text_of(report(encoding="cp1251")).startswith("letter.txt (кодировка cp1251): ")


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "github", "sarif", "junit", "html"])
@pytest.mark.parametrize("short", [False, True])
def test_what_was_not_checked_is_told(form: str, short: bool):
    told = report(notes=("вложение «прайс.pdf» не проверено",))
    lines = WRITERS[form]([told], PLAIN._replace(short=short))
    assert "вложение «прайс.pdf» не проверено" in "\n".join(lines)


@pytest.mark.parametrize("form", [*WRITERS])
def test_a_name_with_half_a_character_is_written(form: str):
    told = report(finding("⟦Спешите⟧."), name="a\ud800.txt")
    assert "".join(WRITERS[form]([told], PLAIN)).encode("utf-8", "replace")


def test_several_texts_get_a_summary():
    warning = finding("⟦Спешите⟧.", severity=Severity.WARNING)
    unread = Report("b.txt", "", 0, (), Score(0, 0, ()), "b.txt: нет такого файла")
    lines = text_of(report(), report(finding("⟦Спешите⟧."), warning, name="c.txt"), unread).splitlines()
    assert lines[-2:] == [
        "Всего: 2 текста, 2 замечания (1 ошибка, 1 предупреждение), 1 файл не прочитан.",
        "Ниже всех — c.txt: 8,9 из 9.",
    ]
    assert text_of(report(), unread).splitlines()[-1] == "Всего: 1 текст, 0 замечаний, 1 файл не прочитан."


def test_a_short_report_is_one_line():
    assert text_of(report(finding("⟦Спешите⟧.")), style=Style(short=True)) == (
        "letter.txt: 8,9 из 9; 1 замечание; слабее всего — «Без запугивания», 0,88"
    )


@pytest.mark.parametrize(
    ("points", "most", "row"),
    [
        (31, 100, "6 Без запугивания      0,31  ███░░░░░░░"),
        (99, 100, "6 Без запугивания      0,99  █████████░"),
        (100, 100, "6 Без запугивания      1,00  ██████████"),
        (0, 100, "6 Без запугивания      0,00  ░░░░░░░░░░"),
        (0, 0, "6 Без запугивания      н/д"),
    ],
)
def test_a_bar_has_its_number_in_front(points, most, row):
    assert write_bar(GuidelineScore(6, GUIDELINES[6], points, most, (), ()), PLAIN) == row


# The score card


def test_the_score_card_tells_losses_and_proofs():
    found = finding("⟦Спеши⟧те.")
    whole = score({6: 12, 9: 25})
    proof = Proof("evidence/handmade", 7, 25, "Доказывает.", 0, 5, "ручная работа")
    rows = [row._replace(proofs=(proof,)) if row.number == 7 else row for row in whole.guidelines]
    missing = Loss("missing-proof", 25, "нет доказательств качества")
    rows[8] = rows[8]._replace(losses=(missing,))
    lines = list(write_scores([report(found, score=whole._replace(guidelines=tuple(rows)))], PLAIN))
    assert [line for line in lines if line.startswith(" ")] == [
        "    −0,12  «Спеши»  1:1  urgency/hurry",
        "    есть   «ручная работа»  evidence/handmade",
        "    −0,25  нет доказательств качества",
    ]


def test_many_losses_of_a_guideline_are_summed_up():
    losses = tuple(Loss("urgency/hurry", 2, "0,12 на 100 слов", at, at + 1) for at in range(9))
    rows = tuple(row._replace(losses=losses) if row.number == 6 else row for row in score({6: 18}).guidelines)
    lines = list(write_scores([report(score=Score(882, 900, rows))], PLAIN))
    assert "    −0,08  ещё 4 места" in lines


# JSON


def test_json_has_the_keys_of_the_contract():
    proof = Proof("evidence/handmade", 7, 25, "Доказывает.", 3, 5, "вручную")
    rows = tuple(row._replace(proofs=(proof,)) if row.number == 7 else row for row in score({6: 12}).guidelines)
    file = json_of(report(finding("Просим: ⟦спешите⟧."), score=Score(888, 900, rows)))["files"][0]
    assert {key: value for key, value in file.items() if key not in ("guidelines", "findings")} == {
        "path": "letter.txt",
        "encoding": "utf-8",
        "words": 12,
        "score": 8.88,
        "max_score": 9,
        "waived": [],
        "score_without_waivers": None,
        "left_out": 0,
        "notes": [],
        "error": None,
    }
    assert file["findings"] == [
        {
            "rule": "urgency/hurry",
            "category": "urgency",
            "guideline": 6,
            "severity": "error",
            "message": "Слово торопит.",
            "start": 8,
            "stop": 15,
            "line": 1,
            "column": 9,
            "part": "",
            "location": "",
            "quote": "спешите",
            "suggestions": [],
            "fix": None,
        }
    ]
    assert file["guidelines"][5] == {
        "number": 6,
        "title": "Без запугивания",
        "points": 0.88,
        "max": 1,
        "lost": [
            {"rule": "urgency/hurry", "reason": "0,12 на 100 слов", "part": "", "start": 0, "stop": 5, "points": 0.12}
        ],
        "evidence": [],
    }
    assert file["guidelines"][6]["evidence"] == [
        {
            "rule": "evidence/handmade",
            "message": "Доказывает.",
            "part": "",
            "start": 3,
            "stop": 5,
            "quote": "вручную",
            "points": 0.25,
        }
    ]


def test_json_names_the_version_and_the_score_model():
    assert json_of() == {"vipcopy": "1.2.3", "score_model": 1, "files": []}


def test_json_has_no_score_where_nothing_was_judged():
    file = json_of(report(score=score(unjudged=tuple(GUIDELINES))))["files"][0]
    assert (file["score"], file["max_score"], file["guidelines"][0]["points"]) == (None, 0, 0)


def test_json_keeps_half_a_character():
    assert json_of(report(name="a\udcff.txt"))["files"][0]["path"] == "a\udcff.txt"
