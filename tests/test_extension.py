"""Packs above ours are compiled by themselves: what they find is what all find that are compiled together."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import vipcopy
from vipcopy.checking.checker import CoreChecker
from vipcopy.compiling import library
from vipcopy.compiling.compiler import build
from vipcopy.compiling.extension import Extension
from vipcopy.compiling.library import Vocabulary, load_core, load_packs
from vipcopy.kinds import phrase_compiler
from vipcopy.kinds.phrase_finder import PhraseFinder
from vipcopy.model import Origin, Source
from vipcopy.packs import paths as pack_paths
from vipcopy.regions import read_prose
from vipcopy.rule_tests import selftest
from vipcopy.rule_tests.selftest import find_failures
from vipcopy.rule_tests.trials import try_packs
from vipcopy.runs.runner import Checker

RULES = Path(vipcopy.__file__).parent.parent / "rules"
CACHE = os.environ.get("VIPCOPY_CACHE", "")  # of who runs the tests: there our rules are compiled
OURS = """
lists:
  добрые: [безупречный, "@редкие"]
  редкие: [уникальный, "{ткань}"]
  "{ткань}": [шёлк, бархат]
  биржа: ["⟦⟧ на биржа", "курс …2 ⟦⟧"]
  чужие: [конкурент]
rules:
  - id: discount/word
    category: discount
    guideline: 9
    weight: -12
    message: Дешевизна.
    phrase: [скидка, "цена …2 (упасть|снизиться)"]
    unless: ["@биржа", "без ⟦скидка⟧"]
    suggest: [remove]
    bad: ["Новая ⟦скидка⟧.", "⟦Цена снова упала⟧."]
    good: ["Цена упала на бирже.", "Живём без скидок."]
  - id: boast/word
    category: boast
    guideline: 2
    severity: warning
    message: Похвальба.
    phrase: ["@добрые~ (сервис|дом)~"]
    when_near: [клиент, гость]
    bad: ["Гость, ждёт ⟦безупречный сервис⟧."]
    good: ["Безупречный сервис."]
  - id: boast/rival
    category: boast
    guideline: 2
    severity: info
    message: Соперник.
    phrase: ["^ @чужие", "{ткань} лучше"]
    unless_text: [дивиденд]
    where: ["!greeting"]
    bad: ["⟦Конкуренты⟧ ушли.", "Наш ⟦шёлк лучше⟧."]
    good: ["Ушли конкуренты.", "Конкуренты ушли без дивидендов."]
  - id: proof/made
    category: proof
    guideline: 7
    weight: 25
    message: Сделано.
    phrase: ["ручной~ работа~"]
    bad: ["Часы ⟦ручной работы⟧."]
    good: ["Часы."]
  - id: caps/shout
    category: caps
    guideline: 3
    message: Крик.
    kind: capitals
    options: {allow: [ДОМ]}
    bad: ["⟦СРОЧНО ЗВОНИТЕ СЕЙЧАС⟧ нам."]
    good: ["Звоните."]
"""
TEXTS = (
    "Скидка. Цена снова упала. Цена упала на бирже. Курс и цена упали: скидка.",
    "Тема: Конкуренты ушли. Гость, ждёт безупречный сервис. Скидка гостю.",
    "Кому: конкурент ждёт\n\nКонкурент знает: наш шёлк лучше, лён лучше, бархат лучше. Дивиденд.",
    "Шёлк лучше. Клиент видит уникальный дом, шёлковый дом, чудесный дом, редкий сервис.",
    "СРОЧНО ЗВОНИТЕ СЕЙЧАС нам в ДОМ МОДЫ. Часы ручной работы, скидка ручной работы.",
    "Добрый день, Анна! Клуб скидок открыт. Живём без скидок и скидок не ждём. Акция и скидка до конца акции.",
    "Скидки! Скидка?! Супер-скидка, скидка-подарок. Цена на дом не снизится, сервис безупречный, гость.",
)
NEW = """
rules:
  - id: house/deal
    category: discount
    guideline: 9
    severity: info
    message: Акция.
    phrase: [акция, скидка, "до конец акция"]
    bad: ["Новая ⟦акция⟧.", "Новая ⟦скидка⟧."]
    good: ["Новый дом."]
