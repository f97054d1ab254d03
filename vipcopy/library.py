"""The packs that a run uses: found, loaded, and the rules chosen from them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from vipcopy.cache import build_key, read_cached, write_cached
from vipcopy.checker import Checker, build
from vipcopy.model import ConfigError, Pack, Rule, RuleError
from vipcopy.nodes import near
from vipcopy.packs import load_pack

DEFAULT_PACKS = ("vip",)
BASE_PACK = "base"  # the classes of the phrase language; every run has it


def load_packs(packs: Iterable[str | Path] = DEFAULT_PACKS) -> tuple[Pack, ...]:
    """The named packs, `vip` or folders, after the one that all need. Raises RuleError where there is none.

    >>> [pack.name for pack in load_packs(["vip"])]
    ['base', 'vip']
    """
    return tuple(load_pack(folder) for folder in (_pack_folder(BASE_PACK), *map(_pack_folder, packs)))


def load_core(packs: Iterable[str | Path] = DEFAULT_PACKS) -> Checker:
    """The named packs compiled, from the cache where they were before. Raises RuleError, a line for each mistake."""
    folders = [_pack_folder(BASE_PACK), *map(_pack_folder, packs)]
    key = build_key(folders)
    kept = read_cached(key)
    if isinstance(kept, Checker):
        return kept
    core = build([load_pack(folder) for folder in folders])
    write_cached(key, core)
    return core


def read_rules(packs: Sequence[Pack]) -> Mapping[str, Rule]:
    """The rules of packs by id, not compiled. Raises RuleError with a line for each mistake that can be seen so."""
    mistakes = [mistake for pack in packs for mistake in pack.mistakes]
    if mistakes:
        raise RuleError("\n".join(mistakes))
    return {rule.id: rule for pack in packs for rule in pack.rules}


def build_choice(select: Iterable[str], ignore: Iterable[str]) -> Callable[[Rule], bool]:
    """Whether a rule is wanted: named by id, category or number of its guideline, or nothing is; and not ignored."""
    wanted, unwanted = frozenset(select), frozenset(ignore)
    return lambda rule: (not wanted or bool(wanted & find_names(rule))) and not unwanted & find_names(rule)


def find_names(rule: Rule) -> frozenset[str]:
    """What a rule may be called by on the command line."""
    return frozenset((rule.id, rule.category, str(rule.guideline)))


def refuse_unknown(names: Iterable[str], rules: Iterable[Rule]) -> None:
    """Raise ConfigError with a line for each name that no rule has."""
    known = frozenset[str]().union(*map(find_names, rules))
    problems = list(_find_unknown(names, known))
    if problems:
        raise ConfigError("\n".join(problems))


def _find_unknown(names: Iterable[str], known: frozenset[str]) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"нет правила, категории или принципа «{name}»; {near(name, sorted(known))}; список: vipcopy rules"


def _pack_folder(pack: str | Path) -> Path:
    """A bare name is one of our packs: a folder of the same name here must be written ./vip."""
    own = _rules_folder() / pack
    return own if Path(pack).name == str(pack) and own.is_dir() else Path(pack)


def _rules_folder() -> Path:
    """Our rules: inside the installed package, or beside it in a checkout that is ours."""
    package = Path(__file__).parent
    if (package / "rules").is_dir():
        return package / "rules"
    if _is_ours(package.parent):
        return package.parent / "rules"
    raise RuleError("не найдены правила vipcopy; установите пакет заново: pip install --force-reinstall vipcopy")


def _is_ours(checkout: Path) -> bool:
    try:
        project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(project.get("project", {}).get("name") == "vipcopy")
