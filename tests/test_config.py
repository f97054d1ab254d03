"""Settings of a repository: where they are found, what they do, how mistakes in them are told."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from shell import TINY, Run, settle, vipcopy, write

from vipcopy.checking.terms import Terms
from vipcopy.errors import ConfigError
from vipcopy.model import Hit, Origin, Prose, Rule, Severity
from vipcopy.packs.loader import read_title
from vipcopy.packs.paths import _read_parent
from vipcopy.runs.config import KEYS, OVERRIDE_KEYS, TERM_KEYS, find_settings, load_settings, parse_settings

__all__ = ["vipcopy"]

TEXT = "Поторопитесь: только сегодня скидка.\n"
ALL = ["urgency/hurry", "urgency/today", "discount/word"]


def check(vipcopy: Run, *arguments: str):
    return vipcopy("check", *arguments, "--format", "json")


# Mistakes


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (".vipcopy.yml", "ignor: caps", ".vipcopy.yml:1:1: неизвестный ключ «ignor»; напишите «ignore»"),
        (".vipcopy.yml", "nope: caps", ".vipcopy.yml:1:1: неизвестный ключ «nope»; проверьте написание"),
        (
            ".vipcopy.yml",
            "fail-on: error\ntermss:\n  - term: клуб",
            ".vipcopy.yml:2:1: неизвестный ключ «termss»; напишите «terms»",
        ),
        (".vipcopy.yml", "fail-on: all", ".vipcopy.yml:1:10: «fail-on: all» не бывает; напишите одно из: info"),
        (".vipcopy.yml", 'baseline: "a\\0b"', ".vipcopy.yml:1:12: у ключа baseline стоит нулевой знак; уберите его"),
        (".vipcopy.yml", "min-score: много", ".vipcopy.yml:1:12: «min-score: много» — не число от 0 до 9"),
        (".vipcopy.yml", "severity: {caps: red}", ".vipcopy.yml:1:18: «caps: red» не бывает"),
        (".vipcopy.yml", "overrides: [{ignore: caps}]", ".vipcopy.yml:1:13: нет ключа files"),
        (".vipcopy.yml", "terms: [{reason: бренд}]", ".vipcopy.yml:1:9: нет ключа term"),
        (".vipcopy.yml", "terms: [{term: клуб, review: завтра}]", ".vipcopy.yml:1:30: «review: завтра» — не дата"),
        (".vipcopy.yml", "packs: [vip", ".vipcopy.yml:2:1: список в [ ] не закрыт"),
        (".vipcopy.yml", "ignore: a\nignore: b", ".vipcopy.yml:2:1: ключ ignore стоит дважды"),
        ("pyproject.toml", "[tool.vipcopy]\nignor = 'x'", "pyproject.toml:2:1: неизвестный ключ «ignor»"),
        (
            "pyproject.toml",
            "[project]\ndescription = '''\n[tool.vipcopy]\nignor = 1\n'''\n[tool.vipcopy]\n\n  ignor = ['x']",
            "pyproject.toml:8:3: неизвестный ключ «ignor»",
        ),
        (
            "pyproject.toml",
            "[[tool.vipcopy.terms]]\nterm = 'клуб'\n[[tool.vipcopy.terms]]\nterm = 'дом'\nreview = 'завтра'",
            "pyproject.toml:5:1: «review: завтра» — не дата",
        ),
        (
            "pyproject.toml",
            (
                '[a]\nb = """\n\\"""ignor = 1\n[x""""\nc = [  # ]\n"]",\n]\n[tool.vipcopy]\n'
                "names = [\n'\\', \"ignor=1\"]\nignor = 1"
            ),
            "pyproject.toml:11:1: неизвестный ключ «ignor»",
        ),
        (
            "pyproject.toml",
            '[a]\r\nb = """\r\n[tool.vipcopy]\r\n"""\r\n[tool.vipcopy]\r\nignor = 1\r',
            "pyproject.toml:6:1: неизвестный ключ «ignor»",
        ),
        ("pyproject.toml", "[tool.vipcopy]\nselect = [", "pyproject.toml: файл не читается как TOML"),
        ("pyproject.toml", "[[tool.vipcopy]]\nignore = 'x'", "pyproject.toml: tool.vipcopy — не таблица; напишите ["),
        *(
            pytest.param(
                "pyproject.toml",
                f"[tool.vipcopy]\n{deep}",
                "pyproject.toml: скобки и имена вложены слишком глубоко; уберите лишние",
                id=name,
            )
            for name, deep in {
                "brackets": f"packs = {'[' * 100_000}{']' * 100_000}",
                "names": f"packs{'.a' * 5_000} = 1",
            }.items()
        ),
        (".vipcopy.yml", f"packs: {'[' * 51}", ".vipcopy.yml:1:57: вложено глубже 50 уровней; уберите лишние"),
        (".vipcopy.yml", f"packs:\n  {'- ' * 51}vip", ".vipcopy.yml:2:101: вложено глубже 50 уровней"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_remedy(name, text, says):
    with pytest.raises(ConfigError) as error:
        parse_settings(f"{text}\n", Path(name))
    assert str(error.value).startswith(says)


@pytest.mark.parametrize("deep", ["[", "{a: ", "- ", "? "])
def test_deeply_nested_yaml_is_a_mistake_on_the_stack_of_a_thread_too(deep):
    script = (
        "import threading; from vipcopy.packs.nodes import Page, parse_fields; page = Page('a.yml', []);"
        "threading.stack_size(512 * 1024);"
        f"thread = threading.Thread(target=parse_fields, args=({deep!r} * 10_000, page));"
        "thread.start(); thread.join(); print(*page.mistakes)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, "вложено глубже 50 уровней" in run.stdout) == (0, True)


def test_a_long_pyproject_is_read_once_whatever_stands_in_it(tmp_path, monkeypatch):
    lines = "".join(f'key{number} = ["a", "b"]\n' for number in range(1000))
    (tmp_path / "pyproject.toml").write_text(f"[a]\n{lines}[tool.vipcopy]\nignore = ['x']\n", encoding="utf-8")
    read = []
    monkeypatch.setattr("tomllib.loads", lambda text, loads=tomllib.loads: read.append(len(text)) or loads(text))
    path = find_settings(tmp_path)
    assert path is not None
    assert len(read) == 1
    assert str(load_settings(path).choice.ignore[0].origin).endswith("pyproject.toml:1003:1")
    assert len(read) == 2


def test_all_mistakes_are_told_at_once():
    with pytest.raises(ConfigError) as error:
        parse_settings("ignor: a\nfail-on: b\nmin-score: c\n", Path(".vipcopy.yml"))
    assert len(str(error.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ignore: urgncy", ".vipcopy.yml:2:9: нет правила, категории или принципа «urgncy»; напишите «urgency»"),
        ("severity: {urgncy: info}", ".vipcopy.yml:2:20: нет правила, категории или принципа «urgncy»"),
        (
            "terms: [{term: скидка, rules: [discont]}]",
            ".vipcopy.yml:2:16: нет правила, категории или принципа «discont»",
        ),
        ("terms: [{term: скидок}]", ".vipcopy.yml:2:16: «скидок»: «скидок» — не словарная форма; напишите скидка"),
        ("baseline: old.json", "old.json: базовой линии нет; запишите её: vipcopy baseline write"),
    ],
)
def test_a_setting_that_the_rules_refuse_ends_the_run_in_one_line(vipcopy, text, says):
    settle(text)
    write({"a.txt": TEXT})
    outcome = vipcopy("check", "a.txt")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert outcome.err.startswith(says)


def test_settings_that_a_check_refuses_are_not_shown_as_in_force(vipcopy):
    settle("ignore: urgncy")
    outcome = vipcopy("config")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(".vipcopy.yml:2:9: нет правила, категории или принципа «urgncy»")


# Where settings are found


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ([".vipcopy.yml", "pyproject.toml"], ".vipcopy.yml"),
        (["a/.vipcopy.yml", ".vipcopy.yml"], "a/.vipcopy.yml"),
        (["pyproject.toml"], "pyproject.toml"),
        (["a/pyproject.toml without ours", ".vipcopy.yml"], ".vipcopy.yml"),
        (["a/.git", ".vipcopy.yml"], None),
        (["a/.git", "a/.vipcopy.yml"], "a/.vipcopy.yml"),
        ([".git"], None),
    ],
)
def test_settings_are_found_upwards_to_the_root_of_the_repository(tmp_path, files, found):
    (tmp_path / "a" / "b").mkdir(parents=True)
    for file in files:
        name, _, is_foreign = file.partition(" ")
        text = "[tool.ruff]\n" if is_foreign else "[tool.vipcopy]\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert find_settings(tmp_path / "a" / "b") == (tmp_path / found if found else None)


