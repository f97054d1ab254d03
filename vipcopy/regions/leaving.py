"""What is left of a text when the words of others are left out; every offset stays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain, pairwise

from vipcopy.model import Sentence

Span = tuple[int, int]


def leave_out(text: str, sentences: Sequence[Sentence], spans: Sequence[Span]) -> tuple[str, Sequence[Sentence]]:
    """The text with spaces for these spans, which stand in order, and the sentences that touch none of them.

    >>> from vipcopy.russian import find_sentences
    >>> text = "Он писал. Ты ушла. Дождь шёл."
    >>> left, sentences = leave_out(text, find_sentences(text), [(10, 18)])
    >>> left, [text[sentence.start : sentence.stop] for sentence in sentences]
    ('Он писал.          Дождь шёл.', ['Он писал.', 'Дождь шёл.'])
    """
    if not spans:
        return text, sentences
    starts = [start for start, _ in spans]
    return _blank(text, spans), [sentence for sentence in sentences if not _touches(sentence, spans, starts)]


def _blank(text: str, spans: Sequence[Span]) -> str:
    parts = [text[start:stop] for start, stop in pairwise([0, *chain.from_iterable(spans), len(text)])]
    parts[1::2] = [" " * len(part) for part in parts[1::2]]
    return "".join(parts)


def _touches(sentence: Sentence, spans: Sequence[Span], starts: Sequence[int]) -> bool:
    before = bisect_left(starts, sentence.stop)
    return before > 0 and spans[before - 1][1] > sentence.start
