"""Rules of the kind `phrase` at work: sentences that may hold a phrase are read, and its guards are asked."""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import chain

from vipcopy.bounded_cache import LONGEST, BoundedCache
from vipcopy.hints import TypeVar
from vipcopy.kinds.interleave import PAUSE
from vipcopy.kinds.phrase_guards import Guards
from vipcopy.kinds.places import Spans, find_near
from vipcopy.model import Hit, Prose, Sentence, Token
from vipcopy.phrases import (
    Index,
    Span,
    Stream,
    build_stream,
    set_bits,
)
from vipcopy.records import NamedTuple
from vipcopy.russian import LazyTokens, find_norms, find_written

K = TypeVar("K")

_WINDOW = 512  # sentences about which everything is known at once


class PhraseFinder(NamedTuple):
    """All phrase rules of a checker behind one index: the rules' phrases, then those that ask about the whole text."""

    phrases: Index
    guards: Index
    rules: tuple[str, ...]  # the rule of each phrase
    bound: Mapping[str, int]  # phrases, as bits, whose rule speaks only in regions of a kind
    manners: tuple[str, ...]  # where each guard looks at the sentence: around the hit, over it or anywhere
    vetoes: Mapping[str, int]  # guards, as bits, none of which a rule's hit may have
    needs: Mapping[str, int]  # and of those one of which it must have
    text_guards: Mapping[str, tuple[int, ...]]  # the numbers of phrases none of which may be in the document
    near: Mapping[str, tuple[int, ...]]  # of those one of which must be in the sentence or beside it
    conditions: Mapping[str, tuple[int, ...]]  # and of those one of which must be somewhere in the document
    silent: int = 0  # phrases, as bits, that are not looked for

    def silence(self, rules: Container[str]) -> PhraseFinder:
        """The same finder without some of its rules; what it remembers of sentences is its own."""
        silent = set_bits([number for number, rule in enumerate(self.rules) if rule in rules])
        return self._replace(phrases=Index(self.phrases.phrases, self.phrases.tables), silent=silent)

    def find(self, prose: Prose) -> Iterator[Hit]:
        """Every hit that no guard vetoes: sentence by sentence, those of rules that ask about the whole text last."""
        text = _Text(self.phrases, prose, self._find_asked(), len(self.rules))
        late: dict[str, Spans] = {}
        for at, (may_be, kinds) in enumerate(self._find_allowed(text)):
            if at and at % _WINDOW == 0:
                yield PAUSE
            for hit in self._find_meant(text, at, may_be, kinds) if may_be else ():
                if not self._is_near(hit.rule, text, at):
                    continue
                if hit.rule in self.text_guards or hit.rule in self.conditions:
                    late.setdefault(hit.rule, Spans()).append(hit.start, hit.stop)
                else:
                    yield hit
        for rule, spans in late.items():
            if not self._is_silenced(rule, text):
                yield from (Hit(rule, start, stop) for start, stop in spans)

    def _find_meant(self, text: _Text, at: int, phrases: int, kinds: frozenset[str]) -> Iterator[Hit]:
        """The hits of these phrases in a sentence that guards let pass; one seen in such regions is not read again."""
        sentence = text.prose.sentences[at]
        shift = _find_shift(sentence)
        known, key = self.phrases.hits, (_find_key(sentence), kinds)
        found = known.get(key)
        if found is None:
            found = tuple(self._read(text, at, phrases))
            if key[0]:
                known.keep(key, found)
        for rule, start, stop in found:
            yield Hit(rule, shift + start, shift + stop)

    def _read(self, text: _Text, at: int, phrases: int) -> Iterator[tuple[str, int, int]]:
        stream = text.stream(at)
        found = tuple(self.phrases.find_in(stream, phrases))
        if not found:
            return
        guards = Guards(self.guards, self.manners, stream, _find_candidates(text.prose.sentences[at], self.guards))
        for number, span in found:
            if self._is_meant(self.rules[number], guards, span):
                yield self.rules[number], *span

    def _is_near(self, rule: str, text: _Text, at: int) -> bool:
        beside = range(max(0, at - 1), min(at + 2, len(text.prose.sentences)))
        return rule not in self.near or any(text.holds(number, beside) for number in self.near[rule])

    def _find_asked(self) -> int:
        """The phrases behind those of the rules, as bits, that rules ask about anywhere in the text."""
        numbers = chain(*self.text_guards.values(), *self.conditions.values())
        return set_bits([number - len(self.rules) for number in numbers])

    def _find_allowed(self, text: _Text) -> Iterator[tuple[int, frozenset[str]]]:
        """Of each sentence the phrases that may be there and may speak there, and the regions that let them."""
        bound = 0
        for bits in self.bound.values():
            bound |= bits
        heard = ((1 << len(self.rules)) - 1) & ~self.silent
        free = heard & ~bound
        for held, kinds in zip(text.find_candidates(), find_near(text.prose, self.bound), strict=True):
            allowed = free
            for kind in kinds:
                allowed |= self.bound[kind]
            yield held & allowed & heard, kinds

    def _is_meant(self, rule: str, guards: Guards, hit: Span) -> bool:
        if rule in self.vetoes and guards.hold_any(self.vetoes[rule], hit):
            return False
        return rule not in self.needs or guards.hold_any(self.needs[rule], hit)

    def _is_silenced(self, rule: str, text: _Text) -> bool:
        if any(map(text.holds, self.text_guards.get(rule, ()))):
            return True
        return rule in self.conditions and not any(map(text.holds, self.conditions[rule]))


