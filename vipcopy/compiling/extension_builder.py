"""What packs change of the rules below them is told from their content; the rest is not compiled again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from vipcopy.compiling.compiler import Lists, Names, build, merge_lists, stack
from vipcopy.compiling.extension import Extension
from vipcopy.kinds.phrase_compiler import FIELDS
from vipcopy.lazy import build_lazy_map
from vipcopy.model import Pack, Rule, Source
from vipcopy.phrases.mentions import WORDED, find_mentions

_KIND = "phrase"
_COMPILED = (*WORDED, "readings", "where", "options")  # all of a rule that what compiles phrases looks at


def build_extension(below: Sequence[Pack], key: str, packs: Sequence[Pack], terms: Names) -> Extension:
    """Compile what these packs change of those below, which are compiled under that key, and are among them.

    Raises RuleError with a line for every mistake, as `build` does.
    """
    old, rules = stack(below), stack(packs)
    done = _find_done(rules, old, _find_affected(merge_lists(packs), merge_lists(below)))
    core = build(packs, terms, done)
    changed = [name for name, rule in rules.items() if old.get(name) != rule]
    own = core._replace(
        bare=build_lazy_map({name: core.bare[name] for name in changed}),
        wordings=build_lazy_map({name: core.wordings[name] for name in changed}),
        readings={},  # those below will do
    )
    phrases = frozenset(rule.id for rule in old.values() if rule.kind == _KIND)
    return Extension(key, own, tuple(rules), phrases - done)


def _find_done(rules: Mapping[str, Rule], old: Mapping[str, Rule], affected: Collection[str]) -> frozenset[str]:
    """The rules of phrases that compile to what they were compiled to before."""
    if FIELDS in affected:  # where a sentence begins, for all phrases
        return frozenset()
    both = ((rule, old[rule.id]) for rule in rules.values() if rule.kind == _KIND and rule.id in old)
    same = (rule for rule, before in both if _tell(rule) == _tell(before))
    return frozenset(rule.id for rule in same if _find_names(_find_sources(rule)).isdisjoint(affected))


def _tell(rule: Rule) -> tuple[object, ...]:
    return rule.kind, *(getattr(rule, name) for name in _COMPILED)


def _find_affected(lists: Lists, old: Lists) -> frozenset[str]:
    """The named lists that are not what they were, and those that name them."""
    changed = {name for name in lists.keys() | old.keys() if lists.get(name) != old.get(name)}
    named = {name: _find_names(sources) for name, sources in old.items()}
    affected: set[str] = set()
    while changed:
        affected |= changed
        changed = {name for name, others in named.items() if name not in affected and others & changed}
    return frozenset(affected)


def _find_sources(rule: Rule) -> Iterable[Source]:
    return (source for name in WORDED for source in getattr(rule, name))


def _find_names(sources: Iterable[Source]) -> set[str]:
    return find_mentions(source.text for source in sources)
