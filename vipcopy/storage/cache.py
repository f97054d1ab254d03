"""Compiled rules on disk, so that a second start is quick: in the user's own folder, checked whole, never trusted."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

from vipcopy.patterns import compile_later
from vipcopy.storage.data_files import find_rule_files
from vipcopy.storage.deserializer import deserialize
from vipcopy.storage.digests import blake2b
from vipcopy.storage.mapped_file import MappedFile, read_chunks

ENVIRONMENT = "VIPCOPY_CACHE"  # a folder of the user's choice; «off» for none
_PACKAGE = Path(__file__).parent.parent
SHIPPED = _PACKAGE / "compiled"  # what the package brings (hatch_build.py): as trusted as our code is

_MAGIC = b"vipcopy\x02"
_SUM = 4  # bytes of the checksum: it is for damage; whose file it is, is asked of the system
_DICTIONARIES = ("pymorphy3", "pymorphy3_dicts_ru", "razdel")
_PART = "part-"  # of a file that is being written
_OURS = compile_later(rf"[0-9a-f]{{16}}-[0-9a-f]{{64}} | {_PART}\w+", re.VERBOSE)
# Where a file of rules has the sum of what they were read from, files of other kinds have one of these.
STATS, _EDITION, PROVEN = (f"{number:064x}" for number in range(1, 4))
REGEXES = blake2b(repr(sys.version_info).encode(), digest_size=32).hexdigest()  # what a Python makes of them is its own
_FRESH = 2_000_000_000  # nanoseconds
_KEPT = 12  # older entries are removed: several checkouts and house packs have one each


def cache_folder() -> Path | None:
    """Where compiled rules are kept: `VIPCOPY_CACHE`, or the platform's folder for caches; None where it is off."""
    chosen = os.environ.get(ENVIRONMENT, "")
    if chosen.lower() == "off":
        return None
    with suppress(RuntimeError):  # a user of a container that has a number alone, and no home
        return Path(chosen).expanduser() if chosen else _find_platform_folder()  # no shell reads a build's settings
    return None


def _find_platform_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "vipcopy"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "vipcopy"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vipcopy"


def build_key(folders: Iterable[Path], words: str = "", place: Callable[[Path], str] = str) -> str:
    """A name for what these folders and words compile to: their content, and all that `build_edition` tells apart.

    Compiled rules tell where they are written: `place` says what stands there for a folder.
    """
    digest = blake2b(words.encode(), digest_size=32)
    for folder in folders:
        home = place(folder)
        for file in find_rule_files(folder):
            content = Path(file.path).read_bytes()
            digest.update(f"{home}/{file.name}\0{len(content)}\0".encode("utf-8", "surrogatepass") + content)
    return f"{build_edition()}-{digest.hexdigest()}"


@cache
def build_edition() -> str:
    """What compiles rules: our code and the dictionary, as this process met them: the first part of a key.

    It is told from content, so that one that is installed anew finds what it compiled, and what was compiled when it
    was built; an earlier start may have read it. A machine that writes the big end of numbers first has its own.
    """
    known = f"{build_mark()}-{_EDITION}"
    kept = read_cached(known)
    if isinstance(kept, str):
        return kept
    files = list(_find_sources())
    digest = blake2b(sys.byteorder.encode(), digest_size=8)
    for file in files:
        content = Path(file.path).read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode() + content)
    edition = digest.hexdigest()
    if not is_fresh(max(file.stat().st_mtime_ns for file in files)):
        write_cached(known, edition)
    return edition


def name_kept(kind: str) -> str:
    """The key of what is kept once for all rules of an edition: `STATS`, `REGEXES`, `PROVEN`."""
    return f"{build_edition()}-{kind}"


