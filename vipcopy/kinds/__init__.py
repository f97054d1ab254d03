"""The kinds of rule, a module each: `OPTIONS` names the keys of a rule's `options`, `build` compiles its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vipcopy.hints import Protocol
from vipcopy.kinds import address, capitals, emoji, exclamation, formatting, length, phrase, repetition
from vipcopy.kinds.interleave import PAUSE, interleave, with_pauses
from vipcopy.model import Hit, Prose, Rule, Source

__all__ = ["KINDS", "PAUSE", "Finder", "Kind", "interleave", "with_pauses"]


class Finder(Protocol):
    """Compiled rules of one kind: reads prose, yields hits, keeps no state."""

    def find(self, prose: Prose) -> Iterator[Hit]:
        """Every hit in the prose, and a pause now and then where it goes through all sentences."""


class Kind(Protocol):
    """What a module of this package gives."""

    OPTIONS: frozenset[str]

    def build(self, rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Finder:
        """Compile the rules. Raises RuleError with a line for every mistake."""


KINDS: Mapping[str, Kind] = {
    "address": address,
    "capitals": capitals,
    "emoji": emoji,
    "exclamation": exclamation,
    "formatting": formatting,
    "length": length,
    "phrase": phrase,
    "repetition": repetition,
}
