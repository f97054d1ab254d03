"""A sentence as the phrases walk it: its tokens, and the lattice that compounds and their parts make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from vipcopy import russian
from vipcopy.model import Reading, Token


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
    places: Mapping[str, Sequence[int]]  # of each word of the vocabulary the tokens that may be it
    read: dict[int, tuple[Reading, ...]] = field(default_factory=dict)  # what `readings` found before

    def readings(self, at: int) -> tuple[Reading, ...]:
        """The readings of a token among its neighbours."""
        if at not in self.read:
            self.read[at] = russian.readings_in(self.tokens, at)
        return self.read[at]

    def find(self, keys: frozenset[str]) -> list[int]:
        """The tokens that may be one of these words of the vocabulary, in order."""
        return sorted({at for key in keys.intersection(self.places) for at in self.places[key]})

    def at(self, start: int) -> int:
        """The first token that starts at this offset or later."""
        return next((i for i, token in enumerate(self.tokens) if token.start >= start), len(self.tokens))


def build_stream(tokens: tuple[Token, ...], find_keys: Callable[[str], tuple[str, ...]]) -> Stream:
    """The lattice of a sentence; `find_keys` tells the words of the vocabulary that a word may be."""
    same: list[int] = []
    for _, group in groupby(tokens, key=lambda token: token.start):
        size = len(list(group))
        same.extend([len(same) + size] * size)
    words = [i for i, token in enumerate(tokens) if not russian.is_punctuation(token) and not russian.is_emoji(token)]
    after = tuple(_after(tokens, i) for i in range(len(tokens)))
    parts = sum(i != behind - 1 or same[i] != i + 1 for i, behind in enumerate(after))
    keys = tuple(find_keys(token.norm) for token in tokens)
    places: dict[str, list[int]] = {}
    for at, names in enumerate(keys):
        for name in names:
            places.setdefault(name, []).append(at)
    edges = (words[0], words[-1]) if words else (0, -1)
    return Stream(tokens, keys, after, tuple(same), *edges, 2 * parts, places)


def _after(tokens: tuple[Token, ...], at: int) -> int:
    stop, behind = tokens[at].stop, at + 1
    while behind < len(tokens) and tokens[behind].start < stop:
        behind += 1
    return behind
