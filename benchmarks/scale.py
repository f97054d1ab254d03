"""What a million letters cost in a batch: processor time, memory, file sizes; `--write` puts them into docs/scale.md.

The letters are sentences of examples/, shuffled with a fixed seed, with a part of their words replaced by others of the
dictionary, so that the vocabulary is that of an archive. Processor seconds are counted, not those of the clock.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from letters import build_letters
from pages import describe_machine, put

from vipcopy.contrib.arrow import LETTERS, NESTED, check_batches
from vipcopy.contrib.sandbox import Sandbox
from vipcopy.contrib.verdicts import Letter, Settings, Verdict, build_judge

COUNT = 200  # letters
SIZE = 2500  # bytes of one, at least
ROUNDS = 3  # the best one counts: the others were disturbed
MILLION, ARCHIVE = 1_000_000, 100_000_000
ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "scale.md"

MEMORY = """
import pathlib, re, sys
from vipcopy.contrib.verdicts import Letter, Settings, build_judge
letters = [Letter(text.encode(), 0, "text", is_text=True) for text in sys.stdin.read().split("\\f")]
build_judge(Settings()).judge_all(letters)
status = pathlib.Path("/proc/self/status")
print(*re.findall(r"VmHWM:\\s*(\\d+)", status.read_text()) if status.exists() else [0])
"""


class Cost(NamedTuple):
    """What was measured: seconds of the processor, bytes."""

    letter: float
    sandbox: float
    sandbox_start: float
    sandbox_memory: int
    text: int
    sizes: dict[str, int]
    findings: int


def measure(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the processor that this process and those it has waited for spend on a work."""
    spans = []
    for _ in range(rounds):
        before = spent()
        work()
        spans.append(spent() - before)
    return min(spans)


def spent() -> float:
    """Seconds of the processor so far, of this process and of those that it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def measure_all(texts: Sequence[str]) -> Cost:
    """All figures of the table."""
    data = [text.encode() for text in texts]
    letters = [Letter(each, len(each), "text", is_text=True) for each in data]
    settings = Settings()
    build_judge(settings)  # and from now on the compiled rules are kept on disk
    sandbox_start, sandbox_all = (
        measure(lambda part=part: judge_in_sandbox(settings, part)) for part in (letters[:1], letters)
    )
    memory = measure_memory(texts[:100])
    batch = pa.record_batch({"id": list(range(len(texts))), "text": list(texts), "format": [None] * len(texts)})
    tables: dict[str, pa.Table] = {}
    time_of_letters = measure(lambda: tables.update(letters=table_of(batch, settings, LETTERS)), 1)  # it remembers them
    tables["nested"] = table_of(batch, settings, NESTED)
    tables["bare"] = table_of(batch, Settings(quotes=False), NESTED)
    sizes = {name: size_of(table) for name, table in tables.items()} | {"text": size_of(pa.table(batch))}
    return Cost(
        letter=time_of_letters / len(texts),
        sandbox=(sandbox_all - sandbox_start) / (len(texts) - 1),
        sandbox_start=sandbox_start,
        sandbox_memory=memory,
        text=sum(map(len, data)) // len(data),
        sizes={name: size // len(texts) for name, size in sizes.items()},
        findings=sum(tables["letters"]["finding_count"].to_pylist()),
    )


def judge_in_sandbox(settings: Settings, letters: Sequence[Letter]) -> list[Verdict]:
    """The verdicts of a process of its own, its start and end included."""
    sandbox = Sandbox(settings)
    verdicts = sandbox.judge_all(letters)
    sandbox.close()
    return verdicts


def measure_memory(texts: Sequence[str]) -> int:
    """The most bytes that a process which checks letters has held; 0 where the system doesn't tell."""
    run = subprocess.run(
        [sys.executable, "-c", MEMORY], input="\f".join(texts), stdout=subprocess.PIPE, text=True, check=True
    )
    return int(run.stdout) * 1024


def table_of(batch: pa.RecordBatch, settings: Settings, rows: str) -> pa.Table:
    """All rows of a batch of letters."""
    return pa.Table.from_batches(check_batches([batch], settings, rows=rows))


def size_of(table: pa.Table) -> int:
    """Bytes as Parquet with zstd."""
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.tell()


def write_table(cost: Cost) -> str:
    """The figures as Markdown."""
    hours, days = cost.sandbox * MILLION / 3600, cost.sandbox * ARCHIVE / 3600 / 24
    gigabytes = {name: size * MILLION / 1e9 for name, size in cost.sizes.items()}
    rows = [
        ("letter", f"{cost.text / 1000:.1f} KB of UTF-8, {cost.findings / COUNT:.1f} findings", ""),
        ("processor, in this process", f"{cost.letter * 1000:.1f} ms a letter", ""),
        ("processor, in a sandbox (what Spark uses)", f"{cost.sandbox * 1000:.1f} ms a letter", ""),
        ("core-hours", f"**{hours:.2f}**", f"**{hours * 100:.0f}** ({days:.1f} core-days)"),
        ("hours on 200 cores, 80 % busy", f"{hours / 160:.3f}", f"{hours * 100 / 160:.1f}"),
        ("start of a worker, rules in the cache", f"{cost.sandbox_start:.1f} s", ""),
        ("memory of a sandbox", f"{cost.sandbox_memory / 1e6:.0f} MB", ""),
        ("letters as Parquet (zstd)", f"{gigabytes['text']:.2f} GB", f"{gigabytes['text'] * 100:.0f} GB"),
        ("rows with findings and quotations", f"{gigabytes['nested']:.2f} GB", f"{gigabytes['nested'] * 100:.0f} GB"),
        ("rows with findings, `--no-quotes`", f"{gigabytes['bare']:.2f} GB", f"{gigabytes['bare'] * 100:.0f} GB"),
        ("rows of letters alone", f"{gigabytes['letters']:.2f} GB", f"{gigabytes['letters'] * 100:.0f} GB"),
    ]
    lines = [f"| {name} | {one} | {all_of_them} |\n" for name, one, all_of_them in rows]
    head = f"{describe_machine()}; {COUNT} letters."
    return f"{head}\n\n| | a million letters | 100 million |\n|---|---|---|\n{''.join(lines)}"


def main() -> None:
    """Print the table, or put it into the page."""
    table = write_table(measure_all(build_letters(COUNT, SIZE)))
    print(table)
    if "--write" in sys.argv:
        put(PAGE, table, "make scale")


if __name__ == "__main__":
    main()
