"""A bound on the memory of a process that reads texts of strangers."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path


def confine(memory: int) -> None:
    """From now on this process has so many bytes of addresses at most and then a MemoryError; where the machine's own
    memory runs out, it goes before its parent. Nothing happens on Windows, which has no such bounds.
    """
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with suppress(OSError):  # Linux alone
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
