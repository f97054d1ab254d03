"""What a phrase is made of when its words are compiled: branches of word tests, gaps, choices and marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from vipcopy.phrases.syntax import Edge, Gap
from vipcopy.phrases.words import WordTest, melt


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the branches; an empty branch means «nothing»."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The marked part of the phrase; the hit itself where there is no content."""

    content: Branch | None


Node = WordTest | Gap | Choice | Mark | Edge
Branch = tuple[Node, ...]


def merge(branches: tuple[Branch, ...]) -> Choice:
    """The same choice with its one-word branches of one manner melted into one look-up."""
    words: list[WordTest] = []
    others: list[Branch] = []
    for branch in _flattened(branches):
        node = branch[0] if len(branch) == 1 else None
        if isinstance(node, WordTest) and node.kind == "forms" and not node.negated:
            words.append(node)
        else:
            others.append(branch)
    others.sort(key=lambda branch: not branch)  # «nothing» is tried last
    return Choice((*((test,) for test in melt(words)), *_melt_prefixes(others)))


def _melt_prefixes(branches: Iterable[Branch]) -> Iterator[Branch]:
    """The branches with prefixes that stand in a row melted: the order in which branches are tried stays."""
    for is_prefix, row in groupby(branches, key=_is_prefix):
        if is_prefix:
            yield from ((test,) for test in melt(node for (node,) in row if isinstance(node, WordTest)))
        else:
            yield from row


def _is_prefix(branch: Branch) -> bool:
    node = branch[0] if len(branch) == 1 else None
    return isinstance(node, WordTest) and node.kind == "prefix" and not node.negated


def _flattened(branches: tuple[Branch, ...]) -> Iterator[Branch]:
    for branch in branches:
        if len(branch) == 1 and isinstance(branch[0], Choice):
            yield from _flattened(branch[0].branches)
        else:
            yield branch
