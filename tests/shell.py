"""The command line as tests call it: in an empty folder, with the tiny pack, its cache off."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from vipcopy import cli

TINY = str(Path(__file__).parent / "packs" / "tiny")


class Outcome(NamedTuple):
    code: int
    out: str
    err: str

    def files(self):
        """The texts of a JSON report."""
        return json.loads(self.out)["files"]

    def found(self) -> dict[str, list[str]]:
        """The rules found in each text of a JSON report."""
        return {file["path"]: [finding["rule"] for finding in file["findings"]] for file in self.files()}


Run = Callable[..., Outcome]


@pytest.fixture
def vipcopy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an empty folder; settings that name no pack get the tiny one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIPCOPY_CACHE", "off")

    def run(*arguments: str) -> Outcome:
        code = cli.run(arguments)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


def write(texts: Mapping[str, str]) -> None:
    """Write files into the current folder, by their paths."""
    for name, text in texts.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def settle(text: str = "", name: str = ".vipcopy.yml") -> None:
    """Write settings that use the tiny pack."""
    Path(name).write_text(f"packs: {TINY}\n{text}", encoding="utf-8")
