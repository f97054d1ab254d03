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
    "overlaps": Row(),
    "errors": Row(),
    "texts": Row(),
    "wrapped_text": Row("texts"),
    "replay": Row(),
    "ticks": Row(),
    "scorecard": Row(),
    "model": Row("scorecard overlaps texts ticks wrapped_text replay"),
    "guidelines": Row(),
    "lazy": Row(),
    "hash_table": Row(),
    "mapped_file": Row(),
    "data_files": Row(),
    "patterns": Row(),
    "digests": Row(),
    "release": Row(),
    "arguments": Row(),
    "os_errors": Row(),
    "atomic_write": Row(),
    "error_log": Row(),
    "excerpts": Row(),
    "bounded_cache": Row(),
    "confine": Row(),
    "garbage": Row(),
    "deserializer": Row("garbage patterns lazy hash_table"),
    "serializer": Row("patterns lazy hash_table deserializer"),
    "document": Row("patterns wrapped_text model"),
    "russian": Row(
        "texts patterns mapped_file data_files lazy bounded_cache wrapped_text model",
        "razdel pymorphy3 pymorphy3_dicts_ru",
    ),
    "wordings": Row("model russian"),
    "regions": Row("texts patterns data_files model russian"),
    "manuscript": Row("model document regions"),
    "readers": Row("patterns errors model document", "charset_normalizer marko"),
    "comments": Row("errors model readers"),
    "globs": Row("", "pathspec"),
    "walk": Row("os_errors readers globs"),
    "git": Row("errors model"),
    "nodes": Row("model", "yaml"),
    "entries": Row("guidelines model nodes"),
    "packs": Row("data_files overlaps guidelines errors model nodes entries"),
    "limits": Row("ticks errors model"),
    "phrases": Row("patterns lazy bounded_cache ticks errors model russian"),
    "kinds": Row("texts patterns digests bounded_cache errors model russian phrases"),
    "waivers": Row("patterns model"),
    "directives": Row("patterns errors model document readers waivers"),
    "sidecars": Row("errors model readers nodes waivers", "yaml"),
    "score": Row("guidelines scorecard replay"),
    "changes": Row("guidelines scorecard replay score"),
    "hit_columns": Row("model"),
    "hits": Row("texts overlaps model russian hit_columns"),
    "identity": Row("patterns digests model"),
    "clauses": Row("model russian"),
    "fixes": Row("clauses patterns wrapped_text model document russian"),
    "findings": Row("replay model scorecard document fixes score changes waivers identity"),
    "terms": Row("model kinds waivers"),
    "checker": Row(
        "overlaps model scorecard guidelines document russian manuscript phrases kinds waivers replay score"
        " changes hit_columns hits fixes findings terms limits ticks wordings"
    ),
    "compiler": Row("overlaps lazy errors model russian wordings phrases kinds waivers fixes findings terms checker"),
    "extension": Row("lazy kinds checker"),
    "extension_builder": Row("phrases lazy model kinds compiler extension"),
    "cache": Row("patterns digests data_files mapped_file deserializer serializer"),
    "regex_cache": Row("patterns cache"),
    "stat_cache": Row("digests data_files cache"),
    "thresholds": Row("errors model"),
    "writers": Row("patterns digests excerpts guidelines errors model scorecard score identity thresholds"),
    "rule_digest": Row("digests model kinds phrases compiler"),
    "company": Row("digests model kinds checker compiler rule_digest"),
    "selftest": Row("model readers regions phrases hits checker compiler rule_digest company"),
    "coverage": Row("model regions hits checker compiler selftest"),
    "toml": Row("errors", "yaml"),
    "config": Row("os_errors errors model nodes toml"),
    "schema": Row("guidelines model entries"),
    "pack_paths": Row("digests data_files errors packs"),
    "library": Row(
        "garbage arguments regex_cache errors model guidelines nodes packs waivers checker compiler extension"
        " extension_builder cache pack_paths stat_cache russian"
    ),
    "trials": Row("arguments cache library company selftest"),
    "locks": Row("errors nodes packs pack_paths"),
    "baseline": Row("errors model identity"),
    "sources": Row(
        "os_errors error_log ticks wrapped_text errors model scorecard document readers walk limits sidecars waivers"
        " directives manuscript checker"
    ),
    "plans": Row("arguments errors model thresholds walk config globs library locks pack_paths checker"),
    "processes": Row("os_errors errors"),
    "session": Row("processes regex_cache errors model readers walk git baseline sources checker plans thresholds"),
    "cache_maintenance": Row("os_errors errors cache"),
    "housekeeping": Row(
        "os_errors atomic_write arguments errors model config library locks pack_paths baseline plans session"
    ),
    "runner": Row(ALL_ABOVE),
    "output": Row(
        "os_errors atomic_write release replay kinds errors model comments library pack_paths sources thresholds"
        " waivers writers schema"
    ),
    "standards": Row("model walk thresholds plans runner"),
    PUBLIC: Row(
        "runner output standards housekeeping selftest coverage trials cache_maintenance writers errors model scorecard"
    ),
    "web": Row(f"{PUBLIC} confine readers", "starlette uvicorn h11"),
    "cli": Row(f"{PUBLIC} os_errors atomic_write web", "click"),
    "__main__": Row("cli"),
    "contrib": Row(
        f"{PUBLIC} arguments confine error_log excerpts thresholds score pack_paths",
        "django django_filters wagtail pyarrow pyspark py4j",
    ),
}
FRONTS = {"cli", "contrib", "web"}
# These may know of files and of the system.
SHELL = {
    "confine",
    "arguments",
    "packs",
    "mapped_file",
    "data_files",
    "cache",
    "stat_cache",
    "comments",
    "atomic_write",
    "walk",
    "git",
    "pack_paths",
    "library",
    "locks",
    "sources",
    "readers",
    "config",
}
SHELL |= {"__main__", "cache_maintenance", "plans", "processes", "session", "standards", "housekeeping"}
SHELL |= {"runner", "output", PUBLIC, *FRONTS}
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
    world = set() if part in SHELL else others & OUTSIDE_WORLD
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
