"""The core: rules compiled once, documents checked many times. No I/O, no clock, no state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vipcopy import russian
from vipcopy.document import Document, is_exact, locate
from vipcopy.hits import find_in_place, find_overlapped, settle, settle_proofs
from vipcopy.kinds import KINDS, Finder
from vipcopy.model import (
    Changes,
    Finding,
    Fix,
    Hit,
    Loss,
    Pack,
    Proof,
    Prose,
    Report,
    Rule,
    RuleError,
    Sentence,
    Source,
)
from vipcopy.regions import read_prose
from vipcopy.score import Cost, Outlook, Scale, best_changes, build_score

REMOVE = "remove"  # in `suggest`: the words may simply go
SCALE = "scale"  # an option of every kind: «whole» losses are not divided by the length of the text
CONTEXT = 300  # characters of the sentence that a finding keeps on either side: a sentence may be megabytes long

Lists = Mapping[str, tuple[Source, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Checker:
    """Compiled rules. `check` is pure: the same document gives the same report, in any thread."""

    rules: Mapping[str, Rule]
    finders: tuple[Finder, ...]
    needs: Mapping[int, int]

    def keep(self, keeps: Callable[[Rule], bool]) -> Checker:
        """The same checker with those rules only; a guideline that no rule can prove any more owes no proof."""
        rules = {rule.id: rule for rule in self.rules.values() if keeps(rule)}
        proven = {rule.guideline for rule in rules.values() if rule.weight > 0}
        needs = {number: need for number, need in self.needs.items() if number in proven}
        return Checker(rules, self.finders, needs)

    def check(self, document: Document) -> Report:
        """Every finding of a document in the order of the text, and its score."""
        prose = read_prose(document.text, document.regions)
        found = [hit for finder in self.finders for hit in finder.find(prose) if hit.rule in self.rules]
        hits = list(find_in_place(found, self.rules, prose))
        faults = settle([hit for hit in hits if self.rules[hit.rule].weight <= 0], self.rules)
        proofs = settle_proofs([hit for hit in hits if self.rules[hit.rule].weight > 0], faults, self.rules)
        words, free = _count_words(prose, faults)
        costs = [_build_cost(hit, self.rules[hit.rule], document) for hit in faults]
        proven = [_build_proof(hit, self.rules[hit.rule], document) for hit in proofs]
        score = build_score(costs, proven, self.needs, free)
        lost = {(loss.rule, loss.start): loss for row in score.guidelines for loss in row.losses}
        findings = tuple(_Teller(document, prose.sentences, self.rules, lost).findings(faults))
        changes = _tell_changes(best_changes(costs, proven, self.needs, free), findings)
        return Report(document.name, document.encoding, words, findings, score, changes=changes)


def build(packs: Sequence[Pack]) -> Checker:
    """Compile the packs' rules. Raises RuleError with a line for every mistake of every pack."""
    lists = {name: items for pack in packs for name, items in pack.lists.items()}
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    mistakes = [mistake for pack in packs for mistake in pack.mistakes]
    finders: list[Finder] = []
    for kind in dict.fromkeys(rule.kind for rule in rules.values()):
        try:
            finders.append(_build_kind(kind, [rule for rule in rules.values() if rule.kind == kind], lists))
        except RuleError as error:
            mistakes.extend(str(error).splitlines())
    if mistakes:
        raise RuleError("\n".join(sorted(mistakes, key=_by_place)))
    needs = {number: need for pack in packs for number, need in pack.needs.items()}
    return Checker(rules, tuple(finders), needs)


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


def _build_cost(hit: Hit, rule: Rule, document: Document) -> Cost:
    scale: Scale = "whole" if "whole" in rule.options.get(SCALE, ()) else "length"
    place = locate(document, hit.start, hit.stop)
    return Cost(rule.id, rule.guideline, rule.weight, place.start, place.stop, scale)


def _build_proof(hit: Hit, rule: Rule, document: Document) -> Proof:
    quote = document.text[hit.start : hit.stop]
    place = locate(document, hit.start, hit.stop)
    message = rule.message.replace("{quote}", quote)
    return Proof(rule.id, rule.guideline, rule.weight, message, place.start, place.stop, quote)


def _tell_changes(outlook: Outlook, findings: Sequence[Finding]) -> Changes:
    spans = {(cost.rule, cost.start, cost.stop) for cost in outlook.costs}
    told = tuple(finding for finding in findings if (finding.rule, finding.start, finding.stop) in spans)
    return Changes(told, outlook.score.total)


def _count_words(prose: Prose, faults: Sequence[Hit]) -> tuple[int, int]:
    """All words of the text, and those outside findings: the length by which losses are scaled."""
    words = [word for sentence in prose.sentences for word in _whole_words(sentence)]
    inside = find_overlapped(words, [(fault.start, fault.stop) for fault in faults])
    return len(words), sum(not overlapped for overlapped in inside)


def _whole_words(sentence: Sentence) -> Iterator[Hit]:
    stop = -1
    for token in sentence.tokens:
        if token.start >= stop and (russian.is_word(token) or russian.is_number(token)):
            stop = token.stop
            yield Hit("", token.start, token.stop)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells the hits of one document as findings in their place in the source."""

    document: Document
    sentences: tuple[Sentence, ...]
    rules: Mapping[str, Rule]
    lost: Mapping[tuple[str, int | None], Loss]

    def findings(self, hits: Sequence[Hit]) -> Iterator[Finding]:
        at = 0
        for hit in hits:
            while at + 1 < len(self.sentences) and self.sentences[at].stop <= hit.start:
                at += 1
            yield self._finding(hit, self.sentences[at] if self.sentences else None)

    def _finding(self, hit: Hit, sentence: Sentence | None) -> Finding:
        rule = self.rules[hit.rule]
        quote = self.document.text[hit.start : hit.stop]
        place = locate(self.document, hit.start, hit.stop)
        loss = self.lost.get((hit.rule, place.start))
        start = min(max(sentence.start, hit.start - CONTEXT), hit.start) if sentence else hit.start
        stop = max(min(sentence.stop, hit.stop + CONTEXT), hit.stop) if sentence else hit.stop
        return Finding(
            rule=rule.id,
            category=rule.category,
            guideline=rule.guideline,
            severity=rule.severity,
            weight=rule.weight,
            lost=loss.points if loss else 0,
            message=rule.message.replace("{quote}", quote),
            why=rule.why,
            start=place.start,
            stop=place.stop,
            quote=quote,
            place=place,
            suggestions=hit.suggestions or tuple(each for each in rule.suggest if each != REMOVE),
            fix=self._fix(hit, rule, place.start, place.stop),
            context=self.document.text[start:stop],
            context_start=hit.start - start,
        )

    def _fix(self, hit: Hit, rule: Rule, start: int, stop: int) -> Fix | None:
        is_removable = REMOVE in rule.suggest and is_exact(self.document, hit.start, hit.stop)
        return Fix(start, stop, "") if is_removable else None
