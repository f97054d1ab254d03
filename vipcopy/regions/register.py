"""What the whole text is: `story`, `report`, `chronicle`, `reference` or `talk`.

In a story people talk, a report retells what somebody stated, a chronicle tells the past: their words are about third
persons. A reference (terms, a manual, an encyclopaedia) offers nothing to its reader, and talk is one private person's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from pkgutil import get_data

from vipcopy.model import Region, Sentence, Token
from vipcopy.regions.voice import Voice, hear

_REPLY_BEGINS = re.compile(r"^\s*(?:--?|[—–])\s*[А-ЯЁ«]", re.MULTILINE)
_OFFER_SIGN = r"[₽€$]|м²|\+7|8 ?\(\d|https?:|www\.|\w\.ru\b|@\w"
_QUOTED = re.compile(r"«[^»]{0,2000}»|„[^“]{0,2000}“|\"[^\"\n]{0,2000}\"")
_LOUD = re.compile(r"[!\u2600-\u27bf\U0001f300-\U0001faff]")
_FEWEST_REPLIES = 2
_FEWEST_SIGNS = 2
_FEWEST_PAST = 4
_LEAST_PAST = 0.045  # of all words
_LEAST_PAST_OF_OURS = 0.07  # where «мы» remember: a memoir
_FEWEST_WORDS = 40  # of a reference and of talk; a shorter text shows too little
_HEARD = 4_000  # words and marks from which a text shows what it is
_FEWEST_TERMS = 4
_FEWEST_OFFICE_TERMS = 6
_FEWEST_TAUGHT = 5
_FEWEST_TAUGHT_LOUDLY = 8
_LEAST_TAUGHT = 0.02  # of all words
_ENOUGH_TAUGHT = 15
_FEW_OFFERS = 3  # in 100 words
_FEWEST_STEPS = 4
_LEAST_STEPS = 0.035  # of all words: imperatives of a manual
_FEWEST_OF_MINE = 2
_FEW_OFFERS_OF_MINE = 4  # in 100 words: who tells what he bought sells nothing
_LEAST_PAST_WITH_THOU = 0.12  # of all words: in a tale «ты» is somebody in it
_FEWEST_WORDS_OF_MINE = 15  # of an answer to a stranger, of a letter home
_FEWEST_OF_MINE_IN_SHORT = 3
_FEWEST_OFFICE_SIGNS = 2
_LONGEST_GREETING = 60  # characters
_FEWEST_CHAT = 4
_MOST_ADDRESS = 3  # «обратите внимание», «в наши дни»: an encyclopaedia may


def find_registers(text: str, sentences: Sequence[Sentence]) -> Iterator[Region]:
    """A region over the whole text where it is one of these.

    >>> from vipcopy.russian import find_sentences
    >>> def kinds(text):
    ...     return [region.kind for region in find_registers(text, find_sentences(text))]
    >>> kinds("— Пора, — сказал Пётр.\\n— Куда?"), kinds("Министр заявил, что мост закроют.")
    (['story'], ['report'])
    >>> kinds("Мост закроют, сообщает министр. Ваш водитель знает объезд.")
    []
    """
    kind = _name_register(text, hear(islice(_leave_quoted_out(text, sentences), _HEARD)))
    if kind:
        yield Region(kind, 0, len(text))


def _name_register(text: str, voice: Voice) -> str | None:
    if _is_story(text):
        return "story"
    if not voice.calls and _is_report(text):
        return "report"
    if not voice.calls and _is_chronicle(voice):
        return "chronicle"
    if _is_among_ours(text, voice) or _is_chat(text, voice):
        return "talk"
    if voice.words < _FEWEST_WORDS or (_is_loud(text) and not _is_lesson(text, voice, _FEWEST_TAUGHT_LOUDLY)):
        return None
    return _name_quiet_register(text, voice)


def _leave_quoted_out(text: str, sentences: Sequence[Sentence]) -> Iterator[Token]:
    """Words in quotation marks are another's: a newspaper that quotes a trainer doesn't call its reader."""
    quoted = (match.span() for match in _QUOTED.finditer(text))
    start, stop = next(quoted, (len(text), len(text)))
    for token in chain.from_iterable(sentence.tokens for sentence in sentences):
        while stop <= token.start < len(text):
            start, stop = next(quoted, (len(text), len(text)))
        if not start < token.start < stop:
            yield token


def _is_story(text: str) -> bool:
    told = re.search(rf"(?:--?|[—–])\s+(?:\w+\s+){{0,2}}(?:{_signs('telling')})(?:а|и|ась|ись)?\b", text, re.IGNORECASE)
    return told is not None and len(_REPLY_BEGINS.findall(text)) >= _FEWEST_REPLIES


def _is_report(text: str) -> bool:
    stated = len(_find("stated", text))
    return stated > 0 and stated + len(_find("public", text)) >= _FEWEST_SIGNS


def _is_chronicle(voice: Voice) -> bool:
    least = _LEAST_PAST_WITH_THOU if voice.thou else _LEAST_PAST_OF_OURS if voice.ours else _LEAST_PAST
    return voice.past >= max(_FEWEST_PAST, least * voice.words)


def _name_quiet_register(text: str, voice: Voice) -> str | None:
    offered = (len(_find("offer", text)) + len(re.findall(_OFFER_SIGN, text))) * 100 / voice.words
    if _is_official(len(set(_find("law", text))), offered, voice) or _is_unaddressed(offered, voice):
        return "reference"
    if offered <= _FEW_OFFERS and (_is_manual(voice) or _is_lesson(text, voice, _FEWEST_TAUGHT)):
        return "reference"
    if offered <= _FEW_OFFERS_OF_MINE and _is_private(voice):
        return "talk"
    return None


def _is_official(terms: int, offered: float, voice: Voice) -> bool:
    """A contract, a law, minutes; or an office that explains its order to «Вы» and never says «мы»."""
    if voice.courtesies:
        return terms >= _FEWEST_OFFICE_TERMS and offered <= _FEW_OFFERS and not voice.ours
    return terms >= _FEWEST_TERMS + 2 * (voice.calls + voice.ours + voice.thou)


def _is_unaddressed(offered: float, voice: Voice) -> bool:
    address = voice.calls + voice.ours + voice.thou
    if address + voice.mine == 0:
        return offered <= 1
    quiet = not voice.courtesies and address <= _MOST_ADDRESS and voice.mine <= _FEWEST_OF_MINE
    return quiet and offered == 0


def _is_manual(voice: Voice) -> bool:
    steps = voice.imperatives >= max(_FEWEST_STEPS, _LEAST_STEPS * voice.words)
    return steps and voice.courtesies <= 1 and voice.ours <= _FEWEST_OF_MINE


def _is_lesson(text: str, voice: Voice, fewest: int) -> bool:
    needed = max(fewest, min(_LEAST_TAUGHT * voice.words, _ENOUGH_TAUGHT))
    return not voice.courtesies and len(set(_find("study", text))) >= needed


def _is_private(voice: Voice) -> bool:
    return voice.mine >= _FEWEST_OF_MINE and not voice.courtesies and voice.calls <= _FEWEST_OF_MINE


def _is_loud(text: str) -> bool:
    """Whether a voice is raised; the mark behind a salutation raises none."""
    first = text.find("!", 0, _LONGEST_GREETING)
    return _LOUD.search(text, first + 1) is not None


def _is_among_ours(text: str, voice: Voice) -> bool:
    """A letter home, a word to the office, an answer to a stranger: nothing is offered, and nobody is «Вы»."""
    if voice.courtesies or voice.words < _FEWEST_WORDS_OF_MINE or _find("offer", text) or _is_loud(text):
        return False
    if voice.thou >= _FEWEST_OF_MINE_IN_SHORT and not voice.calls:
        return bool(_find("kin", text))
    if len(set(_find("office", text))) >= _FEWEST_OFFICE_SIGNS:
        return bool(_find("fellow", text))
    return voice.mine >= max(_FEWEST_OF_MINE_IN_SHORT, voice.calls) and not voice.ours


def _is_chat(text: str, voice: Voice) -> bool:
    return not voice.courtesies and len(set(_find("chat", text))) >= _FEWEST_CHAT


def _find(name: str, text: str) -> list[str]:
    return [found.lower() for found in re.findall(rf"\b(?:{_signs(name)})\b", text, re.IGNORECASE)]


@cache
def _signs(name: str) -> str:
    return "|".join(_read_registers()[name]["signs"])


@cache
def _read_registers() -> Mapping[str, Mapping[str, Sequence[str]]]:
    registers: Mapping[str, Mapping[str, Sequence[str]]]
    registers = json.loads(get_data("vipcopy.regions", "registers.json") or b"")
    return registers
