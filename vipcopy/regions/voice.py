"""Whose voice a text has: how often it calls the reader, says «мы» or «я», commands, tells what was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from vipcopy.model import Reading, Token
from vipcopy.russian import readings

_PERSONS = {"вы": "calls", "ваш": "calls", "мы": "ours", "наш": "ours", "я": "mine", "мой": "mine"}
_FAMILIAR = ("ты", "твой")


class Voice(NamedTuple):
    """What was counted in a text's words."""

    words: int = 0
    past: int = 0  # verbs that can be nothing else
    calls: int = 0  # «вы», «приходите», «увидите»
    imperatives: int = 0  # of them, commands
    courtesies: int = 0  # of them, «Вы» with a capital
    ours: int = 0  # «мы», «покажем»
    mine: int = 0  # «я», «покажу»
    thou: int = 0  # «ты», «приходи»


def hear(tokens: Iterable[Token]) -> Voice:
    """The voice of these words.

    >>> from vipcopy.russian import find_tokens
    >>> hear(find_tokens("Вы приедете, мы покажем сад."))
    Voice(words=5, past=0, calls=2, imperatives=0, courtesies=1, ours=2, mine=0, thou=0)
    """
    return Voice(**Counter(sign for token in tokens for sign in _hear(token.norm, token.text[0])))


@lru_cache(maxsize=1 << 14)
def _hear(norm: str, initial: str) -> tuple[str, ...]:
    return tuple(_find_signs(norm, initial)) if any(map(str.isalpha, norm)) else ()


def _find_signs(norm: str, initial: str) -> Iterator[str]:
    yield "words"
    known = readings(norm)
    if not known:
        return
    lemma, grams = known[0]
    person = "thou" if lemma in _FAMILIAR else _PERSONS.get(lemma) or _hear_verb(grams, known)
    if person:
        yield person
    if lemma in ("вы", "ваш") and initial.isupper():
        yield "courtesies"
    if person == "calls" and "impr" in grams:
        yield "imperatives"
    if "past" in grams and all("VERB" in reading.grams for reading in known):
        yield "past"


def _hear_verb(grams: frozenset[str], known: tuple[Reading, ...]) -> str | None:
    plural = "plur" in grams
    if "impr" in grams:
        sure = plural or all("impr" in reading.grams for reading in known)
        return ("calls" if plural else "thou") if sure else None
    if "1per" in grams:
        return "ours" if plural else "mine"
    if "2per" in grams:
        return "calls" if plural else "thou"
    return None
