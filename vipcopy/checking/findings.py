"""Hits of a document as records for a report: findings in their place, costs and proofs for the score."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from math import inf

from vipcopy.checking.fixes import Editor, is_broken_off
from vipcopy.document import Document, Edit, find_extent, find_part_starts, is_in_order, locate, rewrite
from vipcopy.identity import digest_sentence
from vipcopy.model import Changes, Finding, Fix, Hit, Prose, Rule, Sentence
from vipcopy.records import NamedTuple
from vipcopy.replay import LazyValue, Replay, collect, ready
from vipcopy.scoring.changes import Outlook
from vipcopy.scoring.score import Cost, Scale
from vipcopy.scoring.scorecard import GuidelineScore, Proof, Score
from vipcopy.silence.waivers import Waiver

REMOVE = "remove"  # in `suggest`: the words may simply go
SCALE = "scale"  # an option of every kind: «whole» losses are not divided by the length of the text
LONGEST_FORESEEN = 20_000  # characters: of a longer text three places say little, and to check it anew takes long
CONTEXT = 300  # characters of the sentence that a finding keeps on either side: a sentence may be megabytes long

_LAST = (inf, "", 0)
_EDGES = " \t\n\u00a0,:;—–"
_ABBREVIATION = 4  # characters at most, the dot too: «руб.», «т. д.»
_INNER = str.maketrans("«»", "„“")


class _Around(NamedTuple):
    """The sentence that holds a finding; nothing where there is none."""

    start: int
    stop: int
    digest: str
    sentence: Sentence | None = None


class Prepared(NamedTuple):
    """A hit with the one piece of advice that it gives, its sentence, its centipoints, and what may take it out."""

    hit: Hit
    advice: tuple[str, ...]
    around: _Around
    lost: int
    fix: Fix | None


def build_cost(hit: Hit, rule: Rule, document: Document) -> Cost:
    """What a fault costs, in its place in the source."""
    scale: Scale = "whole" if "whole" in rule.options.get(SCALE, ()) else "length"
    part, start, stop, _ = find_extent(document, hit.start, hit.stop)
    return Cost(rule.id, rule.guideline, rule.weight, start, stop, scale, part, hit.start)


def build_proof(hit: Hit, rule: Rule, document: Document, quote: str, leading: Container[str]) -> Proof:
    """What a piece of evidence proves, in its place in the source."""
    part, start, stop, _ = find_extent(document, hit.start, hit.stop)
    return Proof(rule.id, rule.guideline, rule.weight, _write_message(rule, quote, leading), start, stop, quote, part)


class Teller(NamedTuple):
    """Tells the hits of one document as findings in their place in the source."""

    document: Document
    prose: Prose
    rules: Mapping[str, Rule]
    editor: Editor

    def prepare(self, hits: Sequence[Hit], score: Score) -> Sequence[Prepared]:
        """The hits in their order, each with its cost in that score, advice not given before and a machine's edit."""
        return collect(lambda: self._prepare(hits, score), len(hits))

    def findings(self, prepared: Sequence[Prepared]) -> Iterable[Finding]:
        """The findings in the order of the source."""
        return self._sort(map(self._finding, prepared))

    def changes(self, outlook: Outlook, prepared: Sequence[Prepared], check: Callable[[Document], int]) -> Changes:
        """The findings that an outlook names, of those of all hits, and the total once they are gone.

        Where they hide other findings the total is that of the text without their words, which `check` tells.
        """
        places = {(cost.rule, cost.offset) for cost in outlook.costs}
        named = LazyValue(lambda: tuple(each for each in prepared if (each.hit.rule, each.hit.start) in places))
        told = LazyValue(lambda: tuple(self._sort(map(self._finding, named.get()))))
        findings = (
            Replay(told.get, len(places)) if isinstance(prepared, Replay) else told.get()
        )  # many aren't asked for
        document, written, total = self.document, self.prose.written, outlook.score.total

        def foresee() -> int:
            return min(total, check(rewrite(document, written, tuple(_find_edits(self.editor, named.get())))))

        is_short = bool(places) and len(written) <= LONGEST_FORESEEN
        return Changes(findings, LazyValue(foresee) if is_short else ready(total))

    def pardoned(self, hits: Sequence[tuple[Hit, Waiver]], score: Score) -> Iterable[Finding]:
        """The waived findings, each with the reason of its waiver."""
        told = zip(self.prepare([hit for hit, _ in hits], score), hits, strict=True)
        return self._sort(self._finding(each)._replace(reason=waiver.reason, fix=None) for each, (_, waiver) in told)

    def _sort(self, findings: Iterator[Finding]) -> Iterable[Finding]:
        """Those of a part by their place in it, the parts in the order in which they are read."""
        if is_in_order(self.document):
            return findings
        starts = find_part_starts(self.document)
        return sorted(findings, key=lambda each: (bisect_right(starts, each.offset), each.start, each.stop))

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
                around = _Around(start, stop, digest_sentence(self.prose.written[start:stop]), sentence)
            yield around

    def _prepare(self, hits: Sequence[Hit], score: Score) -> Iterator[Prepared]:
        """The hits in order. Of fixes in one sentence, or that overlap, the first stands: all may be made at once."""
        told: set[str | None] = set()
        fixed, reach = -1, ("", -1)
        for hit, around, lost in zip(hits, self._sentences_around(hits), _find_lost(hits, score), strict=True):
            fresh = next((each for each in self._advice(hit) if each not in told), None)
            told.add(fresh)
            fix = self._fix(hit, around) if around.start != fixed else None
            if fix and reach[0] == fix.place.part and fix.place.start < reach[1]:
                fix = None
            if fix:
                fixed, reach = around.start, (fix.place.part, fix.place.stop)
            yield Prepared(hit, (fresh,) if fresh else (), around, lost, fix)

    def _advice(self, hit: Hit) -> Iterator[str]:
        return (each for each in self.rules[hit.rule].suggest if each != REMOVE)

    def _fix(self, hit: Hit, around: _Around) -> Fix | None:
        if REMOVE not in self.rules[hit.rule].suggest or around.sentence is None:
            return None
        return self.editor.find_deletion(self.document, around.sentence, hit.start, hit.stop)

    def _finding(self, prepared: Prepared) -> Finding:
        hit, around, rule = prepared.hit, prepared.around, self.rules[prepared.hit.rule]
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
            lost=prepared.lost,
            message=_write_message(rule, quote, self.editor.connectives.leading),
            why=rule.why,
            start=place.start,
            stop=place.stop,
            quote=quote,
            place=place,
            suggestions=prepared.advice,
            fix=prepared.fix,
            is_removable=REMOVE in rule.suggest,
            context=self.prose.written[start:stop],
            context_start=hit.start - start,
            sentence=around.digest,
            offset=hit.start,
        )


