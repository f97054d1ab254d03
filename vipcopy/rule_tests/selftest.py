"""The examples of packs, run: each rule alone, each in the company of all, each guard left out once; idle lists.

A rule and its variants without a guard go into one checker, each with an id and a category of its own, so that none
hides another, and evidence is run as if it were a fault.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from vipcopy.checking.checker import CoreChecker
from vipcopy.checking.hits import find_in_place, settle, settle_proofs
from vipcopy.compiling.compiler import Lists, build, merge_lists
from vipcopy.compiling.rule_digest import build_digest, find_named
from vipcopy.model import Hit, Origin, Pack, Prose, Region, Rule, Source
from vipcopy.phrases.mentions import find_reached
from vipcopy.readers import parse_document
from vipcopy.records import NamedTuple
from vipcopy.regions import read_prose
from vipcopy.rule_tests.company import STRANGERS, Company

_FORMS = {"formatting": "html"}  # the examples of other kinds are plain text
_MARK = re.compile(r"⟦(.*?)⟧", re.DOTALL)


class Failure(NamedTuple):
    """An example that goes wrong, or a guard or a list that nothing needs.

    >>> str(Failure(Origin("a.yaml", 3, 8), "не найдено", "поправьте фразу"))
    'a.yaml:3:8: не найдено; поправьте фразу'
    """

    origin: Origin
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.problem}; {self.remedy}"


class Example(NamedTuple):
    """A sentence of a rule without its marks, and where these were."""

    source: Source
    text: str
    spans: tuple[tuple[int, int], ...]
    regions: tuple[Region, ...] = ()


Span = tuple[int, int]


def find_failures(
    packs: Sequence[Pack],
    whole: CoreChecker | None = None,
    proven: set[str] | None = None,
    company: Company = STRANGERS,
) -> Iterator[Failure]:
    """Everything wrong with the examples of the packs' rules, and idle lists. Raises RuleError for a broken pack.

    `whole` are the packs compiled, if they are at hand. Rules that are `proven` are not run again, neither alone nor
    in a `company` that knows them; those that come out right are added to them.

    >>> list(find_failures([Pack("empty", "", "", (), {}, {})]))
    []
    """
    whole, proven, lists = whole or build(packs), set() if proven is None else proven, merge_lists(packs)
    bare = [pack._replace(rules=()) for pack in packs]
    for rule in whole.rules.values():
        digest = build_digest(rule, lists)
        bad, wrong = _recall_bad(rule) if digest in proven else _try_alone(rule, bare)
        yield from wrong
        if not wrong:
            proven.add(digest)
        known = company.find_digest(rule.id, (trial.prose for trial in bad))
        if known not in proven:
            hidden = list(_find_hidden(rule, bad, whole))
            yield from hidden
            if known and not hidden:
                proven.add(known)
    yield from _find_unused(packs, lists)


def read_example(source: Source, form: str = "text") -> Example:
    """An example with its marks read.

    >>> read_example(Source("Наши ⟦скидки⟧ и ⟦акции⟧.", Origin("a.yaml", 1, 1)))[1:3]
    ('Наши скидки и акции.', ((5, 11), (14, 19)))
    """
    document = parse_document(source.text, "", form)
    marks = list(_MARK.finditer(document.text))
    spans = tuple((mark.start() - 2 * at, mark.end() - 2 * at - 2) for at, mark in enumerate(marks))
    signs = [at for mark in marks for at in (mark.start(), mark.end() - 1)]
    regions = tuple(_without_signs(region, signs) for region in document.regions)
    return Example(source, _MARK.sub(r"\1", document.text), spans, regions)


def _without_signs(region: Region, signs: Sequence[int]) -> Region:
    """Where the region stands once the marks are taken out."""
    start, stop = (at - bisect_left(signs, at) for at in (region.start, region.stop))
    return Region(region.kind, start, stop)


def _find_unused(packs: Sequence[Pack], lists: Lists) -> Iterator[Failure]:
    """Lists of a pack's own that no rule of any of the packs uses; a class (`{деньги}`) is there for packs to come."""
    classes = {name for name in lists if name.startswith("{")}
    used = find_reached(classes.union(*(find_named(rule) for pack in packs for rule in pack.rules)), lists)
    for pack in packs:
        for name, sources in pack.lists.items():
            if sources and name not in used | pack.borrowed:
                yield Failure(sources[0].origin, f"список @{name} не нужен ни одной фразе", "уберите его")


class _Trial(NamedTuple):
    """An example and what its rule and every variant of it found there."""

    example: Example
    prose: Prose
    found: Mapping[str, list[Span]]


def _try(example: Example, bench: CoreChecker) -> _Trial:
    prose = read_prose(example.text, example.regions)
    found: dict[str, list[Span]] = {}
    for hit in settle(_find_hits(bench, prose), bench.bare, prose):
        found.setdefault(hit.rule, []).append((hit.start, hit.stop))
    return _Trial(example, prose, found)


