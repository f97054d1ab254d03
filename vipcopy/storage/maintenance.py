"""What the cache holds, told to a person and cleared away, whatever the format of its files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from math import ceil
from pathlib import Path

from vipcopy.errors import ConfigError
from vipcopy.os_errors import write_os_error
from vipcopy.records import NamedTuple
from vipcopy.storage.cache import (
    ENVIRONMENT,
    SHIPPED,
    build_edition,
    build_mark,
    cache_folder,
    find_kept,
    is_trusted,
    is_unfinished,
)

_CURRENT = "для этой версии"
_OTHER = "для другой версии программы, словаря или Python"
_UNFINISHED = "не дописан"
_OFF = f"Кэш отключён: {ENVIRONMENT}=off."


class CacheFile(NamedTuple):
    """A file of the cache: its size in bytes, when it was written, and what for."""

    path: Path
    size: int
    written: datetime
    purpose: str


def describe_cache() -> Iterator[str]:
    """Lines with the folder of the cache and every file of ours in it, the newest first.

    >>> any("VIPCOPY_CACHE" in line or "Папка" in line for line in describe_cache())
    True
    """
    yield from _describe_shipped()
    folder = cache_folder()
    if folder is None:
        yield _OFF
        return
    yield f"Папка: {folder}"
    yield from _explain_distrust(folder)
    files = sorted(_find_files(folder), key=lambda file: file.written, reverse=True)
    if not files:
        yield "Кэш пуст."
        return
    current = sum(file.purpose == _CURRENT for file in files)
    yield f"Файлов: {len(files)}, {_write_size(file.size for file in files)}; {_CURRENT}: {current}"
    for file in files:
        yield f"  {file.written:%Y-%m-%d %H:%M}  {_write_size([file.size]):>9}  {file.purpose}"
    yield "Очистить: vipcopy cache --clear"


def clear_cache() -> Iterator[str]:
    """Remove every file of ours from the cache; a line on what came of it. Raises ConfigError for one that stays."""
    folder = cache_folder()
    if folder is None:
        yield _OFF
        return
    files = list(_find_files(folder))
    for file in files:
        try:
            file.path.unlink(missing_ok=True)
        except OSError as error:
            raise ConfigError(
                f"{file.path}: файл не удаляется ({write_os_error(error)}); откройте папку для записи"
            ) from None
    yield f"Удалено файлов: {len(files)}, {_write_size(file.size for file in files)}; папка: {folder}"


def _describe_shipped() -> Iterator[str]:
    """What came with the program."""
    for file in _find_files(SHIPPED):
        yield f"С программой: {_write_size([file.size])}, {file.purpose}"


def _explain_distrust(folder: Path) -> Iterator[str]:
    """Why the cache is not used, and what to do."""
    lowest = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    if not lowest.is_dir():
        yield f"Кэш не используется: {lowest} — не папка; укажите свою папку в {ENVIRONMENT}"
        return
    if lowest != folder.absolute() and not os.access(lowest, os.W_OK):
        yield f"Кэш не используется: папка {lowest} закрыта для записи; укажите свою папку в {ENVIRONMENT}"
    if not folder.is_dir() or is_trusted(folder):
        return
    if folder.stat().st_mode & 0o022:
        yield f"Кэш не используется: в папку могут писать другие; закройте её: chmod go-w {folder}"
    else:
        yield f"Кэш не используется: у папки другой владелец; укажите свою папку в {ENVIRONMENT}"


def _find_files(folder: Path) -> Iterator[CacheFile]:
    ours = build_edition(), build_mark()
    for file in find_kept(folder):
        status = file.stat(follow_symlinks=False)
        purpose = _CURRENT if file.name.startswith(ours) else _OTHER
        written = datetime.fromtimestamp(status.st_mtime)
        yield CacheFile(Path(file.path), status.st_size, written, _UNFINISHED if is_unfinished(file.name) else purpose)


def _write_size(sizes: Iterable[int]) -> str:
    """Megabytes with one decimal, «8,2 МБ», or whole kilobytes: «46 КБ»."""
    size = sum(sizes)
    return f"{size / 1_000_000:.1f} МБ".replace(".", ",") if size >= 1_000_000 else f"{ceil(size / 1000)} КБ"
