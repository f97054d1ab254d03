"""The command line as a user meets it: arguments, files and standard input in; lines, JSON and an exit code out."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from vipcopy import cli
from vipcopy.cli.targets import FORMATS

TINY = str(Path(__file__).parent / "packs" / "tiny")
CYRILLIC = re.compile("[а-яё]")
ENGLISH = re.compile(r"\b(error|option|usage|invalid|missing|no such|argument|traceback)\b", re.IGNORECASE)
BAD_LETTER = "Поторопитесь: скидка 20 %.\n"
GOOD_LETTER = "Уважаемая Анна Ивановна!\n\nЧасы готовы.\n"


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def vipcopy(tmp_path, monkeypatch, capsys):
    """Run a command in an empty folder with the tiny pack."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIPCOPY_CACHE", "off")

    def run(*arguments: str) -> Outcome:
        command, rest = arguments[:1], arguments[1:]
        takes_pack = command in (("check",), ("score",), ("rules",)) and "--pack" not in rest
        code = cli.run([*command, *(["--pack", TINY] if takes_pack else []), *rest])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


def vipcopy_process(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "vipcopy", *arguments, "--pack", TINY]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ, **environment})


def files_of(outcome: Outcome):
    return json.loads(outcome.out)["files"]


# Exit codes


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        pytest.param(GOOD_LETTER, [], 0, id="clean"),
        pytest.param(BAD_LETTER, [], 1, id="errors"),
        pytest.param("Только сегодня.", [], 0, id="warnings do not fail"),
        pytest.param("Только сегодня.", ["--fail-on", "warning"], 1, id="warnings fail when asked"),
        pytest.param("Только сегодня.", ["--fail-on", "info"], 1, id="info takes warnings in"),
        pytest.param(BAD_LETTER, ["--fail-on", "never"], 0, id="never"),
        pytest.param(BAD_LETTER, ["--fail-on", "never", "--min-score", "8,9"], 1, id="low score"),
        pytest.param(BAD_LETTER, ["--fail-on", "never", "--min-score", "0.1"], 0, id="score is enough"),
        pytest.param(GOOD_LETTER, ["--min-score", "9"], 0, id="all that can be judged is full"),
        pytest.param(BAD_LETTER, ["--ignore", "urgency,discount"], 0, id="all ignored"),
        pytest.param(BAD_LETTER, ["--show", "error"], 1, id="what is shown changes nothing"),
    ],
)
def test_exit_code_says_what_was_found(vipcopy, tmp_path, text, options, code):
    Path("letter.txt").write_text(text, encoding="utf-8")
    assert vipcopy("check", "letter.txt", *options).code == code


@pytest.mark.parametrize("options", [[], ["-q"], ["--format", "json"], ["--format", "jsonl", "--jobs", "2"]])
def test_a_score_that_is_too_low_is_told(vipcopy, options):
    Path("a.txt").write_text("Только сегодня.\n" + "Часы готовы. " * 20, encoding="utf-8")
    Path("b.txt").write_text(GOOD_LETTER, encoding="utf-8")
    outcome = vipcopy("check", "a.txt", "b.txt", "--min-score", "9", *options)
    assert (outcome.code, outcome.err) == (1, "a.txt: оценка 8,6 ниже порога 9\n")


def test_a_score_that_is_asked_for_is_told_by_settings_and_asked_of_no_score_card(vipcopy):
    Path(".vipcopy.yml").write_text("overrides: [{files: a.*, min-score: '8,95'}]\n", encoding="utf-8")
    Path("a.txt").write_text(BAD_LETTER, encoding="utf-8")
    told = [vipcopy(command, "a.txt") for command in ("check", "score")]
    assert [(each.code, each.err.partition(":")[2].strip()) for each in told] == [
        (1, "оценка 7,5 из 8, то есть 8,4 из 9, ниже порога 8,95"),
        (0, ""),
    ]


# What cannot be checked: exit 2, one Russian line


