"""`vipcopy serve` with the whole pack, started and stopped for a benchmark."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

EXAMPLES = Path(__file__).parent.parent / "examples"


class Server(NamedTuple):
    """A running server: its address and its process."""

    address: str
    pid: int

    def count_megabytes(self) -> list[int]:
        """The memory of the server and of each of its workers; Linux tells."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [_resident(pid) // 1024 for pid in (self.pid, *map(int, children))]


@contextmanager
def open_server() -> Iterator[Server]:
    """A server on a free port of this machine."""
    command = [sys.executable, "-m", "vipcopy", "serve", "--port", "0", "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        line = process.stdout.readline() if process.stdout else ""
        yield Server(line[line.index("http://") :].split()[0], process.pid)
    finally:
        process.terminate()
        process.wait()


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