def test_settings_that_a_link_does_not_lead_to_are_a_fault(vipcopy):
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    Path(".vipcopy.yml").symlink_to("gone.yml")
    outcome = vipcopy("check", "a.txt")
    assert (outcome.code, outcome.err) == (
        2,
        ".vipcopy.yml: настройки не прочитать (нет такого файла или папки); проверьте путь\n",
    )


def test_each_file_has_the_settings_beside_it(vipcopy):
    settle("ignore: urgency")
    Path("sms").mkdir()
    settle("ignore: discount", "sms/.vipcopy.yml")
    write({"a.txt": TEXT, "sms/a.txt": TEXT})
    assert check(vipcopy, ".").found() == {"a.txt": ["discount/word"], "sms/a.txt": ["urgency/hurry", "urgency/today"]}


def test_settings_are_named_or_left_alone(vipcopy):
    settle("ignore: urgency")
    settle("ignore: discount", "other.yml")
    write({"a.txt": TEXT})
    assert check(vipcopy, "a.txt", "--config", "other.yml").found()["a.txt"] == ALL[:2]
    assert check(vipcopy, "a.txt", "--no-config", "--pack", TINY).found()["a.txt"] == ALL


def test_pyproject_settings_work(vipcopy):
    write(
        {
            "pyproject.toml": f"[tool.vipcopy]\npacks = ['{TINY}']\nignore = ['urgency']\nmin-score = 8.9\n",
            "a.txt": "Часы.",
            "b.txt": TEXT,
        }
    )
    outcome = check(vipcopy, "a.txt", "b.txt", "--fail-on", "never")
    assert (outcome.code, outcome.found()) == (1, {"a.txt": [], "b.txt": ["discount/word"]})


