"""A rule as a pack writes it: a YAML mapping to a `Rule`, a new one or one that is inherited and changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vipcopy.model import Rule, Severity, Source
from vipcopy.packs.nodes import Fields, near
from vipcopy.scoring.guidelines import GUIDELINES

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
RULE_KEYS = (
    "id",
    *DEFAULT_KEYS,
    "phrase",
    "unless",
    "when",
    "when_near",
    "unless_text",
    "when_text",
    "options",
    "bad",
    "good",
)
REGIONS = (  # kinds of region that readers mark and the text itself shows
    *("greeting", "heading", "quote", "title", "question", "list", "table", "opening", "closing", "signature"),
    *("subject", "preheader", "description", "button", "link", "alt", "tooltip", "hint", "footer"),
    *("placeholder", "name", "template"),
    *("red", "huge", "blink", "marquee", "centred", "capitals"),
    *("story", "report", "chronicle", "reference", "talk", "business"),
)
READINGS = ("any", "best", "all")
STATUSES = ("stable", "experimental")
WEIGHTS = {Severity.ERROR: -20, Severity.WARNING: -12, Severity.INFO: -4}

HEAVIEST = 100  # centipoints: a guideline has no more to lose
QUOTE = "{quote}"  # in a message: the words of the finding

_SLOT = re.compile(r"\{[^{}]*\}")
_RULE_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z0-9][a-z0-9-]*")
_PAIRED = re.compile(r"(?:[^⟦⟧]*⟦[^⟦⟧]*⟧)+[^⟦⟧]*")
_CATEGORY = re.compile(r"[a-z][a-z0-9_]*")


def build_rule(entry: Fields, file: Fields) -> Rule:
    """A new rule; what it does not say is taken from its file."""
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
        when_near=entry.sources("when_near"),
        unless_text=entry.sources("unless_text"),
        when_text=entry.sources("when_text"),
        where=_where(both, ()),
        readings=both.choice("readings", READINGS, "any"),
        options=_options(entry),
        suggest=both.texts("suggest"),
        bad=entry.sources("bad"),
        good=entry.sources("good"),
        status=both.choice("status", STATUSES, "stable"),
    )
    _note_faults(rule, entry)
    return rule


def change_rule(entry: Fields, base: Rule) -> Rule:
    """The inherited rule with the keys that are given here; what the file says for all its rules is for new ones."""
    rule = base._replace(
        category=entry.text("category") or base.category,
        guideline=_guideline(entry) if "guideline" in entry.nodes else base.guideline,
        severity=Severity(entry.choice("severity", tuple(Severity), base.severity)),
        weight=entry.number("weight", base.weight),
        message=entry.text("message") or base.message,
        why=entry.text("why") or base.why,
        origin=entry.origin,
        phrase=_sources(entry, "phrase", base.phrase),
        unless=_sources(entry, "unless", base.unless),
        when=_sources(entry, "when", base.when),
        when_near=_sources(entry, "when_near", base.when_near),
        unless_text=_sources(entry, "unless_text", base.unless_text),
        when_text=_sources(entry, "when_text", base.when_text),
        where=_where(entry, base.where),
        readings=entry.choice("readings", READINGS, base.readings),
        options={**base.options, **_options(entry)},
        suggest=_texts(entry, "suggest", base.suggest),
        bad=_sources(entry, "bad", base.bad),
        good=_sources(entry, "good", base.good),
        status=entry.choice("status", STATUSES, base.status),
    )
    _note_faults(rule, entry)
    return rule


def _sources(entry: Fields, key: str, inherited: tuple[Source, ...]) -> tuple[Source, ...]:
    return entry.sources(key) if key in entry.nodes else inherited


def _texts(entry: Fields, key: str, inherited: tuple[str, ...]) -> tuple[str, ...]:
    return entry.texts(key) if key in entry.nodes else inherited


def _where(entry: Fields, inherited: tuple[str, ...]) -> tuple[str, ...]:
    for source in entry.sources("where"):
        sign, kind = ("!", source.text[1:]) if source.text.startswith("!") else ("", source.text)
        if kind not in REGIONS:
            remedy = near(source.text, [f"{sign}{each}" for each in REGIONS])
            entry.page.mistake(source.origin, f"«where: {source.text}» не бывает", remedy)
    return _texts(entry, "where", inherited)


def _options(entry: Fields) -> Mapping[str, tuple[str, ...]]:
    options = entry.mapping("options")
    return {key: options.texts(key) for key in options.nodes}


def _checked(fields: Fields, key: str, pattern: re.Pattern[str], remedy: str) -> str:
    value = fields.text(key)
    if not pattern.fullmatch(value):
        fields.mistake(key, f"«{key}: {value}» не подходит" if value else f"нет ключа {key}", f"напишите {remedy}")
    return value


def _guideline(fields: Fields) -> int:
    text = fields.text("guideline")
    if text not in map(str, GUIDELINES):
        problem = f"принципа «{text}» нет" if text else "не указан номер принципа"
        fields.mistake("guideline", problem, "напишите guideline: от 1 до 9")
        return 0
    return int(text)


def _note_faults(rule: Rule, entry: Fields) -> None:
    """Note what a rule lacks, at its id; what is wrong with a sentence or a value, at that."""
    for problem, remedy in _find_gaps(rule):
        entry.mistake("id", problem, remedy)
    for source, problem, remedy in _find_example_faults(rule):
        entry.page.mistake(source.origin, problem, remedy)
    if abs(rule.weight) > HEAVIEST:
        entry.mistake("weight", f"вес {rule.weight} — больше целого балла", f"напишите от −{HEAVIEST} до {HEAVIEST}")
    for slot in filter(lambda each: each != QUOTE, _SLOT.findall(rule.message)):
        entry.mistake("message", f"в сообщении стоит {slot}", f"найденные слова — {QUOTE}, другого не подставить")


def _find_gaps(rule: Rule) -> Iterator[tuple[str, str]]:
    if not rule.message:
        yield "нет ключа message", "напишите, что не так, одной фразой"
    if rule.kind == "phrase" and not rule.phrase:
        yield "нет ни одной фразы", "напишите phrase: и фразу в кавычках"
    if not rule.bad:
        yield "нет примера bad", "добавьте предложение с ⟦меткой⟧"
    if not rule.good:
        yield "нет примера good", "добавьте предложение, в котором правило молчит"


def _find_example_faults(rule: Rule) -> Iterator[tuple[Source, str, str]]:
    for source in rule.bad:
        if not _PAIRED.fullmatch(source.text):
            problem = "метки не парные" if re.search("[⟦⟧]", source.text) else "нет метки"
            yield source, f"в примере bad {problem}: «{source.text}»", "поставьте ⟦ и ⟧ вокруг находки"
    for source in rule.good:
        if "⟦" in source.text:
            yield source, "в примере good стоит метка ⟦ ⟧", "уберите её: в good правило ничего не находит"
