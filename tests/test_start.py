"""What a start on a plain letter loads once its rules are compiled: each library and part of ours costs all letters."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TINY = Path(__file__).parent / "packs" / "tiny"
SCRIPT = """
import sys
from vipcopy.cli import main
code = main()
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""
THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
import vipcopy
checker, together = vipcopy.load([sys.argv[1]]), Barrier(16)
def check(text):
    together.wait()
    return len(checker.check_text(text).findings)
with ThreadPoolExecutor(16) as pool:
    print(*pool.map(check, ["---\\nvipcopy:\\n  ignore: discount — за скидку просили\\n---\\nСкидка и скидки."] * 16))
"""
NOT_NEEDED = {
    "what compiles rules": "yaml pymorphy3 vipcopy.packs.loader vipcopy.packs.nodes vipcopy.packs.entries"
    " vipcopy.storage.serializer"
    " vipcopy.phrases.syntax vipcopy.phrases.parser vipcopy.phrases.tree vipcopy.phrases.branches"
    " vipcopy.kinds.phrase_compiler",
    "settings, locks, baselines and waivers that are not there": "tomllib pathspec vipcopy.runs.toml"
    " vipcopy.packs.locks vipcopy.silence.baseline vipcopy.silence.sidecars vipcopy.runs.git",
    "readers and writers of other formats": "html xml email marko charset_normalizer vipcopy.readers.flow"
    " vipcopy.readers.html vipcopy.writers.json vipcopy.comments",
    "work shared out to processes": "multiprocessing concurrent subprocess tempfile logging",
    "what is slow to load": "dataclasses _hashlib fractions decimal shutil locale difflib",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that the second of two runs loads."""
    folder = tmp_path_factory.mktemp("start")
    letter = folder / "letter.txt"
    letter.write_text("Добрый день, Анна Павловна!\n\nСкидка 20 % ждёт Вас до 5 мая. Приходите.\n", encoding="utf-8")
    command = [sys.executable, "-c", SCRIPT, "check", str(letter), "--pack", str(TINY)]
    environment = {**os.environ, "VIPCOPY_CACHE": str(folder / "cache"), "PYTHONIOENCODING": "utf-8"}
    for _ in range(2):
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert run.returncode == 1 and "Скидка" in run.stdout
    return set(run.stderr.split())


@pytest.mark.parametrize("names", NOT_NEEDED.values(), ids=NOT_NEEDED)
def test_a_start_on_a_plain_letter_does_not_load(names: str, loaded: set[str]) -> None:
    assert loaded & set(names.split()) == set()


def test_a_start_loads_what_the_letter_needs(loaded: set[str]) -> None:
    assert {"click", "vipcopy.checking.checker", "vipcopy.readers.plain", "vipcopy.writers.text"} <= loaded


@pytest.mark.skipif(os.environ.get("VIPCOPY_CACHE") == "off", reason="rules would be compiled, which loads all")
def test_a_command_line_as_hooks_write_it_needs_neither_click_nor_typing(tmp_path: Path) -> None:
    """The second of two runs, with our own rules: where they are compiled already, the first is no slower."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Добрый день, Анна Павловна!\n\nВаш заказ готов к пятнице, 5 мая.\n", encoding="utf-8")
    command = [sys.executable, "-c", SCRIPT, "check", str(letter)]
    for _ in range(2):
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0 and {"click", "typing"} & set(run.stderr.split()) == set()


def test_threads_that_need_yaml_first_get_it_whole(tmp_path: Path) -> None:
    """The second of two runs: the first compiles rules, and has YAML before its threads start."""
    environment = {**os.environ, "VIPCOPY_CACHE": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", THREADS, str(TINY)]
    runs = [subprocess.run(command, capture_output=True, text=True, env=environment, check=False) for _ in range(2)]
    assert [(run.stdout.split(), run.stderr) for run in runs] == [(["0"] * 16, "")] * 2
