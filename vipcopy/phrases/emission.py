"""From a phrase's tree to its program."""

from __future__ import annotations

from collections.abc import Iterable

from vipcopy.phrases.program import Program, Step
from vipcopy.phrases.syntax import Edge, Gap
from vipcopy.phrases.tree import Branch, Choice, Mark, Node
from vipcopy.phrases.words import WordTest


def build_program(branch: Branch) -> Program:
    """The program of a phrase."""
    steps: list[Step] = []
    _emit(branch, steps)
    return Program((*steps, Step("found")), _first_keys(branch))


def _emit(branch: Branch, steps: list[Step]) -> None:
    for node in branch:
        _emit_node(node, steps)


def _emit_node(node: Node, steps: list[Step]) -> None:
    if isinstance(node, WordTest):
        steps.append(Step("test", test=node))
    elif isinstance(node, Gap):
        steps.append(Step("gap", node.words, int(node.punctuation)))
    elif isinstance(node, Edge):
        steps.append(Step("start" if node.start else "end"))
    elif isinstance(node, Choice):
        _emit_choice(node, steps)
    elif node.content is None:
        steps.append(Step("hit"))
    else:
        steps.append(Step("open"))
        _emit(node.content, steps)
        steps.append(Step("close"))


def _emit_choice(choice: Choice, steps: list[Step]) -> None:
    fork = len(steps)
    steps.append(Step("choice"))
    ways: list[tuple[frozenset[str] | None, int]] = []
    exits: list[int] = []
    for branch in choice.branches:
        ways.append((_first_keys(branch), len(steps)))
        _emit(branch, steps)
        exits.append(len(steps))
        steps.append(Step("jump"))
    steps[fork] = Step("choice", ways=tuple(ways))
    for jump in exits:
        steps[jump] = Step("jump", len(steps))


def width(node: Node) -> int:
    """How many tokens the node may take at most, a compound counted as one."""
    if isinstance(node, WordTest):
        return 1
    if isinstance(node, Edge):
        return 0
    if isinstance(node, Gap):
        return node.words * 2 + 1 if node.punctuation else node.words
    if isinstance(node, Mark):
        return sum(map(width, node.content or ()))
    return max((sum(map(width, branch)) for branch in node.branches), default=0)


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
