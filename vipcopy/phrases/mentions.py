"""Named lists as phrases and options name them: `@похвала`, `{деньги}`. Told from their text, not parsed."""

from __future__ import annotations

from collections.abc import Iterable

from vipcopy.model import Source
from vipcopy.patterns import compile_later
from vipcopy.phrases.tree import Lists

WORDED = ("phrase", "unless", "when", "when_near", "unless_text", "when_text")  # all of a rule that is phrases

_MENTION = compile_later(r"@([^\s()\[\]|&<>~⟦⟧{}@]+)|(\{[^}]*\})")  # as phrases are cut


def find_mentions(texts: Iterable[str]) -> set[str]:
    """The names of lists in these texts; of classes too that are no lists.

    >>> sorted(find_mentions(["!@похвала~ {деньги}"]))
    ['{деньги}', 'похвала']
    """
    return {listed or named for text in texts for listed, named in _MENTION.findall(text)}


def find_reached(names: Iterable[str], lists: Lists) -> frozenset[str]:
    """Those of the names that are lists, and the lists that these name in turn."""
    reached: set[str] = set()
    ahead = set(names) & lists.keys()
    while ahead:
        reached |= ahead
        ahead = (find_mentions(map(_text, (each for name in ahead for each in lists[name]))) & lists.keys()) - reached
    return frozenset(reached)


def _text(source: Source) -> str:
    return source.text
