"""What the two READMEs tell a reader to type works as they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vipcopy.cli import run

ROOT = Path(__file__).parent.parent
FILE = re.compile(r"^`(house/[\w.]+)`\n```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)

in_both = pytest.mark.parametrize("name", ["README.md", "README.ru.md"])


def read_pack(name: str) -> dict[str, str]:
    """The files of the house pack as a README shows them."""
    return dict(FILE.findall((ROOT / name).read_text(encoding="utf-8")))


@in_both
def test_the_rule_of_two_minutes_passes_its_own_examples(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "house").mkdir()
    for path, content in read_pack(name).items():
        (tmp_path / path).write_text(content, encoding="utf-8")
    assert run(["test-rules", str(tmp_path / "house")]) == 0, capsys.readouterr()


def test_both_teach_the_same_rule() -> None:
    assert read_pack("README.md") == read_pack("README.ru.md") != {}


@in_both
def test_every_link_leads_to_a_file(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
