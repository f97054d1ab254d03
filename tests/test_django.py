"""Django: the validator, the command over rows that are there already, the system checks."""

from __future__ import annotations

import json
import re
from collections import Counter
from io import StringIO

import pytest

pytest.importorskip("django", reason="vipcopy[django] is not installed")

from djangosite import start_django

start_django()

from django import forms
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import CommandError, call_command
from django.db.migrations.writer import MigrationWriter
from django.test import override_settings
from djangonotes.models import Note
from djangosite import TINY

from vipcopy import Finding, Report, Score
from vipcopy.contrib.django import VipCopyValidator
from vipcopy.contrib.django.conf import load_checker, read_settings
from vipcopy.contrib.django.gate import Verdict

BAD = "<p>Поторопитесь: скидка 30 %!!!</p>"
GOOD = "<p>Часы ручной работы.</p>"
UNPROVEN = "Мастер закончил часы в среду и передаст их Вам в четверг, в 11:00, вместе с паспортом механизма. " * 2


def errors_of(validator, text):
    """The codes and messages of what a validator refuses."""
    try:
        validator(text)
    except ValidationError as error:
        return [(each.code, each.messages[0]) for each in error.error_list]
    return []


@pytest.mark.parametrize(
    ("options", "text", "codes"),
    [
        ({"format": "html"}, BAD, ["urgency/hurry", "discount/word"]),
        ({"format": "html"}, GOOD, []),
        ({}, "Приём только сегодня.", []),
        ({"fail_on": "warning"}, "Приём только сегодня.", ["urgency/today"]),
        ({"fail_on": "never"}, "Поторопитесь.", []),
        ({"fail_on": "never", "min_score": 9}, "Поторопитесь.", ["urgency/hurry", "score"]),
        ({"min_score": 9}, UNPROVEN, ["score"]),
    ],
)
def test_each_finding_in_the_way_is_an_error_with_the_code_of_its_rule(options, text, codes):
    assert [code for code, _ in errors_of(VipCopyValidator(**options), text)] == codes


def test_an_error_shows_the_words_in_their_sentence_percent_signs_and_all():
    messages = dict(errors_of(VipCopyValidator(format="html"), BAD))
    assert messages["discount/word"] == (
        "Поторопитесь: ⟦скидка⟧ 30 %!!! — «скидка» говорит о дешевизне, а не о качестве."
    )


def test_an_error_carries_what_is_known_of_the_place():
    with pytest.raises(ValidationError) as caught:
        VipCopyValidator(format="html")(BAD)
    params = caught.value.error_list[1].params
    assert BAD[params["start"] : params["stop"]] == params["quote"] == "скидка"
    assert (params["rule"], params["category"], params["guideline"], params["line"]) == (
        "discount/word",
        "discount",
        9,
        1,
    )


def test_a_low_score_says_what_is_needed():
    messages = dict(errors_of(VipCopyValidator(min_score=8.5, fail_on="never"), "Поторопитесь, скидки. Часы ждут Вас."))
    assert re.fullmatch(r"Оценка \d,\d из 9, нужно 8,5; слабее всего — «Без запугивания».", messages["score"])


@pytest.mark.parametrize("least", [1.1, 2.2, 4.4, 8.3, 8.8, 9.0])
def test_a_score_equal_to_the_least_passes_as_on_the_command_line(least):
    policy = VipCopyValidator(min_score=least, fail_on="never").policy
    total = round(least * 100)
    equal, below = (Report("", "", 0, (), Score(points, 900, ())) for points in (total, total - 1))
    assert [Verdict(report, policy).passes for report in (equal, below)] == [True, False]


def test_many_findings_in_the_way_are_found_in_one_pass(monkeypatch):
    report = load_checker().check_text("Поторопитесь, скидки. " * 40)
    asked = Counter()
    monkeypatch.setattr(Finding, "__eq__", lambda *_: asked.update(["compared"]) or NotImplemented)
    verdict = Verdict(report, VipCopyValidator(min_score=9, fail_on="error").policy)
    assert (len(verdict.find_blocking()), asked) == (len(report.findings), Counter())


def test_a_score_of_fewer_guidelines_is_taken_for_nine():
    validator = VipCopyValidator(min_score=6, fail_on="never")
    assert load_checker().check_text("Поторопитесь.").score.max < 600
    assert errors_of(validator, "Поторопитесь.") == []


