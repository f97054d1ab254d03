"""The machine that runs a phrase's program over a sentence: alternatives in order, the number of steps bounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from vipcopy import russian
from vipcopy.phrases.program import Program, Step
from vipcopy.phrases.stream import Span, Stream
from vipcopy.phrases.words import Agreement, WordTest

STEPS = 20_000  # a phrase that needs more over one place of a sentence is given up there

Agreed = tuple[tuple[str, frozenset[Agreement]], ...]


class State(NamedTuple):
    """A point of the search: the step to take and what has been seen on the way."""

    step: int
    at: int
    first: int = -1  # the tokens consumed first and last, -1 before the first
    last: int = -1
    opened: int = -1  # where the mark starts and stops, in code points
    closed: int = -1
    agreed: Agreed = ()


def run(program: Program, stream: Stream, at: int, hit: Span | None = None) -> Span | None:
    """What the program finds from this token on, or None. `hit` is what ⟦⟧ of a guard stands for."""
    steps = program.steps
    stack = [State(0, at)]
    for _ in range(STEPS):
        if not stack:
            return None
        state = stack.pop()
        step = steps[state.step]
        if step.verb == "found":
            return _span(stream, state)
        stack.extend(_MOVES[step.verb](step, state, stream, hit))
    return None


def _span(stream: Stream, state: State) -> Span | None:
    if state.last < 0:
        return None
    if state.opened >= 0 <= state.closed:
        return Span(state.opened, state.closed)
    return Span(stream.tokens[state.first].start, stream.tokens[state.last].stop)


def _test(step: Step, state: State, stream: Stream, _: Span | None) -> list[State]:
    test, at = step.test, state.at
    moved: list[State] = []
    if test is None or at >= len(stream.tokens):
        return moved
    for index in range(at, stream.same[at]):
        if not test.passes(stream, index):
            continue
        agreed = _agree(test, state, stream, index) if test.agrees else state.agreed
        if agreed is not None:
            first = index if state.first < 0 else state.first
            moved.append(State(state.step + 1, stream.after[index], first, index, state.opened, state.closed, agreed))
    return moved


def _agree(test: WordTest, state: State, stream: Stream, index: int) -> Agreed | None:
    groups = dict(state.agreed)
    mine = test.agreements(stream, index)
    known = groups.get(test.agrees)
    common = mine if known is None else known & mine
    return tuple((groups | {test.agrees: common}).items()) if common else None


def _gap(step: Step, state: State, stream: Stream, _: Span | None) -> list[State]:
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
    ways.reverse()  # the nearest is tried first: it is put on the stack last
    return [State(state.step + 1, way, *state[2:]) for way in ways]


def _choice(step: Step, state: State, stream: Stream, _: Span | None) -> list[State]:
    ways = [target for first, target in reversed(step.ways) if first is None or _may_begin(first, stream, state.at)]
    return [State(way, *state[1:]) for way in ways]


def _may_begin(first: frozenset[str], stream: Stream, at: int) -> bool:
    if at >= len(stream.tokens):
        return False
    return any(not first.isdisjoint(stream.keys[index]) for index in range(at, stream.same[at]))


def _jump(step: Step, state: State, _: Stream, __: Span | None) -> tuple[State]:
    return (State(step.one, *state[1:]),)


def _open(_: Step, state: State, stream: Stream, __: Span | None) -> tuple[State, ...]:
    if state.at >= len(stream.tokens):
        return ()
    return (state._replace(step=state.step + 1, opened=stream.tokens[state.at].start),)


def _close(_: Step, state: State, stream: Stream, __: Span | None) -> tuple[State, ...]:
    if state.last < 0:
        return ()
    return (state._replace(step=state.step + 1, closed=stream.tokens[state.last].stop),)


def _start(_: Step, state: State, stream: Stream, __: Span | None) -> tuple[State, ...]:
    if state.at > stream.first_word:
        return ()
    return (state._replace(step=state.step + 1, at=stream.first_word),)


def _end(_: Step, state: State, stream: Stream, __: Span | None) -> tuple[State, ...]:
    return (state._replace(step=state.step + 1),) if state.at > stream.last_word else ()


def _hit(_: Step, state: State, stream: Stream, hit: Span | None) -> tuple[State, ...]:
    if hit is None or state.at >= len(stream.tokens) or stream.tokens[state.at].start != hit.start:
        return ()
    behind = stream.at(hit.stop)
    first = state.at if state.first < 0 else state.first
    return (state._replace(step=state.step + 1, at=behind, first=first, last=behind - 1),)


_MOVES: Mapping[str, Callable[[Step, State, Stream, Span | None], list[State] | tuple[State, ...]]] = {
    "test": _test,
    "gap": _gap,
    "choice": _choice,
    "jump": _jump,
    "open": _open,
    "close": _close,
    "start": _start,
    "end": _end,
    "hit": _hit,
}
