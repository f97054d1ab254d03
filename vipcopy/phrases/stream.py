"""A sentence as the phrases walk it: its tokens, and the lattice that compounds and their parts make."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from vipcopy import russian
from vipcopy.model import Reading, Token
from vipcopy.phrases.vocabulary import Vocabulary


class Span(NamedTuple):
    """What a phrase found: the part to mark, in code points of the document's text."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A sentence's tokens with the lattice of compounds: `after[i]` is the first token behind token `i`."""

    tokens: tuple[Token, ...]
    keys: tuple[tuple[str, ...], ...]  # of each token the words of the vocabulary that it may be
    after: tuple[int, ...]
    same: tuple[int, ...]  # one past the last token that starts where token i does
    first_word: int
    last_word: int
    parts: int  # how many tokens are parts of compounds
    read: dict[int, tuple[Reading, ...]] = field(default_factory=dict)  # what `readings` found before

    def readings(self, at: int) -> tuple[Reading, ...]:
        """The readings of a token among its neighbours."""
        if at not in self.read:
            self.read[at] = russian.readings_in(self.tokens, at)
        return self.read[at]

    def at(self, start: int) -> int:
        """The first token that starts at this offset or later."""
        return next((i for i, token in enumerate(self.tokens) if token.start >= start), len(self.tokens))


def build_stream(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> Stream:
    """The lattice of a sentence, its words looked up in the vocabulary."""
    same: list[int] = []
    for _, group in groupby(tokens, key=lambda token: token.start):
        size = len(list(group))
        same.extend([len(same) + size] * size)
    words = [i for i, token in enumerate(tokens) if not russian.is_punctuation(token) and not russian.is_emoji(token)]
    after = tuple(_after(tokens, i) for i in range(len(tokens)))
    parts = sum(i != behind - 1 or same[i] != i + 1 for i, behind in enumerate(after))
    keys = tuple(vocabulary.get(token.norm, ()) for token in tokens)
    return Stream(tokens, keys, after, tuple(same), words[0] if words else 0, words[-1] if words else -1, 2 * parts)


def _after(tokens: tuple[Token, ...], at: int) -> int:
    stop, behind = tokens[at].stop, at + 1
    while behind < len(tokens) and tokens[behind].start < stop:
        behind += 1
    return behind
