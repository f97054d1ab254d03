"""vipcopy beside the obvious program (naive.py) and krrkt, where it is installed, on the same files.

    speed.py           print the table; fail where a ratio has fallen by a quarter since it was written down
    speed.py --long    with 20 MB and 2,000 files: a quarter of an hour
    speed.py --write   put the table into docs/speed.md

It measures what the Python that runs it has installed: `make speed` gives it a plain `pip install`, the project's own
environment has the dictionary's C core, for both programs. Each figure is of whole processes, started in turn: seconds
of the processor, the median of the rounds. Seconds differ from machine to machine; the ratio is what to watch.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from pages import describe_machine, put, read_figures

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "speed.md"
HAS_COMPILED = (Path(find_spec("vipcopy").origin).parent / "compiled").is_dir()  # an editable checkout has not
IS_PLAIN = find_spec("dawg") is None  # the dictionary's C core, of the extra [fast]
COMMAND = "make speed" if IS_PLAIN else ".venv/bin/python benchmarks/speed.py"
STARTS, READS = 7, 3  # rounds
LETTER, SMALL, LARGE, LARGEST = 2_000, 100_000, 1_000_000, 20_000_000  # bytes
FILE, FEW_FILES, FILES = 3_000, 300, 2_000
FALLEN = 0.75  # of the ratio that is written down
COMPILE = """
import pathlib, sys
from vipcopy.compiling.library import compile_ours
compile_ours(pathlib.Path(sys.argv[1]))
"""
_RATIO = re.compile(r"^\| (?P<what>[^|]+?) \|.*\| (?P<ratio>[\d.]+) \|$", re.MULTILINE)


class Cost(NamedTuple):
    """What a process took."""

    seconds: float  # of the processor, of its children too
    clock: float
    memory: int  # bytes at its peak


class Row(NamedTuple):
    """A line of the table: what each program took, and how many times ours is better than the obvious one."""

    what: str
    unit: str
    figures: Mapping[str, float]

    @property
    def ratio(self) -> float:
        """How many times ours is better; 0 where nothing is there to compare."""
        return self.figures["obvious"] / self.figures["vipcopy"] if "obvious" in self.figures else 0


def run(command: Sequence[str], **environment: str) -> Cost:
    """What a command takes; it may find faults, but not fail."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **environment}) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise SystemExit(f"{command[0]} failed")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss * 1024)


def ours(*arguments: str | Path) -> list[str]:
    """Our command, as it is installed and not as it lies in this folder."""
    return [sys.executable, "-P", "-m", "vipcopy", "check", "--format", "jsonl", *map(str, arguments)]


def obvious(*paths: Path) -> list[str]:
    """That of the obvious program."""
    return [sys.executable, str(HERE / "naive.py"), *map(str, paths)]


def rival(path: Path) -> list[str]:
    """That of krrkt without its model; nothing where it isn't installed."""
    program = shutil.which("krrkt")
    return [program, "check", "--no-llm", str(path)] if program else []


def measure(programs: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Cost]:
    """The median of each program, started in turn."""
    runs: dict[str, list[Cost]] = {name: [] for name, command in programs.items() if command}
    for _ in range(rounds):
        for name, costs in runs.items():
            costs.append(run(programs[name]))
    return {
        name: Cost(
            statistics.median(cost.seconds for cost in costs),
            statistics.median(cost.clock for cost in costs),
            max(cost.memory for cost in costs),
        )
        for name, costs in runs.items()
    }


def measure_start(folder: Path) -> Iterator[Row]:
    """A letter, with the compiled rules kept and without."""
    letter = write(folder / "letter.txt", LETTER)
    first = run(ours(letter), VIPCOPY_CACHE=str(folder / "cache"))
    run(ours(letter))  # and from now on the compiled rules are kept in the user's cache
    costs = measure({"obvious": obvious(letter), "vipcopy": ours(letter), "krrkt": rival(letter)}, STARTS)
    yield Row("a letter of 2 KB", "s", {name: cost.seconds for name, cost in costs.items()})
    yield Row("memory on it", "MB", {name: cost.memory / 1e6 for name, cost in costs.items()})
    name = "after an install" if HAS_COMPILED else "of a checkout, which compiles the rules"
    yield Row(f"the very first start {name}", "s", {"vipcopy": first.seconds})
    built = run([sys.executable, "-P", "-c", COMPILE, str(folder)])
    yield Row("compiling all rules, as the wheel is built", "s", {"vipcopy": built.seconds})