@cache
def build_mark() -> str:
    """The same as far as the system tells of the files, without a look into them."""
    digest = blake2b(repr(sys.version_info).encode(), digest_size=8)
    for file in _find_sources():
        status = file.stat()
        digest.update(f"{file.path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def is_fresh(changed: int) -> bool:
    """Whether that moment, in nanoseconds, is so short ago that a next change of a file could bear the same time."""
    return time.time_ns() - changed < _FRESH


def _find_sources() -> Iterator[os.DirEntry[str]]:
    """The files of what compiles rules, in an order that lasts."""
    for folder in (str(_PACKAGE), *map(_find_package, _DICTIONARIES)):
        yield from sorted(_find_files(folder), key=lambda file: file.path)


def _find_package(name: str) -> str:
    """The folder of a library: finding its version by its metadata takes as long as the whole start."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(name)
    return found.submodule_search_locations[0]


def _find_files(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".json")):
                yield entry
            elif entry.is_dir(follow_symlinks=False) and entry.name != "__pycache__":
                yield from _find_files(entry.path)


def find_cached(key: str) -> Iterator[Path]:
    """The files that are kept under this key: the user's own, then one that came with us, for where that is damaged."""
    folder = cache_folder()
    with suppress(OSError):
        if folder and is_trusted(folder / key) and is_trusted(folder):
            yield folder / key
    shipped = SHIPPED / key
    if shipped.is_file():
        yield shipped


def read_cached(key: str) -> object:
    """What was kept under this key; None where there is nothing, or nothing that is whole and our own."""
    return next((value for path in find_cached(key) if (value := read_kept(path)) is not None), None)


def read_kept(path: Path, *, is_whole: bool = False) -> object:
    """What a file of the cache holds; None where it is damaged.

    The checksum of a file that is known to be whole is not added up again.
    """
    try:
        data = MappedFile(str(path))
        start = len(_MAGIC) + _SUM
        if not is_whole and data[:start] != _MAGIC + _sum_up(read_chunks(data, start)):
            return None
        return deserialize(data, start, data.mapped)
    except (OSError, ValueError):
        return None


def write_cached(key: str, value: object, pooled: tuple[type, ...] = ()) -> None:
    """Keep a value, equal records of the pooled classes once; where the disk doesn't let us, nothing happens."""
    folder = cache_folder()
    if folder is None or _is_refused(folder):
        return
    content = _encode(value, pooled)
    from tempfile import mkstemp

    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_old(folder)
        descriptor, name = mkstemp(dir=folder, prefix=_PART)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(name).replace(folder / key)
        finally:
            Path(name).unlink(missing_ok=True)  # half a file of a full disk


def write_shipped(folder: Path, key: str, value: object, pooled: tuple[type, ...] = ()) -> None:
    """Put a value into a folder of a package that is being built. Raises OSError."""
    (folder / key).write_bytes(_encode(value, pooled))


def _encode(value: object, pooled: tuple[type, ...]) -> bytes:
    from vipcopy.storage.serializer import serialize

    payload = serialize(value, pooled)
    return _MAGIC + _sum_up((payload,)) + payload


def renew_cached(key: str) -> None:
    """Count what is kept under this key among the newest: older entries are removed."""
    folder = cache_folder()
    if folder:
        with suppress(OSError):
            os.utime(folder / key)


def find_kept(folder: Path) -> list[os.DirEntry[str]]:
    """The files of ours in a folder, by name; what others have put there is left alone, and no link is followed."""
    with suppress(OSError), os.scandir(folder) as files:
        ours = [file for file in files if _OURS.fullmatch(file.name) and file.is_file(follow_symlinks=False)]
        return sorted(ours, key=lambda file: file.name)
    return []


def is_unfinished(name: str) -> bool:
    """Whether a file was still being written, or its writer was stopped."""
    return name.startswith(_PART)


def is_trusted(path: Path) -> bool:
    """Whether nobody but the user and root could have written there: another may have put anything. Raises OSError."""
    if sys.platform == "win32":
        return True
    status = path.stat()
    return status.st_uid in (os.getuid(), 0) and not status.st_mode & 0o022


def _is_refused(folder: Path) -> bool:
    """Whether what is written there would not be read."""
    try:
        return not is_trusted(folder)
    except OSError:  # not there yet
        return False


def _sum_up(chunks: Iterable[bytes | memoryview]) -> bytes:
    total = 0
    for chunk in chunks:
        total = crc32(chunk, total)
    return total.to_bytes(_SUM, "little")


def _forget_old(folder: Path) -> None:
    files = sorted(find_kept(folder), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_KEPT - 1 :]:
        Path(file.path).unlink(missing_ok=True)