def _recall_bad(rule: Rule) -> tuple[list[_Trial], list[Failure]]:
    """The trials of the bad examples of a rule that is known to come out right, and no failures."""
    examples = (_read(source, rule) for source in rule.bad)
    return [_Trial(each, read_prose(each.text, each.regions), {rule.id: list(each.spans)}) for each in examples], []


def _try_alone(rule: Rule, bare: Sequence[Pack]) -> tuple[list[_Trial], list[Failure]]:
    """The trials of the rule's bad examples without any other rule, and all that is wrong with those and the good."""
    bench = build([*bare, _build_variants(rule)])
    trials = [_try(_read(source, rule), bench) for source in (*rule.bad, *rule.good)]
    bad, good = trials[: len(rule.bad)], trials[len(rule.bad) :]
    return bad, [*_find_wrong(rule, bad, good), *_find_idle(rule, trials)]


def _read(source: Source, rule: Rule) -> Example:
    return read_example(source, _FORMS.get(rule.kind, "text"))


def _find_hits(rules: CoreChecker, prose: Prose) -> list[Hit]:
    return list(find_in_place((hit for finder in rules.finders for hit in finder.find(prose)), rules.bare, prose))


def _build_variants(rule: Rule) -> Pack:
    variants = (rule, *_without_guards(rule))
    faults = tuple(variant._replace(category=variant.id, weight=min(variant.weight, -1)) for variant in variants)
    return Pack("variants", "", "", faults, {}, {})


def _guards(rule: Rule) -> tuple[Source, ...]:
    return (*rule.unless, *rule.unless_text)


def _without_guards(rule: Rule) -> Iterator[Rule]:
    """The rule without each of its guards in turn."""
    for at, guard in enumerate(_guards(rule)):
        unless = tuple(each for each in rule.unless if each is not guard)
        unless_text = tuple(each for each in rule.unless_text if each is not guard)
        yield rule._replace(id=_variant(rule, at), unless=unless, unless_text=unless_text)


def _variant(rule: Rule, at: int) -> str:
    return f"{rule.id} без {at}"


def _find_wrong(rule: Rule, bad: Sequence[_Trial], good: Sequence[_Trial]) -> Iterator[Failure]:
    for trial in bad:
        found, marked = trial.found.get(rule.id, []), trial.example.spans
        if found != list(marked):
            said = f"найдено {_quote(trial, found)}" if found else "ничего не найдено"
            problem = f"{rule.id}: {said}, а отмечено {_quote(trial, marked)}"
            yield Failure(trial.example.source.origin, problem, "поправьте фразу или метку")
    for trial in good:
        found = trial.found.get(rule.id, [])
        if found:
            problem = f"{rule.id}: в примере good найдено {_quote(trial, found)}"
            yield Failure(trial.example.source.origin, problem, "сузьте фразу или добавьте unless")


def _find_idle(rule: Rule, trials: Sequence[_Trial]) -> Iterator[Failure]:
    """Guards without which every example comes out the same."""
    for at, guard in enumerate(_guards(rule)):
        if all(trial.found.get(rule.id) == trial.found.get(_variant(rule, at)) for trial in trials):
            problem = f"{rule.id}: исключение «{guard.text}» не нужно ни одному примеру"
            yield Failure(guard.origin, problem, "добавьте в good предложение, которое оно спасает, или уберите его")


def _find_hidden(rule: Rule, bad: Sequence[_Trial], whole: CoreChecker) -> Iterator[Failure]:
    """Marks that the rule sees alone, but neither it nor another of its category in the company of all."""
    for trial in bad:
        found = _found_by_all(trial.prose, rule, whole)
        seen = [span for span in trial.found.get(rule.id, []) if span in trial.example.spans]
        hidden = [span for span in seen if not any(_overlaps(span, each) for each in found)]
        if hidden:
            problem = f"{rule.id}: вместе с остальными правилами не найдено {_quote(trial, hidden)}"
            yield Failure(trial.example.source.origin, problem, "посмотрите, какое правило его заслоняет")


def _found_by_all(prose: Prose, rule: Rule, whole: CoreChecker) -> list[Span]:
    hits = _find_hits(whole, prose)
    faults = list(settle([hit for hit in hits if whole.bare[hit.rule].weight <= 0], whole.bare, prose))
    if rule.weight <= 0:
        return [(hit.start, hit.stop) for hit in faults if whole.bare[hit.rule].category == rule.category]
    raised = [hit for hit in hits if whole.bare[hit.rule].weight > 0]
    proofs = list(settle_proofs(raised, faults, whole.bare, prose))
    return [(hit.start, hit.stop) for hit in proofs if whole.bare[hit.rule].guideline == rule.guideline]


def _overlaps(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _quote(trial: _Trial, spans: Sequence[Span]) -> str:
    return ", ".join(f"«{trial.example.text[start:stop]}»" for start, stop in spans)
