"""Where packs of rules lie: ours, folders, and those that installed Python packages bring. Nothing is downloaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from pathlib import Path

from vipcopy.errors import RuleError
from vipcopy.storage.data_files import find_rule_files
from vipcopy.storage.digests import sha256

LOCK = "vipcopy.lock"  # beside the settings: which packs a repository is checked by
ENTRY_POINTS = "vipcopy.packs"  # name = a Python package that has a pack.yaml: `dom = "dom_rules"`

_INHERITS = b"inherits"
_PLAIN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-"  # such a path is nothing else in YAML


def find_chain(pack: str | Path, beside: Path = Path()) -> tuple[Path, ...]:
    """The folder of a pack and those that it inherits, the farthest ancestor first. Raises RuleError for a circle."""
    folder = find_folder(pack, beside)
    chain = [folder]
    while inherited := _read_parent(chain[0]):
        folder = find_folder(inherited, chain[0])
        if folder.resolve() in [each.resolve() for each in chain]:
            raise RuleError(f"{chain[0] / 'pack.yaml'}: набор {inherited} наследует сам себя; уберите inherits")
        chain.insert(0, folder)
    return tuple(chain)


def name_folder(folder: Path) -> str:
    """What places in the files of a pack begin with: of a pack of ours the same wherever we are installed.

    >>> name_folder(find_folder("vip")), name_folder(Path("house"))
    ('rules/vip', 'house')
    """
    return f"rules/{folder.name}" if folder.parent == _rules_folder() else str(folder)


def find_file(path: str) -> str:
    """Where the file lies of which a place tells this path."""
    ours = _rules_folder().parent / path
    return str(ours) if ours.is_file() and not Path(path).is_file() else path


def find_ours(chains: Iterable[tuple[Path, ...]]) -> tuple[tuple[Path, ...], ...]:
    """The chains as far as their packs are ours, each once."""
    rules = _rules_folder()
    heads = (tuple(takewhile(lambda folder: folder.parent == rules, chain)) for chain in chains)
    return tuple(dict.fromkeys(filter(None, heads)))


def _read_parent(folder: Path) -> str:
    """The pack that a pack inherits; the file is parsed only where that is not plain to see."""
    title = folder / "pack.yaml"
    text = title.read_bytes() if title.is_file() else b""
    if title.is_file() and _INHERITS not in text:
        return ""
    plain = _read_plainly(text.splitlines())
    if plain and text.count(_INHERITS) == 1:
        return plain
    from vipcopy.packs.loader import read_title

    return read_title(folder).inherits


def _read_plainly(lines: Sequence[bytes]) -> str:
    """What a line of its own says is inherited, where no other can be a part of it; otherwise nothing."""
    at, line = next(((at, line) for at, line in enumerate(lines) if line.startswith(_INHERITS + b": ")), (0, b""))
    name = line.removeprefix(_INHERITS + b":").strip()
    behind = next(filter(bytes.strip, lines[at + 1 :]), b"")
    is_plain = name[:1] != b"-" and not name.strip(_PLAIN) and not behind[:1].isspace()
    return name.decode() if is_plain and all(map(_is_closed, lines)) else ""


def _is_closed(line: bytes) -> bool:
    """Whether no quotation and no bracket that begins there goes on in the next line."""
    quotes, brackets = (b'"', b"'"), (b"[]", b"{}")
    is_quoted = any(line.count(quote) % 2 for quote in quotes)
    return not is_quoted and all(line.count(pair[:1]) == line.count(pair[1:]) for pair in brackets)


def find_folder(pack: str | Path, beside: Path = Path()) -> Path:
    """The folder of a pack. A bare name is one of ours: a folder of the same name must be written ./vip."""
    name = str(pack)
    is_bare = bool(name) and Path(name).name == name
    if is_bare and (_rules_folder() / name).is_dir():
        return _rules_folder() / name
    if (beside / name).is_dir() or not is_bare:
        return beside / name
    return _find_installed(name) or beside / name


def read_template() -> str:
    """The commented settings that a repository starts with."""
    return (_rules_folder() / "settings.yaml").read_text(encoding="utf-8")


def build_digest(folder: Path) -> str:
    """A digest of the rule files of a pack: their names and content, whatever the system that they were taken from."""
    digest = sha256()
    for file in find_rule_files(folder):
        content = Path(file.path).read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{file.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _find_installed(name: str) -> Path | None:
    """The folder of the top-level package that an entry point names; no code of it is run. Raises RuleError.

    To find `house.rules` Python runs `house`, so that a dotted name is refused.
    """
    from importlib import metadata, util  # 20 ms: a pack of ours needs neither

    for entry in metadata.entry_points(group=ENTRY_POINTS, name=name):
        if not entry.value.isidentifier():
            raise RuleError(
                f"{name}: пакет «{entry.value}» не на верхнем уровне; назовите в {ENTRY_POINTS} имя без точек"
            )
        found = util.find_spec(entry.value)
        for folder in (found.submodule_search_locations or ()) if found else ():
            return Path(folder)
    return None


def _rules_folder() -> Path:
    """Our rules: inside the installed package, or beside it in a checkout that is ours."""
    package = Path(__file__).parent.parent
    if (package / "rules").is_dir():
        return package / "rules"
    if _is_ours(package.parent):
        return package.parent / "rules"
    raise RuleError("не найдены правила vipcopy; установите пакет заново: pip install --force-reinstall с его папкой")


def _is_ours(checkout: Path) -> bool:
    try:
        lines = (checkout / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return False
    return 'name = "vipcopy"' in lines
