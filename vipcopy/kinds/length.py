"""Length: how many words a sentence, a paragraph or the whole text may have.

Of a sentence the finding is its tail, from the first word beyond the limit to its last word: so much is too much.
Of a paragraph and of the text it is the first three words beyond the limit.

options:
  measure: sentence, paragraph or text
  limit: the number of words that are still well
  without: regions whose sentences are not counted
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from vipcopy.kinds.options import build_each, parse_choice, parse_number, parse_words
from vipcopy.model import Hit, Prose, Rule, Sentence, Source, Token
from vipcopy.russian import count_words, find_blocks, find_words

OPTIONS = frozenset({"measure", "limit", "without"})
MEASURES = ("sentence", "paragraph", "text")
LIMITS = {"sentence": 30, "paragraph": 100, "text": 250}

_LINE_STOP = re.compile(r"\n(?!\s*[a-zа-яё])")  # a line that begins otherwise may be a sentence of its own
_SHOWN = 3  # words of the finding where all beyond the limit would be half the letter


@dataclass(frozen=True, slots=True)
class Limit:
    """One rule: what is measured, how many words it may have, which regions are left out."""

    rule: str
    measure: str
    words: int
    without: frozenset[str]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """A hit for each measured stretch that is too long."""
        counted = [sentence for sentence in prose.sentences if not sentence.regions & self.without]
        cut = self._cut_sentences if self.measure == "sentence" else self._cut_stretches
        for beyond in cut(prose, counted):
            yield Hit(self.rule, beyond[0].start, beyond[-1].stop)

    def _cut_sentences(self, prose: Prose, counted: Sequence[Sentence]) -> Iterator[list[Token]]:
        """Of each sentence what is beyond the limit; a line inside it may be a sentence of its own."""
        long = [sentence for sentence in counted if count_words(sentence.tokens) > self.words]
        words = chain.from_iterable(find_words(sentence.tokens) for sentence in long)
        for stretch in _cut(words, _sentence_stops(prose) if long else ()):
            if len(stretch) > self.words:
                yield stretch[self.words :]

    def _cut_stretches(self, prose: Prose, counted: Sequence[Sentence]) -> Iterator[list[Token]]:
        """Of each paragraph, or of the text, the first words beyond the limit."""
        for sentences in _group(counted, _STOPS[self.measure](prose)):
            if sum(count_words(sentence.tokens) for sentence in sentences) > self.words:
                words = chain.from_iterable(find_words(sentence.tokens) for sentence in sentences)
                yield list(islice(words, self.words, self.words + _SHOWN))


@dataclass(frozen=True, slots=True)
class Lengths:
    """All rules of the kind."""

    rules: tuple[Limit, ...]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """The hits of each rule in turn."""
        for rule in self.rules:
            yield from rule.find(prose)


def build(rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Lengths:
    """Compile the rules of this kind. Raises RuleError for an unknown measure or a limit that is no number."""
    return Lengths(build_each(rules, lambda rule: _build_limit(rule, lists)))


def _build_limit(rule: Rule, lists: Mapping[str, tuple[Source, ...]]) -> Limit:
    measure = parse_choice(rule, "measure", MEASURES)
    words = parse_number(rule, "limit", LIMITS[measure])
    return Limit(rule.id, measure, words, frozenset(parse_words(rule, "without", lists)))


def _sentence_stops(prose: Prose) -> list[int]:
    lines = [match.start() for match in _LINE_STOP.finditer(prose.text)]
    return sorted([*lines, *(sentence.stop for sentence in prose.sentences)])


def _paragraph_stops(prose: Prose) -> list[int]:
    return [stop for _, stop in find_blocks(prose.text)]


def _text_stops(prose: Prose) -> list[int]:
    return [len(prose.text)]


_STOPS = {"paragraph": _paragraph_stops, "text": _text_stops}


def _group(sentences: Sequence[Sentence], stops: Iterable[int]) -> Iterator[Sequence[Sentence]]:
    """The sentences up to each stop."""
    at = 0
    for stop in stops:
        first = at
        while at < len(sentences) and sentences[at].start < stop:
            at += 1
        yield sentences[first:at]


def _cut(words: Iterable[Token], stops: Iterable[int]) -> Iterator[list[Token]]:
    """The words up to each stop."""
    rest = iter(words)
    word = next(rest, None)
    for stop in stops:
        stretch = []
        while word and word.start < stop:
            stretch.append(word)
            word = next(rest, None)
        yield stretch
