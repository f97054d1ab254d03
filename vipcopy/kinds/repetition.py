"""Repetition: a word, a sentence's first word or a phrase that comes back too soon.

options:
  of: word (the same noun, adjective or verb, in any form, within `window` words), start (sentences of one paragraph
    in a row that begin alike) or phrase (the same row of `length` words, anywhere in the text)
  times: how often it stands before it is too often; the last of them is found
  window: words within which a word is looked for
  length: words of a phrase
  allow: words that may come back
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from vipcopy.kinds.options import build_each, parse_choice, parse_number, parse_words
from vipcopy.model import Hit, Prose, Rule, Sentence, Source, Token
from vipcopy.russian import count_words, find_written, norm, readings
from vipcopy.russian import find_words as find_words_of

OPTIONS = frozenset({"of", "times", "window", "length", "allow"})

_CONTENT = frozenset({"NOUN", "ADJF", "VERB", "INFN", "PRTF"})
_NAMES = frozenset({"Name", "Patr", "Surn", "Geox", "Orgn", "Trad", "Abbr", "Apro", "Anum"})
_CONTENT_WORDS = 2  # of a phrase
_BEGINNING = 3  # letters: forms of one word that don't begin alike are not heard as one («люди», «человек»)
_LETTERS = 5  # a shorter word comes back unnoticed

Span = tuple[int, int]


class Bound(NamedTuple):
    """The numbers and words of one rule."""

    times: int
    window: int
    length: int
    allow: frozenset[str]


class Repetition(NamedTuple):
    """All rules of the kind: id, what comes back, its bounds."""

    rules: tuple[tuple[str, str, Bound], ...]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """The hits of each rule in turn."""
        for rule, what, bound in self.rules:
            for start, stop in REPEATED[what](bound, prose):
                yield Hit(rule, start, stop)


def build(rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Repetition:
    """Compile the rules of this kind. Raises RuleError for an unknown choice or a bound that is no number."""
    choices = tuple(REPEATED)
    return Repetition(build_each(rules, lambda rule: (rule.id, parse_choice(rule, "of", choices), _bound(rule, lists))))


def find_words(bound: Bound, prose: Prose) -> Iterator[Span]:
    """The word that stands once too often within the window."""
    words = [norm for sentence in prose.sentences for norm in find_written(sentence.tokens)]
    doubtful = _find_crowded(words, bound)
    if not doubtful:
        return
    seen: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=bound.times - 1 or 1))
    for at, token in _find_numbered(prose.sentences, doubtful):
        lemma = _content_lemma(token)
        if lemma and lemma not in bound.allow:
            before = seen[lemma]
            if len(before) == bound.times - 1 and at - before[0] < bound.window:
                yield token.start, token.stop
            before.append(at)


def _find_crowded(words: Sequence[str], bound: Bound) -> frozenset[int]:
    """The numbers of words that begin like enough of their neighbours: the dictionary is asked about no others."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        if len(word) >= _LETTERS:
            places[word[:_BEGINNING]].append(at)
    crowded: set[int] = set()
    last = bound.times - 1
    for ats in places.values():
        for first, final in zip(ats, ats[last:], strict=False):
            if final - first < bound.window:
                crowded.update(ats[bisect_left(ats, first) : bisect_left(ats, final) + 1])
    return frozenset(crowded)


def _find_numbered(sentences: Sequence[Sentence], wanted: frozenset[int]) -> Iterator[tuple[int, Token]]:
    """The wanted words with their numbers in the text; sentences without one are not cut."""
    ordered, first = sorted(wanted), 0
    for sentence in sentences:
        behind = first + count_words(sentence.tokens)
        if bisect_left(ordered, first) < bisect_left(ordered, behind):
            yield from ((at, token) for at, token in enumerate(_find_words([sentence]), first) if at in wanted)
        first = behind


def find_starts(bound: Bound, prose: Prose) -> Iterator[Span]:
    """The first word of a sentence that begins like those right before it."""
    stops = iter([stop for _, stop in prose.blocks])
    block, run, last = 0, 0, ""
    for sentence in prose.sentences:
        first = next(iter(find_written(sentence.tokens)), "")
        while sentence.start >= block:
            block, run = next(stops, len(prose.text) + 1), 0
        word = first if any(map(str.isalpha, first)) else ""
        run = run + 1 if word == last and run else 1
        last = word
        if word and word not in bound.allow and run >= bound.times:
            token = next(_find_words([sentence]))
            yield token.start, token.stop


def find_phrases(bound: Bound, prose: Prose) -> Iterator[Span]:
    """Each row of words that stood in the text before, as long as it goes on alike."""
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    start = stop = 0
    again = _find_again(prose, bound.length)
    doubtful = (s for s in prose.sentences if any(hash(row) in again for row in _find_rows(s, bound.length)))
    for words in (list(_find_words([sentence])) for sentence in doubtful if again):
        for at in range(len(words) - bound.length + 1):
            row = words[at : at + bound.length]
            if sum(len(token.norm) >= _LETTERS for token in row) < _CONTENT_WORDS:
                continue
            key = tuple(token.norm for token in row)
            seen[key] += 1
            if seen[key] < bound.times or not _says_something(row):
                continue
            if start < stop <= row[0].start:
                yield start, stop
            if stop <= row[0].start:
                start = row[0].start
            stop = row[-1].stop
    if start < stop:
        yield start, stop


def _find_again(prose: Prose, length: int) -> frozenset[int]:
    """Hashes of the rows that stand in the text more than once, and perhaps of a few others."""
    once: set[int] = set()
    again: set[int] = set()
    for sentence in prose.sentences:
        for row in map(hash, _find_rows(sentence, length)):
            (again if row in once else once).add(row)
    return frozenset(again)


def _find_rows(sentence: Sentence, length: int) -> Iterator[tuple[str, ...]]:
    words = find_written(sentence.tokens)
    return zip(*(words[at:] for at in range(length)), strict=False)


REPEATED: Mapping[str, Callable[[Bound, Prose], Iterator[Span]]] = {
    "word": find_words,
    "start": find_starts,
    "phrase": find_phrases,
}


def _bound(rule: Rule, lists: Mapping[str, tuple[Source, ...]]) -> Bound:
    return Bound(
        times=max(2, parse_number(rule, "times", 2)),
        window=parse_number(rule, "window", 30),
        length=parse_number(rule, "length", 5),
        allow=frozenset(norm(word) for word in parse_words(rule, "allow", lists)),
    )


def _find_words(sentences: Sequence[Sentence]) -> Iterator[Token]:
    return chain.from_iterable(find_words_of(sentence.tokens) for sentence in sentences)


def _content_lemma(token: Token) -> str:
    """The lemma of a noun, adjective or verb; empty for other words, names and short words."""
    if len(token.norm) < _LETTERS or not token.text[1:].islower():
        return ""
    likeliest = readings(token.norm)[:1]
    if not likeliest or not likeliest[0].grams & _CONTENT or likeliest[0].grams & _NAMES:
        return ""
    return likeliest[0].lemma


def _says_something(row: Sequence[Token]) -> bool:
    return sum(bool(_content_lemma(token)) for token in row) >= _CONTENT_WORDS
