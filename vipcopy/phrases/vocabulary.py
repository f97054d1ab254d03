"""The words that phrases name, and every form they take: «скидка» for a lemma, «=скидкой» for one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from vipcopy import russian

Vocabulary = Mapping[str, tuple[str, ...]]  # word form -> the keys of the words that it may be

FORM = "="  # marks the key of a single form

_KIND = frozenset({"PRTF", "pres", "past", "actv", "pssv"})


def build_vocabulary(keys: Iterable[str]) -> Vocabulary:
    """Every form of these words, with the words that it may be a form of."""
    found: dict[str, list[str]] = {}
    for key in sorted(set(keys)):
        for form in forms_of(key):
            found.setdefault(form, []).append(key)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    return {form: shared.setdefault(tuple(names), tuple(names)) for form, names in found.items()}


def forms_of(key: str) -> frozenset[str]:
    """The norms that a word of a phrase stands for; empty where the key is no dictionary form."""
    if key.startswith(FORM):
        return frozenset({key[len(FORM) :]})
    return russian.word_forms(key) or _participle(key)[0]


def lemma_of(key: str) -> str:
    """The lemma that a reading of such a form must come from; empty where any will do."""
    if key.startswith(FORM):
        return ""
    return key if russian.word_forms(key) else _participle(key)[1]


@cache
def _participle(norm: str) -> tuple[frozenset[str], str]:
    """The forms of a participle given as «имеющий», with the verb that is its lemma; no forms where it is none."""
    for reading in russian.readings(norm):
        if reading.grams >= {"PRTF", "masc", "sing", "nomn"}:
            kind = reading.grams & _KIND
            forms = russian.word_forms(reading.lemma)
            return frozenset(form for form in forms if _is_form(form, reading.lemma, kind)), reading.lemma
    return frozenset(), ""


def _is_form(form: str, lemma: str, grams: frozenset[str]) -> bool:
    return any(reading.lemma == lemma and grams <= reading.grams for reading in russian.readings(form))
