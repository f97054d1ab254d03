"""Packs compiled: rules and approved terms to what a checker checks by. Runs where no compiled rules are kept."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain

from vipcopy import russian
from vipcopy.checking.checker import CoreChecker
from vipcopy.checking.findings import SCALE
from vipcopy.checking.fixes import Connectives
from vipcopy.checking.terms import Terms, build_terms
from vipcopy.checking.wordings import find_words, split
from vipcopy.errors import RuleError
from vipcopy.kinds import KINDS, Finder
from vipcopy.kinds.phrase_compiler import keep_words
from vipcopy.kinds.phrase_finder import PhraseFinder
from vipcopy.lazy import build_lazy_map
from vipcopy.model import Pack, Rule, Source
from vipcopy.overlaps import Overlaps
from vipcopy.phrases.build import find_forms
from vipcopy.silence.waivers import find_names

Lists = Mapping[str, tuple[Source, ...]]
Names = Mapping[Source, frozenset[str]]  # approved terms with the names of the rules that each silences


def build(packs: Sequence[Pack], terms: Names | None = None, done: Container[str] = ()) -> CoreChecker:
    """Compile rules, and approved terms with the names of the rules that each silences; all when it names none.

    Rules that are compiled elsewhere are `done`. Raises RuleError with a line for every mistake of every pack and term.
    """
    lists, rules = merge_lists(packs), stack(packs)
    mistakes = [mistake for pack in packs for mistake in pack.mistakes]
    finders = tuple(_build_finders([rule for rule in rules.values() if rule.id not in done], lists, mistakes))
    approved = _build_terms(terms or {}, lists, mistakes)
    connectives = _build_connectives(lists, mistakes)
    if mistakes:
        raise RuleError("\n".join(sorted(mistakes, key=_by_place)))
    needs = {number: need for pack in packs for number, need in pack.needs.items()}
    known = frozenset[str]().union(*map(find_names, rules.values()))
    overlaps = Overlaps(
        *(tuple(dict.fromkeys(chain(*sets))) for sets in zip(*(pack.overlaps for pack in packs), strict=True))
    )
    bare, wordings = split(rules)
    words = find_words(rule for rule in rules.values() if rule.id not in done)
    return CoreChecker(
        build_lazy_map(bare),
        build_lazy_map(wordings),
        tuple(keep_words(finder, words) if isinstance(finder, PhraseFinder) else finder for finder in finders),
        needs,
        approved,
        known,
        overlaps,
        connectives,
        russian.write_lines(words),
    )


def stack(packs: Sequence[Pack]) -> dict[str, Rule]:
    """The rules of the packs by id, those of each in layers above all before it."""
    rules: dict[str, Rule] = {}
    above = 0
    for pack in packs:
        rules.update((rule.id, rule._replace(layer=above + rule.layer)) for rule in pack.rules)
        above += max((rule.layer + 1 for rule in pack.rules), default=0)
    return rules


def merge_lists(packs: Sequence[Pack]) -> Lists:
    """The named lists of the packs; of those of one name the last."""
    return {name: items for pack in packs for name, items in pack.lists.items()}


def _build_finders(rules: Sequence[Rule], lists: Lists, mistakes: list[str]) -> Iterator[Finder]:
    for kind in dict.fromkeys(rule.kind for rule in rules):
        try:
            yield _build_kind(kind, [rule for rule in rules if rule.kind == kind], lists)
        except RuleError as error:
            mistakes.extend(str(error).splitlines())


def _build_terms(terms: Names, lists: Lists, mistakes: list[str]) -> Terms:
    try:
        return build_terms(terms, lists)
    except RuleError as error:
        mistakes.extend(str(error).splitlines())
        return Terms()


def _build_connectives(lists: Lists, mistakes: list[str]) -> Connectives:
    """The words that lists of the pack `base` have for edits."""

    def find(name: str) -> frozenset[str]:
        return find_forms(lists.get(name, ()), lists)

    try:
        return Connectives(
            leading=find("{служебное слово}"),
            leaning=find("{продолжение}"),
            relatives=find("{союзное слово}"),
            pointers=find("{указательное слово}"),
        )
    except RuleError as error:
        mistakes.append(str(error))
        return Connectives()


def _build_kind(name: str, rules: Sequence[Rule], lists: Lists) -> Finder:
    problems = list(_kind_faults(name, rules))
    if problems:
        raise RuleError("\n".join(problems))
    return KINDS[name].build(rules, lists)


def _kind_faults(name: str, rules: Sequence[Rule]) -> Iterator[str]:
    for rule in rules:
        if name not in KINDS:
            yield f"{rule.origin}: нет вида правил «{name}»; бывают: {', '.join(sorted(KINDS))}"
            continue
        known = KINDS[name].OPTIONS | {SCALE}
        for key in rule.options.keys() - known:
            yield f"{rule.origin}: у вида {name} нет настройки «{key}»; бывают: {', '.join(sorted(known))}"


def _by_place(mistake: str) -> tuple[str, int, int]:
    path, line, column, *_ = [*mistake.split(":", 3), "", ""]
    return path, int(line) if line.isdigit() else 0, int(column) if column.isdigit() else 0
