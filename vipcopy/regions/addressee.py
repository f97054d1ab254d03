"""The addressed: people by their names, stations and what they are like, and those whom one word calls together."""

from __future__ import annotations

from collections.abc import Sequence

from vipcopy.model import Token
from vipcopy.regions.signs import read_signs
from vipcopy.regions.slots import NAME_LETTER
from vipcopy.russian import is_known, readings

LONGEST_NAME = 8  # words
STOPS = frozenset({",", "!", ".", "…", "—", ":"})

_CROWDS = frozenset(read_signs("crowds"))
_PERSONS = frozenset({"anim", "Name", "Patr"})


def read_bare_names(tokens: Sequence[Token], start: int) -> int:
    """Where up to three names with a capital stop."""
    stop = start
    while stop < min(len(tokens), start + 3) and (is_slot(tokens[stop]) or is_name(tokens[stop])):
        stop += 1
    return stop


def read_name(tokens: Sequence[Token], start: int) -> int:
    """Where the addressed person's name or station stops; 0 when these words name nobody."""
    named, at = False, start
    while at < min(len(tokens), start + LONGEST_NAME) and _may_name(tokens[at]):
        named = named or _is_person(tokens[at])
        at += 1
    return at if named else 0


def read_called(tokens: Sequence[Token], start: int) -> int:
    """Where people called by what they are like stop, with the «!» behind them: «родные мои!», «дорогие эйчары!»."""
    at = start
    while at < min(len(tokens), start + LONGEST_NAME) and (_may_call(tokens[at]) or _is_new(tokens, at)):
        at += 1
    return at + 1 if start < at < len(tokens) and tokens[at].norm == "!" else 0


def _may_name(token: Token) -> bool:
    if token.norm in STOPS:  # «г-н А. Петров» keeps its initial only where razdel does
        return False
    if token.norm == "и" or _is_person(token):
        return True
    return any(reading.grams & {"ADJF", "PRTF", "NOUN", "LATN"} for reading in readings(token.norm)[:2])


def _may_call(token: Token) -> bool:
    return token.norm == "и" or any(
        reading.grams & {"ADJF", "PRTF"} and reading.grams & {"nomn"} for reading in readings(token.norm)[:2]
    )


def _is_new(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that no dictionary has stands behind the one that calls: «дорогие эйчары», «уважаемые HR»."""
    return at > 0 and _may_call(tokens[at - 1]) and tokens[at].text[0].isalpha() and not is_known(tokens[at].norm)


def _is_person(token: Token) -> bool:
    if is_slot(token):
        return True
    if token.text[:1].isupper() and not readings(token.norm):
        return True
    places = frozenset({"Geox"}) if token.text[:1].isupper() else frozenset[str]()  # «Привет, Москва!»
    return any(reading.grams & (_PERSONS | places) or reading.lemma in _CROWDS for reading in readings(token.norm)[:3])


def is_name(token: Token) -> bool:
    """Whether it is a name with its capital."""
    return token.text[:1].isupper() and any(
        reading.grams & {"Name", "Patr", "Surn"} for reading in readings(token.norm)[:2]
    )


def is_slot(token: Token) -> bool:
    """Whether a value will fill it."""
    return token.text.startswith(NAME_LETTER)