def write_broken_pack(folder: Path) -> None:
    folder.mkdir()
    (folder / "pack.yaml").write_text("name: broken\ntitle: Сломанный\nversoin: '1'\n", encoding="utf-8")
    (folder / "urgency.yaml").write_text(
        """\
category: urgency
guideline: 12
colour: red
message: «{quote}» торопит.
rules:
  - id: urgency/hurry
    phrase: ["поторопитесь"]
    bad: ["⟦Поторопитесь⟧."]
    good: ["Ждём Вас."]
  - id: urgency/hurry
    guideline: 6
    phrase: ["@спешка"]
    bad: ["Поторопитесь."]
    good: ["Ждём Вас."]
  - id: Urgency
    guideline: 6
    severity: fatal
    phrase: ["успеть <VRB>"]
    bad: ["⟦Успейте⟧."]
    good: ["Ждём ⟦Вас⟧."]
  - id: urgency/last
    guideline: 6
    kind: regex
    bad: ["⟦Последний шанс⟧."]
""",
        encoding="utf-8",
    )


def test_every_mistake_of_a_pack_is_told_with_its_place(vipcopy, tmp_path):
    write_broken_pack(tmp_path / "broken")
    Path("letter.txt").write_text(GOOD_LETTER, encoding="utf-8")
    outcome = vipcopy("check", "letter.txt", "--pack", "broken")
    lines = outcome.err.splitlines()
    assert outcome.code == 2
    assert len(lines) == 9  # one for each mistake
    assert [line for line in lines if not re.match(r"broken.*\.yaml:\d+:\d+: .*[а-яё].*; .*[а-яё]", line)] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["check"], "не указано, что читать", id="no path"),
        pytest.param(["check", "nope.txt"], "nope.txt: нет такого файла или папки; проверьте путь", id="missing file"),
        pytest.param(["check", ""], "путь пуст; укажите", id="empty path"),
        pytest.param(["check", "a.txt", "--output", ""], "--output: значение пусто", id="empty output"),
        pytest.param(["check", "a.txt", "--jobs", "9" * 5000], "--jobs: «999", id="more digits than Python reads"),
        pytest.param(["check", "a.txt", "--changed-since="], "--changed-since: значение пусто", id="empty value"),
        pytest.param(["test-rules", ""], ".: здесь нет набора правил", id="empty pack"),
        pytest.param(["check", "empty"], "empty: в папке нет текстов", id="empty folder"),
        pytest.param(["check", "photo.txt"], "photo.txt: это картинка", id="binary"),
        pytest.param(["check", "broken.txt"], "broken.txt:2: текст в utf-8 повреждён", id="invalid utf-8"),
        pytest.param(["check", "a.txt", "--fomat", "json"], "нет параметра --fomat; напишите --format", id="option"),
        pytest.param(
            ["check", "a.txt", "--xyz"], "нет параметра --xyz; справка: vipcopy check --help", id="far option"
        ),
        pytest.param(["check", "a.txt", "--format"], "у параметра --format нет значения", id="no value"),
        pytest.param(["check", "a.txt", "--quiet=1"], "параметр --quiet пишется без значения", id="value of a flag"),
        pytest.param(["check", "a.txt", "--format", "xml"], "--format: «xml» не бывает", id="format"),
        pytest.param(
            ["check", "a.txt", "--fail-on", "all"], "напишите одно из: info, warning, error, never\n", id="fail"
        ),
        pytest.param(["check", "a.txt", "--min-score", "много"], "не число от 0 до 9", id="no number"),
        pytest.param(["check", "a.txt", "--min-score", "10"], "не число от 0 до 9", id="number"),
        pytest.param(["check", "a.txt", "--encoding", "кои"], "нет кодировки «кои»", id="encoding"),
        pytest.param(["check", "a.txt", "--encoding", "ascii"], "a.txt: это не ascii", id="wrong encoding"),
        pytest.param(["check", "a.txt", "--as", "pdf"], "--as: «pdf» не бывает; напишите одно из: text,", id="form"),
        pytest.param(["check", "empty/..", "--as", "html"], "назовите сами файлы", id="form of a folder"),
        pytest.param(["check", "a.txt", "--as", "docx"], "a.txt: это не документ Office", id="wrong form"),
        pytest.param(
            ["check", "a.txt", "--as", "docx", "--encoding", "cp1251"], "у docx кодировка своя", id="form and encoding"
        ),
        pytest.param(["check", "a.txt", "--stdin-filename", "b.txt"], "допишите к путям «-»", id="name of nothing"),
        pytest.param(["check", "a.txt", "--select", "urgency/hury"], "напишите «urgency/hurry»", id="rule"),
        pytest.param(["check", "a.txt", "--ignore", "urgncy"], "напишите «urgency»", id="category"),
        pytest.param(["check", "a.txt", "--select", "12"], "нет принципа 12; они от 1 до 9", id="guideline"),
        pytest.param(["check", "a.txt", "--pack", "nopack"], "nopack: здесь нет набора правил", id="no pack"),
        pytest.param(["chek", "a.txt"], "нет команды «chek»; напишите vipcopy check", id="command"),
        pytest.param(["a.txt"], "нет команды «a.txt»; напишите vipcopy check a.txt", id="path for a command"),
        pytest.param(["help"], "нет команды «help»; напишите vipcopy --help", id="help"),
        pytest.param(["help", "lock"], "нет команды «help»; напишите vipcopy lock --help", id="help of a command"),
        pytest.param(["--fast"], "нет параметра --fast", id="option before a command"),
        pytest.param(["baseline", "foo"], "baseline: «foo» не бывает; напишите одно из: write, prune", id="verb"),
        pytest.param(
            ["baseline"], "не указано, что сделать; напишите vipcopy baseline write|prune|check", id="no verb"
        ),
        pytest.param(["schema", "x"], "лишнее слово в команде", id="extra word"),
        pytest.param(["rules", "nope"], "нет правила, категории или принципа «nope»", id="rule to explain"),
        pytest.param(["test-rules", "nopack"], "nopack: здесь нет набора правил", id="pack to test"),
        pytest.param(["score", "nope.txt"], "nope.txt: нет такого файла", id="score of a missing file"),
    ],
)
def test_what_cannot_be_checked_is_told_in_one_russian_line(vipcopy, tmp_path, arguments, says):
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text(GOOD_LETTER, encoding="utf-8")
    (tmp_path / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "broken.txt").write_bytes("Часы\nготовы".encode() + b"\xff\xfe")
    outcome = vipcopy(*arguments)
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert says in outcome.err
    assert CYRILLIC.search(outcome.err)
    assert not ENGLISH.search(outcome.err.replace("warning, error", "").replace("--help", ""))


