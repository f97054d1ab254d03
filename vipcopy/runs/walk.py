"""Which files a run reads: those named, and those below the folders named that are readable and not ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vipcopy.os_errors import write_os_error
from vipcopy.readers import READERS, is_readable
from vipcopy.records import NamedTuple
from vipcopy.runs.globs import matches

STDIN = "-"


class FoundPath(NamedTuple):
    """A path to read; `error` where there is nothing to read. `is_named` tells a file that the user named."""

    path: str
    is_named: bool = True
    error: str = ""


def find_files(paths: Iterable[str]) -> Iterator[FoundPath]:
    """Every file once, folders in the order of names; `-` stays as it is."""
    seen: set[str] = set()
    for path in paths:
        if not path.strip():  # to Path it is the current folder, to a script a variable that is not set
            yield FoundPath(path, error="путь пуст; укажите файл, папку или «.» — эту папку")
            continue
        is_folder = path != STDIN and is_there(Path(path)) and Path(path).is_dir()
        found = list(_find_below(Path(path))) if is_folder else [FoundPath(path)]
        if not found:
            yield FoundPath(path, error=f"{path}: {_explain_none(Path(path))}")
        yield from (each for each in found if _identify(each.path) not in seen)
        seen.update(_identify(each.path) for each in found)


def is_there(path: Path) -> bool:
    """Whether there is such a path; in a folder that is closed nothing is seen, nor by a name that is too long."""
    try:
        return path.exists()
    except OSError:
        return False


def _identify(path: str) -> str:
    """What a path is known by, however it is written: «./a.txt» is «a.txt»."""
    return path if path == STDIN else str(Path(path).absolute())


def _explain_none(folder: Path) -> str:
    """Why nothing is found below a folder, and what to do."""
    if _has_texts(folder):
        return "все тексты в папке скрыты (.gitignore или имя с точки); укажите сами файлы: они читаются и так"
    endings = ", ".join([*READERS][:4])
    return f"в папке нет текстов ({endings}…); укажите файл или другую папку"


def _has_texts(folder: Path) -> bool:
    """Whether anything readable is below the folder, hidden or not."""
    waiting = [folder]
    while waiting:
        try:
            paths = [(path, path.is_dir() and not path.is_symlink()) for path in waiting.pop().iterdir()]
        except OSError:
            continue
        if any(is_readable(path.name) for path, _ in paths):
            return True
        waiting.extend(path for path, is_folder in paths if is_folder)
    return False


def _find_below(folder: Path) -> Iterator[FoundPath]:
    """A link that leads out of the folder is passed over: who may add one to it need not be let read all else."""
    ignores = _find_ignores(folder)
    yield from _tell_closed(ignores)
    root = folder.resolve()
    yield from (found for found in _walk(folder, ignores) if found.error or not _leads_out(Path(found.path), root))


def _leads_out(path: Path, root: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(root)


class _Ignore(NamedTuple):
    """The lines of one .gitignore and the folder that they speak of."""

    folder: Path
    lines: tuple[str, ...] = ()
    closed: FoundPath | None = None  # the file itself where it cannot be read, and tells nothing

    def tells(self, path: Path, *, is_folder: bool) -> bool | None:
        """Whether the path is ignored; None where no line speaks of it."""
        name = path.relative_to(self.folder).as_posix() + "/" * is_folder
        return matches(self.lines, name)


def _walk(folder: Path, ignores: Sequence[_Ignore]) -> Iterator[FoundPath]:
    """Sorted as whole paths are: «C.TXT», «a/z.txt», «b.txt». Folders may be deeper than Python's stack."""
    inside = [_list(_Folder(folder, ignores))]
    while inside:
        found = next(inside[-1], None)
        if found is None:
            inside.pop()
        elif isinstance(found, _Folder):
            inside.append(_list(found))
        else:
            yield found


class _Folder(NamedTuple):
    """A folder to go into, and what is ignored there."""

    path: Path
    ignores: Sequence[_Ignore]


def _list(listed: _Folder) -> Iterator[FoundPath | _Folder]:
    """The texts and folders that a folder has, in order. What is closed is an error of its own."""
    folder, ignores = listed
    try:
        paths = [(path, path.is_dir()) for path in sorted(folder.iterdir())]
    except OSError as error:
        yield _build_closed(folder, error)
        return
    own = list(_read_ignore(folder / ".gitignore", folder))
    yield from _tell_closed(own)
    for path, is_folder in paths:
        if path.name.startswith(".") or _is_ignored(path, [*ignores, *own], is_folder=is_folder):
            continue
        if is_folder and not path.is_symlink():
            yield _Folder(path, [*ignores, *own])
        elif is_readable(path.name) and path.is_file():
            yield FoundPath(str(path), is_named=False)


def _tell_closed(ignores: Iterable[_Ignore]) -> Iterator[FoundPath]:
    return (ignore.closed for ignore in ignores if ignore.closed)


def _build_closed(path: Path, error: OSError) -> FoundPath:
    is_closed = isinstance(error, PermissionError)
    said = (
        "закрыто для чтения; откройте доступ" if is_closed else f"не читается ({write_os_error(error)}); проверьте путь"
    )
    return FoundPath(str(path), is_named=False, error=f"{path}: {said}")


def _is_ignored(path: Path, ignores: Sequence[_Ignore], *, is_folder: bool) -> bool:
    absolute = path.absolute()
    told = (ignore.tells(absolute, is_folder=is_folder) for ignore in reversed(ignores))
    return next((each for each in told if each is not None), False)


def _find_ignores(folder: Path) -> list[_Ignore]:
    """Those of the folders above, up to the root of the git repository; of none outside a repository."""
    above: list[_Ignore] = []
    top = folder.absolute()
    if is_there(top / ".git"):
        return list(_read_ignore(top / ".git" / "info" / "exclude", top))
    for parent in top.parents:
        above = [*_read_ignore(parent / ".gitignore", parent), *above]
        if is_there(parent / ".git"):
            return [*_read_ignore(parent / ".git" / "info" / "exclude", parent), *above]
    return []


def _read_ignore(path: Path, folder: Path) -> Iterator[_Ignore]:
    if not (is_there(path) and path.is_file()):
        return
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        yield _Ignore(folder.absolute(), closed=_build_closed(path, error))
        return
    yield _Ignore(folder.absolute(), tuple(lines))
