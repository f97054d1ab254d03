"""Words in capitals that shout.

A run of words in Cyrillic capitals is one finding, the punctuation and numbers between its words included: «ТОЛЬКО
СЕГОДНЯ», «ДОМ, В КОТОРЫЙ ХОЧЕТСЯ ВОЗВРАЩАТЬСЯ». One word shouts from four letters on, in a heading of its own from
two.

Left alone: abbreviations (of the dictionary, of the rule's list, and short words that no dictionary knows), Latin
words and roman numerals, codes with digits, the name after a legal form («ПАО СБЕРБАНК») or a label («по промокоду
ВЕСНА»), a surname with its initials or first name.
Quoted names are left out by the rule's `where`.

options:
  allow: abbreviations and brand names that a dictionary of words takes for words
  forms: legal forms and the like, in capitals, after which a name stands
  labels: lemmas of words after which a code stands
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from vipcopy.kinds.options import build_each, parse_words
from vipcopy.model import Hit, Prose, Rule, Sentence, Source, Token
from vipcopy.russian import is_known, is_number, is_punctuation, norm, readings

OPTIONS = frozenset({"allow", "forms", "labels"})
LONE_WORD = 4  # letters from which a word in capitals shouts alone
UNKNOWN_WORD = 7  # letters from which a word that no dictionary has is no abbreviation

_CAPITALS = re.compile(r"[А-ЯЁ](?:[ \u00a0'’\u0301-]*[А-ЯЁ])*")
_INITIAL_BEFORE = re.compile(r"(?:^|[^\w])[А-ЯЁ]\.[ \u00a0]?$")
_INITIAL_AFTER = re.compile(r"[ \u00a0][А-ЯЁ]\.(?:[ \u00a0]?[А-ЯЁ]\.)?(?!\w)")
_QUOTE = re.compile(r"[«»„“”\"]")
_NAMES = frozenset({"Abbr", "Orgn"})


class Voice(Enum):
    """What a token does in a run of capitals."""

    LOUD = "a word that shouts"
    MUTE = "an abbreviation, a code, a number: neither shouts nor ends a run"
    CALM = "an ordinary word: ends a run"


@dataclass(frozen=True, slots=True)
class Capitals:
    """The words of one rule; `find` yields its runs of capitals."""

    rule: str
    allow: frozenset[str]
    forms: frozenset[str]
    labels: frozenset[str]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """One hit for each run of words in capitals that shouts."""
        for sentence in prose.sentences:
            for run in self._find_runs(prose.text, sentence):
                if _shouts(run, alone="heading" in sentence.regions and _is_whole(run, sentence)):
                    yield Hit(self.rule, run[0].start, run[-1].stop)

    def _find_runs(self, text: str, sentence: Sentence) -> Iterator[tuple[Token, ...]]:
        run: list[Token] = []
        last, named = None, False
        for token in _whole_words(sentence.tokens):
            voice = self._voice(text, token)
            if run and _QUOTE.search(text, run[-1].stop, token.start):
                yield tuple(run)
                run = []
            named = not _words(run) and (self._introduces(last) or (named and voice is not Voice.CALM))
            if named:
                run = []
            elif voice is Voice.LOUD:
                run.append(token)
            elif voice is Voice.CALM and run:
                yield tuple(run)
                run = []
            last = token
        if run:
            yield tuple(run)

    def _introduces(self, token: Token | None) -> bool:
        if token is None:
            return False
        return token.text in self.forms or any(reading.lemma in self.labels for reading in readings(token.norm))

    def _voice(self, text: str, token: Token) -> Voice:
        if is_punctuation(token) or is_number(token):
            return Voice.MUTE
        if not any(letter.isalpha() for letter in token.text):
            return Voice.CALM  # an emoji
        if token.text != token.text.upper():
            return Voice.CALM
        if not _CAPITALS.fullmatch(token.text) or self._is_name(text, token):
            return Voice.MUTE
        return Voice.LOUD

    def _is_name(self, text: str, token: Token) -> bool:
        parts = [part for part in re.split("-", token.text) if part]
        return all(part in self.allow or _is_abbreviation(norm(part)) for part in parts) or _has_initials(text, token)


@dataclass(frozen=True, slots=True)
class Shouting:
    """All rules of the kind."""

    rules: tuple[Capitals, ...]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """The hits of each rule in turn."""
        for rule in self.rules:
            yield from rule.find(prose)


def build(rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Shouting:
    """Compile the rules of this kind. Raises RuleError for an unknown list."""
    return Shouting(build_each(rules, lambda rule: _build_rule(rule, lists)))


def _build_rule(rule: Rule, lists: Mapping[str, tuple[Source, ...]]) -> Capitals:
    return Capitals(
        rule.id,
        allow=frozenset(parse_words(rule, "allow", lists)),
        forms=frozenset(parse_words(rule, "forms", lists)),
        labels=frozenset(norm(word) for word in parse_words(rule, "labels", lists)),
    )


def _whole_words(tokens: Sequence[Token]) -> Iterator[Token]:
    stop = 0
    for token in tokens:
        if token.start >= stop:  # the parts of a compound lie inside it
            stop = token.stop
            yield token


def _is_abbreviation(word: str) -> bool:
    if len(word) == 1:
        return False
    if is_known(word):
        return all(reading.grams & _NAMES for reading in readings(word))
    return len(word) < UNKNOWN_WORD


def _has_initials(text: str, token: Token) -> bool:
    before = text[max(0, token.start - 4) : token.start]
    after = text[token.stop : token.stop + 6]
    return bool(_INITIAL_BEFORE.search(before) or _INITIAL_AFTER.match(after))


def _shouts(run: Sequence[Token], *, alone: bool) -> bool:
    words = _words(run)
    return len(words) > 1 or any(alone or len(word.norm) >= LONE_WORD for word in words)


def _words(run: Sequence[Token]) -> list[Token]:
    return [token for token in run if len(token.norm) > 1]  # «В», «И», «К» only go with other words


def _is_whole(run: Sequence[Token], sentence: Sentence) -> bool:
    words = [token for token in _whole_words(sentence.tokens) if not is_punctuation(token)]
    return len(words) == len(run)
