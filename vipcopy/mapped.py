"""A file in memory as it lies on the disk: what of it is not looked at is not read, and processes share it."""

from __future__ import annotations

from mmap import ACCESS_READ, mmap
from pathlib import Path


def map_file(path: str) -> memoryview:
    """The bytes of a file. Raises OSError, ValueError where it is empty."""
    with Path(path).open("rb") as file:
        return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