"""
HEAD = "inherits: vip\n"
CASES = {
    "a rule of its own that wins ties": (HEAD, NEW),
    "nothing but the name": (HEAD, "lists: {пусто: [дом]}"),
    "another severity": (HEAD, "rules: [{id: discount/word, severity: info, weight: -1, message: Мелочь.}]"),
    "other phrases": (HEAD, "rules: [{id: discount/word, phrase: [акция]}]"),
    "no guards": (HEAD, "rules: [{id: discount/word, unless: []}]"),
    "other regions": (HEAD, "rules: [{id: boast/rival, where: [greeting]}]"),
    "other readings": (HEAD, "rules: [{id: discount/word, readings: best}]"),
    "other options": (HEAD, "rules: [{id: caps/shout, options: {allow: [МОДЫ, СРОЧНО]}}]"),
    "a rule less": (f"{HEAD}drop: [discount/word]\n", NEW),
    "categories less": (f"{HEAD}drop: [discount, boast, proof]\n", NEW),
    "a list that ours name": (HEAD, "lists: {чужие: [сосед, лён]}"),
    "a list that lists of ours name": (HEAD, "lists: {редкие: [чудесный]}"),
    "a class that lists of ours name": (HEAD, 'lists: {"{ткань}": [лён]}'),
    "a list of guards": (HEAD, 'lists: {биржа: ["⟦⟧ гость"]}'),
    "names of fields": (HEAD, 'lists: {"{поле}": ["=кому"]}'),
    "needs and rivals": (f"{HEAD}needs: {{7: 90}}\nrivals: {{same: [discount, caps]}}\n", NEW),
    "companions": (f"{HEAD}companions: {{pair: [discount, proof]}}\n", NEW),
    "a rule of the same name beside ours": ("", NEW.replace("house/deal", "discount/word")),
    "the same text in another file": ("", OURS),
}


@pytest.fixture(autouse=True)
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small pack in the place of ours, and a cache and a current folder of its own."""
    rules = tmp_path / "ours"
    shutil.copytree(RULES / "base", rules / "base")
    (rules / "vip").mkdir()
    (rules / "vip" / "pack.yaml").write_text("name: vip\nneeds: {7: 25}\n", encoding="utf-8")
    (rules / "vip" / "rules.yaml").write_text(OURS, encoding="utf-8")
    monkeypatch.setattr(pack_paths, "_rules_folder", lambda: rules)
    monkeypatch.setenv("VIPCOPY_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return rules


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def write_house(head: str, rules: str, name: str = "house") -> str:
    Path(name).mkdir(exist_ok=True)
    Path(name, "pack.yaml").write_text(f"name: {name}\n{head}", encoding="utf-8")
    Path(name, "rules.yaml").write_text(rules, encoding="utf-8")
    return f"./{name}"


def tell(core: CoreChecker, texts: tuple[str, ...] = TEXTS) -> list[str]:
    return [
        vipcopy.write_json(Checker(core).check_text(text, format=form)) for text in texts for form in ("text", "html")
    ]


def read_whole(core: CoreChecker) -> tuple[object, ...]:
    """All that a checker holds but its finders."""
    rules = list(core.bare.items()), list(core.wordings.items()), list(core.rules.items())
    return *rules, core.needs, core.known, core.overlaps, core.terms.names


@pytest.mark.parametrize(("head", "rules"), CASES.values(), ids=CASES)
def test_it_is_the_same_as_all_compiled_together(head: str, rules: str) -> None:
    packs = [write_house(head, rules)] if head else ["vip", write_house(head, rules)]
    together = build(load_packs(packs))
    for _ in range(2):  # compiled, then read
        core = load_core(packs)
        assert read_whole(core) == read_whole(together)
        assert tell(core) == tell(together)


TERM = Source("клуб скидка", Origin("settings.yml", 1, 1))
WORDS = Vocabulary(((TERM, frozenset({"discount"})),), ("МОДЫ",))


@pytest.mark.parametrize("packs", [["vip"], ["./house"]], ids=["ours", "a house"])
def test_words_of_a_house_are_the_same_too(packs: list[str]) -> None:
    write_house(HEAD, NEW)
    loaded = [library._allow_capitals(pack, WORDS.capitals) for pack in load_packs(packs)]
    together = build(loaded, dict(WORDS.terms))
    for _ in range(2):
        core = load_core(packs, WORDS)
        assert (read_whole(core), tell(core)) == (read_whole(together), tell(together))
    assert tell(core) != tell(load_core(packs))


def test_a_house_above_a_house_is_the_same() -> None:
    write_house(HEAD, NEW)
    above = write_house("inherits: ../house\ndrop: [boast/word]\n", "rules: [{id: house/deal, weight: -3}]", "villa")
    together = build(load_packs(above))
    for _ in range(2):
        core = load_core([above])
        assert (read_whole(core), tell(core)) == (read_whole(together), tell(together))


def test_packs_without_ours_are_compiled_as_ever(cache: Path) -> None:
    load_core([write_house("", NEW)])
    assert [type(value) for value in read_kept(cache)] == [CoreChecker]


def read_kept(cache: Path) -> list[object]:
    """What is kept of rules, the bigger file first."""
    files = sorted(cache.iterdir(), key=lambda file: -file.stat().st_size)
    values = (library.StatCache().read(file.name) for file in files)
    return [value for value in values if isinstance(value, (CoreChecker, Extension))]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of the phrases that are compiled."""
    paths: list[str] = []
    build_tree = phrase_compiler.build_tree
    monkeypatch.setattr(
        phrase_compiler,
        "build_tree",
        lambda source, context: (paths.append(source.origin.path), build_tree(source, context))[1],
    )
    return paths


def test_an_edit_compiles_its_own_rules_only(parsed: list[str], cache: Path) -> None:
    house = write_house(HEAD, NEW)
    load_core([house])
    parsed.clear()
    write_house(HEAD, NEW.replace("[акция, скидка", "[акция, распродажа"))
    found = tell(load_core([house]))
    assert set(parsed) <= {"house/rules.yaml", "rules/base/classes.yaml"}
    assert "house/rules.yaml" in parsed
    assert [type(value) for value in read_kept(cache)] == [CoreChecker, Extension, Extension]
    assert found == tell(build(load_packs(house)))


def test_ours_are_compiled_once_for_all(parsed: list[str]) -> None:
    load_core(["vip"])
    parsed.clear()
    load_core(["vip"], WORDS)
    assert set(parsed) <= {"settings.yml", "rules/base/classes.yaml"}


def test_rules_of_ours_that_change_are_compiled_anew(ours: Path) -> None:
    house = write_house(HEAD, NEW)
    before = tell(load_core([house]))
    (ours / "vip" / "rules.yaml").write_text(OURS.replace("[конкурент]", "[дивиденд]"), encoding="utf-8")
    after = tell(load_core([house]))
    assert before != after == tell(build(load_packs(house)))


def test_mistakes_of_a_house_are_told_with_their_places() -> None:
    house = write_house(HEAD, NEW.replace("[акция, скидка", "[акции, скидка").replace("category: discount", "kind: x"))
    told = []
    for compile_packs in (lambda: load_core([house]), lambda: build(load_packs(house))):
        with pytest.raises(vipcopy.RuleError) as caught:
            compile_packs()
        told.append(str(caught.value))
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("lists", "says"),
    [
        ('{соседи: ["@сосед"], сосед: ["@соседи"]}', "список @соседи ссылается сам на себя"),
        ('{"наши соседи": [сосед]}', "«наши соседи» — не имя списка"),
    ],
    ids=["a circle of guards", "a name that no phrase can name"],
)
def test_lists_that_cannot_be_used_are_told(lists: str, says: str) -> None:
    rules = NEW.replace("    bad:", '    unless: ["@соседи"]\n    bad:')
    with pytest.raises(vipcopy.RuleError, match=f"^house/rules.yaml:1:.*{says}"):
        load_core([write_house(HEAD, f"lists: {lists}{rules}")])


def test_an_option_that_ours_cannot_have_is_a_mistake() -> None:
    house = write_house(HEAD, "rules: [{id: discount/word, options: {most: 1}}]")
    with pytest.raises(vipcopy.RuleError, match="нет настройки «most»"):
        load_core([house])


def damage_nothing(file: Path) -> None:
    """As it was."""


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def remove(file: Path) -> None:
    file.unlink()


def put_another(file: Path) -> None:
    """What is whole, and ours, but not those rules."""
    library.write_cached(file.name, ("слово",) * 9)


def open_to_all(file: Path) -> None:
    file.chmod(0o666)


@pytest.mark.parametrize("harm", [damage_nothing, cut, flip, remove, put_another, open_to_all])
@pytest.mark.parametrize("kind", [CoreChecker, Extension], ids=["below", "above"])
def test_what_is_damaged_is_compiled_anew(cache: Path, kind: type, harm: object) -> None:
    house = write_house(HEAD, NEW)
    expected = tell(load_core([house]))
    files = [file for file in cache.iterdir() if isinstance(library.StatCache().read(file.name), kind)]
    assert len(files) == 1 and callable(harm)
    harm(files[0])
    assert tell(load_core([house])) == expected
    assert [type(value) for value in read_kept(cache)] == [CoreChecker, Extension]  # whole again


@pytest.mark.parametrize("where", ["off", "house/pack.yaml"], ids=["none", "no folder"])
def test_without_a_cache_it_is_the_same(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    house = write_house(HEAD, NEW)
    expected = tell(load_core([house]))
    monkeypatch.setenv("VIPCOPY_CACHE", where)
    assert [tell(load_core([house])) for _ in range(2)] == [expected] * 2


SCRIPT = """
import sys
from pathlib import Path
import vipcopy
from vipcopy.packs import paths as pack_paths
pack_paths._rules_folder = lambda: Path("ours").absolute()
LIMIT
checker = vipcopy.load(["./house"])
print(len(checker.check_text("Скидка. Акция. Скидка до конца акции.").findings))
"""


def start(limit: str = "") -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(RULES.parent), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", SCRIPT.replace("LIMIT", limit)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_full_disk_is_no_error(cache: Path) -> None:
    write_house(HEAD, NEW)
    told = start("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, -1))").communicate()
    assert (told, [file for file in cache.iterdir() if file.stat().st_size >= 3_000]) == (("4\n", ""), [])


def test_processes_at_once_do_not_disturb_one_another(cache: Path) -> None:
    write_house(HEAD, NEW)
    runs = [start() for _ in range(3)]
    assert [run.communicate() for run in runs] == [("4\n", "")] * 3
    assert [type(value) for value in read_kept(cache)] == [CoreChecker, Extension]


def test_many_edits_leave_what_they_stand_on(parsed: list[str], cache: Path) -> None:
    for edit in range(15):
        load_core([write_house(HEAD, NEW.replace("Акция.", f"Акция {edit}."))])
    assert len(list(cache.iterdir())) <= 12
    parsed.clear()
    load_core(["vip"])
    assert parsed == []


def test_a_joined_checker_goes_to_another_process() -> None:
    core = load_core([write_house(HEAD, NEW)])
    for each in (core, load_core(["./house"])):
        back = pickle.loads(pickle.dumps(each))
        assert (read_whole(back), tell(back)) == (read_whole(core), tell(core))


HOUSE = """
rules:
  - id: discount/word
    severity: warning
  - id: house/deal
    category: discount
    guideline: 9
    message: Акция.
    phrase: ["акция@знак", "скидка … (гость|клиент)", "только сегодня"]
    unless: ["без ⟦⟧"]
    bad: ["Новая ⟦скидка для гостя⟧."]
    good: ["Новый дом."]
lists:
  знак: [".", "!"]
"""


def test_above_the_shipped_rules_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """One house, all changes: a list that rules of ours name, rules that are changed, dropped and new."""
    monkeypatch.setattr(pack_paths, "_rules_folder", lambda: RULES)
    monkeypatch.setenv("VIPCOPY_CACHE", CACHE)
    _, shipped = load_packs("vip")
    named = next(name for name in shipped.lists if not name.startswith("{"))
    house = write_house("inherits: vip\ndrop: [emoji, urgency]\n", f"{HOUSE}  {named}: [дом, гость]\n")
    texts = tuple(source.text for rule in shipped.rules[::9] for source in (*rule.bad, *rule.good))
    together = build(load_packs(house))
    core = load_core([house])
    assert read_whole(core) == read_whole(together)
    assert tell(core, texts) == tell(together, texts)


def test_what_is_silenced_is_silent_there_alone() -> None:
    """Two checkers of the same finder remember sentences each for itself."""
    finder = next(each for each in load_core(["vip"]).finders if isinstance(each, PhraseFinder))
    prose = read_prose("Скидка. Конкурент ушёл.", ())
    quiet = finder.silence({"discount/word"})
    for _ in range(2):
        assert {hit.rule for hit in finder.find(prose)} == {"discount/word", "boast/rival"}
        assert {hit.rule for hit in quiet.find(prose)} == {"boast/rival"}


# Examples in the company of all: tried where a rule that a house changes speaks, remembered elsewhere

HIDING = """
rules:
  - id: noise/made
    category: noise
    guideline: 3
    message: Шум.
    phrase: ["часы ручной работа"]
    bad: ["⟦Часы ручной работы⟧."]
    good: ["Ждём."]
"""


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The examples that are tried among all rules."""
    tried: list[str] = []
    find = selftest._found_by_all
    monkeypatch.setattr(
        selftest, "_found_by_all", lambda prose, *others: (tried.append(str(prose.text)), find(prose, *others))[1]
    )
    return tried


def try_as_ever(packs: list[str]) -> list[str]:
    """What the examples come to, which has to be what they come to where nothing is remembered."""
    told = list(map(str, try_packs(packs)))
    assert told == list(map(str, find_failures(load_packs(packs))))
    return told


@pytest.mark.parametrize(("head", "rules"), CASES.values(), ids=CASES)
def test_examples_among_others_come_out_as_ever(head: str, rules: str) -> None:
    packs = [write_house(head, rules)] if head else ["vip", write_house(head, rules)]
    first = try_as_ever(packs)
    assert try_as_ever(packs) == first
    try_as_ever(["vip"])
    assert try_as_ever(packs) == first


def test_only_examples_that_a_house_may_change_are_tried_among_others_again(company: list[str]) -> None:
    assert list(try_packs([write_house(HEAD, NEW)])) == []
    every = len(company)
    company.clear()
    assert list(try_packs([write_house(HEAD, NEW.replace("Новый дом", "Новый сад"))])) == []
    touched = {"Новая акция.", "Новая скидка.", "Цена снова упала."}  # of the house, and of a rule that it may hide
    assert (set(company), len(company) < every) == (touched, True)
    company.clear()
    assert (list(try_packs(["vip"])), set(company)) == ([], {"Новая скидка.", "Цена снова упала."})
    company.clear()
    assert (list(try_packs(["vip"])), company) == ([], [])


def test_a_house_that_hides_what_ours_find_is_told_each_time_and_forgiven_when_it_is_mended() -> None:
    house = [write_house(HEAD, NEW)]
    assert try_as_ever(house) == []
    write_house(HEAD, HIDING)
    broken = try_as_ever(house)
    assert [line.split(": ", 1)[1][:44] for line in broken] == ["proof/made: вместе с остальными правилами не"]
    assert try_as_ever(house) == broken
    write_house(f"{HEAD}drop: [proof]\n", HIDING)
    assert try_as_ever(house) == []
    write_house(HEAD, NEW)
    assert try_as_ever(house) == []


HELPED = """
rules:
  - id: proof/master
    category: proof
    guideline: 7
    weight: 25
    message: Сделано.
    phrase: ["ковка мастер"]
    bad: ["Это ⟦ковка мастера⟧ Ивана."]
    good: ["Ждём."]
  - id: noise/this
    category: noise
    guideline: 3
    message: Шум.
    phrase: ["это ковка"]
    bad: ["⟦Это ковка⟧."]
    good: ["Ждём."]
  - id: proof/named
    category: proof
    guideline: 7
    weight: 25
    message: Назван.
    phrase: ["мастер Иван"]
    bad: ["Ждёт ⟦мастер Иван⟧."]
    good: ["Ждём."]
"""


def test_a_rule_of_ours_that_hides_another_is_told_though_all_was_right_before(ours: Path) -> None:
    assert try_as_ever(["vip"]) == []
    for rules, is_right in (
        (HIDING, False),
        (HIDING.replace("guideline: 3", "guideline: 3\n    weight: 5"), True),
        (HIDING, False),
    ):
        (ours / "vip" / "hiding.yaml").write_text(rules, encoding="utf-8")
        assert (try_as_ever(["vip"]) == []) == is_right


def test_a_rule_without_which_another_is_hidden_is_missed_when_it_is_gone(ours: Path) -> None:
    (ours / "vip" / "helped.yaml").write_text(HELPED, encoding="utf-8")
    assert try_as_ever(["vip"]) == []
    broken = try_as_ever([write_house(f"{HEAD}drop: [proof/named]\n", NEW)])
    assert [line.split(": ", 1)[1][:46] for line in broken] == ["proof/master: вместе с остальными правилами не"]
