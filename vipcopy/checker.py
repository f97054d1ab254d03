"""The core: rules compiled once, documents checked many times. No I/O, no clock, no state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vipcopy import russian
from vipcopy.document import Document, is_exact, locate
from vipcopy.kinds import KINDS, Finder
from vipcopy.model import Finding, Fix, Hit, Loss, Pack, Proof, Prose, Region, Report, Rule, RuleError, Sentence, Source
from vipcopy.regions import read_prose
from vipcopy.score import Cost, build_score

REMOVE = "remove"  # in `suggest`: the words may simply go
PROOFS = "evidence"  # rules of a positive weight are proofs, whatever their category


@dataclass(frozen=True, slots=True, eq=False)
class Checker:
    """Compiled rules. `check` is pure: the same document gives the same report, in any thread."""

    rules: Mapping[str, Rule]
    finders: tuple[Finder, ...]
    needs: Mapping[int, int]

    def check(self, document: Document) -> Report:
        """Every finding of a document in the order of the text, and its score."""
        prose = read_prose(document.text, document.regions)
        hits = [hit for finder in self.finders for hit in finder.find(prose)]
        allowed = list(_in_place(hits, self.rules, prose))
        faults = _settle([hit for hit in allowed if self.rules[hit.rule].weight <= 0], self.rules)
        proofs = [self._proof(hit, prose) for hit in _proofs(allowed, faults, self.rules)]
        words, free = _count_words(prose, faults)
        score = build_score([self._cost(hit) for hit in faults], proofs, self.needs, free)
        lost = {(loss.rule, loss.start): loss for row in score.guidelines for loss in row.losses}
        located = _Located(document, prose, self.rules, lost)
        return Report(document.name, document.encoding, words, tuple(located.findings(faults)), score)

    def _cost(self, hit: Hit) -> Cost:
        rule = self.rules[hit.rule]
        scale = "whole" if "whole" in rule.options.get("scale", ()) else "length"
        return Cost(hit.rule, rule.guideline, rule.weight, hit.start, hit.stop, scale)

    def _proof(self, hit: Hit, prose: Prose) -> Proof:
        rule = self.rules[hit.rule]
        quote = prose.text[hit.start : hit.stop]
        message = rule.message.replace("{quote}", quote)
        return Proof(rule.id, rule.guideline, rule.weight, message, hit.start, hit.stop, quote)


def build(packs: Sequence[Pack], *, keeps: Callable[[Rule], bool] = lambda rule: True) -> Checker:
    """Compile the packs' rules that `keeps` approves. Raises RuleError with a line for every mistake of every pack."""
    lists = _lists(packs)
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    mistakes = [mistake for pack in packs for mistake in pack.mistakes]
    finders: list[Finder] = []
    kept = [rule for rule in rules.values() if keeps(rule)]
    for kind in dict.fromkeys(rule.kind for rule in rules.values()):
        try:
            finders.append(_build_kind(kind, [rule for rule in kept if rule.kind == kind], lists))
        except RuleError as error:
            mistakes.extend(str(error).splitlines())
    if mistakes:
        raise RuleError("\n".join(sorted(mistakes, key=_by_place)))
    needs = {number: need for pack in packs for number, need in pack.needs.items()}
    return Checker({rule.id: rule for rule in kept}, tuple(finders), needs)


def _lists(packs: Sequence[Pack]) -> dict[str, tuple[Source, ...]]:
    return {name: items for pack in packs for name, items in pack.lists.items()}


def _by_place(mistake: str) -> tuple[str, int, int]:
    path, _, rest = mistake.partition(":")
    line, _, rest = rest.partition(":")
    column, _, _ = rest.partition(":")
    return path, int(line) if line.isdigit() else 0, int(column) if column.isdigit() else 0


