"""Command lines that are read without click: they mean what click would have taken them for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from vipcopy.cli.plain import read_plain
from vipcopy.cli.reading import build_order, check_command

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="click expands «*.txt» there")


@pytest.mark.parametrize(
    "arguments",
    [
        ["letter.txt"],
        ["letters", "page.html", "-"],
        ["--format", "jsonl", "letter.txt"],
        ["letter.txt", "--format", "html"],
        ["check"],  # a file of that name
    ],
)
def test_a_plain_command_line_means_what_click_takes_it_for(arguments):
    with check_command.make_context("check", list(arguments)) as context:
        assert read_plain(["check", *arguments]) == build_order(context)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["score", "letter.txt"],
        ["check", "--help"],
        ["check", "letter.txt", "-q"],
        ["check", "letter.txt", "--", "-"],
        ["check", "letter.txt", "--format"],
        ["check", "letter.txt", "--format", "pdf"],
        ["check", "letter.txt", "--format=json"],
        ["check", "letter.txt", "--format", "json", "--format", "text"],
        ["check", "--format", "json"],
    ],
)
def test_what_is_not_plain_is_left_to_click(arguments):
    assert read_plain(arguments) is None


SCRIPT = """
import sys
from vipcopy.cli import main
code = main()
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""


def test_a_plain_command_line_loads_no_click(tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Скидка 20 % ждёт Вас до 5 мая.\n", encoding="utf-8")
    command = [sys.executable, "-c", SCRIPT, "check", str(letter)]
    for _ in range(2):  # the first may have to compile the rules
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    loaded = set(run.stderr.split())
    assert run.returncode == 1 and "Скидка" in run.stdout
    assert not loaded & {"click", "inspect", "shutil", "vipcopy.cli.app", "vipcopy.cli.options"}
