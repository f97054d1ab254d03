"""`vipcopy serve` before it serves: what can be wrong, in one line each."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest
from shell import TINY, Run, vipcopy

__all__ = ["vipcopy"]  # a fixture

LACKING = """
import sys
sys.modules["starlette"] = None
from vipcopy.cli import run
sys.exit(run(["serve", "--no-open"]))
"""


def test_without_the_extra_one_line_says_what_to_install() -> None:
    run = subprocess.run([sys.executable, "-c", LACKING], check=False, capture_output=True, text=True, encoding="utf-8")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "serve: нет библиотеки starlette; выполните pip install 'vipcopy[web]'\n"


def test_a_port_in_use_is_one_line(vipcopy: Run) -> None:
    pytest.importorskip("uvicorn", reason="нужен vipcopy[web]")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        outcome = vipcopy("serve", "--no-open", "--pack", TINY, "--port", str(port))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"порт {port} занят; укажите другой: vipcopy serve --port {port + 1}\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--port", "http"), "vipcopy: --port: «http» — не номер порта; напишите, например, 8642\n"),
        (("--port", "70000"), "vipcopy: --port: «70000» — не номер порта; напишите, например, 8642\n"),
        (("--host", "нет такого"), "адрес нет такого:8642 не открывается; проверьте --host и --port\n"),
        (
            ("--token", "короткий"),
            "--token: ключ короче 16 знаков; уберите параметр, и ключ будет создан\n",
        ),
        (("--port", "0", "--pack", "нет"), "нет: здесь нет набора правил; укажите папку, в которой лежит pack.yaml\n"),
    ],
)
def test_what_cannot_be_served_is_one_line(vipcopy: Run, arguments: tuple[str, ...], line: str) -> None:
    pytest.importorskip("uvicorn", reason="нужен vipcopy[web]")
    outcome = vipcopy("serve", "--no-open", *arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", line)


def test_the_help_is_in_russian(vipcopy: Run) -> None:
    outcome = vipcopy("serve", "--help")
    assert outcome.code == 0
    assert "Открыть страницу, где пишут" in outcome.out
