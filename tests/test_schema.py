"""The JSON Schema of rule files says what the reader of rule files does."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from vipcopy import write_schema
from vipcopy.packs.entries import FILE_KEYS, RULE_KEYS

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads(write_schema())
FILES = [path for path in sorted((ROOT / "rules").glob("*/*.yaml")) if path.name != "pack.yaml"]
RULE = {"id": "urgency/hurry", "message": "Торопит.", "phrase": "спешить", "bad": "⟦Спешите⟧.", "good": "Ждём."}


def problems(content: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return [error.message for error in validator.iter_errors(content)]


def test_the_published_schema_is_the_one_we_print():
    assert (ROOT / "rules.schema.json").read_text(encoding="utf-8").rstrip() == write_schema()


def test_it_knows_the_keys_that_the_reader_knows():
    rules = SCHEMA["properties"]["rules"]["items"]
    assert (set(SCHEMA["properties"]), set(rules["properties"])) == (set(FILE_KEYS), set(RULE_KEYS))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_our_rule_files_are_valid(path):
    assert problems(yaml.safe_load(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"colour": "red"}, id="unknown key"),
        pytest.param({"severity": "fatal"}, id="severity"),
        pytest.param({"bad": ["Спешите."]}, id="no mark"),
        pytest.param({"id": "Urgency"}, id="id"),
        pytest.param({"kind": "regex"}, id="kind"),
        pytest.param({"where": "headng"}, id="region"),
        pytest.param({"where": ["list", "!qoute"]}, id="region in a list"),
    ],
)
def test_a_mistake_is_seen(changes):
    assert problems({"rules": [{**RULE, **changes}]}) != []


def test_a_small_rule_is_valid():
    assert problems({"category": "urgency", "guideline": 6, "rules": [RULE]}) == []
