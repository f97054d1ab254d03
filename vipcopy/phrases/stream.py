"""A sentence as the phrases walk it: its tokens, and the lattice that compounds and their parts make."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from itertools import groupby, pairwise

from vipcopy import russian
from vipcopy.model import Reading, Token
from vipcopy.phrases.lexicon import Lexicon
from vipcopy.records import NamedTuple
from vipcopy.ticks import Tick, never

LABELS = 2  # before what is said, at most: «3) Тема: »
LABEL_MARKS = frozenset(":)")  # behind them


class Span(NamedTuple):
    """What a phrase found: the part to mark, in code points of the document's text."""

    start: int
    stop: int


class Stream(NamedTuple):
    """A sentence's tokens with the lattice of compounds: `after[i]` is the first token behind token `i`."""

    tokens: tuple[Token, ...]
    norms: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]  # of each token the words of the vocabulary that it may be
    after: Sequence[int]
    same: Sequence[int]  # one past the last token that starts where token i does
    spare: int  # how many tokens more a match may take than its phrase: parts of compounds, marks beside marks, units
    read: dict[int, tuple[Reading, ...]]  # what `readings` found before
    first_word: int  # the first token that is neither a mark nor emoji; 0 where there is none
    last_word: int  # the last such token; -1 where there is none
    tick: Tick = never  # called whenever a phrase is tried

    def readings(self, at: int) -> tuple[Reading, ...]:
        """The readings of a token among its neighbours."""
        if at not in self.read:
            self.read[at] = russian.readings_in(self.tokens, at)
        return self.read[at]

    def at(self, start: int) -> int:
        """The first token that starts at this offset or later."""
        return bisect_left(self.tokens, start, key=_find_start)


def build_stream(tokens: tuple[Token, ...], lexicon: Lexicon, tick: Tick = never) -> Stream:
    """The lattice of a sentence; the lexicon tells the words of the vocabulary that a word may be."""
    norms = tuple(token.norm for token in tokens)
    keys = tuple(map(lexicon.find_keys, norms))
    first = _find_first(tokens, keys, lexicon.fields)
    last = next((at for at in reversed(range(len(tokens))) if _is_word(tokens[at])), -1)
    marks = sum([not (one[0].isalnum() or other[0].isalnum()) for one, other in pairwise(norms)])
    marks += sum(map(russian.is_unit, tokens))
    if not any(following.start < token.stop for token, following in pairwise(tokens)):  # no compounds
        behind = range(1, len(tokens) + 1)
        return Stream(tokens, norms, keys, behind, behind, marks, {}, first, last, tick)
    same: list[int] = []
    for _, group in groupby(tokens, key=lambda token: token.start):
        size = len(list(group))
        same.extend([len(same) + size] * size)
    after = tuple(_after(tokens, i) for i in range(len(tokens)))
    parts = sum(behind - i - 1 for i, behind in enumerate(after))
    return Stream(tokens, norms, keys, after, same, marks + parts, {}, first, last, tick)


def _find_first(tokens: tuple[Token, ...], keys: Sequence[tuple[str, ...]], fields: Set[str]) -> int:
    """The first word of what is said: neither the number of an item, «3) », nor the name of a field, «Тема: »."""
    words = (at for at, token in enumerate(tokens) if _is_word(token))
    first = next(words, 0)
    for _ in range(LABELS):
        mark = tokens[first + 1].norm if first + 1 < len(tokens) else ""
        is_label = mark == ":" and not fields.isdisjoint(keys[first])
        if not is_label and not (mark == ")" and tokens[first].norm.isdigit()):
            break
        first = next(words, first)
    return first


def _is_word(token: Token) -> bool:
    return token.norm[0].isalpha() or not (russian.is_punctuation(token) or russian.is_emoji(token))


def _find_start(token: Token) -> int:
    return token.start


def _after(tokens: tuple[Token, ...], at: int) -> int:
    stop, behind = tokens[at].stop, at + 1
    while behind < len(tokens) and tokens[behind].start < stop:
        behind += 1
    return behind