@override_settings(VIPCOPY={"PACKS": [TINY], "MAX_LENGTH": 5})
def test_a_text_over_the_limit_is_an_error_and_no_crash():
    assert errors_of(VipCopyValidator(), "Часы готовы.") == [
        ("limit", "текст: 12 знаков, принимается до 5; сократите его или разделите")
    ]


def test_a_text_that_cannot_be_read_is_an_error_and_no_crash():
    assert errors_of(VipCopyValidator(format="html"), "<b>" * 5002) == [
        ("unreadable", "текст: теги вложены глубже 5000 уровней; сохраните письмо проще")
    ]


@override_settings(VIPCOPY={"PACKS": [TINY], "MIN_SCORE": 9, "FAIL_ON": "never"})
def test_what_a_validator_does_not_say_comes_from_the_settings():
    assert [code for code, _ in errors_of(VipCopyValidator(), "Поторопитесь.")] == ["urgency/hurry", "score"]
    assert errors_of(VipCopyValidator(min_score=0), "Поторопитесь.") == []


def test_a_model_field_collects_the_findings():
    with pytest.raises(ValidationError) as caught:
        Note(body=BAD).full_clean()
    assert [error.code for error in caught.value.error_dict["body"]] == ["urgency/hurry", "discount/word"]
    Note(body=GOOD).full_clean()


def test_a_form_field_collects_the_findings():
    class LetterForm(forms.Form):
        text = forms.CharField(validators=[VipCopyValidator(fail_on="error")])

    form = LetterForm({"text": "Поторопитесь."})
    assert form.errors.get_json_data() == {
        "text": [
            {
                "message": "⟦Поторопитесь⟧. — «Поторопитесь» торопит. Назовите срок — и только.",
                "code": "urgency/hurry",
            }
        ]
    }
    assert LetterForm({"text": "Часы готовы."}).is_valid()


def test_a_migration_writes_the_validator_as_it_is_imported():
    written, imports = MigrationWriter.serialize(VipCopyValidator(min_score=7.5, format="html"))
    assert written == "vipcopy.contrib.django.VipCopyValidator(format='html', min_score=7.5)"
    assert imports == {"import vipcopy.contrib.django"}


def test_equal_validators_make_no_new_migration():
    assert VipCopyValidator(min_score=7) == VipCopyValidator(min_score=7)
    assert VipCopyValidator(min_score=7) != VipCopyValidator(min_score=8)
    assert VipCopyValidator() != "html"
    assert len({VipCopyValidator(format="html"), VipCopyValidator(format="html")}) == 1


@pytest.mark.parametrize("options", [{"min_score": 10}, {"min_score": True}, {"fail_on": "fatal"}, {"format": "pdf"}])
def test_options_that_mean_nothing_are_refused_at_once(options):
    with pytest.raises(ValueError, match="напишите"):
        VipCopyValidator(**options)


@pytest.mark.parametrize("value", [b"x", bytearray(b"x"), memoryview(b"x")])
def test_bytes_are_no_text(value):
    with pytest.raises(TypeError, match="это байты"):
        VipCopyValidator()(value)


def test_the_checker_is_built_once():
    assert load_checker() is load_checker()


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({}, []),
        ({"MIN_SCORE": 7.5, "FAIL_ON": "warning", "PACKS": ["vip", TINY]}, []),
        ({"MIN_SCOR": 7}, [("vipcopy.E001", "VIPCOPY: нет настройки «MIN_SCOR»", "напишите MIN_SCORE")]),
        (
            {"MIN_SCORE": 70},
            [("vipcopy.E001", 'VIPCOPY["MIN_SCORE"]: не подходит 70', "напишите число от 0 до 9 или None")],
        ),
        (
            {"PACKS": "vip"},
            [("vipcopy.E001", "VIPCOPY[\"PACKS\"]: не подходит 'vip'", "напишите список строк")],
        ),
        (
            {"PACKS": ["house"]},
            [("vipcopy.E002", 'VIPCOPY["PACKS"]: в «house» нет pack.yaml', 'укажите папку набора или "vip"')],
        ),
        (["vip"], [("vipcopy.E001", "VIPCOPY — не словарь", "напишите VIPCOPY = {…}")]),
    ],
    ids=str,
)
def test_the_settings_are_checked_when_the_site_starts(value, found):
    with override_settings(VIPCOPY=value):
        messages = run_checks(tags=["vipcopy"])
    assert [(message.id, message.msg, message.hint) for message in messages] == found