# What settings do


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("", ALL),
        ("select: [urgency]", ALL[:2]),
        ("ignore: urgency/today", [ALL[0], ALL[2]]),
        ("ignore: [9]", ALL[:2]),
        ("overrides: [{files: '*.txt', ignore: urgency}]", ALL[2:]),
        ("overrides: [{files: 'sms/*.txt', ignore: urgency}]", ALL),
        ("ignore: discount\noverrides: [{files: a.txt, ignore: urgency/hurry}]", [ALL[1]]),
        ("select: discount\noverrides: [{files: ['*.md', '*.txt'], select: urgency}]", ALL[:2]),
    ],
)
def test_rules_are_chosen(vipcopy, text, rules):
    settle(text)
    write({"a.txt": TEXT})
    assert check(vipcopy, "a.txt").found()["a.txt"] == rules


@pytest.mark.parametrize(
    ("settings", "options", "code"),
    [
        ("", [], 1),
        ("fail-on: never", [], 0),
        ("fail-on: never", ["--fail-on", "error"], 1),
        ("severity: {urgency: info, discount/word: warning}", [], 0),
        ("severity: {urgency: info, discount: error}", [], 1),
        ("fail-on: never\nmin-score: 8,9", [], 1),
        ("fail-on: never\nmin-score: 8,9", ["--min-score", "1"], 0),
        ("overrides: [{files: '*.txt', fail-on: never}]", [], 0),
        ("exclude: a.txt", [], 0),
    ],
)
def test_the_exit_code_follows_the_settings_and_the_command_line_wins(vipcopy, settings, options, code):
    settle(settings)
    write({"a.txt": TEXT})
    assert vipcopy("check", "a.txt", *options).code == code


def test_a_severity_moves_no_score(vipcopy):
    write({"a.txt": TEXT})
    settle()
    before = check(vipcopy, "a.txt").files()[0]
    settle("severity: {urgency: info}", "other.yml")
    after = check(vipcopy, "a.txt", "--config", "other.yml").files()[0]
    assert (before["score"], after["findings"][0]["severity"]) == (after["score"], "info")


def test_excluded_files_are_not_read_though_named(vipcopy):
    settle("exclude: ['old/**', '*.draft.md']")
    write({"a.txt": TEXT, "old/a.txt": TEXT, "b.draft.md": TEXT})
    assert list(check(vipcopy, ".", "old/a.txt", "b.draft.md").found()) == ["a.txt"]


