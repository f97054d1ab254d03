"""The packs that a run uses: found, loaded, and the rules chosen from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from vipcopy.arguments import Paths, take_paths
from vipcopy.checking.checker import POOLED, CoreChecker
from vipcopy.errors import ConfigError, RuleError
from vipcopy.garbage import paused_collection
from vipcopy.model import Pack, Rule, Source
from vipcopy.packs.paths import find_chain, find_ours, name_folder
from vipcopy.records import NamedTuple
from vipcopy.russian import preload_readings
from vipcopy.silence.waivers import find_names
from vipcopy.storage.cache import build_key, renew_cached, write_cached, write_shipped
from vipcopy.storage.regex_cache import load_regexes
from vipcopy.storage.stat_cache import StatCache

DEFAULT_PACKS = ("vip",)
BASE_PACK = "base"  # the classes of the phrase language; every run has it
CAPITALS = "capitals"  # the kind of rule that words of a house in capitals are told to


Chain = tuple[Path, ...]  # the folder of a pack behind those of the packs that it inherits


class Vocabulary(NamedTuple):
    """The words of a house: approved terms, with the names of rules that each silences, and words in capitals."""

    terms: tuple[tuple[Source, frozenset[str]], ...] = ()
    capitals: tuple[str, ...] = ()


NO_WORDS = Vocabulary()


def load_packs(packs: Paths = DEFAULT_PACKS) -> tuple[Pack, ...]:
    """The named packs, `vip` or folders, one or several, after the one that all need. RuleError where there is none.

    >>> [pack.name for pack in load_packs("vip")]
    ['base', 'vip']
    """
    return _load_chains(_find_chains(take_paths("packs", packs)))


def load_layers(packs: Iterable[str | Path]) -> tuple[tuple[Pack, ...], tuple[Pack, ...]]:
    """Ours of the packs that the named ones stand on, and the named ones; all of them may be ours."""
    return _load_layers(_find_chains(packs))


def load_core(packs: Iterable[str | Path] = DEFAULT_PACKS, vocabulary: Vocabulary = NO_WORDS) -> CoreChecker:
    """The named packs compiled, from the cache where they were before. Raises RuleError, a line for each mistake."""
    chains = _find_chains(packs)
    stat_cache = StatCache()
    key = _find_key(chains, vocabulary, stat_cache)
    load_regexes()
    kept = _read(key, stat_cache)
    stat_cache.save()
    if kept:
        preload_readings(kept.readings)
        return kept
    with paused_collection():
        return _compile(key, chains, vocabulary, stat_cache)


def compile_ours(folder: Path) -> None:
    """Put our packs, compiled, into a folder: a package that brings them is as quick at its first start as later.

    `hatch_build.py` asks for it. Raises RuleError, a line for each mistake, and OSError.
    """
    from vipcopy.compiling.compiler import build

    chains = _find_chains(DEFAULT_PACKS)
    key = build_key(_find_folders(chains), repr(NO_WORDS), name_folder)
    write_shipped(folder, key, build(_load_chains(chains)), POOLED)


def _find_chains(packs: Iterable[str | Path]) -> tuple[Chain, ...]:
    return tuple(find_chain(pack) for pack in (BASE_PACK, *packs))


def _find_key(chains: Iterable[Chain], vocabulary: Vocabulary, stat_cache: StatCache) -> str:
    return stat_cache.find_key(_find_folders(chains), repr(vocabulary), name_folder)


def _find_folders(chains: Iterable[Chain]) -> list[Path]:
    return [folder for chain in chains for folder in chain]


def _read(key: str, stat_cache: StatCache) -> CoreChecker | None:
    """The rules that are kept under a key, with those that they extend; None where the ones or the others are not."""
    kept = stat_cache.read(key)
    if kept is None or isinstance(kept, CoreChecker):
        return kept
    from vipcopy.compiling.extension import Extension, join  # not every house has rules of its own

    below = stat_cache.read(kept.below) if isinstance(kept, Extension) else None
    return join(below, kept) if isinstance(kept, Extension) and isinstance(below, CoreChecker) else None


def _compile(key: str, chains: tuple[Chain, ...], vocabulary: Vocabulary, stat_cache: StatCache) -> CoreChecker:
    """Compile packs and keep them; what others add to ours is kept apart, so that ours are compiled once for all."""
    from vipcopy.compiling.compiler import build  # compiled rules that are kept do without

    ours = find_ours(chains)
    below, named = _load_layers(chains)
    packs = [_allow_capitals(pack, vocabulary.capitals) for pack in named]
    if (ours, NO_WORDS) == (chains, vocabulary) or not any(pack.rules for pack in below):
        return _keep(key, build(packs, dict(vocabulary.terms)))
    from vipcopy.compiling.extension import join
    from vipcopy.compiling.extension_builder import build_extension

    lower = _find_key(ours, NO_WORDS, stat_cache)
    core = _read(lower, stat_cache) or _keep(lower, build(below))
    extension = build_extension(below, lower, packs, dict(vocabulary.terms))
    renew_cached(lower)  # whoever edits his own rules does not make ours old
    write_cached(key, extension, POOLED)
    return join(core, extension)


def _keep(key: str, core: CoreChecker) -> CoreChecker:
    write_cached(key, core, POOLED)
    return core


def _load_chains(chains: Iterable[Chain]) -> tuple[Pack, ...]:
    """The packs at the ends of these chains, each folder read once."""
    loaded: dict[Chain, Pack] = {}
    return tuple(_load_chain(chain, loaded) for chain in chains)


def _load_layers(chains: tuple[Chain, ...]) -> tuple[tuple[Pack, ...], tuple[Pack, ...]]:
    ours = find_ours(chains)
    loaded = _load_chains((*ours, *chains))
    return loaded[: len(ours)], loaded[len(ours) :]


def _load_chain(chain: Chain, loaded: dict[Chain, Pack]) -> Pack:
    from vipcopy.packs.loader import load_pack

    if chain not in loaded:
        below = _load_chain(chain[:-1], loaded) if chain[1:] else None
        loaded[chain] = load_pack(chain[-1], below, name_folder(chain[-1]))
    return loaded[chain]


def _allow_capitals(pack: Pack, words: Sequence[str]) -> Pack:
    """The pack with words of the house in the lists of its rules on capitals."""
    if not words:
        return pack
    return pack._replace(rules=tuple(_allow(rule, words) if rule.kind == CAPITALS else rule for rule in pack.rules))


def _allow(rule: Rule, words: Sequence[str]) -> Rule:
    allowed = [part for word in words for part in word.split()]
    return rule._replace(options={**rule.options, "allow": (*rule.options.get("allow", ()), *allowed)})


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


def refuse_unknown(names: Iterable[str], known: Collection[str]) -> None:
    """Raise ConfigError with a line for each name that no rule has."""
    problems = list(find_unknown(names, known))
    if problems:
        raise ConfigError("\n".join(problems))


def find_unknown(names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    """A line for each name that no rule has."""
    for name in names:
        if name not in known and name.isdecimal():
            from vipcopy.scoring.guidelines import GUIDELINES

            yield f"нет принципа {name}; они от 1 до {len(GUIDELINES)}; список: vipcopy rules"
        elif name not in known:
            from vipcopy.packs.nodes import near  # it reads YAML, which a start on a letter does not

            yield f"нет правила, категории или принципа «{name}»; {near(name, sorted(known))}; список: vipcopy rules"
