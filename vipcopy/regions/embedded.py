"""Messages of other people that an article shows: what stands above «— Анна (@anna)» and its date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vipcopy.model import Region, Sentence
from vipcopy.patterns import compile_later
from vipcopy.regions.speech import build_speech

_SIGNED = compile_later(  # «— Сборная России (@TeamRussia)», under it «3 сентября 2017 г.»
    r"""
    ^[^\S\n]* (?: [—–-] | Публикация\ от )\s [^\n]{1,60} \(@\w{2,30}\) [^\S\n]*\r?\n
    [^\S\n]* (?: \d{1,2}\s+[а-я]{3,8}\s+\d{4} | [А-ЯA-Z][а-яa-z]{2,8}\s+\d{1,2},?\s+\d{4} ) [^\n]{0,20}
    """,
    re.VERBOSE | re.MULTILINE,
)
_LONGEST = 320  # characters of such a message, its hashtags included; its last line may be longer
_MOST_OFFERS = 0.02  # of all words: who shows praise and sells says so himself


def find_embedded(text: str, sentences: Sequence[Sentence]) -> Iterator[Region]:
    """Each message as a quotation, where nothing is sold; `text` has its line breaks."""
    signed = tuple(found.span() for found in _SIGNED.finditer(text))
    if not signed:
        return
    speech = build_speech(text, sentences)
    if speech.courtesies or speech.count("offer") > _MOST_OFFERS * speech.voice.words:
        return
    above = 0
    for stop, end in signed:
        start = _find_start(text, above, stop)
        if start < stop:
            yield Region("quote", start, stop)
        above = end


def _find_start(text: str, above: int, stop: int) -> int:
    """Where the first line stands that may belong to the message."""
    start = stop
    while start > above + 1:
        line = max(above, text.rfind("\n", above, start - 1) + 1)
        is_far = start < stop and stop - line > _LONGEST
        if is_far or not text[line:start].strip():
            break
        start = line
    return start
