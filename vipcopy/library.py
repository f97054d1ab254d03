"""The packs that a run uses: found, loaded, and the rules chosen from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from vipcopy.arguments import Paths, take_paths
from vipcopy.cache import write_cached
from vipcopy.checker import POOLED, CoreChecker, build
from vipcopy.garbage import paused_collection
from vipcopy.model import ConfigError, Pack, Rule, RuleError, Source
from vipcopy.pack_paths import find_chain
from vipcopy.records import NamedTuple
from vipcopy.regex_cache import load_regexes
from vipcopy.russian import preload_readings
from vipcopy.stat_cache import StatCache
from vipcopy.waivers import find_names

DEFAULT_PACKS = ("vip",)
BASE_PACK = "base"  # the classes of the phrase language; every run has it
CAPITALS = "capitals"  # the kind of rule that words of a house in capitals are told to


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
    return tuple(_load_chain(find_chain(pack)) for pack in (BASE_PACK, *take_paths("packs", packs)))


def load_core(packs: Iterable[str | Path] = DEFAULT_PACKS, vocabulary: Vocabulary = NO_WORDS) -> CoreChecker:
    """The named packs compiled, from the cache where they were before. Raises RuleError, a line for each mistake."""
    chains = [find_chain(pack) for pack in (BASE_PACK, *packs)]
    stat_cache = StatCache()
    key = stat_cache.find_key([folder for chain in chains for folder in chain], repr(vocabulary))
    load_regexes()
    kept = stat_cache.read(key)
    stat_cache.save()
    if isinstance(kept, CoreChecker):
        preload_readings(kept.readings)
        return kept
    with paused_collection():
        loaded = [_allow_capitals(_load_chain(chain), vocabulary.capitals) for chain in chains]
        core = build(loaded, dict(vocabulary.terms))
        write_cached(key, core, POOLED)
    return core


def _load_chain(chain: Sequence[Path]) -> Pack:
    from vipcopy.packs import load_pack  # compiled rules that are kept need no files

    pack = load_pack(chain[0])
    for folder in chain[1:]:
        pack = load_pack(folder, pack)
    return pack


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
            from vipcopy.guidelines import GUIDELINES

            yield f"нет принципа {name}; они от 1 до {len(GUIDELINES)}; список: vipcopy rules"
        elif name not in known:
            from vipcopy.nodes import near  # it reads YAML, which a start on a letter does not

            yield f"нет правила, категории или принципа «{name}»; {near(name, sorted(known))}; список: vipcopy rules"