def _find_key(sentence: Sentence) -> str:
    """What a sentence is remembered by; nothing where it is not worth it."""
    tokens = sentence.tokens
    return (
        tokens.tokenization.written
        if isinstance(tokens, LazyTokens) and len(tokens.tokenization.written) <= LONGEST
        else ""
    )


class _Text:
    """A document's sentences; what was found out of one is forgotten a few sentences later."""

    def __init__(self, index: Index, prose: Prose, asked: int, first: int) -> None:
        self.index = index
        self.prose = prose
        self._asked = asked  # phrases, as bits, from the first of them on
        self._first = first
        self._sets: dict[int, int] = {}  # sets of these phrases, numbered
        self._held_sets = array("I")  # of each sentence the set that it may hold
        self._held: BoundedCache[int, int] = BoundedCache(_WINDOW)
        self._asked_here: BoundedCache[tuple[int, int], bool] = BoundedCache()  # of sentences too long to be remembered
        self._streams: BoundedCache[int, Stream] = BoundedCache(_WINDOW)

    def find_candidates(self) -> Iterator[int]:
        """Of each sentence the phrases that it may hold; which of those are asked about is kept."""
        sets, first = self._sets, self._first
        for at in range(len(self.prose.sentences)):
            held = self.held(at)
            self._held_sets.append(sets.setdefault(held >> first & self._asked, len(sets)))
            yield held

    def _find_holders(self, number: int) -> Iterator[int]:
        """The sentences that may hold a phrase that is asked about, once all are filtered."""
        holding = {each for held, each in self._sets.items() if held >> number - self._first & 1}
        return (at for at, each in enumerate(self._held_sets) if each in holding)

    def held(self, at: int) -> int:
        """The phrases that a sentence may hold."""
        known = self._held.get(at)
        return (
            self._held.keep(at, _find_candidates(self.prose.sentences[at], self.index, narrows=True))
            if known is None
            else known
        )

    def stream(self, at: int) -> Stream:
        """A sentence as phrases walk it, with offsets of its own."""
        known = self._streams.get(at)
        if known is None:
            tokens = _find_tokens(self.prose.sentences[at])
            known = self._streams.keep(at, build_stream(tokens, self.index.lexicon, self.prose.tick))
        return known

    def holds(self, number: int, sentences: Iterable[int] | None = None) -> bool:
        """Whether some sentence, or one of these, holds the phrase; of the whole text once it has been filtered."""
        if sentences is None:
            return any(self._has(at, number) for at in self._find_holders(number))
        return any(self.held(at) >> number & 1 and self._has(at, number) for at in sentences)

    def _has(self, at: int, number: int) -> bool:
        written = _find_key(self.prose.sentences[at])
        if not written:
            return self._ask(self._asked_here, (at, number), at, number)
        return self._ask(self.index.asked, (written, number), at, number)

    def _ask(self, known: BoundedCache[K, bool], key: K, at: int, number: int) -> bool:
        found = known.get(key)
        return known.keep(key, self.index.holds(self.stream(at), number)) if found is None else found


def _find_tokens(sentence: Sentence) -> tuple[Token, ...]:
    """The tokens, with offsets of their stretch where they are those of one: it need not make them anew."""
    tokens = sentence.tokens
    return tokens.tokenization.find_tokens() if isinstance(tokens, LazyTokens) else tuple(tokens)


def _find_shift(sentence: Sentence) -> int:
    """What must be added to those offsets."""
    return sentence.tokens.start - 1 if isinstance(sentence.tokens, LazyTokens) else 0


def _find_candidates(sentence: Sentence, index: Index, *, narrows: bool = False) -> int:
    """The phrases that the sentence may hold, told from its words, and from how they stand where that is worth it."""
    key = _find_key(sentence)
    held = index.candidates.get(key)
    if held is None:
        words = find_written(sentence.tokens)
        held = index.prefilter.find(find_norms(sentence.tokens), words)
        held = index.prefilter.narrow(held, words) if narrows else held
        if key:
            index.candidates.keep(key, held)
    return held