def test_one_bad_file_ends_no_run(vipcopy):
    Path("a.txt").write_text(BAD_LETTER, encoding="utf-8")
    Path("b.txt").write_bytes(b"%PDF-1.7")
    Path("c.txt").write_text(GOOD_LETTER, encoding="utf-8")
    outcome = vipcopy("check", "a.txt", "b.txt", "nope.txt", "c.txt", "--format", "json")
    assert outcome.code == 2
    assert [(file["path"], len(file["findings"]), bool(file["error"])) for file in files_of(outcome)] == [
        ("a.txt", 2, False),
        ("b.txt", 0, True),
        ("nope.txt", 0, True),
        ("c.txt", 0, False),
    ]
    assert len(outcome.err.splitlines()) == 2


# Strange texts: a report, no traceback


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("\n \n", id="blank"),
        pytest.param("Часы", id="one word"),
        pytest.param("скидка", id="one found word"),
        pytest.param("🎁🎁 🔥", id="emoji"),
        pytest.param("\0\0\0", id="only NUL"),
        pytest.param("Скидка\0 сегодня", id="NUL"),
        pytest.param("Скидка \ud800 сегодня\udfff", id="lone surrogates"),
        pytest.param("скидка\x1b[2J\x07 сейчас", id="terminal controls"),
        pytest.param("⟦скидка⟧ ⟦", id="our marks"),
        pytest.param("\u202eскидка\u202c", id="turned line"),
    ],
)
def test_strange_text_gets_a_report(vipcopy, text, form):
    Path("letter.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    outcome = vipcopy("check", "letter.txt", "--format", form)
    assert outcome.code == ("скидка" in text.lower())
    assert (outcome.out.startswith("{" if form == "json" else "letter.txt"), outcome.err) == (True, "")
    assert re.search(r"[\ud800-\udfff\x1b\x07\u202e]", outcome.out) is None


@pytest.mark.slow
def test_ten_megabytes_in_one_line_get_a_report(vipcopy):
    Path("letter.txt").write_text("Часы готовы к показу в пятницу, " * 170_000 + "скидка.", encoding="utf-8")
    outcome = vipcopy("check", "letter.txt", "--quiet")
    assert (outcome.code, outcome.out.count("\n")) == (1, 1)


# Which files


def test_folders_are_walked_by_ending_in_the_order_of_names(vipcopy, tmp_path):
    for name in ("b.txt", "a/z.txt", "a/notes.xyz", "C.TXT", ".git/x.txt", ".hidden.txt"):
        path = tmp_path / "letters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD_LETTER, encoding="utf-8")
    outcome = vipcopy("check", "letters", "letters/b.txt", "letters", "--format", "json")
    assert [file["path"] for file in files_of(outcome)] == ["letters/C.TXT", "letters/a/z.txt", "letters/b.txt"]


def test_a_named_file_of_any_ending_is_read(vipcopy):
    Path("letter").write_text(BAD_LETTER, encoding="utf-8")
    assert vipcopy("check", "letter").code == 1


def test_standard_input_is_read_and_named():
    done = vipcopy_process(
        "check", "-", "--stdin-filename", "письмо.txt", "--format", "json", stdin=BAD_LETTER.encode()
    )
    assert [file["path"] for file in json.loads(done.stdout)["files"]] == ["письмо.txt"]
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "columns"),
    [
        pytest.param(["a.inc"], [12, 57], id="an unknown ending is text"),
        pytest.param(["a.inc", "--as", "html"], [31, 57], id="named"),
        pytest.param(["-"], [12, 57], id="standard input is text"),
        pytest.param(["-", "--stdin-filename", "a.html"], [31, 57], id="the name of standard input"),
        pytest.param(["-", "--stdin-filename", "a.html", "--as", "markdown"], [31], id="named against a name"),
    ],
)
def test_format_is_told_by_the_ending_or_by_as(vipcopy, monkeypatch, arguments, columns):
    source = "Часы. <!-- скидка --><b>Новая ски<i>дка</i></b>, «дом» `скидка`\n"
    Path("a.inc").write_text(source, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(source.encode())))
    findings = files_of(vipcopy("check", *arguments, "--format", "json"))[0]["findings"]
    assert [finding["column"] for finding in findings] == columns