def _build_kind(name: str, rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Finder:
    if name not in KINDS:
        places = "\n".join(
            f"{rule.origin}: нет вида правил «{name}»; бывают: {', '.join(sorted(KINDS))}" for rule in rules
        )
        raise RuleError(places)
    kind = KINDS[name]
    unknown = [(rule, key) for rule in rules for key in rule.options if key not in kind.OPTIONS | {"scale"}]
    if unknown:
        raise RuleError(
            "\n".join(
                f"{rule.origin}: у вида {name} нет настройки «{key}»; бывают: {', '.join(sorted(kind.OPTIONS)) or 'никаких'}"
                for rule, key in unknown
            )
        )
    return kind.build(rules, lists)


def _in_place(hits: Iterable[Hit], rules: Mapping[str, Rule], prose: Prose) -> Iterator[Hit]:
    """The hits that stand in a region where their rule may speak, in the order of the text."""
    ordered = sorted(hits, key=lambda hit: (hit.start, hit.stop, hit.rule))
    regions = sorted(prose.regions, key=lambda region: region.start)
    opened: list[Region] = []
    at = sentence_at = 0
    for hit in ordered:
        while at < len(regions) and regions[at].start <= hit.start:
            opened.append(regions[at])
            at += 1
        opened = [region for region in opened if region.stop > hit.start]
        while sentence_at + 1 < len(prose.sentences) and prose.sentences[sentence_at].stop <= hit.start:
            sentence_at += 1
        kinds = {region.kind for region in opened if region.stop >= hit.stop}
        if prose.sentences and prose.sentences[sentence_at].start <= hit.start:
            kinds |= prose.sentences[sentence_at].regions
        if _may_stand(rules[hit.rule].where, kinds):
            yield hit


def _may_stand(where: Sequence[str], kinds: set[str]) -> bool:
    wanted = [kind for kind in where if not kind.startswith("!")]
    barred = any(kind.startswith("!") and kind[1:] in kinds for kind in where)
    return not barred and (not wanted or any(kind in kinds for kind in wanted))


def _settle(hits: Sequence[Hit], rules: Mapping[str, Rule]) -> list[Hit]:
    """Of overlapping hits of one category the gravest stays, of equally grave ones the longest."""
    by_category: dict[str, list[Hit]] = {}
    for hit in hits:
        by_category.setdefault(rules[hit.rule].category, []).append(hit)
    kept = [hit for group in by_category.values() for hit in _settle_category(group, rules)]
    return sorted(kept, key=lambda hit: (hit.start, hit.stop, hit.rule))


def _settle_category(hits: Sequence[Hit], rules: Mapping[str, Rule]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in hits:
        if kept and hit.start < kept[-1].stop:
            kept[-1] = max(kept[-1], hit, key=lambda each: (rules[each.rule].severity.rank, each.stop - each.start))
        else:
            kept.append(hit)
    return kept


def _proofs(hits: Sequence[Hit], faults: Sequence[Hit], rules: Mapping[str, Rule]) -> list[Hit]:
    """Evidence counts once a place, and never inside a finding."""
    spans = [(hit.start, hit.stop) for hit in faults]
    proofs = [hit for hit in hits if rules[hit.rule].weight > 0]
    free = [hit for hit, overlaps in zip(proofs, _overlaps(proofs, spans), strict=True) if not overlaps]
    by_guideline: dict[int, list[Hit]] = {}
    for hit in free:
        by_guideline.setdefault(rules[hit.rule].guideline, []).append(hit)
    return [hit for group in by_guideline.values() for hit in _strongest(group, rules)]


def _strongest(hits: Sequence[Hit], rules: Mapping[str, Rule]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in hits:
        if kept and hit.start < kept[-1].stop:
            kept[-1] = max(kept[-1], hit, key=lambda each: (rules[each.rule].weight, each.stop - each.start))
        else:
            kept.append(hit)
    return kept


def _overlaps(hits: Sequence[Hit], spans: Sequence[tuple[int, int]]) -> Iterator[bool]:
    """For each hit, both in order of start, whether any span overlaps it."""
    at, reach = 0, -1
    for hit in hits:
        while at < len(spans) and spans[at][0] < hit.stop:
            reach = max(reach, spans[at][1])
            at += 1
        yield reach > hit.start


def _count_words(prose: Prose, faults: Sequence[Hit]) -> tuple[int, int]:
    """All words of the text, and those outside findings: the length by which losses are scaled."""
    tokens = [token for sentence in prose.sentences for token in _whole_words(sentence)]
    spans = [(hit.start, hit.stop) for hit in faults]
    inside = _overlaps([Hit("", token.start, token.stop) for token in tokens], spans)
    return len(tokens), sum(not overlaps for overlaps in inside)


def _whole_words(sentence: Sentence) -> Iterator[Hit]:
    stop = 0
    for token in sentence.tokens:
        if token.start >= stop and (russian.is_word(token) or russian.is_number(token)):
            stop = token.stop
            yield Hit("", token.start, token.stop)


@dataclass(frozen=True, slots=True)
class _Located:
    """Hits of one document, told as findings in their place in the source."""

    document: Document
    prose: Prose
    rules: Mapping[str, Rule]
    lost: Mapping[tuple[str, int | None], Loss] = field(default_factory=dict)

    def findings(self, hits: Sequence[Hit]) -> Iterator[Finding]:
        at = 0
        for hit in hits:
            while at + 1 < len(self.prose.sentences) and self.prose.sentences[at].stop <= hit.start:
                at += 1
            yield self._finding(hit, self.prose.sentences[at] if self.prose.sentences else None)

    def _finding(self, hit: Hit, sentence: Sentence | None) -> Finding:
        rule = self.rules[hit.rule]
        quote = self.document.text[hit.start : hit.stop]
        place = locate(self.document, hit.start, hit.stop)
        context, before = self._context(hit, sentence)
        loss = self.lost.get((hit.rule, hit.start))
        advice = hit.suggestions or tuple(each for each in rule.suggest if each != REMOVE)
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
            suggestions=advice,
            fix=self._fix(hit, rule, place.start, place.stop),
            context=context,
            context_start=before,
        )

    def _context(self, hit: Hit, sentence: Sentence | None) -> tuple[str, int]:
        start = min(sentence.start, hit.start) if sentence else hit.start
        stop = max(sentence.stop, hit.stop) if sentence else hit.stop
        return self.document.text[start:stop], hit.start - start

    def _fix(self, hit: Hit, rule: Rule, start: int, stop: int) -> Fix | None:
        if REMOVE not in rule.suggest or not is_exact(self.document, hit.start, hit.stop):
            return None
        return Fix(start, stop, "")
