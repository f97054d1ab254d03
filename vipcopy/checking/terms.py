"""Approved terms of a brand: inside a term, and nowhere else, the rules are silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vipcopy.kinds import KINDS, PAUSE, Finder
from vipcopy.model import Hit, Prose, Rule, Severity, Source
from vipcopy.records import NamedTuple
from vipcopy.silence.waivers import find_names

_KIND = "phrase"

Names = frozenset[str]


class Terms(NamedTuple):
    """Terms compiled, and the names of the rules that each silences; none means all."""

    finder: Finder | None = None
    names: Mapping[str, Names] = {}

    def leave_out(self, hits: Iterable[Hit], rules: Mapping[str, Rule], prose: Prose) -> Iterator[Hit]:
        """The hits, in order of start, that no term holds whole."""
        found = [span for span in self.finder.find(prose) if span is not PAUSE] if self.finder else []
        spans = sorted(found, key=lambda span: span.start)
        opened: list[Hit] = []
        at = 0
        for hit in hits:
            while at < len(spans) and spans[at].start <= hit.start:
                opened.append(spans[at])
                at += 1
            opened = [span for span in opened if span.stop >= hit.start]
            if not any(self._holds(span, hit, rules[hit.rule]) for span in opened):
                yield hit

    def _holds(self, span: Hit, hit: Hit, rule: Rule) -> bool:
        names = self.names[span.rule]
        return span.start <= hit.start and hit.stop <= span.stop and (not names or bool(names & find_names(rule)))


def build_terms(terms: Mapping[Source, Names], lists: Mapping[str, tuple[Source, ...]]) -> Terms:
    """Compile terms, which are phrases of the rule language. Raises RuleError with a line for each mistake."""
    if not terms:
        return Terms()
    rules = [_build_rule(source) for source in terms]
    return Terms(KINDS[_KIND].build(rules, lists), {rule.id: terms[rule.phrase[0]] for rule in rules})


def _build_rule(source: Source) -> Rule:
    return Rule(str(source.origin), "", 0, Severity.INFO, 0, "", "", _KIND, source.origin, phrase=(source,))
