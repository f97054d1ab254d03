"""The dictionary behind the words: readings, word forms, inflection. Loaded at the first question, never at import."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from vipcopy.model import Reading

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

Recall = Callable[[str], tuple[tuple[Reading, ...], bool] | None]

LONGEST_WORD = 64  # «превысокомногорассмотрительствующий» has 35 letters; beyond this it is noise

_CYRILLIC = re.compile(r"[а-яёА-ЯЁ'-]*[а-яёА-ЯЁ][а-яёА-ЯЁ'-]*")
_LATIN = re.compile(r"[a-z'-]*[a-z][a-z'-]*")
_WIDER_CASES = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}


_recalls: list[Recall] = []


def remember(recall: Recall) -> None:
    """Take from there what this very dictionary once said of a word: its readings and whether it is known."""
    _recalls[:] = [recall]


def _recall(norm: str) -> tuple[tuple[Reading, ...], bool] | None:
    return _recalls[0](norm) if _recalls else None


@lru_cache(maxsize=1 << 16)
def readings(norm: str) -> tuple[Reading, ...]:
    """Analyses of a word, the likeliest first; unknown Cyrillic words are predicted, others have none but LATN."""
    recalled = _recall(norm)
    if recalled:
        return recalled[0]
    if _LATIN.fullmatch(norm):
        return (Reading(norm, frozenset({"LATN"})),)
    return tuple(dict.fromkeys(_build_reading(analysis) for analysis in _parse(norm)))


@lru_cache(maxsize=1 << 16)
def is_known(norm: str) -> bool:
    """Whether the dictionary holds this word form itself (ё and е alike)."""
    recalled = _recall(norm)
    if recalled:
        return recalled[1]
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


def find_grams(norm: str) -> tuple[frozenset[str], ...]:
    """The grammemes of each reading of a word, in any order; quicker than `readings` where the dictionary has it."""
    if not _is_analysable(norm):
        return tuple(reading.grams for reading in readings(norm))
    analyzer = _analyzer()
    paradigms = analyzer.dictionary.paradigms
    found = analyzer.dictionary.words.similar_items(norm, analyzer.char_substitutes)
    if not found:
        return tuple(reading.grams for reading in readings(norm))
    return tuple(
        _find_tag(paradigms[paradigm][len(paradigms[paradigm]) // 3 + form])
        for _, forms in found
        for paradigm, form in forms
    )


@cache
def _find_tag(number: int) -> frozenset[str]:
    return _widen(_analyzer().dictionary.gramtab[number].grammemes)


@cache
def find_paradigms() -> tuple[tuple[tuple[str, frozenset[str]], ...], ...]:
    """Every paradigm of the dictionary as the endings and grammemes of its forms; the first form is the lemma."""
    dictionary = _analyzer().dictionary
    tags = list(map(_find_tag, range(len(dictionary.gramtab))))
    endings = [_fold(suffix) for suffix in dictionary.suffixes]
    return tuple(
        tuple(
            (endings[suffix], tags[tag])
            for suffix, tag in zip(each[: len(each) // 3], each[len(each) // 3 : 2 * len(each) // 3], strict=True)
        )
        for each in dictionary.paradigms
    )


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
    return Reading(_fold(analysis.normal_form), _widen(analysis.tag.grammemes))


def _widen(grams: frozenset[str]) -> frozenset[str]:
    return grams | {_WIDER_CASES[gram] for gram in grams if gram in _WIDER_CASES}  # «чашка чаю» is a genitive too


def _fold(word: str) -> str:
    return word.lower().replace("ё", "е")
