"""Readings in context: small rules drop what the neighbouring words rule out, and never the last reading."""

from __future__ import annotations

from collections.abc import Sequence

from vipcopy.model import Token
from vipcopy.russian.dictionary import readings
from vipcopy.russian.exclusions import NAMES, Around, Readings, find_exclusions

_DEPTH = 2  # the words to the left that help to read one another


def readings_in(tokens: Sequence[Token], at: int) -> Readings:
    """The readings of `tokens[at]` that its neighbours allow, the likeliest first; at least one where it has any."""
    return _read(tokens, at, depth=_DEPTH)


def _read(tokens: Sequence[Token], at: int, *, depth: int) -> Readings:
    kept = readings(tokens[at].norm)
    if len(kept) < 2 or not depth:
        return kept
    before, after = _find_before(tokens, at), _find_after(tokens, at)
    left = _read(tokens, before, depth=depth - 1) if before is not None else ()
    right = readings(tokens[after].norm) if after is not None else ()
    around = Around(
        token=tokens[at],
        before=tokens[before] if before is not None else None,
        after=tokens[after] if after is not None else None,
        readings=kept,
        left=left,
        right=right,
    )
    for excludes in find_exclusions(tokens[at].norm):
        narrowed = tuple(reading for reading in kept if not excludes(reading, around))
        if narrowed and len(narrowed) < len(kept):
            kept = narrowed
            around = around._replace(readings=kept)
    return _put_names_first(kept) if at and tokens[at].text[:1].isupper() and before is not None else kept


def _find_before(tokens: Sequence[Token], at: int) -> int | None:
    before = at - 1
    while before >= 0 and tokens[before].stop > tokens[at].start:  # the compound that this part belongs to
        before -= 1
    return before if before >= 0 else None


def _find_after(tokens: Sequence[Token], at: int) -> int | None:
    after = at + 1
    while after < len(tokens) and tokens[after].start < tokens[at].stop:
        after += 1
    return after if after < len(tokens) else None


def _put_names_first(kept: Readings) -> Readings:
    return tuple(sorted(kept, key=lambda reading: not reading.grams & NAMES))
