"""From a phrase's tree to its program."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from vipcopy.lazy import LazySequence
from vipcopy.phrases.branches import Branch, Choice, Mark, Node
from vipcopy.phrases.program import Program, Step
from vipcopy.phrases.syntax import Edge, Gap
from vipcopy.phrases.words import WordTest

Reach = tuple[int, int]  # at least, at most

_NO_WORDS = frozenset({"знак", "эмодзи", "минус"})  # classes of marks
_FAR = 1_000  # words, where nobody can tell how many


def build_program(branch: Branch) -> Program:
    """The program of a phrase: its steps are written from the last to the first, so that each knows what follows."""
    steps: list[Step] = [Step("found")]
    start = _emit(branch, 0, steps)
    return Program(LazySequence(tuple(steps)), start, _first_keys(branch))


def _emit(branch: Branch, then: int, steps: list[Step]) -> int:
    """The number of the first step of the branch, or of what follows where the branch is empty."""
    for node in reversed(branch):
        then = _emit_node(node, then, steps)
    return then


def _emit_node(node: Node, then: int, steps: list[Step]) -> int:
    if isinstance(node, WordTest):
        step = Step("test", then, test=node)
    elif isinstance(node, Gap):
        step = Step("gap", then, words=node.words, punctuation=node.punctuation)
    elif isinstance(node, Edge):
        step = Step("start" if node.start else "end", then)
    elif isinstance(node, Choice):
        ways = tuple((_first_keys(branch), _emit(branch, then, steps)) for branch in reversed(node.branches))
        doors = frozenset[str]().union(*(words for words, _ in ways if words is not None))
        step = Step("choice", ways=ways, doors=doors, open_ways=tuple(way for words, way in ways if words is None))
    elif node.content is None:
        step = Step("hit", then)
    else:
        closing = _add(Step("close", then), steps)
        step = Step("open", _emit(node.content, closing, steps))
    return _add(step, steps)


def _add(step: Step, steps: list[Step]) -> int:
    steps.append(step)
    return len(steps) - 1


def width(node: Node) -> int:
    """How many tokens the node may take at most, a compound counted as one; a gap passes units beside."""
    if isinstance(node, WordTest):
        return 1
    if isinstance(node, Edge):
        return 0
    if isinstance(node, Gap):
        return node.words * 2 + 1 if node.punctuation else node.words
    if isinstance(node, Mark):
        return sum(map(width, node.content or ()))
    return max((sum(map(width, branch)) for branch in node.branches), default=0)


def count_words(node: Node) -> Reach:
    """How many words and numbers the node takes, at least and at most, a compound counted as one."""
    if isinstance(node, WordTest):
        if node.negated:
            return 0, 1  # emoji are no marks
        is_mark = node.kind == "sign" or (node.kind == "class" and node.text in _NO_WORDS)
        return (0, 0) if is_mark else (int(_is_of_words(node)), 1)
    if isinstance(node, Edge):
        return 0, 0
    if isinstance(node, Gap):
        return 0, node.words
    if isinstance(node, Mark):
        return _sum(node.content) if node.content else (0, _FAR)
    reaches = [_sum(branch) for branch in node.branches]
    return min(least for least, _ in reaches), max(most for _, most in reaches)


def _sum(branch: Branch) -> Reach:
    reaches = [count_words(node) for node in branch]
    return sum(least for least, _ in reaches), sum(most for _, most in reaches)


@lru_cache(maxsize=1 << 14)
def _is_of_words(test: WordTest) -> bool:
    """Whether nothing but words and numbers meets the test: not «=№»."""
    named = test.keys or test.beginnings or {test.text}
    return test.kind in ("any", "class") or all(any(map(str.isalnum, name)) for name in named)


def _first_keys(branch: Branch) -> frozenset[str] | None:
    """The words that a match of the branch begins with, if they can be told."""
    keys: frozenset[str] = frozenset()
    for node in branch:
        mine = _first_of(node)
        if mine is None:
            return None
        keys |= mine
        if not _may_be_empty(node):
            return keys
    return None


def _first_of(node: Node) -> frozenset[str] | None:
    if isinstance(node, WordTest):
        return node.keys if node.kind == "forms" and not node.negated else None
    if isinstance(node, Mark):
        return _first_keys(node.content) if node.content else None
    if not isinstance(node, Choice):
        return None
    return _united(_first_keys(branch) for branch in node.branches if branch)


def _united(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    united: frozenset[str] = frozenset()
    for each in sets:
        if each is None:
            return None
        united |= each
    return united


def _may_be_empty(node: Node) -> bool:
    return isinstance(node, Choice) and () in node.branches
