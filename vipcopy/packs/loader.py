"""Rule files to records: YAML in, a `Pack` out, every rule with its place. All mistakes are gathered, none stops it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vipcopy.errors import RuleError
from vipcopy.model import Origin, Pack, Rule, Source
from vipcopy.overlaps import Overlaps
from vipcopy.packs.entries import FILE_KEYS, RULE_KEYS, build_rule, change_rule
from vipcopy.packs.nodes import Fields, Page, near, parse_fields
from vipcopy.scoring.guidelines import GUIDELINES
from vipcopy.storage.data_files import find_rule_files

PACK_KEYS = ("name", "title", "version", "needs", "rivals", "companions", "inherits", "drop")

_HEAD = "name: дом"  # what a pack.yaml may say
_LIST = re.compile(r"[^\s()\[\]|&<>~⟦⟧{}@]+|\{[^{}]+\}")  # as phrases are cut


@dataclass(frozen=True, slots=True)
class Title:
    """A pack by its name and version, and the name of the pack that it inherits; empty where it inherits none."""

    name: str
    version: str
    inherits: str


@dataclass
class _Harvest:
    """What has been read of a pack so far; `inherited` are the rules of the pack that it inherits, by id."""

    inherited: Mapping[str, Rule]
    place: str  # of the folder
    rules: list[Rule] = field(default_factory=list)
    lists: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)


def load_pack(folder: Path, inherited: Pack | None = None, place: str = "") -> Pack:
    """Read `pack.yaml` and every rule file of a folder. Raises RuleError where there is no pack at all.

    A pack that inherits another one changes its rules by their id, key by key, drops some and adds its own. Where
    its mistakes are, is told by this place of the folder, or else by its path.
    """
    base = inherited or Pack("", "", "", (), {}, {})
    layer = max((rule.layer + 1 for rule in base.rules), default=0)
    harvest = _Harvest({rule.id: rule for rule in base.rules}, place or str(folder))
    head = _read_head(_find_head(folder), harvest)
    for file in find_rule_files(folder):
        if file.name != "pack.yaml":
            _read_file(Path(file.path), harvest)
    rules = {**harvest.inherited, **{rule.id: rule._replace(layer=layer) for rule in harvest.rules}}
    dropped = _find_dropped(head, rules)
    name = head.text("name") or folder.name
    if not (set(rules) - dropped or harvest.lists or harvest.mistakes):
        head.page.mistake(head.origin, "в наборе нет правил", "положите рядом файл .yaml с ключом rules")
    return Pack(
        name=name,
        title=head.text("title") or name,
        version=head.text("version") or "0",
        rules=tuple(rule for rule in rules.values() if rule.id not in dropped),
        lists={**base.lists, **harvest.lists},
        needs={**base.needs, **_read_needs(head)},
        mistakes=(*base.mistakes, *harvest.mistakes),
        overlaps=Overlaps(
            *((*known, *_read_sets(head, key)) for key, known in zip(Overlaps._fields, base.overlaps, strict=True))
        ),
        borrowed=frozenset(base.lists) - harvest.lists.keys(),
    )


def read_title(folder: Path) -> Title:
    """What `pack.yaml` says of the pack itself; mistakes wait for `load_pack`. Raises RuleError where there is none."""
    fields = _open(_find_head(folder), _Harvest({}, str(folder)))
    return Title(fields.text("name") or folder.name, fields.text("version") or "0", fields.text("inherits"))


def _find_head(folder: Path) -> Path:
    head = folder / "pack.yaml"
    if not head.is_file():
        raise RuleError(f"{folder}: здесь нет набора правил; укажите папку, в которой лежит pack.yaml")
    return head


def _find_dropped(head: Fields, rules: Mapping[str, Rule]) -> frozenset[str]:
    known = rules.keys() | {rule.category for rule in rules.values()}
    for source in head.sources("drop"):
        if source.text not in known:
            remedy = near(source.text, sorted(known))
            head.page.mistake(source.origin, f"нет правила или категории «{source.text}»", remedy)
    names = frozenset(head.texts("drop"))
    return frozenset(rule.id for rule in rules.values() if names & {rule.id, rule.category})


def _read_head(path: Path, harvest: _Harvest) -> Fields:
    fields = _open(path, harvest, _HEAD)
    if not (fields.nodes or harvest.mistakes):
        fields.page.mistake(fields.origin, "здесь нет ни одного ключа", f"напишите, например, {_HEAD}")
    fields.refuse_unknown(PACK_KEYS)
    return fields


def _read_needs(fields: Fields) -> Mapping[int, int]:
    needs = fields.mapping("needs")
    needs.refuse_unknown(tuple(str(number) for number in GUIDELINES))
    return {int(key): needs.number(key, 0) for key in needs.nodes if key in map(str, GUIDELINES)}


def _read_sets(fields: Fields, key: str) -> Iterator[frozenset[str]]:
    sets = fields.mapping(key)
    return (frozenset(sets.texts(name)) for name in sets.nodes)


def _open(path: Path, harvest: _Harvest, example: str = "category: urgency") -> Fields:
    place = f"{harvest.place}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        harvest.mistakes.append(f"{place}: файл не прочитать; нужен текст YAML в кодировке UTF-8")
        text = ""
    return parse_fields(text, Page(place, harvest.mistakes, example))


def _read_file(path: Path, harvest: _Harvest) -> None:
    fields = _open(path, harvest)
    fields.refuse_unknown(FILE_KEYS)
    _read_lists(fields.mapping("lists"), harvest)
    for entry in fields.entries("rules"):
        entry.refuse_unknown(RULE_KEYS)
        before = len(harvest.mistakes)
        base = harvest.inherited.get(entry.text("id"))
        rule = change_rule(entry, base) if base else build_rule(entry, fields)
        _refuse_duplicate(rule, harvest)
        if len(harvest.mistakes) == before:
            harvest.rules.append(rule)


def _read_lists(lists: Fields, harvest: _Harvest) -> None:
    for name in lists.nodes:
        if name in harvest.lists:
            lists.mistake(name, f"список @{name} уже есть", "дайте другое имя или дополните тот список")
            continue
        if not _LIST.fullmatch(name):
            lists.mistake(name, f"«{name}» — не имя списка", "напишите его без пробелов, скобок и знаков <>&|~@")
        harvest.lists[name] = lists.sources(name)


def _refuse_duplicate(rule: Rule, harvest: _Harvest) -> None:
    first = harvest.origins.setdefault(rule.id, rule.origin)
    if rule.id and first is not rule.origin:
        harvest.mistakes.append(f"{rule.origin}: правило {rule.id} уже есть ({first}); дайте другой id")