@pytest.mark.parametrize(
    ("paths", "said"),
    [(["old"], "исключают old;"), (["old/a.txt", "old/b.txt", "old"], "исключают old/a.txt и ещё 2;")],
)
@pytest.mark.parametrize("command", ["check", "score"])
def test_that_all_is_excluded_is_told_in_a_line_and_no_fault(vipcopy, command, paths, said):
    settle("exclude: 'old/**'")
    write({"old/a.txt": TEXT, "old/b.txt": TEXT})
    outcome = vipcopy(command, *paths)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (0, "", 1)
    assert "проверять нечего" in outcome.err
    assert said in outcome.err


# Words of the house


@pytest.mark.parametrize(
    ("marked", "terms"),
    [
        ("Наш Клуб скидок открыт.", "[{term: клуб скидка}]"),
        ("Наш Клуб скидок и новая ⟦скидка⟧.", "[{term: клуб скидка}]"),
        ("В Клубе скидок — ⟦скидки⟧.", "[{term: клуб скидка, rules: discount}]"),
        ("Наш Клуб ⟦скидок⟧ открыт.", "[{term: клуб скидка, rules: urgency}]"),
        ("Наш клуб ⟦скидок⟧ открыт.", "[{term: скидка клуб}]"),
    ],
)
def test_an_approved_term_silences_rules_inside_itself_alone(vipcopy, marked, terms):
    settle(f"terms: {terms}")
    write({"a.txt": marked.replace("⟦", "").replace("⟧", "")})
    findings = check(vipcopy, "a.txt").files()[0]["findings"]
    text = Path("a.txt").read_text(encoding="utf-8")
    for finding in reversed(findings):
        start, stop = finding["start"], finding["stop"]
        text = f"{text[:start]}⟦{text[start:stop]}⟧{text[stop:]}"
    assert text == marked


class Names(dict[str, frozenset[str]]):
    """The names of rules that a term silences, and how often they are asked."""

    asked = 0

    def __getitem__(self, key: str) -> frozenset[str]:
        self.asked += 1
        return super().__getitem__(key)


class Spans(tuple[Hit, ...]):
    """What a finder of terms finds."""

    def find(self, _prose: object) -> Spans:
        return self


def test_each_hit_is_compared_with_the_terms_around_it_alone():
    names, rule = Names({"term": frozenset()}), Rule("boast", "", 0, Severity.INFO, 0, "", "", "", Origin("", 1, 1))
    terms = Terms(Spans(Hit("term", at, at + 1) for at in reversed(range(300))), names)
    hits = [*(Hit("boast", at, at + 1) for at in range(300)), Hit("boast", 299, 301)]
    assert list(terms.leave_out(hits, {"boast": rule}, Prose("", (), ()))) == hits[-1:]
    assert names.asked < 3 * len(hits)


@pytest.mark.parametrize(
    ("settings", "found"), [("", 1), ("names: [СЕРДЦЕ ГОРОДА]", 0), ("abbreviations: [сердце, города]", 0)]
)
def test_names_and_abbreviations_may_be_written_in_capitals(vipcopy, settings, found):
    write(
        {
            "caps/pack.yaml": "name: caps\n",
            "caps/caps.yaml": "category: caps\nguideline: 8\nmessage: Крик.\nrules:\n"
            "  - {id: caps/word, kind: capitals, bad: ['⟦ДОМА⟧ нет.'], good: ['Дома.']}\n",
            ".vipcopy.yml": f"packs: ./caps\n{settings}\n",
            "a.txt": "Дом СЕРДЦЕ ГОРОДА открыт.",
        }
    )
    assert len(check(vipcopy, "a.txt").files()[0]["findings"]) == found


# House packs


def write_house(head: str, rules: str = "rules: []") -> None:
    write({"house/pack.yaml": f"name: house\ninherits: {TINY}\n{head}", "house/rules.yaml": rules})
    Path(".vipcopy.yml").write_text("packs: ./house\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("head", "rules", "found"),
    [
        pytest.param("", "rules: []", ALL, id="the same"),
        pytest.param("drop: [urgency/today]", "rules: []", [ALL[0], ALL[2]], id="drops a rule"),
        pytest.param("drop: [urgency]", "rules: []", ALL[2:], id="drops a category"),
        pytest.param("", "rules:\n  - {id: discount/word, phrase: сегодня}", [*ALL[:2], ALL[2]], id="changes a phrase"),
        pytest.param(
            "",
            "rules:\n  - {id: rush/now, category: urgency, guideline: 6, phrase: ':'}\n",
            None,
            id="a new rule needs all its keys",
        ),
    ],
)
def test_a_house_pack_adds_changes_and_drops(vipcopy, head, rules, found):
    write_house(head, rules)
    write({"a.txt": TEXT})
    outcome = check(vipcopy, "a.txt")
    assert (sorted(outcome.found()["a.txt"]) if outcome.code < 2 else None) == (sorted(found) if found else None)


