"""Rules that go through a text side by side: what is told of a sentence is at hand for all while they are about it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from vipcopy.model import Hit, Sentence

PAUSE = Hit("", -1, -1)  # no hit: who goes through all sentences lets the others catch up now and then
_ROUND = 512  # sentences

Span = tuple[int, int]


def interleave(searches: Iterable[Iterator[Hit]]) -> Iterator[Hit]:
    """The hits of all, each up to its next pause in turn.

    >>> list(interleave([iter((Hit("a", 0, 1), PAUSE, Hit("a", 8, 9))), iter((Hit("b", 2, 3),))]))[0].rule
    'a'
    """
    waiting = deque(searches)
    while waiting:
        for _ in range(len(waiting)):
            search = waiting.popleft()
            for hit in search:
                if hit is PAUSE:
                    waiting.append(search)
                    break
                yield hit
        if waiting:
            yield PAUSE


def name_hits(rule: str, spans: Iterable[Span | None]) -> Iterator[Hit]:
    """The spans as hits of a rule; None is a pause."""
    return (Hit(rule, *span) if span else PAUSE for span in spans)


def with_pauses(sentences: Sequence[Sentence]) -> Iterator[Sentence | None]:
    """The sentences with None where it is time for a pause."""
    for at, sentence in enumerate(sentences, 1):
        yield sentence
        if at % _ROUND == 0:
            yield None
