"""Hits of a document as records for a report: findings in their place, costs and proofs for the score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vipcopy.document import Document, is_exact, locate
from vipcopy.identity import digest_sentence
from vipcopy.model import Changes, Finding, Fix, Hit, Loss, Proof, Rule, Score, Sentence
from vipcopy.score import Cost, Outlook, Scale
from vipcopy.silence import Waiver

REMOVE = "remove"  # in `suggest`: the words may simply go
SCALE = "scale"  # an option of every kind: «whole» losses are not divided by the length of the text
CONTEXT = 300  # characters of the sentence that a finding keeps on either side: a sentence may be megabytes long

_Losses = Mapping[tuple[str, int | None], Loss]  # by rule and offset


class _Around(NamedTuple):
    """The sentence that holds a finding; nothing where there is none."""

    start: int
    stop: int
    digest: str


def build_cost(hit: Hit, rule: Rule, document: Document) -> Cost:
    """What a fault costs, in its place in the source."""
    scale: Scale = "whole" if "whole" in rule.options.get(SCALE, ()) else "length"
    place = locate(document, hit.start, hit.stop)
    return Cost(rule.id, rule.guideline, rule.weight, place.start, place.stop, scale, place.part, hit.start)


def build_proof(hit: Hit, rule: Rule, document: Document) -> Proof:
    """What a piece of evidence proves, in its place in the source."""
    quote = document.text[hit.start : hit.stop]
    place = locate(document, hit.start, hit.stop)
    message = rule.message.replace("{quote}", quote)
    return Proof(rule.id, rule.guideline, rule.weight, message, place.start, place.stop, quote, place.part)


def tell_changes(outlook: Outlook, findings: Sequence[Finding]) -> Changes:
    """The findings that an outlook names, and the total once they are gone."""
    places = {(cost.rule, cost.offset) for cost in outlook.costs}
    told = tuple(finding for finding in findings if (finding.rule, finding.offset) in places)
    return Changes(told, outlook.score.total)


class Teller(NamedTuple):
    """Tells the hits of one document as findings in their place in the source."""

    document: Document
    sentences: tuple[Sentence, ...]
    rules: Mapping[str, Rule]

    def findings(self, hits: Sequence[Hit], score: Score) -> Iterator[Finding]:
        """The findings in the order of the hits, each with what it costs in that score and advice not given before."""
        lost = {(loss.rule, loss.offset): loss for row in score.guidelines for loss in row.losses}
        told: set[str | None] = set()
        for hit, around in zip(hits, self._sentences_around(hits), strict=True):
            fresh = next((each for each in self._advice(hit) if each not in told), None)
            told.add(fresh)
            yield self._finding(hit._replace(suggestions=(fresh,) if fresh else ()), around, lost)

    def pardoned(self, hits: Sequence[tuple[Hit, Waiver]], score: Score) -> Iterator[Finding]:
        """The waived findings, each with the reason of its waiver."""
        findings = self.findings([hit for hit, _ in hits], score)
        for finding, (_, waiver) in zip(findings, hits, strict=True):
            yield finding._replace(reason=waiver.reason)

    def _sentences_around(self, hits: Sequence[Hit]) -> Iterator[_Around]:
        """For each hit, in order, the sentence where it starts; the text of each sentence is read once."""
        at, told, around = 0, -1, _Around(0, 0, "")
        for hit in hits:
            while at + 1 < len(self.sentences) and self.sentences[at].stop <= hit.start:
                at += 1
            if self.sentences and at != told:
                start, stop = self.sentences[at].start, self.sentences[at].stop
                told, around = at, _Around(start, stop, digest_sentence(self.document.text[start:stop]))
            yield around if self.sentences else _Around(hit.start, hit.stop, "")

    def _advice(self, hit: Hit) -> Sequence[str]:
        return hit.suggestions or tuple(each for each in self.rules[hit.rule].suggest if each != REMOVE)

    def _finding(self, hit: Hit, around: _Around, lost: _Losses) -> Finding:
        rule = self.rules[hit.rule]
        quote = self.document.text[hit.start : hit.stop]
        place = locate(self.document, hit.start, hit.stop)
        loss = lost.get((hit.rule, hit.start))
        start = min(max(around.start, hit.start - CONTEXT), hit.start)
        stop = max(min(around.stop, hit.stop + CONTEXT), hit.stop)
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
            suggestions=hit.suggestions,
            fix=self._fix(hit, rule, place.start, place.stop),
            context=self.document.text[start:stop],
            context_start=hit.start - start,
            sentence=around.digest,
            offset=hit.start,
        )

    def _fix(self, hit: Hit, rule: Rule, start: int, stop: int) -> Fix | None:
        is_removable = REMOVE in rule.suggest and is_exact(self.document, hit.start, hit.stop)
        return Fix(start, stop, "") if is_removable else None
