"""Verse that a text quotes or is: lines that rhyme and keep a metre, where nothing is sold.

A rhyme sells as well as prose does, so rhymes alone excuse nothing: where one sign of an offer, a salutation or a
courteous «Вы» stands, short lines are the firm's own voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vipcopy.model import Region, Sentence
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple
from vipcopy.regions.leaving import leave_out
from vipcopy.regions.signs import find_written
from vipcopy.regions.speech import build_speech

Span = tuple[int, int]

_LINE = compile_later(r"[^\r\n]+")
_VERSE_LINE = compile_later(  # «Кислотно, смрадно, грустно.», «— А ты налей!»; no list, no price, no address
    r"""
    \s* (?: [—–-]\s )? [«„"(…]{0,2} [А-ЯЁ]
    [а-яёА-ЯЁ\s,.!?…:;—–()«»„“"’\u0301-]{5,} \s*
    """,
    re.VERBOSE,
)
_REST = compile_later(r"\s*[а-яё][а-яё\s,.!?…:;—–«»-]{0,29}")  # the end of a line that a narrow column broke
_LAST_WORD = compile_later(r"([а-яё-]+)[^а-яё]*\Z")
_STOPPED = compile_later(r"[.!?…][\s»“\")]*\Z")
_LOOSE = compile_later(r"[аеиоу][^аеиоу]+(?=[аеиоу])")
_LONGEST_LINE = 60  # characters
_VOWELS = frozenset("аеёиоуыэюя")
_SOUNDS = str.maketrans("яюыэё", "ауиео", "ьъ")
_FINAL = str.maketrans("бдгвзж", "пткфсш")
_REDUCED = str.maketrans("ое", "аи")
_WINDOW = 3  # lines to the one that rhymes: «ABBA»
_FEWEST_LINES = 4
_LEAST_RHYMED = 0.7
_LONG_RUN = 12  # lines among which a poet may leave some without a rhyme
_LEAST_RHYMED_LONG = 0.5
_LEAST_POINTED = 0.25  # lines that any mark ends: a list has none
_LEAST_OPEN = 0.25  # lines that no full stop ends: a poet's sentence runs on, a slogan's doesn't
_FEWEST_LINES_ALONE = 16  # of a poem without prose around it; a rhymed advertisement is shorter
_FEWEST_WORDS_AROUND = 50
_FEW_OFFERS = 1  # in 100 words
_FEW_OFFERS_ALONE = 0.005  # of all words


class _Line(NamedTuple):
    start: int
    stop: int
    syllables: int
    end: str  # how its last word sounds
    is_open: bool  # no full stop ends it
    is_pointed: bool  # some mark does


def find_verse(text: str, sentences: Sequence[Sentence]) -> Iterator[Region]:
    """Each run of lines that is verse, as another's words; `text` has its line breaks."""
    runs = tuple(run for run in _find_runs(text) if _is_verse(run))
    if runs and _may_quote(text, [(run[0].start, run[-1].stop) for run in runs], sentences):
        yield from (Region("quote", run[0].start, run[-1].stop) for run in runs)


def _may_quote(text: str, verses: Sequence[Span], sentences: Sequence[Sentence]) -> bool:
    """Whether nothing is sold, and prose stands around the verse or the verse is long."""
    prose = build_speech(*leave_out(text, sentences, verses))
    if prose.courtesies or prose.has_emoji:
        return False
    sold = sum(len(find_written("sale", text[slice(*verse)])) for verse in verses)
    if prose.voice.words >= _FEWEST_WORDS_AROUND:
        return prose.offered + sold <= _FEW_OFFERS
    whole = build_speech(text, sentences)
    is_long = sum(text.count("\n", *verse) + 1 for verse in verses) >= _FEWEST_LINES_ALONE
    if not is_long or sold or whole.courtesies:
        return False
    return whole.count("offer") + whole.count("sale") <= _FEW_OFFERS_ALONE * whole.voice.words


def _find_runs(text: str) -> Iterator[list[_Line]]:
    """Runs of lines that may be verse, what a column broke joined."""
    run: list[tuple[int, int]] = []
    at = 0
    for found in _LINE.finditer(text):
        start, stop = found.span()
        joins = text.count("\n", at, start) < 2
        if run and joins and stop - run[-1][0] <= _LONGEST_LINE and _REST.fullmatch(text, start, stop):
            run[-1] = run[-1][0], stop
        else:
            fits = stop - start <= _LONGEST_LINE and _VERSE_LINE.fullmatch(text, start, stop)
            if not fits:
                yield from _read_run(text, run)
                run = []
            else:
                run.append((start, stop))
        at = stop
    yield from _read_run(text, run)


def _read_run(text: str, run: Sequence[Span]) -> Iterator[list[_Line]]:
    if len(run) >= _FEWEST_LINES:
        yield [_read_line(text, *line) for line in run]


def _read_line(text: str, start: int, stop: int) -> _Line:
    small = text[start:stop].lower()
    last = _LAST_WORD.search(small)
    syllables = sum(map(_VOWELS.__contains__, small))
    return _Line(
        start,
        stop,
        syllables,
        last[1] if last else "",
        _STOPPED.search(small) is None,
        not small.rstrip()[-1].isalpha(),
    )


def _is_verse(run: Sequence[_Line]) -> bool:
    if sum(line.is_open for line in run) < _LEAST_OPEN * len(run):
        return False
    if sum(line.is_pointed for line in run) < _LEAST_POINTED * len(run):
        return False
    rhymed: set[int] = set()
    for at, line in enumerate(run):
        for further in range(at + 1, min(at + 1 + _WINDOW, len(run))):
            if _rhyme(line, run[further]):
                rhymed |= {at, further}
    return len(rhymed) >= (_LEAST_RHYMED if len(run) < _LONG_RUN else _LEAST_RHYMED_LONG) * len(run)


def _rhyme(line: _Line, further: _Line) -> bool:
    """Whether two lines of one metre end alike from a vowel on that may be stressed.

    >>> def rhyme(one, other):
    ...     return _rhyme(_read_line(one, 0, len(one)), _read_line(other, 0, len(other)))
    >>> rhyme("Когда плывёшь в полях", "Сверкнёт маяк впотьмах"), rhyme("Задний двор больницы", "Дорогие лица")
    (True, True)
    >>> rhyme("Закрытый двор и сад", "Открытый парк и пруд"), rhyme("Сад", "Закрытый двор и сад")
    (False, False)
    """
    apart = abs(line.syllables - further.syllables)
    if apart > 1 or line.end == further.end:
        return False
    sounds = _find_sounds(line.end), _find_sounds(further.end)
    return not sounds[0].exact.isdisjoint(sounds[1].exact) or (
        not apart and not sounds[0].loose.isdisjoint(sounds[1].loose)
    )


class _Sounds(NamedTuple):
    """What a word may rhyme by, whichever of its last vowels is stressed."""

    exact: frozenset[str]
    loose: frozenset[str]  # through the consonants behind the vowel: «больницы» and «лица»


@lru_cache(maxsize=1 << 12)
def _find_sounds(word: str) -> _Sounds:
    endings = tuple(_list_endings(word))
    return _Sounds(frozenset(endings), frozenset(found[0] for found in map(_LOOSE.match, endings) if found))


def _list_endings(word: str) -> Iterator[str]:
    sounds = word.translate(_SOUNDS)
    sounds = sounds[:-1] + sounds[-1:].translate(_FINAL)
    vowels = [at for at, sound in enumerate(sounds) if sound in _VOWELS]
    for at in vowels[-3:]:
        ending = sounds[at] + sounds[at + 1 :].translate(_REDUCED)
        if len(ending) > 1:
            yield ending
        elif at:  # «судьбы» and «борьбы» share the consonant too
            yield sounds[at - 1] + ending
