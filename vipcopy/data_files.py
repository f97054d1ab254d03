"""Data that lie beside code, in our package or another. `pkgutil` finds them too, but takes a hundredth of a start."""

from __future__ import annotations

from pathlib import Path


def read_beside(module: str, name: str) -> bytes:
    """The content of a file, by the `__file__` of the module that it lies beside. Raises OSError."""
    return (Path(module).parent / name).read_bytes()
