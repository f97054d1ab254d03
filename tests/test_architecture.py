"""The import table of the design and the limits of our style, held by machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent / "vipcopy"
FILES = sorted(ROOT.rglob("*.py"))
PAGE = ROOT.parent / "docs" / "architecture.md"


class Row(NamedTuple):
    """What a part of the package may import: parts of ours, and libraries that are not Python's own."""

    parts: str = ""
    libraries: str = ""


PUBLIC = "__init__"  # `import vipcopy` itself

ALL_ABOVE = "all above"
EVERYWHERE = {"hints", "records"}  # what each part may import, as it may import `typing`

# A part is a module or a subpackage. It imports only from rows above its own.
TABLE = {
    "hints": Row(),
    "records": Row("hints"),
    "errors": Row(),
    "arguments": Row(),
    "os_errors": Row(),
    "error_log": Row(),
    "confine": Row(),
    "garbage": Row(),
    "release": Row(),
    "ticks": Row(),
    "lazy": Row(),
    "bounded_cache": Row(),
    "patterns": Row(),
    "texts": Row(),
    "wrapped_text": Row("texts"),
    "excerpts": Row(),
    "overlaps": Row(),
    "replay": Row(),
    "scoring": Row("replay"),
    "model": Row("ticks texts wrapped_text overlaps replay scoring"),
    "storage": Row("errors os_errors garbage lazy patterns"),
    "document": Row("patterns wrapped_text model"),
    "identity": Row("patterns model storage"),
    "thresholds": Row("errors model"),
    "russian": Row(
        "lazy bounded_cache patterns texts wrapped_text model storage", "razdel pymorphy3 pymorphy3_dicts_ru"
    ),
    "regions": Row("patterns texts model storage russian"),
    "manuscript": Row("model document regions"),
    "readers": Row("errors patterns model document", "charset_normalizer marko"),
    "comments": Row("errors model readers"),
    "packs": Row("errors overlaps scoring model storage", "yaml"),
    "phrases": Row("errors ticks lazy bounded_cache patterns model russian"),
    "kinds": Row("errors bounded_cache patterns texts model storage russian phrases"),
    "silence": Row("errors patterns model document identity readers packs", "yaml"),
    "checking": Row(
        "errors ticks patterns texts wrapped_text overlaps replay scoring model document identity russian manuscript"
        " phrases kinds silence"
    ),
    "writers": Row("errors patterns excerpts scoring model storage identity thresholds"),
    "compiling": Row(
        "errors arguments garbage lazy overlaps scoring model storage russian packs phrases kinds silence checking"
    ),
    "rule_tests": Row("arguments model storage regions readers phrases kinds checking compiling"),
    "runs": Row(ALL_ABOVE, "pathspec yaml"),
    PUBLIC: Row("errors scoring model storage writers rule_tests runs"),
    "web": Row(f"{PUBLIC} confine readers", "starlette uvicorn h11"),
    "cli": Row(f"{PUBLIC} os_errors storage web", "click"),
    "__main__": Row("cli"),
    "contrib": Row(
        f"{PUBLIC} arguments error_log confine excerpts scoring thresholds packs",
        "django django_filters wagtail pyarrow pyspark py4j",
    ),
}
FRONTS = {"cli", "contrib", "web"}
# These parts, and of other parts these modules, may know of files and of the system.
SHELL = {"arguments", "confine", "readers", "comments", "runs", "__main__", PUBLIC, *FRONTS}
SHELL |= {"storage.atomic_write", "storage.cache", "storage.data_files", "storage.maintenance", "storage.mapped_file"}
SHELL |= {"storage.stat_cache", "packs.loader", "packs.locks", "packs.paths", "compiling.library"}
OUTSIDE_WORLD = {
    "os",
    "sys",
    "io",
    "pathlib",
    "shutil",
    "tempfile",
    "subprocess",
    "socket",
    "time",
    "datetime",
    "random",
}
HEAVY = ("pymorphy3", "razdel", "yaml", "click", "marko", "docx")  # importing vipcopy loads none of them

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 40


def part_of(module: str) -> str:
    """The row of the table that a module of ours belongs to: vipcopy.kinds.phrase is of kinds."""
    return module.split(".")[1] if "." in module else PUBLIC


