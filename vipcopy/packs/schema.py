"""The JSON Schema of a rule file, for editors: built from the tables of keys by which rule files are read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from vipcopy.model import Severity
from vipcopy.packs.entries import FILE_KEYS, READINGS, REGIONS, RULE_KEYS, STATUSES
from vipcopy.scoring.guidelines import GUIDELINES

Value = str | int | bool | list["Value"] | dict[str, "Value"]

_TEXT: Value = {"type": ["string", "number"]}
_TEXTS: Value = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_EXAMPLES: Value = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
_WITH_MARK: Value = {"type": "string", "pattern": "⟦[^⟦⟧]+⟧"}
_MARKED: Value = {"anyOf": [_WITH_MARK, {"type": "array", "items": _WITH_MARK, "minItems": 1}]}
_PLACE: Value = {"enum": [f"{sign}{kind}" for sign in ("", "!") for kind in REGIONS]}
_PLACES: Value = {"anyOf": [_PLACE, {"type": "array", "items": _PLACE}]}
_KEYS: dict[str, tuple[Value, str]] = {
    "id": (
        {"type": "string", "pattern": "^[a-z][a-z0-9_]*/[a-z0-9][a-z0-9-]*$"},
        "Имя правила: категория/имя латиницей.",
    ),
    "category": ({"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}, "Категория, например urgency."),
    "guideline": ({"enum": [*GUIDELINES]}, "Номер принципа, от 1 до 9."),
    "severity": ({"enum": [each.value for each in Severity]}, "Важность; без неё error."),
    "weight": ({"type": "integer"}, "Сотые балла на 100 слов: меньше нуля вредит, больше нуля доказывает."),
    "kind": ({"type": "string"}, "Вид правила; без него phrase."),
    "message": (_TEXT, "Что не так, одной фразой; {quote} — найденные слова."),
    "why": (_TEXT, "Почему это мешает, одной фразой."),
    "where": (_PLACES, "Где правило действует: heading — только там, !quote — везде, кроме."),
    "readings": ({"enum": [*READINGS]}, "Сколько разборов слова должны подойти."),
    "suggest": (_TEXTS, "Что написать вместо; remove — слова можно убрать."),
    "status": ({"enum": [*STATUSES]}, "Готовность правила."),
    "phrase": (_TEXTS, "Что искать, на языке фраз."),
    "unless": (_TEXTS, "Когда молчать: ⟦⟧ стоит вместо находки."),
    "when": (_TEXTS, "Когда говорить: одна из этих фраз есть в предложении."),
    "when_near": (_TEXTS, "Когда говорить: фраза есть в предложении или в соседнем."),
    "when_text": (_TEXTS, "Когда говорить: фраза есть где-нибудь в тексте."),
    "unless_text": (_TEXTS, "Когда молчать: фраза есть где-нибудь в тексте."),
    "options": ({"type": "object", "additionalProperties": _TEXTS}, "Настройки вида."),
    "bad": (_MARKED, "Примеры, где правило находит то, что в ⟦ ⟧."),
    "good": (_EXAMPLES, "Примеры, где правило молчит."),
    "lists": (
        {"type": "object", "additionalProperties": _TEXTS},
        "Списки фраз: имя списка — фразы; в правиле пишется @имя.",
    ),
}


def build_schema(kinds: Sequence[str]) -> str:
    """The schema as JSON text; `kinds` are the kinds of rule that there are.

    >>> build_schema(["phrase"]).splitlines()[1].strip()
    '"$schema": "https://json-schema.org/draft/2020-12/schema",'
    """
    rule = _object(RULE_KEYS, kinds)
    rule["required"] = ["id", "bad", "good"]
    file = _object([key for key in FILE_KEYS if key != "rules"], kinds)
    properties = file["properties"]
    schema: dict[str, Value] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Правила vipcopy",
        **file,
        "properties": {**properties, "rules": {"type": "array", "items": rule}} if isinstance(properties, dict) else {},
    }
    return json.dumps(schema, ensure_ascii=False, indent=2)


def _object(keys: Sequence[str], kinds: Sequence[str]) -> dict[str, Value]:
    return {"type": "object", "additionalProperties": False, "properties": {key: _property(key, kinds) for key in keys}}


def _property(key: str, kinds: Sequence[str]) -> Value:
    value, description = _KEYS[key]
    if key == "kind":
        value = {"enum": [*kinds]}
    return {"description": description, **value} if isinstance(value, dict) else value
