"""docs/python.md names all that is public, and no page says how to install what is in no registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import vipcopy
from vipcopy import model, scorecard

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


def test_each_public_name_is_told() -> None:
    told = set(re.findall(r"`(\w+)`", PAGE))
    assert set(vipcopy.__all__) - told == set()


@pytest.mark.parametrize("name", RECORDS)
def test_each_field_of_a_record_is_told(name: str) -> None:
    homes = (model, scorecard, vipcopy)
    record = next(getattr(home, name) for home in homes if hasattr(home, name))
    assert RECORDS[name] == set(record._fields)


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_installed_has_an_address(page: Path) -> None:
    assert BARE.findall(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