@pytest.mark.parametrize(("package", "codes"), [("domrules", []), ("domrules.inner", ["vipcopy.E002"])])
def test_a_pack_of_an_installed_package_is_there(tmp_path, monkeypatch, package, codes):
    (tmp_path / "domrules").mkdir()
    (tmp_path / "domrules" / "pack.yaml").write_text("name: dom\ninherits: vip\n", encoding="utf-8")
    info = tmp_path / "dom-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dom\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[vipcopy.packs]\ndom = {package}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with override_settings(VIPCOPY={"PACKS": ["dom"]}):
        assert [message.id for message in run_checks(tags=["vipcopy"])] == codes


def test_faulty_settings_stop_a_check_too():
    with override_settings(VIPCOPY={"FAIL_ON": "fatal"}), pytest.raises(ImproperlyConfigured, match="FAIL_ON"):
        read_settings()


def test_a_broken_pack_is_told_before_a_deployment(tmp_path):
    (tmp_path / "pack.yaml").write_text('name: broken\ntitle: Набор\nversion: "1"\n', encoding="utf-8")
    (tmp_path / "words.yaml").write_text("category: discount\nrules:\n  - id: discount/it\n", encoding="utf-8")
    with override_settings(VIPCOPY={"PACKS": [str(tmp_path)]}):
        assert run_checks(tags=["vipcopy"]) == []
        messages = run_checks(tags=["vipcopy"], include_deployment_checks=True)
    assert {message.id for message in messages} == {"vipcopy.E003"}


def run_command(*arguments, **options):
    """The exit code and the output of check_copy."""
    out = StringIO()
    try:
        call_command("check_copy", *arguments, stdout=out, stderr=StringIO(), **options)
    except SystemExit as leave:
        return leave.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def notes(django_rows):
    return Note.objects.bulk_create([Note(body=text) for text in (BAD, GOOD, "", GOOD, BAD)])


def test_the_command_names_the_rows_that_would_be_refused(notes):
    code, output = run_command("djangonotes.Note.body", batch_size=2)
    assert code == 1
    assert [line.partition(": ")[0] for line in output.splitlines()] == [
        f"djangonotes.Note.body:{notes[0].pk}",
        f"djangonotes.Note.body:{notes[4].pk}",
        "Проверено",
    ]
    assert output.endswith("Проверено: 4; отказов: 2; не проверено: 0\n")


def test_the_command_writes_the_json_of_the_command_line(notes):
    code, output = run_command("djangonotes.Note.body", json=True)
    files = json.loads(output)["files"]
    assert code == 1
    assert [each["path"].rpartition(":")[2] for each in files] == [str(notes[at].pk) for at in (0, 1, 3, 4)]
    assert [found["quote"] for found in files[0]["findings"]] == ["Поторопитесь", "скидка"]


@pytest.mark.parametrize(
    ("options", "code"),
    [({"fail_on": "never"}, 0), ({"min_score": 9.0, "fail_on": "never"}, 1), ({}, 1)],
)
def test_options_of_the_command_come_before_the_validator(notes, options, code):
    assert run_command("djangonotes.Note.body", **options)[0] == code


def test_rows_that_cannot_be_checked_are_told_and_the_rest_goes_on(notes):
    with override_settings(VIPCOPY={"PACKS": [TINY], "MAX_LENGTH": 33}):
        code, output = run_command("djangonotes.Note.body")
    assert code == 2
    assert output.endswith("Проверено: 4; отказов: 0; не проверено: 2\n")


def test_rows_without_faults_leave_with_zero(django_rows):
    Note.objects.create(body=GOOD, subject="Ваши часы")
    assert run_command("djangonotes.Note.body", "djangonotes.Note.subject")[0] == 0


@pytest.mark.parametrize("label", ["djangonotes.Note.boby", "djangonotes.Nota.body", "body", "djangonotes.Note.pages"])
def test_a_field_that_holds_no_text_is_a_command_error(label):
    with pytest.raises(CommandError) as caught:
        run_command(label)
    assert caught.value.returncode == 2


@pytest.mark.parametrize("option", ["--min-score=12", "--min-score=-1", "--min-score=nan", "--batch-size=0"])
def test_a_number_that_cannot_be_is_a_command_error(option):
    with pytest.raises(CommandError, match=r"напишите число от [01]") as caught:
        run_command("djangonotes.Note.body", option)
    assert caught.value.returncode == 2


def test_a_database_that_is_not_there_is_a_command_error():
    with pytest.raises(CommandError, match="--database"):
        run_command("djangonotes.Note.body", "--database=nope")
