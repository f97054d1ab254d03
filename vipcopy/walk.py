"""Which files a run reads: those named, and those below the folders named that are readable and not ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vipcopy.globs import tell
from vipcopy.readers import READERS, is_readable
from vipcopy.records import NamedTuple

STDIN = "-"


class Found(NamedTuple):
    """A path to read; `error` where there is nothing to read. `is_named` tells a file that the user named."""

    path: str
    is_named: bool = True
    error: str = ""


def find_files(paths: Iterable[str]) -> Iterator[Found]:
    """Every file once, folders in the order of names; `-` stays as it is."""
    seen: set[str] = set()
    for path in paths:
        is_folder = path != STDIN and Path(path).is_dir()
        files = [str(file) for file in _walk(Path(path), _find_ignores(Path(path)))] if is_folder else [path]
        if not files:
            endings = ", ".join([*READERS][:4])
            yield Found(path, error=f"{path}: в папке нет текстов ({endings}…); укажите файл или другую папку")
        yield from (Found(file, is_named=not is_folder) for file in files if file not in seen)
        seen.update(files)


class _Ignore(NamedTuple):
    """The lines of one .gitignore and the folder that they speak of."""

    folder: Path
    lines: tuple[str, ...]

    def tells(self, path: Path, *, is_folder: bool) -> bool | None:
        """Whether the path is ignored; None where no line speaks of it."""
        name = path.relative_to(self.folder).as_posix() + "/" * is_folder
        return tell(self.lines, name)


def _walk(folder: Path, ignores: Sequence[_Ignore]) -> Iterator[Path]:
    """Sorted as whole paths are: «C.TXT», «a/z.txt», «b.txt»."""
    own = [*ignores, *_read_ignore(folder / ".gitignore", folder)]
    for path in sorted(folder.iterdir()):
        is_folder = path.is_dir()
        if path.name.startswith(".") or _is_ignored(path, own, is_folder=is_folder):
            continue
        if is_folder and not path.is_symlink():
            yield from _walk(path, own)
        elif is_readable(path.name) and path.is_file():
            yield path


def _is_ignored(path: Path, ignores: Sequence[_Ignore], *, is_folder: bool) -> bool:
    absolute = path.absolute()
    told = (ignore.tells(absolute, is_folder=is_folder) for ignore in reversed(ignores))
    return next((each for each in told if each is not None), False)


def _find_ignores(folder: Path) -> list[_Ignore]:
    """Those of the folders above, up to the root of the git repository; of none outside a repository."""
    above: list[_Ignore] = []
    top = folder.absolute()
    if (top / ".git").exists():
        return list(_read_ignore(top / ".git" / "info" / "exclude", top))
    for parent in top.parents:
        above = [*_read_ignore(parent / ".gitignore", parent), *above]
        if (parent / ".git").exists():
            return [*_read_ignore(parent / ".git" / "info" / "exclude", parent), *above]
    return []


def _read_ignore(path: Path, folder: Path) -> Iterator[_Ignore]:
    if not path.is_file():
        return
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    yield _Ignore(folder.absolute(), tuple(lines))
