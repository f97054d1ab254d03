"""Files that stay on the disk: mapped, and walked in steps or taken in pieces."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from pathlib import Path
from weakref import finalize

_CHUNK = 1 << 18  # bytes that are taken at once of a whole file

_forks = [0]  # how many lie behind this process: after each of them files may have been closed


def _count_fork() -> None:
    _forks[0] += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_count_fork)


class MappedFile:
    """A file of which pieces are taken now and then: they are read, since a mapped page would stay in our memory.
    For what is looked up again and again, where reading would take longer, the file is `mapped` as well.

    It is still the same file when another has taken its name, and when a daemon has closed all that it did not open:
    then it is mapped, as where the system can't read from a place. Raises OSError, ValueError where it is empty.
    """

    def __init__(self, path: str) -> None:
        self._descriptor = -1
        with Path(path).open("rb") as file:
            self.mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            if hasattr(os, "pread"):
                self._descriptor = os.dup(file.fileno())
        self._file = _identify(self._descriptor)
        finalize(self, _close, self._descriptor, self._file)
        self._forks = _forks[0]

    def __getitem__(self, piece: slice) -> bytes:
        start, stop, _ = piece.indices(len(self.mapped))
        if self._forks != _forks[0]:
            self._look_again()
        if self._descriptor < 0:
            return self.mapped[start:stop]
        return os.pread(self._descriptor, max(0, stop - start), start)

    def __len__(self) -> int:
        return len(self.mapped)

    def _look_again(self) -> None:
        """Whether a process that was forked has left the file open: a daemon closes files before it does anything."""
        self._forks = _forks[0]
        if _identify(self._descriptor) != self._file:
            self._descriptor = -1


def _close(descriptor: int, file: tuple[int, int] | None) -> None:
    """Close a file, unless another is open there by now."""
    if file and _identify(descriptor) == file:
        os.close(descriptor)


def _identify(descriptor: int) -> tuple[int, int] | None:
    """The file that is open there; None where none is."""
    try:
        status = os.fstat(descriptor)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def map_file(path: str) -> memoryview:
    """The bytes of a file. Raises OSError, ValueError where it is empty."""
    with Path(path).open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def read_chunks(data: MappedFile, start: int) -> Iterator[bytes]:
    """All of a file from a place on, in pieces."""
    return (data[at : at + _CHUNK] for at in range(start, len(data), _CHUNK))