def test_encoding_is_guessed_and_named(vipcopy):
    Path("letter.txt").write_bytes("Уважаемая Анна Ивановна, скидка сегодня.".encode("cp1251"))
    assert vipcopy("check", "letter.txt").out.startswith("letter.txt (кодировка cp1251): 1 замечание")


# What is chosen and shown


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ([], ["urgency/hurry", "urgency/today", "discount/word"]),
        (["--select", "urgency/today"], ["urgency/today"]),
        (["--select", "urgency"], ["urgency/hurry", "urgency/today"]),
        (["--select", "9"], ["discount/word"]),
        (["--select", "9, urgency/today"], ["urgency/today", "discount/word"]),
        (["--select", "6", "--ignore", "urgency/today"], ["urgency/hurry"]),
        (["--show", "error"], ["urgency/hurry", "discount/word"]),
    ],
)
def test_rules_are_chosen_by_id_category_and_guideline(vipcopy, options, rules):
    Path("letter.txt").write_text("Поторопитесь: только сегодня скидка.", encoding="utf-8")
    outcome = vipcopy("check", "letter.txt", "--format", "json", *options)
    assert [finding["rule"] for finding in files_of(outcome)[0]["findings"]] == rules


def test_ignored_evidence_is_not_owed(vipcopy):
    Path("letter.txt").write_text("Часы готовы к показу в пятницу. " * 20, encoding="utf-8")
    scores = [
        files_of(vipcopy("check", "letter.txt", "--format", "json", *options))[0]["score"]
        for options in ([], ["--ignore", "evidence"])
    ]
    assert scores == [8.75, 9.0]


