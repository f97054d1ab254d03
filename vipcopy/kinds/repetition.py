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

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vipcopy.kinds.options import build_each, parse_choice, parse_number, parse_words
from vipcopy.model import Hit, Prose, Rule, Sentence, Source, Token
from vipcopy.russian import find_blocks, is_number, is_word, norm, readings

OPTIONS = frozenset({"of", "times", "window", "length", "allow"})

_CONTENT = frozenset({"NOUN", "ADJF", "VERB", "INFN", "PRTF"})
_NAMES = frozenset({"Name", "Patr", "Surn", "Geox", "Orgn", "Trad", "Abbr", "Apro", "Anum"})
_CONTENT_WORDS = 2  # of a phrase
_LETTERS = 5  # a shorter word comes back unnoticed

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bound:
    """The numbers and words of one rule."""

    times: int
    window: int
    length: int
    allow: frozenset[str]


@dataclass(frozen=True, slots=True)
class Repetition:
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
    seen: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=bound.times - 1 or 1))
    for at, token in enumerate(_find_words(prose.sentences)):
        lemma = _content_lemma(token)
        if lemma and lemma not in bound.allow:
            before = seen[lemma]
            if len(before) == bound.times - 1 and at - before[0] < bound.window:
                yield token.start, token.stop
            before.append(at)


def find_starts(bound: Bound, prose: Prose) -> Iterator[Span]:
    """The first word of a sentence that begins like those right before it."""
    stops = iter([stop for _, stop in find_blocks(prose.text)])
    block, run, last = 0, 0, ""
    for sentence in prose.sentences:
        first = next(_find_words([sentence]), None)
        while sentence.start >= block:
            block, run = next(stops, len(prose.text) + 1), 0
        word = first.norm if first and is_word(first) else ""
        run = run + 1 if word == last and run else 1
        last = word
        if first and word and word not in bound.allow and run >= bound.times:
            yield first.start, first.stop


def find_phrases(bound: Bound, prose: Prose) -> Iterator[Span]:
    """Each row of words that stood in the text before, as long as it goes on alike."""
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    start = stop = 0
    for words in (list(_find_words([sentence])) for sentence in prose.sentences):
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
    for sentence in sentences:
        stop = 0
        for token in sentence.tokens:
            if token.start >= stop and (is_word(token) or is_number(token)):  # a compound counts once
                stop = token.stop
                yield token


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