def module_of(path: Path) -> str:
    names = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


def is_ours(module: str) -> bool:
    return module == "vipcopy" or module.startswith("vipcopy.")


def exists(module: str) -> bool:
    path = ROOT.parent.joinpath(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def find_imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, inside functions too; `from vipcopy import russian` is vipcopy.russian."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: write the import out: from vipcopy.…"
            source = str(node.module)
            names = [f"{source}.{alias.name}" for alias in node.names]
            yield from (name if is_ours(name) and exists(name) else source for name in names)


def parts_allowed(part: str) -> set[str]:
    parts = TABLE[part].parts
    above = list(takewhile(lambda other: other != part, TABLE))
    return set(above if parts == ALL_ABOVE else parts.split())


def imported_by(part: str) -> set[str]:
    """The parts of ours and the libraries that the files of a part import."""
    names = {name for path in FILES if part_of(module_of(path)) == part for name in find_imports(path)}
    return {part_of(name) if is_ours(name) else name.split(".")[0] for name in names}


def faults_of(path: Path) -> list[str]:
    """What a file imports against the table."""
    part = part_of(module_of(path))
    row = TABLE.get(part)
    if row is None:
        return [f"{part} has no row in TABLE"]
    imports = set(find_imports(path))
    ours = {part_of(name) for name in imports if is_ours(name)}
    others = {name.split(".")[0] for name in imports if not is_ours(name)}
    theirs = others - set(sys.stdlib_module_names)
    world = set() if SHELL & {part, module_of(path).removeprefix("vipcopy.")} else others & OUTSIDE_WORLD
    return sorted(ours - parts_allowed(part) - EVERYWHERE - {part} | theirs - set(row.libraries.split()) | world)


in_each_file = pytest.mark.parametrize("path", FILES, ids=module_of)


@in_each_file
def test_a_module_imports_only_what_its_row_allows(path: Path) -> None:
    assert faults_of(path) == []


def test_a_part_imports_all_that_its_row_allows() -> None:
    allowed = {
        part: {*row.libraries.split(), *(row.parts.split() if row.parts != ALL_ABOVE else ())}
        for part, row in TABLE.items()
    }
    assert {part: idle for part, names in allowed.items() if (idle := names - imported_by(part))} == {}


def test_a_row_allows_only_rows_above_it() -> None:
    rows = list(TABLE)
    assert [part for at, part in enumerate(rows) if parts_allowed(part) - set(rows[:at])] == []


def test_each_row_is_of_a_part_that_there_is() -> None:
    assert set(TABLE) == {part_of(module_of(path)) for path in FILES}


def test_the_page_names_each_part() -> None:
    rows = re.findall(r"^\| (`.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == set(TABLE) - {PUBLIC, "__main__"}


def test_the_page_names_only_files_that_there_are() -> None:
    names = re.findall(r"`((?:vipcopy|tests)/[\w/.]*)`", PAGE.read_text(encoding="utf-8"))
    assert names and [name for name in names if not (ROOT.parent / name).exists()] == []


def test_imports_make_no_circle() -> None:
    graph = {module_of(path): {name for name in find_imports(path) if is_ours(name)} for path in FILES}
    assert set(graph) <= set(TopologicalSorter(graph).static_order())


@in_each_file
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@in_each_file
def test_a_function_is_short(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = {node.name: int(node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FUNCTION} == {}


@in_each_file
def test_only_fronts_print(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    prints = [call.lineno for call in calls if isinstance(call, ast.Name) and call.id == "print"]
    assert part_of(module_of(path)) in FRONTS or prints == []


@in_each_file
def test_no_tool_is_silenced_without_a_reason(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    silenced = re.compile(r"\# \s* noqa | \# \s* type: \s* ignore (?! \[ [a-z, -]+ \] \s+ \# \s \w )", re.VERBOSE)
    assert [line for line in lines if silenced.search(line)] == []


def loaded_by(code: str) -> set[str]:
    """The top-level modules that are loaded after a fresh Python has run the code."""
    script = f"{code}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_package_loads_no_dictionary_and_no_heavy_library() -> None:
    assert loaded_by("import vipcopy") & set(HEAVY) == set()
