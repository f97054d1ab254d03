"""Rule files to records: YAML in, a `Pack` out, every rule with its place. All mistakes are gathered, none stops it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from vipcopy.model import GUIDELINES, Origin, Pack, Rule, RuleError, Severity, Source
from vipcopy.nodes import Fields, Page, near

PACK_KEYS = ("name", "title", "version", "needs")
DEFAULT_KEYS = (
    "category",
    "guideline",
    "severity",
    "weight",
    "kind",
    "message",
    "why",
    "where",
    "readings",
    "suggest",
    "status",
)
FILE_KEYS = (*DEFAULT_KEYS, "lists", "rules")
RULE_KEYS = ("id", *DEFAULT_KEYS, "phrase", "unless", "when", "unless_text", "when_text", "options", "bad", "good")
READINGS = ("any", "best", "all")
STATUSES = ("stable", "experimental")
WEIGHTS = {Severity.ERROR: -12, Severity.WARNING: -8, Severity.INFO: -3}

_RULE_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z0-9][a-z0-9-]*")
_CATEGORY = re.compile(r"[a-z][a-z0-9_]*")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class _Harvest:
    """What has been read of a pack so far."""

    rules: list[Rule] = field(default_factory=list)
    lists: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)


def load_pack(folder: Path) -> Pack:
    """Read `pack.yaml` and every rule file of a folder. Raises RuleError where there is no pack at all."""
    head = folder / "pack.yaml"
    if not head.is_file():
        raise RuleError(f"{folder}: здесь нет набора правил; укажите папку, в которой лежит pack.yaml")
    harvest = _Harvest()
    title = _read_head(head, harvest)
    for path in sorted(folder.glob("*.y*ml")):
        if path.name != "pack.yaml":
            _read_file(path, harvest)
    name = title.text("name") or folder.name
    return Pack(
        name=name,
        title=title.text("title") or name,
        version=title.text("version") or "0",
        rules=tuple(harvest.rules),
        lists=harvest.lists,
        needs=_read_needs(title),
        mistakes=tuple(harvest.mistakes),
    )


def _read_head(path: Path, harvest: _Harvest) -> Fields:
    fields = _open(path, harvest)
    fields.refuse_unknown(PACK_KEYS)
    return fields


def _read_needs(fields: Fields) -> Mapping[int, int]:
    needs = fields.mapping("needs")
    needs.refuse_unknown(tuple(str(number) for number in GUIDELINES))
    return {int(key): needs.number(key, 0) for key in needs.nodes if key in map(str, GUIDELINES)}


def _open(path: Path, harvest: _Harvest) -> Fields:
    page = Page(str(path), harvest.mistakes)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        page.mistakes.append(f"{path}{place}: файл не читается как YAML; проверьте отступы и кавычки")
        return Fields(page, Origin(str(path), 1, 1), {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        page.mistakes.append(f"{path}: файл не прочитать; нужен текст YAML в кодировке UTF-8")
        return Fields(page, Origin(str(path), 1, 1), {})
    return page.fields(node)


def _read_file(path: Path, harvest: _Harvest) -> None:
    fields = _open(path, harvest)
    fields.refuse_unknown(FILE_KEYS)
    _read_lists(fields.mapping("lists"), harvest)
    for entry in fields.entries("rules"):
        entry.refuse_unknown(RULE_KEYS)
        before = len(harvest.mistakes)
        rule = _build_rule(entry, fields)
        _refuse_duplicate(rule, harvest)
        if len(harvest.mistakes) == before:
            harvest.rules.append(rule)


def _read_lists(lists: Fields, harvest: _Harvest) -> None:
    for name in lists.nodes:
        if name in harvest.lists:
            lists.mistake(name, f"список @{name} уже есть", "дайте другое имя или дополните тот список")
            continue
        harvest.lists[name] = lists.sources(name)


def _refuse_duplicate(rule: Rule, harvest: _Harvest) -> None:
    first = harvest.origins.setdefault(rule.id, rule.origin)
    if rule.id and first is not rule.origin:
        harvest.mistakes.append(f"{rule.origin}: правило {rule.id} уже есть ({first}); дайте другой id")


def _build_rule(entry: Fields, file: Fields) -> Rule:
    both = entry.over(file, DEFAULT_KEYS)
    severity = Severity(both.choice("severity", tuple(Severity), Severity.ERROR))
    rule = Rule(
        id=_checked(entry, "id", _RULE_ID, "категория/имя латиницей, например urgency/hurry"),
        category=_checked(both, "category", _CATEGORY, "имя латиницей, например urgency"),
        guideline=_guideline(both),
        severity=severity,
        weight=both.number("weight", WEIGHTS[severity]),
        message=both.text("message"),
        why=both.text("why"),
        kind=both.text("kind") or "phrase",
        origin=entry.origin,
        phrase=entry.sources("phrase"),
        unless=entry.sources("unless"),
        when=entry.sources("when"),
        unless_text=entry.sources("unless_text"),
        when_text=entry.sources("when_text"),
        where=both.texts("where"),
        readings=both.choice("readings", READINGS, "any"),
        options=_options(entry),
        suggest=both.texts("suggest"),
        bad=entry.sources("bad"),
        good=entry.sources("good"),
        status=both.choice("status", STATUSES, "stable"),
    )
    for problem, remedy in _faults(rule):
        entry.mistake("id", problem, remedy)
    return rule


def _options(entry: Fields) -> Mapping[str, tuple[str, ...]]:
    options = entry.mapping("options")
    return {key: options.texts(key) for key in options.nodes}


def _checked(fields: Fields, key: str, pattern: re.Pattern[str], remedy: str) -> str:
    value = fields.text(key)
    if not pattern.fullmatch(value):
        fields.mistake(key, f"«{key}: {value}» не подходит" if value else f"нет ключа {key}", f"напишите {remedy}")
    return value


def _guideline(fields: Fields) -> int:
    number = fields.number("guideline", 0)
    if number not in GUIDELINES:
        fields.mistake("guideline", "не указан номер принципа", "напишите guideline: от 1 до 9")
    return number


def _faults(rule: Rule) -> Iterator[tuple[str, str]]:
    if not rule.message:
        yield "нет ключа message", "напишите, что не так, одной фразой"
    if rule.kind == "phrase" and not rule.phrase:
        yield "нет ключа phrase", "напишите хотя бы одну фразу"
    if not any("⟦" in source.text for source in rule.bad):
        yield "нет примера bad", "добавьте предложение с ⟦меткой⟧"
    if not rule.good:
        yield "нет примера good", "добавьте предложение, в котором правило молчит"
    yield from _mark_faults(rule.bad)
    if any("⟦" in source.text for source in rule.good):
        yield "в примере good стоит метка ⟦ ⟧", "уберите её: в good правило ничего не находит"


def _mark_faults(examples: Sequence[Source]) -> Iterator[tuple[str, str]]:
    for source in examples:
        marks = re.sub(r"[^⟦⟧]", "", source.text)
        if not re.fullmatch(r"(⟦⟧)+", marks):
            yield f"в примере bad метки не парные: «{source.text}»", "поставьте ⟦ и ⟧ вокруг находки"


def unknown_name(what: str, name: str, known: Sequence[str]) -> str:
    """One line on a name that is not known, with the nearest known one: `нет правила «urgncy»; …`."""
    return f"нет {what} «{name}»; {near(name, known)}"
