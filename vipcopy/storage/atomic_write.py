"""Files are written whole or left as they were: a full disk costs the new one, never the old."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_SYSTEM = ("/dev/", "/proc/")  # /dev/stdout may be a file that others append to: it keeps its place


def write_atomically(path: str | Path, chunks: Iterable[bytes]) -> None:
    """Put a file in the place of another, with its rights, behind its link; pipes and devices are written straight.

    Raises OSError; then the file is what it was.
    """
    if str(Path(path).absolute()).startswith(_SYSTEM) or (Path(path).exists() and not Path(path).is_file()):
        _write(path, chunks)
        return
    target = Path(os.path.realpath(path))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    part = target.with_name(f".vipcopy-{os.urandom(8).hex()}")  # by `open`, so that it has the rights of a new file
    try:
        _write(part, chunks)
        if target.exists():
            _give_rights(part, target.stat())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _write(path: str | Path, chunks: Iterable[bytes]) -> None:
    with Path(path).open("wb") as file:
        file.writelines(chunks)
        file.flush()
        with suppress(OSError):  # a pipe cannot
            os.fsync(file.fileno())


def _give_rights(part: Path, old: os.stat_result) -> None:
    if hasattr(os, "chown"):
        with suppress(OSError):  # the owner is for root alone to give
            os.chown(part, old.st_uid, old.st_gid)
    part.chmod(old.st_mode & 0o7777)
