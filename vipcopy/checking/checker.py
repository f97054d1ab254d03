"""The core: rules compiled once, documents checked many times. No I/O, no clock, no state."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, compress, filterfalse, groupby

from vipcopy import russian
from vipcopy.checking.findings import Teller, build_cost, build_proof
from vipcopy.checking.fixes import Connectives, Editor
from vipcopy.checking.hit_columns import HitColumns
from vipcopy.checking.hits import find_in_place, find_overlapped, settle, settle_proofs
from vipcopy.checking.limits import watch
from vipcopy.checking.terms import Terms
from vipcopy.checking.wordings import Rulebook, Wording
from vipcopy.document import Document, locate
from vipcopy.kinds import PAUSE, Finder, interleave, with_pauses
from vipcopy.manuscript import Manuscript, read
from vipcopy.model import Finding, Hit, Place, Prose, Report, Rule
from vipcopy.overlaps import UNRESTRICTED, Overlaps
from vipcopy.phrases.words import WordTest
from vipcopy.records import NamedTuple
from vipcopy.replay import collect
from vipcopy.scoring.changes import best_changes
from vipcopy.scoring.guidelines import GUIDELINES
from vipcopy.scoring.score import Basis, Cost, Costs, build_basis, build_score, position_key, proof_key
from vipcopy.scoring.scorecard import Proof
from vipcopy.silence.waivers import NONE, Waiver, Waivers, find_names
from vipcopy.ticks import Tick, never

POOLED = (WordTest,)  # records that many phrases have


class CoreChecker(NamedTuple):
    """Compiled rules. `check` is pure: the same document gives the same report, in any thread."""

    bare: Mapping[str, Rule]  # the rules without their wording, which is most of them and seldom asked for
    wordings: Mapping[str, Wording]
    finders: tuple[Finder, ...]
    needs: Mapping[int, int]
    terms: Terms
    known: frozenset[str]  # the names of all rules, those left out by `keep` too
    overlaps: Overlaps = UNRESTRICTED
    connectives: Connectives = Connectives()
    readings: Mapping[str, tuple[str, ...]] = {}  # of words that copy has, so that the dictionary is seldom asked

    def keep(self, keeps: Callable[[Rule], bool]) -> CoreChecker:
        """The same checker with those rules only; a guideline that no rule can prove any more owes no proof."""
        rules = {rule.id: rule for rule in self.bare.values() if keeps(rule)}
        proven = {rule.guideline for rule in rules.values() if rule.weight > 0}
        needs = {number: need for number, need in self.needs.items() if number in proven}
        return self._replace(bare=rules, needs=needs)

    def change(self, changes: Callable[[Rule], Rule]) -> CoreChecker:
        """The same checker with other severities, weights or messages of its rules."""
        return self._replace(bare={name: changes(rule) for name, rule in self.bare.items()})

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules as their packs wrote them, by id."""
        return Rulebook(self.bare, self.wordings)

    def check(self, document: Document, waivers: Waivers = NONE, tick: Tick = never) -> Report:
        """Every finding of a document in the order of the text, and its score, with the waivers and without."""
        return self.judge(read(document), waivers, tick)

    def judge(self, manuscript: Manuscript, waivers: Waivers = NONE, tick: Tick = never) -> Report:
        """The same of a document that is read already."""
        document, prose = manuscript.document, watch(manuscript.prose, tick)
        lengths = array("I")
        settled, proofs = self._find(prose, lengths)
        pardons = [self._pardon(hit, manuscript, waivers) for hit in settled]
        faults = HitColumns(hit for hit, pardon in zip(settled, pardons, strict=True) if pardon is None)
        waived = [(hit, pardon) for hit, pardon in zip(settled, pardons, strict=True) if pardon]
        account = _Account(self, document, prose, proofs, lengths)
        costs, basis = account.figures(faults)
        score = build_score(costs, basis)
        told = manuscript.prose  # without the clock: a report is read when it likes
        teller = Teller(document, told, self.bare, Editor(told.written, self.connectives))
        prepared = teller.prepare(faults, score)
        findings = collect(lambda: teller.findings(prepared), len(faults))
        return Report(
            document.name,
            document.encoding,
            words=sum(lengths),
            findings=self._with_faults(findings, waivers, [pardon for _, pardon in waived]),
            score=score,
            changes=teller.changes(best_changes(costs, basis, score), prepared, partial(self._tell_total, waivers)),
            waived=collect(lambda: teller.pardoned(waived, score), len(waived)),
            unwaived=build_score(*account.figures(settled)) if waived else None,
            notes=document.notes,
            page=prose.written,
        )

    def _tell_total(self, waivers: Waivers, document: Document) -> int:
        return self.check(document, waivers).score.total

    def _pardon(self, hit: Hit, manuscript: Manuscript, waivers: Waivers) -> Waiver | None:
        return waivers.find(self.bare[hit.rule], *_tell_place(hit, manuscript)) if waivers.items else None

    def _with_faults(self, findings: Sequence[Finding], waivers: Waivers, used: Sequence[Waiver]) -> Sequence[Finding]:
        """The findings and, in the order of the source, those of waivers that are unknown or silence nothing."""
        if not waivers.items:
            return findings
        active = frozenset[str]().union(*map(find_names, self.bare.values()))
        faults = waivers.find_faults(frozenset(used), self.known, active)
        every = len(findings) + len(faults)
        return collect(lambda: sorted((*findings, *faults), key=_tell_order), every) if faults else findings

    def _find(self, prose: Prose, lengths: array[int]) -> tuple[Sequence[Hit], Sequence[Hit]]:
        """The faults and the proofs that count; how many words each sentence has is added to the lengths."""
        searches = (finder.find(prose) for finder in self.finders)
        found = (hit for hit in interleave((*searches, _count_words(prose, lengths))) if hit.rule in self.bare)
        hits = HitColumns(self.terms.leave_out(find_in_place(found, self.bare, prose), self.bare, prose))
        faults = HitColumns(settle(filter(self._is_fault, hits), self.bare, prose, self.overlaps))
        proofs = HitColumns(filterfalse(self._is_fault, hits))
        return faults, HitColumns(settle_proofs(proofs, faults, self.bare, prose))

    def _is_fault(self, hit: Hit) -> bool:
        return self.bare[hit.rule].weight <= 0


