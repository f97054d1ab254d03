"""The dictionary behind the words: readings, word forms, inflection. Loaded at the first question, never at import."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from vipcopy.model import Reading

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

LONGEST_WORD = 64  # «превысокомногорассмотрительствующий» has 35 letters; beyond this it is noise

_CYRILLIC = re.compile(r"[а-яёА-ЯЁ'-]*[а-яёА-ЯЁ][а-яёА-ЯЁ'-]*")
_LATIN = re.compile(r"[a-z'-]*[a-z][a-z'-]*")
_WIDER_CASES = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}


@lru_cache(maxsize=1 << 16)
def readings(norm: str) -> tuple[Reading, ...]:
    """Analyses of a word, the likeliest first; unknown Cyrillic words are predicted, others have none but LATN."""
    if _LATIN.fullmatch(norm):
        return (Reading(norm, frozenset({"LATN"})),)
    return tuple(dict.fromkeys(_build_reading(analysis) for analysis in _parse(norm)))


@lru_cache(maxsize=1 << 16)
def is_known(norm: str) -> bool:
    """Whether the dictionary holds this word form itself (ё and е alike)."""
    if not _is_analysable(norm):
        return False
    known: bool = _analyzer().word_is_known(norm)
    return known


@lru_cache(maxsize=1 << 14)
def word_forms(lemma: str) -> frozenset[str]:
    """Norms of all forms of every paradigm whose dictionary form is this lemma; empty when it is no dictionary form."""
    folded = _fold(lemma)
    paradigms = [analysis for analysis in _parse(folded) if _fold(analysis.normal_form) == folded]
    forms = {_fold(form.word) for analysis in paradigms for form in analysis.lexeme}
    if is_known(folded):
        return frozenset(forms)
    return frozenset(form for form in forms if form == folded or not is_known(form))  # a guess takes no real word


def inflect(word: str, grams: Iterable[str]) -> str | None:
    """The word in the form that has these grammemes, by its likeliest reading that has one; its capital is kept."""
    required = set(grams)
    for analysis in _parse(word.lower()):
        form = analysis.inflect(required)
        if form is not None:
            inflected: str = form.word
            return inflected[:1].upper() + inflected[1:] if word[:1].isupper() else inflected
    return None


@cache
def is_grammeme(gram: str) -> bool:
    """Whether this is a grammeme of the OpenCorpora set («NOUN», «gent»)."""
    known: frozenset[str] = _analyzer().TagClass.KNOWN_GRAMMEMES
    return gram in known


@cache
def _analyzer() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer  # 0.15 s and 20 MB: only who asks pays

    return MorphAnalyzer()


def _is_analysable(norm: str) -> bool:
    return len(norm) <= LONGEST_WORD and _CYRILLIC.fullmatch(norm) is not None


def _parse(norm: str) -> list[Parse]:
    if not _is_analysable(norm):
        return []
    analyses: list[Parse] = _analyzer().parse(norm)
    return [analysis for analysis in analyses if "UNKN" not in analysis.tag]


def _build_reading(analysis: Parse) -> Reading:
    grams: frozenset[str] = analysis.tag.grammemes
    wider = {_WIDER_CASES[gram] for gram in grams if gram in _WIDER_CASES}  # «чашка чаю» is a genitive too
    return Reading(_fold(analysis.normal_form), grams | wider)


def _fold(word: str) -> str:
    return word.lower().replace("ё", "е")
