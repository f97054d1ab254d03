"""Hits of a document as records for a report: findings in their place, costs and proofs for the score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from math import inf

from vipcopy.changes import Outlook
from vipcopy.document import Document, find_extent, is_exact, locate
from vipcopy.identity import digest_sentence
from vipcopy.model import Changes, Finding, Fix, GuidelineScore, Hit, Proof, Prose, Rule, Score
from vipcopy.records import NamedTuple
from vipcopy.score import Cost, Scale
from vipcopy.silence import Waiver

REMOVE = "remove"  # in `suggest`: the words may simply go
SCALE = "scale"  # an option of every kind: «whole» losses are not divided by the length of the text
CONTEXT = 300  # characters of the sentence that a finding keeps on either side: a sentence may be megabytes long

_LAST = (inf, "", 0)


class _Around(NamedTuple):
    """The sentence that holds a finding; nothing where there is none."""

    start: int
    stop: int
    digest: str


def build_cost(hit: Hit, rule: Rule, document: Document) -> Cost:
    """What a fault costs, in its place in the source."""
    scale: Scale = "whole" if "whole" in rule.options.get(SCALE, ()) else "length"
    part, start, stop, _ = find_extent(document, hit.start, hit.stop)
    return Cost(rule.id, rule.guideline, rule.weight, start, stop, scale, part, hit.start)


def build_proof(hit: Hit, rule: Rule, document: Document, quote: str) -> Proof:
    """What a piece of evidence proves, in its place in the source."""
    part, start, stop, _ = find_extent(document, hit.start, hit.stop)
    message = rule.message.replace("{quote}", quote)
    return Proof(rule.id, rule.guideline, rule.weight, message, start, stop, quote, part)


class Teller(NamedTuple):
    """Tells the hits of one document as findings in their place in the source."""

    document: Document
    prose: Prose
    rules: Mapping[str, Rule]

    def findings(self, hits: Sequence[Hit], score: Score) -> Iterator[Finding]:
        """The findings in the order of the hits, each with what it costs in that score and advice not given before."""
        for advised, around, lost in self._prepare(hits, score):
            yield self._finding(advised, around, lost)

    def changes(self, outlook: Outlook, hits: Sequence[Hit], score: Score) -> Changes:
        """The findings that an outlook names, of those of all hits, and the total once they are gone."""
        places = {(cost.rule, cost.offset) for cost in outlook.costs}
        named = (each for each in self._prepare(hits, score) if (each[0].rule, each[0].start) in places)
        return Changes(tuple(self._finding(*each) for each in named), outlook.score.total)

    def pardoned(self, hits: Sequence[tuple[Hit, Waiver]], score: Score) -> Iterator[Finding]:
        """The waived findings, each with the reason of its waiver."""
        findings = self.findings([hit for hit, _ in hits], score)
        for finding, (_, waiver) in zip(findings, hits, strict=True):
            yield finding._replace(reason=waiver.reason)

    def _sentences_around(self, hits: Sequence[Hit]) -> Iterator[_Around]:
        """For each hit, in order, the sentence where it starts; the text of each sentence is read once."""
        if not self.prose.sentences:
            yield from (_Around(hit.start, hit.stop, "") for hit in hits)
            return
        ahead = iter(self.prose.sentences)
        sentence = next(ahead)
        around: _Around | None = None
        for hit in hits:
            while sentence.stop <= hit.start and (following := next(ahead, None)):
                sentence, around = following, None
            if around is None:
                start, stop = sentence.start, sentence.stop
                around = _Around(start, stop, digest_sentence(self.prose.written[start:stop]))
            yield around

    def _prepare(self, hits: Sequence[Hit], score: Score) -> Iterator[tuple[Hit, _Around, int]]:
        """Each hit with the one piece of advice that it gives, its sentence and the centipoints that it costs."""
        told: set[str | None] = set()
        for hit, around, lost in zip(hits, self._sentences_around(hits), _find_lost(hits, score), strict=True):
            fresh = next((each for each in self._advice(hit) if each not in told), None)
            told.add(fresh)
            yield hit._replace(suggestions=(fresh,) if fresh else ()), around, lost

    def _advice(self, hit: Hit) -> Sequence[str]:
        return hit.suggestions or tuple(each for each in self.rules[hit.rule].suggest if each != REMOVE)

    def _finding(self, hit: Hit, around: _Around, lost: int) -> Finding:
        rule = self.rules[hit.rule]
        quote = self.prose.written[hit.start : hit.stop]
        place = locate(self.document, hit.start, hit.stop)
        start = min(max(around.start, hit.start - CONTEXT), hit.start)
        stop = max(min(around.stop, hit.stop + CONTEXT), hit.stop)
        return Finding(
            rule=rule.id,
            category=rule.category,
            guideline=rule.guideline,
            severity=rule.severity,
            weight=rule.weight,
            lost=lost,
            message=rule.message.replace("{quote}", quote),
            why=rule.why,
            start=place.start,
            stop=place.stop,
            quote=quote,
            place=place,
            suggestions=hit.suggestions,
            fix=self._fix(hit, rule, place.start, place.stop),
            context=self.prose.written[start:stop],
            context_start=hit.start - start,
            sentence=around.digest,
            offset=hit.start,
        )

    def _fix(self, hit: Hit, rule: Rule, start: int, stop: int) -> Fix | None:
        is_removable = REMOVE in rule.suggest and is_exact(self.document, hit.start, hit.stop)
        return Fix(start, stop, "") if is_removable else None


def _find_lost(hits: Sequence[Hit], score: Score) -> Iterator[int]:
    """The centipoints that each hit costs; both come in the order of the text, so one sweep does it."""
    losses = merge(*map(_find_points, score.guidelines))
    at, points = -1, {"": 0}
    offset, rule, lost = next(losses, _LAST)
    for hit in hits:
        if hit.start != at:
            at, points = hit.start, {}
        while offset <= at:
            if offset == at:
                points[rule] = lost
            offset, rule, lost = next(losses, _LAST)
        yield points.get(hit.rule, 0)


def _find_points(row: GuidelineScore) -> Iterator[tuple[float, str, int]]:
    return ((loss.offset, loss.rule, loss.points) for loss in row.losses if loss.offset is not None)