def test_rules_are_shown_of_the_packs_that_the_settings_name(vipcopy):
    write_house("", "rules:\n  - {id: discount/word, severity: info}")
    assert vipcopy("rules").out.splitlines() == vipcopy("rules", "--pack", "house").out.splitlines()
    assert vipcopy("rules").out != vipcopy("rules", "--no-config").out


def test_a_changed_rule_keeps_what_is_not_said(vipcopy):
    write_house("", "rules:\n  - {id: discount/word, severity: info}")
    write({"a.txt": "Новая скидка."})
    finding = check(vipcopy, "a.txt").files()[0]["findings"][0]
    assert (finding["severity"], finding["message"]) == ("info", "«скидка» говорит о дешевизне, а не о качестве.")


@pytest.mark.parametrize(
    ("head", "rules", "says"),
    [
        ("drop: [urgncy]", "rules: []", "house/pack.yaml:3:8: нет правила или категории «urgncy»; напишите «urgency»"),
        (
            "",
            "rules:\n  - {id: discount/word, bad: [Часы.]}",
            "house/rules.yaml:2:31: в примере bad нет метки: «Часы.»;",
        ),
        ("", "rules:\n  - {id: discount/word, bad: [⟦Часы.]}", "house/rules.yaml:2:31: в примере bad метки не парные"),
        ("", "rules:\n  - {id: discount/word, bad: []}", "house/rules.yaml:2:10: нет примера bad; добавьте"),
        ("", "rules:\n  - {id: discount/word, good: [⟦Часы⟧.]}", "house/rules.yaml:2:32: в примере good стоит метка"),
        (
            "",
            "rules:\n  - {id: discount/word, phrase: []}",
            "house/rules.yaml:2:10: нет ни одной фразы; напишите phrase",
        ),
        (
            "",
            "rules:\n  - {id: discount/word, guideline: вода}",
            "house/rules.yaml:2:36: принципа «вода» нет; напишите",
        ),
        ("", "rules:\n  - {id: discount/word, guideline: 10}", "house/rules.yaml:2:36: принципа «10» нет; напишите"),
        ("", "rules:\n  - {id: discount/word, weight: -101}", "house/rules.yaml:2:33: вес -101 — больше целого балла"),
        (
            "",
            'rules:\n  - {id: discount/word, message: "{word} лишнее"}',
            "house/rules.yaml:2:35: в сообщении стоит {word}",
        ),
        ("", "rules:\n\t- {id: discount/word}", "house/rules.yaml:2:1: отступ сделан табуляцией; поставьте пробелы"),
        ("", "rules:\n  - phrase: @похвала", "house/rules.yaml:2:13: с этого знака строка начаться не может; возьмите"),
        ("", "rules:\n  - message: «{quote}»: назовите", "house/rules.yaml:2:23: двоеточие здесь лишнее; возьмите"),
        ("", "rules:\n  - where: [!quote]", "house/rules.yaml:2:19: строка начинается с «!»; возьмите"),
        ("", "rules:\n  - phrase: *похвала", "house/rules.yaml:2:14: строка начинается с «*»; возьмите"),
        ("", "rules: []\n---\nrules: []", "house/rules.yaml:2:1: в файле два документа; оставьте один"),
        ("", "rules:\n  - {id: discount/word, severty: info}", "house/rules.yaml:2:25: неизвестный ключ «severty»"),
        (
            "",
            'rules:\n  - {id: discount/word, where: [list, "!qoute"]}',
            "house/rules.yaml:2:40: «where: !qoute» не бывает; напишите «!quote»\n",
        ),
        (
            "",
            "where: headng\nrules:\n  - {id: rush/a}\n  - {id: rush/b}",
            "house/rules.yaml:1:8: «where: headng» не бывает; напишите «heading»\n",
        ),
    ],
)
def test_mistakes_of_a_house_pack_are_told(vipcopy, head, rules, says):
    write_house(head, rules)
    write({"a.txt": TEXT})
    outcome = vipcopy("check", "a.txt")
    assert outcome.code == 2
    assert outcome.err.count(says) == 1


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("", "1:1: здесь нет ни одного ключа; напишите, например, name: дом"),
        ("# name: дом\n", "1:1: здесь нет ни одного ключа; напишите, например, name: дом"),
        ("\n{}\n", "2:1: здесь нет ни одного ключа; напишите, например, name: дом"),
        ("- дом\n", "1:1: здесь нужны пары «ключ: значение»; напишите, например, name: дом"),
        ("name: дом\n", "1:1: в наборе нет правил; положите рядом файл .yaml с ключом rules"),
        (f"inherits: {TINY}\ndrop: [urgency, discount, evidence]\n", "1:1: в наборе нет правил"),
    ],
)
def test_a_pack_that_says_nothing_is_refused_in_a_line(vipcopy, head, says):
    write({"house/pack.yaml": head, "a.txt": TEXT})
    for command in (["check", "a.txt", "--pack", "house"], ["test-rules", "house"], ["rules", "--pack", "house"]):
        outcome = vipcopy(*command)
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
        assert outcome.err.startswith(f"house/pack.yaml:{says}")


