"""Figures of the benchmarks put into the pages of docs/."""

from __future__ import annotations

import platform
import re
from pathlib import Path

from vipcopy.contrib.verdicts import describe_release

END = "<!-- end of figures -->\n"


def put(page: Path, figures: str, command: str) -> None:
    """Write the figures between the marks of the page; the first mark names the command that measures them."""
    start = f"<!-- figures: {command} -->\n"
    before, _, rest = page.read_text(encoding="utf-8").partition(start)
    page.write_text(f"{before}{start}{figures}{END}{rest.partition(END)[2]}", encoding="utf-8")


def read_figures(page: Path, command: str) -> str:
    """What was put there last."""
    return page.read_text(encoding="utf-8").partition(f"<!-- figures: {command} -->\n")[2].partition(END)[0]


def describe_machine() -> str:
    """The machine and the versions, on one line."""
    information = Path("/proc/cpuinfo")
    text = information.read_text(encoding="utf-8") if information.is_file() else ""
    model = re.search(r"model name\s*:\s*(.+)", text)
    processor = model.group(1) if model else platform.machine()
    return f"Measured on {processor}, Python {platform.python_version()}, {describe_release()}"
