"""What earlier starts found of files that have not changed since: content read once, a checksum added up once.

A file is known by what the system says of it, as git and make know theirs. One that was changed a moment ago is not
kept: its next change could bear the same time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from vipcopy.hints import TypeVar
from vipcopy.records import NamedTuple
from vipcopy.storage.cache import (
    STATS,
    build_key,
    find_cached,
    is_fresh,
    name_kept,
    read_cached,
    read_kept,
    write_cached,
)
from vipcopy.storage.data_files import find_rule_files
from vipcopy.storage.digests import blake2b

T = TypeVar("T")

_MOST = 50  # entries that are saved of each kind


class FileStat(NamedTuple):
    """What the system says of a file that is as it was."""

    size: int
    changed: int  # nanoseconds
    moved: int  # nanoseconds: its place, owner or rights changed, or its content
    number: int

    @property
    def is_fresh(self) -> bool:
        """Whether the file was changed so short ago that another change may look the same."""
        return is_fresh(max(self.changed, self.moved))


class SavedStats(NamedTuple):
    """What earlier starts wrote down."""

    keys: Mapping[str, str] = {}  # what the system says of rule files -> the key of their content
    whole: Mapping[str, FileStat] = {}  # key -> the stat of its file, found whole


class StatCache:
    """What the system said of files at earlier starts, and what this start adds."""

    def __init__(self) -> None:
        """Read what is saved; where there is nothing, everything is looked at anew."""
        kept = read_cached(name_kept(STATS))
        saved = kept if isinstance(kept, SavedStats) else SavedStats()
        self._keys = dict(saved.keys)
        self._whole = dict(saved.whole)
        self._is_new = False

    def find_key(self, folders: Iterable[Path], words: str, place: Callable[[Path], str] = str) -> str:
        """The key of the rules in these folders: that of `build_key`, read from their content where they changed."""
        folders = tuple(folders)
        files = [(file.path, _tell(file.stat())) for folder in folders for file in find_rule_files(folder)]
        known = blake2b(repr((files, words)).encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()
        if known in self._keys:
            return self._keys[known]
        key = build_key(folders, words, place)
        if not any(stat.is_fresh for _, stat in files):
            self._keys[known] = key
            self._is_new = True
        return key

    def read(self, key: str) -> object:
        """What is kept under a key; its checksum is added up where the file is not the one that was found whole."""
        return next((value for path in find_cached(key) if (value := self._read(key, path)) is not None), None)

    def _read(self, key: str, path: Path) -> object:
        stat = _find_stat(path)
        is_whole = stat is not None and self._whole.get(key) == stat
        value = read_kept(path, is_whole=is_whole)
        if value is not None and not is_whole and stat and not stat.is_fresh:
            self._whole[key] = stat
            self._is_new = True
        return value

    def save(self) -> None:
        """Write down what was found, where anything was."""
        if self._is_new:
            write_cached(name_kept(STATS), SavedStats(_newest(self._keys), _newest(self._whole)))
            self._is_new = False


def _find_stat(path: Path) -> FileStat | None:
    try:
        return _tell(path.stat())
    except OSError:
        return None


def _tell(status: os.stat_result) -> FileStat:
    return FileStat(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _newest(entries: Mapping[str, T]) -> dict[str, T]:
    return dict(list(entries.items())[-_MOST:])