def test_packs_that_inherit_each_other_are_refused(vipcopy):
    write({"a/pack.yaml": "inherits: ../b\n", "b/pack.yaml": "inherits: ../a\n", "c.txt": TEXT})
    outcome = vipcopy("check", "c.txt", "--pack", "./a")
    assert (outcome.code, "наследует сам себя" in outcome.err) == (2, True)


@pytest.mark.parametrize(
    "title",
    [
        "inherits: vip",
        "name: дом\r\ninherits:   ../b-1.0 \r\n",
        "inherits: 'vip'",
        "inherits: vip  # ours",
        "inherits: -",
        "inherits: !!str vip",
        "# inherits: base\ninherits: vip",
        "title: it's\ninherits: vip",
        "title: 'two lines,\ninherits: base'\nversion: '1'",
        'title: "two lines,\ninherits: base\n"',
        "drop: [a,\ninherits\n, b]\nname: c",
        "needs: {7: 1,\ninherits: base\n}",
        "title: >\n  inherits: base\nname: c",
        "title: two\n  inherits: base",
        "{name: a,\ninherits: vip\n}",
        "inherits: [vip]",
        "inherits:\n  vip",
        "\ufeffinherits: vip",
        "inherits: a\n b",
        "inherits: vip\nneeds:\n  7: 25",
        "inherits: vip\ninherits: base",
        "inherits:",
        "",
    ],
)
def test_what_a_pack_inherits_is_what_its_yaml_says(tmp_path, title):
    (tmp_path / "pack.yaml").write_bytes(title.encode())
    assert _read_parent(tmp_path) == read_title(tmp_path).inherits


def test_an_installed_package_brings_a_pack(vipcopy, tmp_path, monkeypatch):
    site = tmp_path / "site"
    write(
        {
            "site/domrules/pack.yaml": f"name: dom\ninherits: {TINY}\ndrop: urgency\n",
            "site/domrules/__init__.py": "raise SystemExit('nobody runs a pack')\n",
        }
    )
    info = site / "dom-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dom\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[vipcopy.packs]\ndom = domrules\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    write({"a.txt": TEXT})
    assert check(vipcopy, "a.txt", "--pack", "dom").found()["a.txt"] == ["discount/word"]


def test_a_pack_inside_a_package_is_refused_and_its_parent_is_not_run(vipcopy, tmp_path, monkeypatch):
    site = tmp_path / "site"
    write(
        {
            "site/parent/__init__.py": "raise SystemExit('nobody runs a pack')\n",
            "site/parent/sub/pack.yaml": "name: a\n",
        }
    )
    info = site / "inner-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: inner\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[vipcopy.packs]\ninner = parent.sub\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    write({"a.txt": TEXT})
    outcome = vipcopy("check", "a.txt", "--pack", "inner")
    assert (outcome.code, "пакет «parent.sub» не на верхнем уровне" in outcome.err) == (2, True)


# The lock


