"""The phrase language told in the simplest way: from each token of a sentence all ways are tried, one after another.

No index, no prefilter, no program, nothing remembered: what docs/phrases.md says. What finds phrases in a thousandth of
the time is held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from plain_phrases import (
    Agreement,
    Lists,
    NoneOf,
    PlainReader,
    find_agreements,
    find_word,
    has_grammemes,
)

from vipcopy import russian
from vipcopy.model import Prose, Reading, Rule, Source, Token
from vipcopy.phrases.syntax import Atom, Choice, Edge, Gap, Item, Series
from vipcopy.phrases.words import CLASSES

Span = tuple[int, int]

_LABELS = 2  # before what is said: «3) Тема: »
_UNITS = tuple("%‰₽€$£¥№°")  # «30 %» is one word to a gap
_DASHES = "-‐‑‒–—―−"


class Way(NamedTuple):
    """One way through a sentence: the token ahead, the first and the last that were taken, the mark, what agrees."""

    ahead: int
    first: int = -1
    last: int = -1
    opened: int = -1
    closed: int = -1
    agreed: Mapping[str, frozenset[Agreement]] = {}


class PlainSentence:
    """A sentence in which phrases are looked for; `readings` says how the rule asks its words to be read."""

    def __init__(self, tokens: Sequence[Token], fields: Sequence[Series] = (), readings: str = "any") -> None:
        self._tokens = tokens
        self._readings = readings
        words = [at for at, token in enumerate(tokens) if not _is_sign(token)]
        self._last_word = words[-1] if words else -1
        begun = words[: _LABELS + 1]
        self._first_word = next((at for at in begun[:-1] if not self._is_label(at, fields)), begun[-1] if begun else 0)

    def find(self, phrase: Series, hit: Span | None = None) -> set[Span]:
        """What the phrase marks: of the ways from each token the first. `hit` is what ⟦⟧ stands for."""
        ways = (next(self._pass(phrase.items, Way(at), hit), None) for at in range(len(self._tokens)))
        return {self._tell_span(way) for way in ways if way and way.last >= 0}

    def _tell_span(self, way: Way) -> Span:
        if way.opened >= 0:
            return way.opened, way.closed
        return self._tokens[way.first].start, self._tokens[way.last].stop

    def _is_label(self, at: int, fields: Sequence[Series]) -> bool:
        """Whether the word is the number of an item, «3) », or the name of a field, «Тема: »."""
        mark = self._tokens[at + 1].norm
        is_field = any(True for field in fields for _ in self._pass(field.items, Way(at), None))
        return (mark == ":" and is_field) or (mark == ")" and self._tokens[at].norm.isdigit())

    def _pass(self, items: Sequence[Item | NoneOf], way: Way, hit: Span | None) -> Iterator[Way]:
        """Every way over the items, in the order in which they are tried."""
        if not items:
            yield way
            return
        for taken in self._step(items[0], way, hit):
            yield from self._pass(items[1:], taken, hit)

    def _step(self, item: Item | NoneOf, way: Way, hit: Span | None) -> Iterator[Way]:
        if isinstance(item, (Atom, NoneOf)):
            return self._take_word(item, way)
        if isinstance(item, Choice):
            return (taken for branch in item.branches for taken in self._pass(branch.items, way, hit))
        if isinstance(item, Gap):
            return self._pass_gap(item, way)
        if isinstance(item, Edge):
            return self._pass_edge(item, way)
        return self._mark(item.content, way, hit) if item.content else self._take_hit(way, hit)

    def _take_word(self, item: Atom | NoneOf, way: Way) -> Iterator[Way]:
        """Over one token: of a compound over its first part, or else over the whole."""
        for at in reversed(self._find_tokens_at(way.ahead)):
            if not (self._meets(item, at) if isinstance(item, Atom) else self._is_none_of(item.words, at)):
                continue
            taken = way._replace(ahead=self._find_behind(at), first=at if way.first < 0 else way.first, last=at)
            if not item.agrees:
                yield taken
                continue
            agreements = map(find_agreements, self._find_grams(item, at))
            mine = frozenset[Agreement]().union(*agreements)
            common = mine & way.agreed.get(item.agrees, mine)
            if common:
                yield taken._replace(agreed={**way.agreed, item.agrees: common})

    def _find_grams(self, item: Atom | NoneOf, at: int) -> list[frozenset[str]]:
        """What may agree with others: the readings that the atom asks for, or all of a word that it only excludes."""
        is_free = isinstance(item, NoneOf) or item.negated
        return [reading.grams for reading in self._find_readings(at) if is_free or _suits(item, reading)]

    def _pass_gap(self, gap: Gap, way: Way) -> Iterator[Way]:
        """Over no word, over one, over one more and so on; a compound is one."""
        yield way
        ahead, words = way.ahead, gap.words
        while ahead < len(self._tokens):
            is_mark = russian.is_punctuation(self._tokens[ahead])
            words -= not is_mark
            is_passed = gap.punctuation or self._tokens[ahead].norm in _UNITS
            if words < 0 or (is_mark and not is_passed):
                return
            ahead = self._find_behind(ahead)
            yield way._replace(ahead=ahead)

    def _pass_edge(self, edge: Edge, way: Way) -> Iterator[Way]:
        if edge.start and way.ahead <= self._first_word:
            yield way._replace(ahead=self._first_word)
        elif not edge.start and way.ahead > self._last_word:
            yield way

    def _mark(self, content: Series, way: Way, hit: Span | None) -> Iterator[Way]:
        if way.ahead < len(self._tokens):
            opened = way._replace(opened=self._tokens[way.ahead].start)
            for taken in self._pass(content.items, opened, hit):
                if taken.last >= 0 and self._tokens[taken.last].start >= opened.opened:  # no mark without a word in it
                    yield taken._replace(closed=self._tokens[taken.last].stop)

    def _take_hit(self, way: Way, hit: Span | None) -> Iterator[Way]:
        """Over what ⟦⟧ stands for, and over the compound that it is a part of."""
        token = self._tokens[way.ahead] if way.ahead < len(self._tokens) else None
        if hit and token and token.start <= hit[0] < token.stop:
            behind = sum(token.start < hit[1] for token in self._tokens)
            yield way._replace(ahead=behind, first=way.ahead if way.first < 0 else way.first, last=behind - 1)

    def _find_tokens_at(self, ahead: int) -> list[int]:
        """The tokens that start where this one does, from it on: a compound and its first part."""
        if ahead >= len(self._tokens):
            return []
        return [at for at in range(ahead, len(self._tokens)) if self._tokens[at].start == self._tokens[ahead].start]

    def _find_behind(self, at: int) -> int:
        """The first token that starts behind this one."""
        return sum(token.start < self._tokens[at].stop for token in self._tokens)

    def _is_none_of(self, words: Choice, at: int) -> bool:
        listed = (item for way in words.branches for item in way.items)
        is_listed = any(isinstance(item, Atom) and self._meets(item, at) for item in listed)
        return not is_listed and not russian.is_punctuation(self._tokens[at])

    def _meets(self, atom: Atom, at: int) -> bool:
        """Whether the token is what the atom asks for."""
        if atom.negated and russian.is_punctuation(self._tokens[at]):
            return False
        return (self._is_written(atom, at) and self._is_read(atom, at)) != atom.negated

    def _is_written(self, atom: Atom, at: int) -> bool:
        token = self._tokens[at]
        if atom.test in ("lemma", "form"):
            return token.norm in find_word(atom.test, atom.text).forms
        if atom.test == "exact":
            return token.text == atom.text
        if atom.test == "prefix":
            return token.norm.startswith(russian.norm(atom.text))
        if atom.test == "suffix":
            lemmas = (reading.lemma for reading in russian.readings(token.norm))
            return any(word.endswith(russian.norm(atom.text)) for word in (token.norm, *lemmas))
        if atom.test == "class":
            return CLASSES[atom.text](self._tokens, at)
        return russian.is_word(token) if atom.test == "any" else _is_mark(atom.text, token.norm)

    def _is_read(self, atom: Atom, at: int) -> bool:
        """Whether one of the readings is what the atom asks for; the likeliest, or all, where that is asked."""
        if not atom.grammemes and not _find_lemma(atom):
            return True
        found = self._find_readings(at)
        mode = (atom.grammemes and atom.grammemes.readings) or self._readings
        if mode == "any":
            return any(_suits(atom, reading) for reading in found) or self._is_new(atom, at)
        return bool(found) and all(_suits(atom, reading) for reading in (found[:1] if mode == "best" else found))

    def _is_new(self, atom: Atom, at: int) -> bool:
        """Whether it is a form of a new word that reads like none of its forms: nothing but the spelling is asked."""
        readings = russian.readings(self._tokens[at].norm)
        return not atom.grammemes and not any(_suits(atom, reading) for reading in readings)

    def _find_readings(self, at: int) -> tuple[Reading, ...]:
        return russian.readings_in(self._tokens, at)


def _is_sign(token: Token) -> bool:
    return russian.is_punctuation(token) or russian.is_emoji(token)


def _is_mark(mark: str, norm: str) -> bool:
    if mark in _DASHES:
        return norm in _DASHES
    return mark in norm if mark in "!?" else mark == norm


def _find_lemma(atom: Atom) -> str:
    """The lemma that a reading must come from; empty where any will do."""
    return find_word(atom.test, atom.text).lemma if atom.test == "lemma" else ""


def _suits(atom: Atom, reading: Reading) -> bool:
    return _find_lemma(atom) in ("", reading.lemma) and has_grammemes(reading.grams, atom.grammemes)


class PlainFinder:
    """Rules with their guards, looked for one by one in every sentence of a text."""

    def __init__(self, lists: Lists) -> None:
        self._reader = PlainReader(lists)
        self._fields = self._reader.read_list("{поле}")
        self._phrases: dict[Source, Series] = {}

    def find(self, rule: Rule, prose: Prose) -> set[Span]:
        """What the rule finds, wherever it may speak."""
        text = [PlainSentence(tuple(each.tokens), self._fields, rule.readings) for each in prose.sentences]
        if self._has_any(rule.unless_text, text) or (rule.when_text and not self._has_any(rule.when_text, text)):
            return set()
        return {span for at in range(len(text)) if self._is_near(rule, text, at) for span in self._find(rule, text[at])}

    def find_phrase(self, phrase: Source, sentence: PlainSentence, hit: Span | None = None) -> set[Span]:
        """What one phrase marks in a sentence."""
        if phrase not in self._phrases:
            self._phrases[phrase] = self._reader.read(phrase)
        return sentence.find(self._phrases[phrase], hit)

    def _find(self, rule: Rule, sentence: PlainSentence) -> Iterator[Span]:
        unless, when = (tuple(self._reader.open_guards(guards)) for guards in (rule.unless, rule.when))
        for span in {span for phrase in rule.phrase for span in self.find_phrase(phrase, sentence)}:
            if any(self._holds(guard, sentence, span) for guard in unless):
                continue
            if not when or any(self._holds(guard, sentence, span) for guard in when):
                yield span

    def _holds(self, guard: Source, sentence: PlainSentence, hit: Span) -> bool:
        if "⟦⟧" in guard.text:
            return bool(self.find_phrase(guard, sentence, hit))
        found = self.find_phrase(guard, sentence)
        return any(start < hit[1] and hit[0] < stop for start, stop in found) if "⟦" in guard.text else bool(found)

    def _is_near(self, rule: Rule, text: Sequence[PlainSentence], at: int) -> bool:
        return not rule.when_near or self._has_any(rule.when_near, text[max(0, at - 1) : at + 2])

    def _has_any(self, phrases: Sequence[Source], text: Sequence[PlainSentence]) -> bool:
        opened = tuple(self._reader.open_guards(phrases))
        return any(self.find_phrase(phrase, sentence) for phrase in opened for sentence in text)