def _write_message(rule: Rule, quote: str, leading: Container[str]) -> str:
    """What is wrong. Marks at the edge of the words stay out, «Наша миссия —»; those that wait for more get «…»."""
    words = quote.strip(_EDGES) if any(map(str.isalnum, quote)) else quote  # «:)» is all marks
    if words.endswith(".") and not words.endswith("..") and len(words.split()[-1]) > _ABBREVIATION:
        words = words[:-1]
    if is_broken_off(words, leading):
        words += "…"
    return rule.message.replace("{quote}", _nest_quotes(words))


def _nest_quotes(words: str) -> str:
    """Quotation marks inside others, a lost partner put back: «список „Форбс“» of «список «Форбс»."""
    words = words.translate(_INNER)
    opened, closed = words.find("„"), words.find("“")
    if closed >= 0 and (opened < 0 or closed < opened):
        words = f"„{words}"
    return words + "“" * (words.count("„") - words.count("“"))


def _find_edits(editor: Editor, named: Iterable[Prepared]) -> Iterator[Edit]:
    """What takes the words of these out; of those in one another the first."""
    reach = 0
    for hit, _, around, _, _ in named:
        edit = editor.find_rough_edit(around.sentence, hit.start, hit.stop)
        if edit.start >= reach:
            reach = edit.stop
            yield edit


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