def test_a_locked_pack_that_changes_is_refused_until_it_is_locked_again(vipcopy):
    write_house("")
    write({"a.txt": TEXT})
    codes = [vipcopy("lock").code, vipcopy("check", "a.txt").code]
    write({"house/rules.yaml": "rules:\n  - {id: discount/word, severity: info}"})
    changed = vipcopy("check", "a.txt")
    codes += [changed.code, vipcopy("lock").code, vipcopy("check", "a.txt").code]
    assert codes == [0, 1, 2, 0, 1]
    assert changed.err == (
        "vipcopy.lock: набор house изменился (версия та же, 0); проверьте правила и запишите заново: vipcopy lock\n"
    )


def test_a_locked_pack_that_is_gone_is_named_and_locks_nothing(vipcopy):
    write_house("")
    write({"a.txt": TEXT})
    vipcopy("lock")
    before = Path("vipcopy.lock").read_text(encoding="utf-8")
    Path("house").rename("home")
    said = ".vipcopy.yml:1:8: набора правил «./house» нет; укажите папку, в которой лежит pack.yaml\n"
    assert [vipcopy(*command)[::2] for command in (["check", "a.txt"], ["lock"])] == [(2, said)] * 2
    assert Path("vipcopy.lock").read_text(encoding="utf-8") == before


def test_a_pack_that_is_not_locked_is_refused(vipcopy):
    settle()
    write({"vipcopy.lock": "{}\n", "a.txt": TEXT})
    outcome = vipcopy("check", "a.txt")
    assert (outcome.code, "набора tiny здесь нет" in outcome.err) == (2, True)


# config, init


def test_the_manual_tells_every_key():
    manual = (Path(__file__).parent.parent / "docs" / "config.md").read_text(encoding="utf-8")
    keys = (*KEYS, *OVERRIDE_KEYS, *TERM_KEYS)
    assert [key for key in keys if f"`{key}`" not in manual] == []


def test_config_shows_each_value_and_where_it_comes_from(vipcopy):
    settle("min-score: 7,5\noverrides:\n  - files: 'sms/**'\n    min-score: 5\n")
    rows = {line.split()[0]: line.split()[1:] for line in vipcopy("config", "sms/a.txt").out.splitlines()}
    assert (rows["min-score"], rows["fail-on"]) == (["5", ".vipcopy.yml:4:13"], ["error", "по", "умолчанию"])


def test_config_names_all_places_of_what_adds_up(vipcopy):
    settle("ignore: urgency\noverrides:\n  - files: 'sms/**'\n    ignore: discount\n")
    rows = {line.split()[0]: line.split()[1:] for line in vipcopy("config", "sms/a.txt").out.splitlines()}
    assert rows["ignore"] == ["urgency,", "discount", ".vipcopy.yml:2:1,", ".vipcopy.yml:4:13"]


def test_config_names_a_term_to_be_thought_over(vipcopy):
    settle("terms: [{term: клуб, reason: бренд, owner: Анна, review: 2020-01-01}]")
    assert "  «клуб»: бренд; Анна; пересмотреть 2020-01-01; срок прошёл" in vipcopy("config").out.splitlines()


def test_a_check_reminds_of_a_term_to_be_thought_over_and_passes(vipcopy):
    settle("terms:\n  - term: клуб\n    review: 2020-01-01\n  - term: дом\n    review: 9999-12-31\n")
    write({"a.txt": "Часы готовы.", "b.txt": "Часы готовы."})
    outcome = vipcopy("check", ".")
    says = ".vipcopy.yml:3:11: срок термина «клуб» прошёл 2020-01-01; назначьте новый или уберите термин\n"
    assert (outcome.code, outcome.err) == (0, says)


def test_init_writes_settings_that_change_nothing_and_overwrites_none(vipcopy):
    first, again = vipcopy("init"), vipcopy("init")
    assert (first, again.code) == ((0, "Записано: .vipcopy.yml\n", ""), 2)
    assert again.err == ".vipcopy.yml: настройки уже есть; измените их или удалите файл\n"
    assert vipcopy("config").out.count("по умолчанию") == 13


def test_every_line_of_the_first_settings_may_be_uncommented(vipcopy):
    vipcopy("init")
    text = re.sub(r"^#(?! \w)", "", Path(".vipcopy.yml").read_text(encoding="utf-8"), flags=re.MULTILINE)
    settings = parse_settings(text, Path(".vipcopy.yml"))
    assert len(settings.origins) == 13
    write({".vipcopy.yml": text, "sms/a.txt": "Часы готовы."})
    assert vipcopy("baseline", "write").code == 0
    outcome = vipcopy("check", ".")
    assert (outcome.code, outcome.err) == (0, "")