def test_quiet_is_a_line_for_each_text(vipcopy):
    Path("a.txt").write_text(BAD_LETTER, encoding="utf-8")
    assert vipcopy("check", "a.txt", "--quiet").out.count("\n") == 1


@pytest.mark.parametrize(
    ("environment", "options", "coloured"),
    [
        ({}, [], False),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": "0"}, [], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
    ],
)
def test_colour_is_asked_for(vipcopy, monkeypatch, environment, options, coloured):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    Path("letter.txt").write_text(BAD_LETTER, encoding="utf-8")
    assert ("\x1b[" in vipcopy("check", "letter.txt", *options).out) is coloured


# Other commands


def test_score_says_what_cost_what(vipcopy):
    Path("letter.txt").write_text(BAD_LETTER + "Часы ручной работы. " * 3, encoding="utf-8")
    out = vipcopy("score", "letter.txt").out
    assert [line.split()[1] for line in out.splitlines() if line.lstrip().startswith("−")] == [
        "«Поторопитесь»",
        "«скидка»",
    ]
    assert "есть   «ручной работы»  evidence/handmade" in out
    assert "Исправьте эти два места — будет 9,0:" in out


def test_rules_are_listed_by_guideline(vipcopy):
    lines = vipcopy("rules").out.splitlines()
    assert [line for line in lines if line[:1].isdigit()] == [
        "6 Без запугивания",
        "7 Исключительность",
        "9 Качество, а не цена",
        "4 правила",
    ]


def test_one_rule_is_explained_with_its_examples(vipcopy):
    out = vipcopy("rules", "urgency/hurry").out
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        "urgency/hurry",
        "Принцип 6 «Без запугивания», категория urgency",
        "Ошибка, стоит 0,12 балла за 100 слов",
        "Что не так: «…» торопит. Назовите срок — и только.",
        "Почему: Состоятельный читатель решает сам и уходит от тех, кто его подгоняет.",
        "Лучше: убрать эти слова; или: Запись до 12 марта.",
        "Ищет:",
        "Молчит, если:",
        "Находит:",
        "Не трогает:",
        f"Записано: {TINY}/urgency.yaml:6:5",
        "",
    ]


def test_the_file_of_a_rule_of_ours_is_told_by_its_path(vipcopy):
    written = vipcopy("rules", "hedging/maybe", "--pack", "vip").out.splitlines()[-2].removeprefix("Записано: ")
    assert Path(written.rsplit(":", 2)[0]).is_absolute() and Path(written.rsplit(":", 2)[0]).name == "hedging.yaml"


def test_a_rule_tells_in_russian_where_it_speaks_and_where_it_is_silent(vipcopy):
    lines = vipcopy("rules", "emoji/sign", "--pack", "vip").out.splitlines()
    assert "    quote — чужие слова и прямая речь" in lines[lines.index("Молчит здесь:") :]
    lines = vipcopy("rules", "evidence/signature", "--pack", "vip").out.splitlines()
    assert "    signature — подпись" in lines[lines.index("Действует только здесь:") :]


def test_a_good_pack_passes_its_own_examples(vipcopy):
    told = "Все примеры сходятся. Правил: 4, примеров: 8.\n"
    assert vipcopy("test-rules", TINY) == Outcome(0, told, "")
    assert vipcopy("test-rules", "--coverage", TINY) == Outcome(0, f"{told}Фраз без примера: 0.\n", "")


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["check", "--help"], ["check", "-h"], ["rules", "--help"], ["test-rules", "--help"]]
)
def test_help_is_in_russian(vipcopy, arguments):
    code = cli.run(arguments)
    assert code == 0


