"""A phrase as a small program, and the machine that runs it over a sentence: steps tried in order, bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from vipcopy import russian
from vipcopy.model import Token
from vipcopy.phrases.syntax import Edge, Gap
from vipcopy.phrases.tree import Branch, Choice, Node
from vipcopy.phrases.words import Agreement, WordTest

STEPS = 20_000  # a phrase that needs more over one place of a sentence is given up there


class Span(NamedTuple):
    """What a phrase found: the part to mark, in code points of the document's text."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A sentence's tokens with the lattice of compounds: `after[i]` is the first token behind token `i`."""

    tokens: tuple[Token, ...]
    after: tuple[int, ...]
    same: tuple[int, ...]  # one past the last token that starts where token i does
    first_word: int
    last_word: int
    parts: int  # how many tokens are parts of compounds

    def at(self, start: int) -> int:
        """The first token that starts at this offset or later."""
        return next((i for i, token in enumerate(self.tokens) if token.start >= start), len(self.tokens))


def build_stream(tokens: tuple[Token, ...]) -> Stream:
    """The lattice of a sentence."""
    same: list[int] = []
    for _, group in groupby(tokens, key=lambda token: token.start):
        size = len(list(group))
        same.extend([len(same) + size] * size)
    words = [i for i, token in enumerate(tokens) if not russian.is_punctuation(token) and not russian.is_emoji(token)]
    after = tuple(_after(tokens, i) for i in range(len(tokens)))
    parts = sum(i != behind - 1 or same[i] != i + 1 for i, behind in enumerate(after))
    return Stream(tokens, after, tuple(same), words[0] if words else 0, words[-1] if words else -1, 2 * parts)


def _after(tokens: tuple[Token, ...], at: int) -> int:
    stop, behind = tokens[at].stop, at + 1
    while behind < len(tokens) and tokens[behind].start < stop:
        behind += 1
    return behind


class Step(NamedTuple):
    """One instruction. `one` and `two` are the steps to go to (split, jump) or numbers (gap)."""

    verb: str
    one: int = 0
    two: int = 0
    test: WordTest | None = None


class _State(NamedTuple):
    step: int
    at: int
    first: int = -1  # the tokens consumed first and last, -1 before the first
    last: int = -1
    opened: int = -1  # where the mark starts and stops, in code points
    closed: int = -1
    agreed: tuple[tuple[str, frozenset[Agreement]], ...] = ()


Program = tuple[Step, ...]


def build_program(branch: Branch) -> Program:
    """The steps of a phrase."""
    steps: list[Step] = []
    _emit(branch, steps)
    return (*steps, Step("found"))


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
    exits: list[int] = []
    for number, branch in enumerate(choice.branches):
        split = len(steps)
        is_last = number == len(choice.branches) - 1
        if not is_last:
            steps.append(Step("split"))
        _emit(branch, steps)
        if not is_last:
            exits.append(len(steps))
            steps.append(Step("jump"))
            steps[split] = Step("split", split + 1, len(steps))
    for jump in exits:
        steps[jump] = Step("jump", len(steps))


def run(program: Program, stream: Stream, at: int, hit: Span | None = None) -> Span | None:
    """What the program finds from this token on, or None. `hit` is what ⟦⟧ of a guard stands for."""
    stack = [_State(0, at)]
    for _ in range(STEPS):
        if not stack:
            return None
        state = stack.pop()
        step = program[state.step]
        if step.verb == "found":
            return _span(stream, state)
        stack.extend(_MOVES[step.verb](step, state, stream, hit))
    return None


def _span(stream: Stream, state: _State) -> Span | None:
    if state.last < 0:
        return None
    if state.opened >= 0 <= state.closed:
        return Span(state.opened, state.closed)
    return Span(stream.tokens[state.first].start, stream.tokens[state.last].stop)


def _test(step: Step, state: _State, stream: Stream, _: Span | None) -> Iterator[_State]:
    if state.at >= len(stream.tokens) or step.test is None:
        return
    for index in range(state.at, stream.same[state.at]):
        if not step.test.passes(stream.tokens, index):
            continue
        first = state.first if state.first >= 0 else index
        moved = state._replace(step=state.step + 1, at=stream.after[index], first=first, last=index)
        agreed = _agree(step.test, state, stream, index)
        if agreed is not None:
            yield moved._replace(agreed=agreed)


def _agree(
    test: WordTest, state: _State, stream: Stream, index: int
) -> tuple[tuple[str, frozenset[Agreement]], ...] | None:
    if not test.agrees:
        return state.agreed
    groups = dict(state.agreed)
    mine = test.agreements(stream.tokens, index)
    common = _common(groups.get(test.agrees), mine)
    if not common:
        return None
    return tuple((groups | {test.agrees: common}).items())


def _common(known: frozenset[Agreement] | None, mine: frozenset[Agreement]) -> frozenset[Agreement]:
    return mine if known is None else known & mine


def _gap(step: Step, state: _State, stream: Stream, _: Span | None) -> Iterator[_State]:
    at, ways = state.at, [state.at]
    words = step.one
    while at < len(stream.tokens):
        if russian.is_punctuation(stream.tokens[at]):
            if not step.two:
                break
        elif words == 0:
            break
        else:
            words -= 1
        at = stream.after[at]
        ways.append(at)
    for way in reversed(ways):  # the nearest is tried first: it is put on the stack last
        yield state._replace(step=state.step + 1, at=way)


def _split(step: Step, state: _State, _: Stream, __: Span | None) -> Iterator[_State]:
    yield state._replace(step=step.two)
    yield state._replace(step=step.one)


def _jump(step: Step, state: _State, _: Stream, __: Span | None) -> Iterator[_State]:
    yield state._replace(step=step.one)


def _open(_: Step, state: _State, stream: Stream, __: Span | None) -> Iterator[_State]:
    if state.at < len(stream.tokens):
        yield state._replace(step=state.step + 1, opened=stream.tokens[state.at].start)


def _close(_: Step, state: _State, stream: Stream, __: Span | None) -> Iterator[_State]:
    if state.last >= 0:
        yield state._replace(step=state.step + 1, closed=stream.tokens[state.last].stop)


def _start(_: Step, state: _State, stream: Stream, __: Span | None) -> Iterator[_State]:
    if state.at <= stream.first_word:
        yield state._replace(step=state.step + 1, at=stream.first_word)


def _end(_: Step, state: _State, stream: Stream, __: Span | None) -> Iterator[_State]:
    if state.at > stream.last_word:
        yield state._replace(step=state.step + 1)


def _hit(_: Step, state: _State, stream: Stream, hit: Span | None) -> Iterator[_State]:
    if hit is None or state.at >= len(stream.tokens) or stream.tokens[state.at].start != hit.start:
        return
    behind = stream.at(hit.stop)
    first = state.first if state.first >= 0 else state.at
    yield state._replace(step=state.step + 1, at=behind, first=first, last=behind - 1)


_MOVES: Mapping[str, Callable[[Step, _State, Stream, Span | None], Iterator[_State]]] = {
    "test": _test,
    "gap": _gap,
    "split": _split,
    "jump": _jump,
    "open": _open,
    "close": _close,
    "start": _start,
    "end": _end,
    "hit": _hit,
}