class _Account(NamedTuple):
    """What the score of one document is made of, whichever of its faults count."""

    checker: CoreChecker
    document: Document
    prose: Prose
    proofs: Sequence[Hit]
    lengths: Sequence[int]  # how many words each sentence has

    def figures(self, faults: Sequence[Hit]) -> tuple[Costs, Basis]:
        """What the faults cost, and what they are scored by: the words outside them are the length of the text."""
        costs = {number: collect(partial(self._costs, each), len(each)) for number, each in self._group(faults).items()}
        groups = self._group(self.proofs).items()
        proofs = {number: collect(partial(self._proofs, each), len(each)) for number, each in groups}
        return costs, build_basis(costs, proofs, self.checker.needs, self._count_free(faults))

    def _group(self, hits: Iterable[Hit]) -> Mapping[int, Sequence[Hit]]:
        """The hits of each guideline."""
        groups = {number: HitColumns() for number in GUIDELINES}
        for hit in hits:
            groups[self.checker.bare[hit.rule].guideline].append(hit)
        return groups

    def _proofs(self, hits: Sequence[Hit]) -> Sequence[Proof]:
        rules, text, leading = self.checker.bare, self.prose.written, self.checker.connectives.leading
        quoted = ((hit, text[hit.start : hit.stop]) for hit in hits)
        proofs = (build_proof(hit, rules[hit.rule], self.document, quote, leading) for hit, quote in quoted)
        return sorted(proofs, key=proof_key)

    def _costs(self, faults: Sequence[Hit]) -> Iterator[Cost]:
        """The costs of a guideline's faults in their order, but for those that begin alike."""
        rules = self.checker.bare
        for _, alike in groupby(faults, key=lambda hit: hit.start):
            yield from sorted((build_cost(hit, rules[hit.rule], self.document) for hit in alike), key=position_key)

    def _count_free(self, faults: Sequence[Hit]) -> int:
        """How many words no fault overlaps; only sentences that have one are looked at word by word."""
        overlapped = find_overlapped(self.prose.sentences, faults)
        marked = compress(self.prose.sentences, overlapped)
        words = chain.from_iterable(russian.find_words(sentence.tokens) for sentence in marked)
        return sum(self.lengths) - sum(find_overlapped(words, faults))


def _count_words(prose: Prose, lengths: array[int]) -> Iterator[Hit]:
    """No hits; only the number of words of each sentence, counted while others read them."""
    for sentence in with_pauses(prose.sentences):
        if sentence:
            lengths.append(russian.count_words(sentence.tokens))
        else:
            yield PAUSE


def _tell_order(finding: Finding) -> tuple[bool, int]:
    """Where a finding stands among others: those of a mail's parts stay in the order in which they are read."""
    return bool(finding.place.part), 0 if finding.place.part else finding.start


def _tell_place(hit: Hit, manuscript: Manuscript) -> tuple[Place, str]:
    return locate(manuscript.document, hit.start, hit.stop), manuscript.prose.written[hit.start : hit.stop]
