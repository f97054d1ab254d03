"""Phrases that no example shows: their rule's `bad` passes without them, so nobody knows whether they find anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vipcopy.checking.checker import CoreChecker
from vipcopy.checking.hits import find_in_place
from vipcopy.compiling.compiler import build
from vipcopy.model import Pack, Rule
from vipcopy.regions import read_prose
from vipcopy.rule_tests.selftest import Failure, read_example


def find_uncovered(packs: Sequence[Pack]) -> Iterator[Failure]:
    """Each phrase, of rules that have several, which is found in no `bad` of its rule. RuleError for a broken pack.

    >>> list(find_uncovered([Pack("empty", "", "", (), {}, {})]))
    []
    """
    rules = {rule.id: rule for pack in packs for rule in pack.rules if len(rule.phrase) > 1}
    bare = [pack._replace(rules=()) for pack in packs]
    alone = tuple(each for rule in rules.values() for each in _take_apart(rule))
    bench = build([*bare, Pack("phrases", "", "", alone, {}, {})])
    for rule in rules.values():
        found = _find_in_examples(rule, bench)
        for at, phrase in enumerate(rule.phrase):
            if _name(rule, at) not in found:
                problem = f"{rule.id}: фраза «{phrase.text}» не встречается ни в одном примере bad"
                yield Failure(phrase.origin, problem, "добавьте предложение с ней")


def _take_apart(rule: Rule) -> Iterator[Rule]:
    """The rule with each of its phrases alone."""
    return (rule._replace(id=_name(rule, at), phrase=(phrase,)) for at, phrase in enumerate(rule.phrase))


def _name(rule: Rule, at: int) -> str:
    return f"{rule.id} фраза {at}"


def _find_in_examples(rule: Rule, bench: CoreChecker) -> frozenset[str]:
    """The names of the rules that find something in the examples of this one."""
    proses = (read_prose(example.text, example.regions) for example in map(read_example, rule.bad))
    return frozenset(
        hit.rule
        for prose in proses
        for finder in bench.finders
        for hit in find_in_place(finder.find(prose), bench.bare, prose)
    )
