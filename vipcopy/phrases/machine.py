"""The machine that runs a phrase's program over a sentence: alternatives in order, the number of steps bounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vipcopy import russian
from vipcopy.phrases.program import Program, Step
from vipcopy.phrases.stream import Span, Stream
from vipcopy.phrases.words import Agreement, WordTest

STEPS = 20_000  # a phrase that needs more over one place of a sentence is given up there

Agreed = tuple[tuple[str, frozenset[Agreement]], ...]

# A point of the search: the step to take, the token where it is taken, the tokens consumed first and last (-1 before
# the first), where the mark starts and stops in code points (-1 where there is none), and what has agreed so far.
State = tuple[int, int, int, int, int, int, Agreed]


def run(program: Program, stream: Stream, at: int, hit: Span | None = None) -> Span | None:
    """What the program finds from this token on, or None. `hit` is what ⟦⟧ of a guard stands for."""
    stream.tick()
    steps = program.steps.loaded
    waiting: list[State] = [(program.start, at, -1, -1, -1, -1, ())]
    for _ in range(STEPS):
        if not waiting:
            return None
        state = waiting.pop()
        step = steps[state[0]]
        if step.test:
            waiting.extend(_test(program, state, stream))
            continue
        if step.verb == "found":
            return _span(stream, state)
        waiting.extend(_MOVES[step.verb](step, state, stream, hit))
    return None


def _span(stream: Stream, state: State) -> Span | None:
    _, _, first, last, opened, closed, _ = state
    if last < 0:
        return None
    if opened >= 0 <= closed:
        return Span(opened, closed)
    return Span(stream.tokens[first].start, stream.tokens[last].stop)


def _test(program: Program, state: State, stream: Stream) -> Sequence[State]:
    number, at, first, _, opened, closed, agreed = state
    step = program.steps.loaded[number]
    test = step.test
    if test is None or at >= len(stream.norms):
        return ()
    moved: list[State] = []
    for index in range(at, stream.same[at]):
        if program.passes(number, stream, index):
            known = _agree(test, agreed, stream, index) if test.agrees else agreed
            if known is not None:
                begun = index if first < 0 else first
                moved.append((step.then, stream.after[index], begun, index, opened, closed, known))
    return moved


def _choice(step: Step, state: State, stream: Stream, _: Span | None) -> Sequence[State]:
    at, behind = state[1], state[1:]
    here = stream.keys[at : stream.same[at]] if at < len(stream.norms) else ()
    if all(map(step.doors.isdisjoint, here)):
        return [(way, *behind) for way in step.open_ways]
    return [(way, *behind) for words, way in step.ways if words is None or not all(map(words.isdisjoint, here))]


def _agree(test: WordTest, agreed: Agreed, stream: Stream, index: int) -> Agreed | None:
    groups = dict(agreed)
    mine = test.agreements(stream, index)
    known = groups.get(test.agrees)
    common = mine if known is None else known & mine
    return tuple((groups | {test.agrees: common}).items()) if common else None


def _gap(step: Step, state: State, stream: Stream, _: Span | None) -> Sequence[State]:
    at, ways = state[1], [state[1]]
    words = step.words
    while at < len(stream.tokens):
        if russian.is_punctuation(stream.tokens[at]):
            if not (step.punctuation or russian.is_unit(stream.tokens[at])):  # «30 %» is passed as one word
                break
        elif words == 0:
            break
        else:
            words -= 1
        at = stream.after[at]
        ways.append(at)
    return [(step.then, way, *state[2:]) for way in reversed(ways)]  # the nearest is tried first: it is put last


def _open(step: Step, state: State, stream: Stream, _: Span | None) -> Sequence[State]:
    __, at, first, last, __, closed, agreed = state
    return ((step.then, at, first, last, stream.tokens[at].start, closed, agreed),) if at < len(stream.tokens) else ()


def _close(step: Step, state: State, stream: Stream, _: Span | None) -> Sequence[State]:
    __, at, first, last, opened, __, agreed = state
    if last < 0 or stream.tokens[last].start < opened:  # «⟦[очень]⟧ дом»: there is nothing to mark
        return ()
    return ((step.then, at, first, last, opened, stream.tokens[last].stop, agreed),)


def _start(step: Step, state: State, stream: Stream, _: Span | None) -> Sequence[State]:
    return ((step.then, stream.first_word, *state[2:]),) if state[1] <= stream.first_word else ()


def _end(step: Step, state: State, stream: Stream, _: Span | None) -> Sequence[State]:
    return ((step.then, *state[1:]),) if state[1] > stream.last_word else ()


def _hit(step: Step, state: State, stream: Stream, hit: Span | None) -> Sequence[State]:
    _, at, first, *_ = state
    if hit is None or at >= len(stream.tokens):
        return ()
    if not stream.tokens[at].start <= hit.start < stream.tokens[at].stop:  # «без супер-скидок»: the hit is a part of it
        return ()
    behind = stream.at(hit.stop)
    return ((step.then, behind, at if first < 0 else first, behind - 1, *state[4:]),)


_MOVES: Mapping[str, Callable[[Step, State, Stream, Span | None], Sequence[State]]] = {
    "choice": _choice,
    "gap": _gap,
    "open": _open,
    "close": _close,
    "start": _start,
    "end": _end,
    "hit": _hit,
}