def measure_texts(folder: Path, sizes: Sequence[int]) -> Iterator[Row]:
    """One text of each size, and how the time for a megabyte grows."""
    per_megabyte = []
    for size in sizes:
        text = write(folder / f"{size}.txt", size)
        costs = measure({"obvious": obvious(text), "vipcopy": ours(text)}, 1 if size > LARGE else READS)
        name = f"{size // 1000} KB" if size < LARGE else f"{size // LARGE} MB"
        yield Row(f"a text of {name}", "s", {each: cost.seconds for each, cost in costs.items()})
        yield Row(f"memory on {name}", "MB", {each: cost.memory / 1e6 for each, cost in costs.items()})
        if size > LARGE:
            against = {each: cost.memory / size for each, cost in costs.items()}
            yield Row(f"memory against the file of {name}", "times", against)
        per_megabyte.append(costs["vipcopy"].seconds / size)
    yield Row(
        f"time for a megabyte, {sizes[-1] // 1000} KB against {sizes[0] // 1000}",
        "times",
        {"vipcopy": per_megabyte[-1] / per_megabyte[0]},
    )


def measure_files(folder: Path, count: int) -> Iterator[Row]:
    """Many files, in one process and in two."""
    write(folder, FILE, count)
    alone, pair = ours("--jobs", "1", folder), ours("--jobs", "2", folder)
    costs = measure({"obvious": obvious(folder), "vipcopy": pair, "alone": alone}, 1)
    clocks = {name: costs[name].clock for name in ("obvious", "vipcopy")}
    yield Row(f"{count} files of 3 KB, two workers, by the clock", "s", clocks)
    yield Row("speed-up by the second worker", "times", {"vipcopy": costs["alone"].clock / costs["vipcopy"].clock})


def write(place: Path, *sizes: int) -> Path:
    """Texts made by letters.py in a process of its own: what ours has in memory counts as that of whom it starts."""
    subprocess.run([sys.executable, HERE / "letters.py", place, *map(str, sizes)], check=True)
    return place


def write_table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    names = ("vipcopy", "obvious", "krrkt")
    lines = ["| | vipcopy | obvious program | krrkt | times better |\n|---|---:|---:|---:|---:|\n"]
    for row in rows:
        cells = [f"{row.figures[name]:.2f} {row.unit}" if name in row.figures else "" for name in names]
        lines.append(f"| {row.what} | {' | '.join(cells)} | {f'{row.ratio:.2f}' if row.ratio else ''} |\n")
    return f"{describe_machine()}.\n\n{''.join(lines)}"


def find_fallen(rows: Sequence[Row]) -> Iterator[str]:
    """A line for each ratio that is much lower than the page says."""
    known = {row["what"]: float(row["ratio"]) for row in _RATIO.finditer(read_figures(PAGE, COMMAND))}
    for row in rows:
        if row.ratio and row.ratio < known.get(row.what, 0) * FALLEN:
            yield f"{row.what}: {row.ratio:.2f} times, it was {known[row.what]:.2f}"


def main() -> None:
    """Print the table, or put it into the page."""
    is_long = "--long" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            *measure_start(folder),
            *measure_texts(folder, (SMALL, LARGE, LARGEST) if is_long else (SMALL, LARGE)),
            *measure_files(folder / "letters", FILES if is_long else FEW_FILES),
        ]
    table = write_table(rows)
    print(table)
    if "--write" in sys.argv:
        put(PAGE, table, COMMAND)
    else:
        sys.exit("\n".join(find_fallen(rows)) or 0)


if __name__ == "__main__":
    main()
