"""The dictionary behind the words: readings, word forms, inflection. Loaded at the first question, never at import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from vipcopy.hints import TYPE_CHECKING
from vipcopy.model import Reading
from vipcopy.patterns import compile_later
from vipcopy.russian.tables import Entry, find_entries, find_lexeme, find_tags, fold, widen

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

LONGEST_WORD = 64  # «превысокомногорассмотрительствующий» has 35 letters; beyond this it is noise

Lines = Mapping[str, tuple[str, ...]]  # of a word its lemmas and their grammemes by turns, the likeliest reading first

_CYRILLIC = compile_later(r"[а-яёА-ЯЁ'-]+")
_LATIN = compile_later(r"[a-z'-]*[a-z][a-z'-]*")

_frequent: list[Lines] = [{}]  # what `preload_readings` was told last


@lru_cache(maxsize=1 << 13)
def readings(norm: str) -> tuple[Reading, ...]:
    """Analyses of a word, the likeliest first; unknown Cyrillic words are predicted, others have none but LATN."""
    if _LATIN.fullmatch(norm):
        return (Reading(norm, frozenset({"LATN"})),)
    known = known_readings(norm)
    return known or tuple(dict.fromkeys(_build_reading(analysis) for analysis in _parse(norm)))


def preload_readings(lines: Lines) -> None:
    """Take these readings for the dictionary's own: to find one among them takes a tenth of its time."""
    _frequent[0] = lines


def write_lines(norms: Iterable[str]) -> Lines:
    """The readings of those of the words that the dictionary has, to be kept and known again."""
    found = ((norm, known_readings(norm)) for norm in norms)
    return {norm: tuple(_write_line(known)) for norm, known in found if known}


@lru_cache(maxsize=1 << 13)
def known_readings(norm: str) -> tuple[Reading, ...]:
    """The same for a word that the dictionary has; nothing is predicted."""
    line = _frequent[0].get(norm)
    if line is not None:
        return tuple(map(Reading, line[::2], map(_read_grams, line[1::2])))
    return tuple(dict.fromkeys([entry.build_reading() for entry in _find_entries(norm)]))


def is_known(norm: str) -> bool:
    """Whether the dictionary holds this word form itself (ё and е alike)."""
    return bool(known_readings(norm))


@lru_cache(maxsize=1 << 14)
def word_forms(lemma: str) -> frozenset[str]:
    """Norms of all forms of every paradigm whose dictionary form is this lemma; empty when it is no dictionary form."""
    folded = fold(lemma)
    paradigms = _find_paradigms(folded)
    if paradigms is not None:
        return frozenset().union(*map(find_lexeme, paradigms))
    guessed = (analysis for analysis in _parse(folded) if fold(analysis.normal_form) == folded)
    forms = {fold(form.word) for analysis in guessed for form in analysis.lexeme}
    return frozenset(form for form in forms if form == folded or not is_known(form))  # a guess takes no real word


@lru_cache(maxsize=1 << 14)
def is_lemma(norm: str) -> bool:
    """Whether `word_forms` has any for it: a dictionary form, or a new word that looks like one."""
    return is_known_lemma(norm) or (_find_paradigms(norm) is None and bool(word_forms(norm)))


@lru_cache(maxsize=1 << 14)
def is_known_lemma(norm: str) -> bool:
    """Whether the dictionary itself has the word as a lemma."""
    return bool(_find_paradigms(norm))


@lru_cache(maxsize=1 << 14)
def form_grams(lemma: str) -> tuple[frozenset[str], ...]:
    """The grammemes of all forms that `word_forms` gives, in any order."""
    folded = fold(lemma)
    paradigms = _find_paradigms(folded)
    if paradigms is not None:
        return tuple({grams for entry in paradigms for grams in find_tags(entry)})
    guessed = (reading for form in word_forms(folded) for reading in readings(form))
    return tuple({reading.grams for reading in guessed if reading.lemma == folded})


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
    from vipcopy.russian.analyzer import build_analyzer  # only a word that no dictionary has is worth it

    return build_analyzer()


def _write_line(known: Iterable[Reading]) -> Iterator[str]:
    for reading in known:
        yield reading.lemma
        yield " ".join(sorted(reading.grams))


@cache
def _read_grams(written: str) -> frozenset[str]:
    return frozenset(written.split())


def is_analysable(norm: str) -> bool:
    """Whether it may have readings of Russian words: «кафе-бар», not «АБ-1204», nor «e-mail»."""
    return len(norm) <= LONGEST_WORD and _CYRILLIC.fullmatch(norm) is not None and norm.strip("'-") != ""


def _parse(norm: str) -> list[Parse]:
    if not is_analysable(norm):
        return []
    analyses: list[Parse] = _analyzer().parse(norm)
    return [analysis for analysis in analyses if "UNKN" not in analysis.tag]


def _find_entries(norm: str) -> Sequence[Entry]:
    return find_entries(norm) if is_analysable(norm) else ()


@lru_cache(maxsize=1 << 10)
def _find_paradigms(lemma: str) -> tuple[Entry, ...] | None:
    """What the dictionary has for a word as a lemma; None where it does not have the word at all."""
    entries = _find_entries(lemma)
    return tuple(entry for entry in entries if fold(entry.form.find_lemma(entry.word)) == lemma) if entries else None


def _build_reading(analysis: Parse) -> Reading:
    return Reading(fold(analysis.normal_form), widen(analysis.tag.grammemes))
