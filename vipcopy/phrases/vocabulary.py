"""The words that phrases name: «скидка» for a lemma, «имеющий» for a participle, «=скидкой» for one form."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from vipcopy import russian
from vipcopy.phrases.lexicon import FORM, Lexicon
from vipcopy.records import NamedTuple

_KIND = frozenset({"PRTF", "pres", "past", "actv", "pssv"})


class Participle(NamedTuple):
    """A participle: the verb that is its lemma, and the grammemes that tell it from the verb's other participles."""

    verb: str
    kind: frozenset[str]


def is_word(key: str) -> bool:
    """Whether a key names a word that has forms."""
    return key.startswith(FORM) or russian.is_lemma(key) or find_participle(key) is not None


def forms_of(key: str) -> frozenset[str]:
    """The norms that a word of a phrase stands for; empty where the key is no dictionary form."""
    if key.startswith(FORM):
        return frozenset({key[len(FORM) :]})
    return russian.word_forms(key) or _participle_forms(key)


def lemma_of(key: str) -> str:
    """The lemma that a reading of such a form must come from; empty where any will do."""
    if key.startswith(FORM):
        return ""
    if russian.is_lemma(key):
        return key
    participle = find_participle(key)
    return participle.verb if participle else ""


def grams_of(key: str) -> Iterable[frozenset[str]]:
    """The grammemes of all forms that a word of a phrase stands for."""
    if key.startswith(FORM):
        return (reading.grams for reading in russian.readings(key[len(FORM) :]))
    participle = None if russian.is_lemma(key) else find_participle(key)
    if participle is None:
        return russian.form_grams(key)
    return (grams for grams in russian.form_grams(participle.verb) if participle.kind <= grams)


@cache
def find_participle(norm: str) -> Participle | None:
    """The participle given as «имеющий»; None where the word is none."""
    for reading in russian.readings(norm):
        if reading.grams >= {"PRTF", "masc", "sing", "nomn"}:
            return Participle(reading.lemma, reading.grams & _KIND)
    return None


@cache
def _participle_forms(norm: str) -> frozenset[str]:
    participle = find_participle(norm)
    if participle is None:
        return frozenset()
    return frozenset(form for form in russian.word_forms(participle.verb) if _is_form(form, participle))


def _is_form(form: str, participle: Participle) -> bool:
    readings = russian.readings(form)
    return any(reading.lemma == participle.verb and participle.kind <= reading.grams for reading in readings)


def build_lexicon(keys: Iterable[str], fields: Collection[str] = ()) -> Lexicon:
    """The lexicon of these words and of those that name a field."""
    lemmas: set[str] = set()
    forms: set[str] = set()
    participles: dict[str, list[tuple[frozenset[str], str]]] = {}
    guessed: dict[str, list[str]] = {}
    for key in sorted({*keys, *fields}):
        participle = _find_known_participle(key)
        if key.startswith(FORM):
            forms.add(key.removeprefix(FORM))
        elif russian.is_known_lemma(key):
            lemmas.add(key)
        elif participle:
            participles.setdefault(participle.verb, []).append((participle.kind, key))
        else:
            for form in forms_of(key):
                guessed.setdefault(form, []).append(key)
    return Lexicon(
        frozenset(lemmas),
        {verb: tuple(kinds) for verb, kinds in participles.items()},
        frozenset(forms),
        {form: tuple(names) for form, names in guessed.items()},
        frozenset(fields),
    )


def _find_known_participle(key: str) -> Participle | None:
    """The participle that a key is, if the dictionary has its verb."""
    if key.startswith(FORM) or russian.is_lemma(key):
        return None
    participle = find_participle(key)
    return participle if participle and russian.is_known(participle.verb) else None