def test_help_has_no_english_headings(capsys):
    cli.run(["--help"])
    cli.run(["check", "--help"])
    assert not re.search(r"Usage|Options|Commands|Show this|\[OPTIONS\]", capsys.readouterr().out)


def test_version_is_named(capsys):
    cli.run(["--version"])
    assert re.fullmatch(r"vipcopy \d+\.\d+\.\d+\n", capsys.readouterr().out)


# The process


def test_json_is_utf8_whatever_the_terminal_speaks():
    done = vipcopy_process("check", "-", "--format", "json", stdin=BAD_LETTER.encode(), PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout.decode("utf-8"))["files"][0]["findings"][0]["quote"] == "Поторопитесь"


def test_a_terminal_without_cyrillic_gets_a_report_and_is_told_once_what_to_set():
    done = vipcopy_process("check", "-", stdin=BAD_LETTER.encode(), PYTHONIOENCODING="ascii")
    said = b"vipcopy: this encoding has no Russian letters; set PYTHONUTF8=1"
    assert (done.returncode, done.stderr.splitlines()) == (1, [said])


def start(tmp_path: Path, *arguments: str) -> subprocess.Popen[bytes]:
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_text(BAD_LETTER * 20, encoding="utf-8")
    command = [sys.executable, "-m", "vipcopy", "check", str(tmp_path), "--pack", TINY, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_closed_pipe_ends_the_run_quietly(tmp_path):
    with start(tmp_path) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to one process there")
def test_an_interrupted_run_says_so_in_one_line(tmp_path):
    with start(tmp_path) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert re.fullmatch(r"vipcopy: прервано, проверено \d+ из 300\n", err.decode())


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes only there")
@pytest.mark.parametrize("form", FORMATS)
def test_no_name_of_a_file_breaks_a_report_or_the_terminal(tmp_path, form):
    names = [b"a\n::error::b.txt", b"c\x1b[31md\x07.txt", b"e\xff.txt", b'f%:, <&>".txt', b"z\n\x1b[2Jz.txt"]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text(BAD_LETTER, encoding="utf-8")
    (tmp_path / os.fsdecode(names[-1])).write_bytes(b"\0\1\2")
    command = [sys.executable, "-m", "vipcopy", "check", ".", "--pack", TINY, "--format", form]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    out, err = run.stdout.decode(), run.stderr.decode()
    assert (run.returncode, err.count("\n"), "\x1b" in out + err, "\x07" in out + err) == (2, 1, False, False)
    assert form == "html" or not re.search(r"^::error::b", out, re.MULTILINE)
    if form in ("json", "gitlab", "sarif", "rdjson"):
        json.loads(out)
    if form == "sarif":
        assert "e%FF.txt" in out
    if form == "junit":
        ElementTree.fromstring(out)


# Where the report goes


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", [("check", "-"), ("check", "-", "--format", "jsonl"), ("rules",)])
def test_a_full_disk_is_told_in_a_line(arguments: tuple[str, ...]):
    command = [sys.executable, "-m", "vipcopy", *arguments, "--pack", TINY]
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command, input=BAD_LETTER.encode(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 2
    assert re.fullmatch(
        r"vipcopy: отчёт не выводится \(на диске нет места\); освободите место или [^\n]+\n", run.stderr.decode()
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", [("check", "нет.txt"), ("check", "--fomat"), ("rules", "нет")])
def test_the_exit_code_tells_though_the_log_of_errors_is_on_a_full_disk(arguments: tuple[str, ...]):
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run([sys.executable, "-m", "vipcopy", *arguments], stdout=full, stderr=full, check=False)
    assert run.returncode == 2


def read_nothing(*arguments: str, stdin: str = "", stderr: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Run a command whose standard output nobody reads."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "vipcopy", *arguments]
    with os.fdopen(write, "wb") as closed:
        return subprocess.run(command, input=stdin, stdout=closed, stderr=stderr, encoding="utf-8", check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
@pytest.mark.parametrize(
    ("arguments", "text", "code"),
    [
        (["check", "-"], BAD_LETTER, 1),
        (["check", "-"], GOOD_LETTER, 0),
        (["check", "-", "--format", "jsonl"], GOOD_LETTER, 0),
        (["check", "nope.txt", "-"], GOOD_LETTER, 2),
        (["score", "-"], BAD_LETTER, 0),
        (["rules"], "", 0),
        (["test-rules", TINY], "", 0),
        (["baseline", "check", "nope.txt"], "", 2),
        (["check", "--help"], "", 0),
        (["--version"], "", 0),
    ],
)
def test_a_reader_that_has_read_enough_changes_no_exit_code(tmp_path, monkeypatch, arguments, text, code):
    monkeypatch.chdir(tmp_path)
    Path(".vipcopy.yml").write_text(f"packs: {TINY}\n", encoding="utf-8")
    assert read_nothing(*arguments, stdin=text).returncode == code
    assert read_nothing(*arguments, stdin=text, stderr=subprocess.STDOUT).returncode == code


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
@pytest.mark.parametrize(("texts", "code"), [([GOOD_LETTER, BAD_LETTER], 1), ([GOOD_LETTER, GOOD_LETTER], 0)])
def test_texts_behind_a_closed_pipe_count(tmp_path, texts, code):
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    run = read_nothing("check", str(tmp_path), "--pack", TINY)
    assert (run.returncode, run.stderr) == (code, "")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_report_in_a_file_is_whole_whoever_reads_the_screen(tmp_path, monkeypatch, form):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(GOOD_LETTER, encoding="utf-8")
    Path("b.txt").write_text(BAD_LETTER, encoding="utf-8")
    arguments = ["check", ".", "--pack", TINY, "--format", "text", "--format", form, "--output"]
    subprocess.run([sys.executable, "-m", "vipcopy", *arguments, "whole"], stdout=subprocess.DEVNULL, check=False)
    run = read_nothing(*arguments, "unread")
    assert (run.returncode, run.stderr) == (1, "")
    assert Path("unread").read_bytes() == Path("whole").read_bytes() != b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_report_in_a_file_is_whole_though_the_screen_is_a_full_disk(tmp_path):
    (tmp_path / "a.txt").write_text(BAD_LETTER, encoding="utf-8")
    command = ["check", str(tmp_path), "--pack", TINY, "-o", str(tmp_path / "a.sarif"), "--format", "text"]
    with Path("/dev/full").open("wb") as full:
        program = [sys.executable, "-m", "vipcopy"]
        run = subprocess.run([*program, *command], stdout=full, stderr=subprocess.DEVNULL, check=False)
    assert run.returncode == 2
    assert json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]


@pytest.mark.skipif(sys.platform == "win32", reason="only a shell of Unix closes a stream")
@pytest.mark.parametrize(("streams", "code"), [(">&-", 1), ("2>&-", 1), (">&- 2>&-", 1)])
def test_a_closed_stream_is_told_nothing(streams: str, code: int, tmp_path: Path):
    (tmp_path / "letter.txt").write_text(BAD_LETTER, encoding="utf-8")
    shell = f'exec "$0" -m vipcopy check "$1" --pack "$2" {streams}'
    letter = str(tmp_path / "letter.txt")
    run = subprocess.run(["sh", "-c", shell, sys.executable, letter, TINY], capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (code, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="only a shell of Unix closes a stream")
def test_from_a_closed_stream_comes_an_empty_text():
    command = ["sh", "-c", 'exec "$0" -m vipcopy check - --pack "$1" --format json <&-', sys.executable, TINY]
    run = subprocess.run(command, capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, b"")
    assert json.loads(run.stdout)["files"][0]["words"] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that is in use")
def test_a_folder_that_is_gone_is_told_in_a_line(tmp_path: Path):
    shell = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" -P -m vipcopy check letter.txt'
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parent.parent.parent)}
    run = subprocess.run(
        ["sh", "-c", shell, sys.executable], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert (run.returncode, run.stdout) == (2, b"")
    assert re.fullmatch(r"vipcopy: папки, [^\n]+ больше нет; [^\n]+\n", run.stderr.decode())
