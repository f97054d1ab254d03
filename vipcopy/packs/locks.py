"""`vipcopy.lock`: which packs a repository is checked by, pinned by version and digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from vipcopy.errors import ConfigError
from vipcopy.packs.loader import read_title
from vipcopy.packs.nodes import Fields, Page, parse_fields
from vipcopy.packs.paths import build_digest

_HEAD = "# Наборы правил, которыми проверяют эти тексты. Записать заново: vipcopy lock\n"


def write_lock(folders: Iterable[Path]) -> str:
    """The lock of packs, as the text of its file."""
    lines = [f"{name}: {{version: {version!r}, digest: {digest}}}\n" for name, version, digest in _describe(folders)]
    return _HEAD + "".join(lines)


def check_lock(path: Path, folders: Iterable[Path]) -> None:
    """Raise ConfigError with a line for each pack that is not the one that was locked."""
    page = Page(str(path), [])
    try:
        fields = parse_fields(path.read_text(encoding="utf-8"), page)
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{path}: файл не прочитать; запишите его заново: vipcopy lock") from None
    mistakes = [*page.mistakes, *_find_changes(path, fields, folders)]
    if mistakes:
        raise ConfigError("\n".join(mistakes))


def _find_changes(path: Path, fields: Fields, folders: Iterable[Path]) -> Iterator[str]:
    remedy = "проверьте правила и запишите заново: vipcopy lock"
    for name, version, digest in _describe(folders):
        if name not in fields.nodes:
            yield f"{path}: набора {name} здесь нет; {remedy}"
            continue
        locked = fields.mapping(name)
        if locked.text("digest") != digest:
            before = locked.text("version")
            what = f"было {before}, стало {version}" if before != version else f"версия та же, {version}"
            yield f"{path}: набор {name} изменился ({what}); {remedy}"


def _describe(folders: Iterable[Path]) -> Iterator[tuple[str, str, str]]:
    for folder in dict.fromkeys(folders):
        pack = read_title(folder)
        yield pack.name, pack.version, f"sha256:{build_digest(folder)}"
