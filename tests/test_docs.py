"""docs/python.md names all that is public, and no page says how to install what is in no registry."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import vipcopy
from vipcopy.model import Origin, Source
from vipcopy.phrases.tree import PhraseContext, build_tree

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### (\w+)\n(.*?)(?=^##|\Z)", re.DOTALL | re.MULTILINE)
ROW = re.compile(r"^\| (`[^|]+) \|", re.MULTILINE)
RECORDS = {
    name: {field for row in ROW.findall(text) for field in re.findall(r"`(\w+)`", row)}
    for name, text in SECTION.findall(PAGE)
}
BARE = re.compile(r"""pip\ install\ ["']?vipcopy\b(?!\S*\ @)""", re.VERBOSE)  # no address beside the name
PAGES = sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md")])
LANGUAGE = (ROOT / "docs" / "phrases.md").read_text(encoding="utf-8")
LIST = re.search(r"^  похвала: \[(.*)\]$", LANGUAGE, re.MULTILINE)
PHRASES = [
    *(row.replace("\\|", "|").strip('"') for row in re.findall(r"^\| `([^`]+)` \|", LANGUAGE, re.MULTILINE)),
    *re.findall(r"`([^`]*;(?:all|best)>)`", LANGUAGE),
    *(re.findall(r'"([^"]+)"', LIST[1]) if LIST else ()),
]
MESSAGE = re.compile(r"pip\ install(?:\ --[\w-]+)*\ vipcopy\b")


def test_each_public_name_is_told() -> None:
    told = set(re.findall(r"`(\w+)`", PAGE))
    assert set(vipcopy.__all__) - told == set()


@pytest.mark.parametrize("name", RECORDS)
def test_each_field_of_a_record_is_told(name: str) -> None:
    assert RECORDS[name] == set(getattr(vipcopy, name)._fields)


def test_the_records_of_a_report_are_told() -> None:
    assert set(RECORDS) >= {
        "Report",
        "Finding",
        "Place",
        "Fix",
        "Score",
        "GuidelineScore",
        "Loss",
        "Proof",
        "Changes",
        "Limits",
    }


@pytest.mark.slow
def test_types_of_a_program_that_uses_us_are_checked(tmp_path: Path) -> None:
    records = ["Place", "Fix | None", "GuidelineScore", "Loss", "Proof", "Changes | None"]
    lines = ["import vipcopy", *(f"name{i}: vipcopy.{record}" for i, record in enumerate(records)), "vipcopy.chek('')"]
    (tmp_path / "client.py").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "client.py"]
    environment = {**os.environ, "MYPYPATH": str(ROOT)}
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False).stdout
    assert re.findall(r"^client.*", told, re.MULTILINE) == [
        'client.py:8: error: Module has no attribute "chek"; maybe "check"?  [attr-defined]'
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_installed_has_an_address(page: Path) -> None:
    assert BARE.findall(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_of_the_manual_compiles(phrase: str) -> None:
    lists = {name: (Source("скидка", Origin("a.yaml", 1, 1)),) for name in ("похвала", *re.findall(r"{[^}]+}", phrase))}
    build_tree(Source(phrase, Origin("a.yaml", 1, 1)), PhraseContext(lists))


def test_no_message_has_a_stranger_of_our_name_installed() -> None:
    files = (ROOT / "vipcopy").rglob("*.py")
    assert [file.name for file in files if MESSAGE.search(file.read_text(encoding="utf-8"))] == []
