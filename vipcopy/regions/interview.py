"""Talks that fill a text: an interview, with or without its questions, and a play, told from those of a firm.

An interview tells of who answers («я») more than it turns to its reader, commands nothing and sells nothing: the
questions and answers of a landing page, a script of calls and the talk with a firm's own head do the opposite.
"""

from __future__ import annotations

import re
from collections import Counter

from vipcopy.patterns import compile_later
from vipcopy.regions.signs import names_head
from vipcopy.regions.speech import Speech

_REPLY = compile_later(r"^[^\S\n]*[—–-]\s*([А-ЯЁ«\d…][^\n]*)", re.MULTILINE)
_LABEL = compile_later(  # «НГ: Это так?», «Ольга Петрова: Да.», «ЛИДА. Не знаю. (Уходит.)»
    r"""
    ^[^\S\n]* (?: ( [А-ЯЁ][\w-]* (?: [^\S\n][А-ЯЁ][\w.-]* ){0,2} ) [^\S\n]?:
                | ( [А-ЯЁ]{3,} (?: [^\S\n][А-ЯЁ]{3,} )? ) [^\S\n]? (?: \([^()\n]{3,60}\) )? \. )
    [^\S\n]+ (?= [А-ЯЁ«(—–…\d] )
    """,
    re.VERBOSE | re.MULTILINE,
)
_DIRECTION = compile_later(r"\([А-ЯЁа-яё][^()\n]{3,80}\)")  # «(Уходит.)»
_ASKED = compile_later(r"\?[\s»\"]*\Z")
_BEGINNING = 1 << 16  # characters that show who speaks
_FEWEST_QUESTIONS = 3
_FEWEST_QUESTIONS_TO_A_HEAD = 2
_FEWEST_REPLIES = 6
_LONG_REPLY = 120  # characters, on an average: a speech and no item of a list
_FEWEST_WORDS = 200
_FEWEST_OF_MINE = 5
_FEWEST_OF_A_SCRIPT = 2  # «если нет» alone is said by anybody
_MOST_OFFERS = 1.5  # in 100 words
_WORDS_TO_A_COMMAND = 300  # and one more: «Расскажите о себе»
_FEWEST_OF_A_SPEAKER = 3
_FEWEST_OF_A_SALE = 2
_FEWEST_LINES_OF_A_PLAY = 6
_FEWEST_DIRECTIONS = 2


def is_talk_of_others(speech: Speech) -> bool:
    """Whether the text is an interview or a scene of a play."""
    beginning = speech.text[:_BEGINNING]
    replies = _REPLY.findall(beginning)
    speakers = _count_speakers(beginning)
    if _is_asked(replies) or _is_long(replies) or len(speakers) > 1:
        return _is_interview(speech) or (len(speakers) > 1 and _is_play(speech, sum(speakers.values())))
    return False


def is_talk_with_head(speech: Speech) -> bool:
    """Whether who answers for a firm is asked; what he praises and excuses, the firm does."""
    questions = sum(1 for reply in _REPLY.findall(speech.text[:_BEGINNING]) if _ASKED.search(reply))
    return questions >= _FEWEST_QUESTIONS_TO_A_HEAD and names_head(speech.text)


def _is_asked(replies: list[str]) -> bool:
    return sum(1 for reply in replies if _ASKED.search(reply)) >= _FEWEST_QUESTIONS


def _is_long(replies: list[str]) -> bool:
    """Whether a newspaper has left the questions out."""
    return len(replies) >= _FEWEST_REPLIES and sum(map(len, replies)) >= _LONG_REPLY * len(replies)


def _count_speakers(text: str) -> Counter[str]:
    said = Counter(found[1] or found[2] for found in _LABEL.finditer(text))
    return Counter({speaker: times for speaker, times in said.items() if times >= _FEWEST_OF_A_SPEAKER})


def _is_interview(speech: Speech) -> bool:
    voice = speech.voice
    if voice.words < _FEWEST_WORDS or speech.courtesies or speech.has("script", _FEWEST_OF_A_SCRIPT):
        return False
    if names_head(speech.text):
        return False
    if voice.mine < max(_FEWEST_OF_MINE, voice.calls) or (voice.imperatives - 1) * _WORDS_TO_A_COMMAND > voice.words:
        return False
    return speech.offered <= _MOST_OFFERS


def _is_play(speech: Speech, lines: int) -> bool:
    if lines < _FEWEST_LINES_OF_A_PLAY or speech.courtesies or speech.has_emoji:
        return False
    if speech.has("sale", _FEWEST_OF_A_SALE) or speech.offered > 1:
        return False
    return len(_DIRECTION.findall(speech.text[:_BEGINNING])) >= _FEWEST_DIRECTIONS
