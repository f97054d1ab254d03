"""Length: how many words a sentence, a paragraph or the whole text may have.

Of a sentence the finding is its tail, from the first word beyond the limit to its last word: so much is too much.
Of a paragraph and of the text it is the first three words beyond the limit.

options:
  measure: sentence, paragraph or text
  limit: the number of words that are still well
  without: regions whose sentences are not counted
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from vipcopy.kinds.interleave import PAUSE, interleave, with_pauses
from vipcopy.kinds.options import build_each, parse_choice, parse_number, parse_words
from vipcopy.model import Hit, Prose, Rule, Sentence, Source
from vipcopy.records import NamedTuple
from vipcopy.russian import count_words, find_words

OPTIONS = frozenset({"measure", "limit", "without"})
MEASURES = ("sentence", "paragraph", "text")
LIMITS = {"sentence": 30, "paragraph": 100, "text": 250}

_SHOWN = 3  # words of the finding where all beyond the limit would be half the letter


class Limit(NamedTuple):
    """One rule: what is measured, how many words it may have, which regions are left out."""

    rule: str
    measure: str
    words: int
    without: frozenset[str]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """A hit for each measured stretch that is too long."""
        group: list[Sentence] = []
        words = stop = 0
        stops = _STOPS[self.measure](prose)
        for sentence in with_pauses(prose.sentences):
            if sentence is None:
                yield PAUSE
                continue
            if sentence.start >= stop:
                yield from self._judge(group, words)
                group, words = [], 0
                stop = next(each for each in stops if sentence.start < each)
            if not sentence.regions & self.without:
                if words <= self.words + _SHOWN:  # more of them are only counted
                    group.append(sentence)
                words += count_words(sentence.tokens)
        yield from self._judge(group, words)

    def _judge(self, sentences: Sequence[Sentence], words: int) -> Iterator[Hit]:
        if words > self.words:
            shown = None if self.measure == "sentence" else self.words + _SHOWN
            found = chain.from_iterable(find_words(sentence.tokens) for sentence in sentences)
            beyond = list(islice(found, self.words, shown))
            yield Hit(self.rule, beyond[0].start, beyond[-1].stop)


class Lengths(NamedTuple):
    """All rules of the kind."""

    rules: tuple[Limit, ...]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """The hits of all rules."""
        return interleave(rule.find(prose) for rule in self.rules)


def build(rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Lengths:
    """Compile the rules of this kind. Raises RuleError for an unknown measure or a limit that is no number."""
    return Lengths(build_each(rules, lambda rule: _build_limit(rule, lists)))


def _build_limit(rule: Rule, lists: Mapping[str, tuple[Source, ...]]) -> Limit:
    measure = parse_choice(rule, "measure", MEASURES)
    words = parse_number(rule, "limit", LIMITS[measure])
    return Limit(rule.id, measure, words, frozenset(parse_words(rule, "without", lists)))


def _sentence_stops(prose: Prose) -> Iterator[int]:
    return (sentence.stop for sentence in prose.sentences)


def _paragraph_stops(prose: Prose) -> Iterator[int]:
    return iter(prose.block_stops)


def _text_stops(prose: Prose) -> Iterator[int]:
    return iter((len(prose.text) + 1,))


_STOPS = {"sentence": _sentence_stops, "paragraph": _paragraph_stops, "text": _text_stops}
