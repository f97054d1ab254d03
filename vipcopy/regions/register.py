"""What the whole text is: `story`, `report`, `chronicle`, `reference`, `talk` or `business`.

In a story people talk, a report retells what somebody stated, a chronicle tells the past: their words are about third
persons. A reference (terms, a manual, an encyclopaedia) offers nothing to its reader, and talk is one private person's.
Business is a service letter or a notice: about papers and terms that are due, and not about what might be bought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from vipcopy.model import Region, Sentence
from vipcopy.patterns import compile_later
from vipcopy.regions.interview import is_talk_of_others, is_talk_with_head
from vipcopy.regions.reference import is_lesson, is_reference
from vipcopy.regions.signs import find_signs, read_signs
from vipcopy.regions.speech import Speech, build_speech
from vipcopy.regions.voice import Voice

_REPLY_BEGINS = compile_later(r"^[^\S\n]*(?:--?|[—–])\s*[А-ЯЁ«]", re.MULTILINE)
_REPLY = compile_later(r"^[^\S\n]*(?:--?|[—–])[^\n]*", re.MULTILINE)
_FEWEST_REPLIES = 2
_BEGINNING = 1 << 16  # characters that show whether a narrator sells
_MOST_SOLD = 0.03  # of the narrator's words
_FEWEST_SIGNS = 2
_WORDS_OF_A_PAGE = 300
_FEWEST_PAST = 4
_LEAST_PAST = 0.045  # of all words
_LEAST_PAST_OF_OURS = 0.07  # where «мы» remember: a memoir
_FEWEST_WORDS = 40  # of a reference and of talk; a shorter text shows too little
_FEWEST_OFFICE_TERMS = 6
_FEWEST_TRADE_TERMS = 4
_LEAST_TRADE_TERMS = 0.03  # of all words
_ENOUGH_TRADE_TERMS = 12
_TERMS_AGAINST_A_CRY = 2
_FEWEST_OF_MINE = 2
_FEWEST_OF_MINE_WITH_COURTESY = 6
_FEW_OFFERS_OF_MINE = 4  # in 100 words: who tells what he bought sells nothing
_LEAST_PAST_WITH_THOU = 0.12  # of all words: in a tale «ты» is somebody in it
_FEWEST_WORDS_OF_MINE = 15  # of an answer to a stranger, of a letter home
_FEWEST_OF_MINE_IN_SHORT = 3
_FEWEST_OFFICE_SIGNS = 2
_FEWEST_OFFICE_SIGNS_WITH_THOU = 4
_FEWEST_HOME_SIGNS = 2
_FEWEST_TOLD = 4  # words in the past or of oneself
_FEWEST_BUSINESS_SIGNS = 7
_FEW_OFFERS_OF_AN_OFFICE = 5  # in 100 words
_ENOUGH_TOLD = 6
_FEW_OFFERS_OF_A_FRIEND = 2  # in 100 words: «дешевле двенадцати тысяч не отдавай»
_FEW_OFFERS_OF_A_FELLOW = 2.5  # in 100 words: the program that two of them write may count discounts
_FEWEST_CHAT = 4


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
    speech = build_speech(text, sentences)
    kind = _name_register(speech) or _name_trade(speech)
    if kind:
        yield Region(kind, 0, len(text))


def _name_trade(speech: Speech) -> str | None:
    if _is_of_trade(speech):
        return "reference"
    return "business" if _is_business(speech) else None


def _name_register(speech: Speech) -> str | None:
    if _is_story(speech.text) or is_talk_of_others(speech):
        return "story"
    if speech.courtesies and not _may_be_courteous(speech):
        return "talk" if _is_of_oneself(speech) else None
    if _is_to_thou(speech):
        return "talk"
    if _hardly_calls(speech.voice) and _is_report(speech):
        return "report"
    return None if is_talk_with_head(speech) else _name_unstated_register(speech)


def _name_unstated_register(speech: Speech) -> str | None:
    if _hardly_calls(speech.voice) and _is_chronicle(speech.voice):
        return "chronicle"
    if _is_among_ours(speech) or _is_chat(speech):
        return "talk"
    if speech.voice.words < _FEWEST_WORDS or (speech.is_loud and not is_lesson(speech)):
        return None
    return _name_quiet_register(speech)


def _is_story(text: str) -> bool:
    """Whether people talk; where who tells of it sells, an advertisement has made the talk up."""
    if len(_REPLY_BEGINS.findall(text)) < _FEWEST_REPLIES or not _build_told().search(text):
        return False
    told = _REPLY.sub("", text[:_BEGINNING]).lower()
    sold = len(find_signs("sale", told)) + len(find_signs("offer", told))
    return sold <= _MOST_SOLD * len(told.split())


@cache
def _build_told() -> re.Pattern[str]:
    """«— Пора, — сказала Анна»."""
    verbs = "|".join(read_signs("telling"))
    return compile_later(
        rf"[^\s—–-][^\S\n]*(?:--?|[—–])\s+(?:\w+\s+){{0,2}}(?:{verbs})(?:а|и|ась|ись)?\b", re.IGNORECASE
    )


def _is_of_trade(speech: Speech) -> bool:
    """A leaflet, a vacancy, a recipe, a review of markets: its terms outweigh each word to a reader."""
    if speech.has("calls", _ENOUGH_TRADE_TERMS // 2 + 1) or speech.terms < _FEWEST_TRADE_TERMS:
        return False
    voice = speech.voice
    if voice.words < _FEWEST_WORDS:
        return False
    addressed = 2 * (voice.calls + voice.ours + voice.thou + speech.courtesies) + 1
    long = min(_LEAST_TRADE_TERMS * voice.words, _ENOUGH_TRADE_TERMS)
    return speech.terms >= max(_FEWEST_TRADE_TERMS, addressed, long) + _TERMS_AGAINST_A_CRY * speech.is_loud


def _may_be_courteous(speech: Speech) -> bool:
    """Who says «Вы» quietly may explain the order of an office, and who says it once may write a manual."""
    office = speech.courtesies == 1 or speech.count_different("law") >= _FEWEST_OFFICE_TERMS
    return office and not speech.is_loud


def _is_of_oneself(speech: Speech) -> bool:
    """A private letter, however courteous: it tells of its writer twice as often as it turns to its reader."""
    if speech.count("mine") < _FEWEST_OF_MINE:
        return False
    voice = speech.voice
    return voice.mine >= max(_FEWEST_OF_MINE_WITH_COURTESY, 2 * voice.calls) and not (voice.ours or speech.is_loud)


def _hardly_calls(voice: Voice) -> bool:
    """A newspaper turns to its reader once on a page: «как вы думаете»."""
    return voice.calls * _WORDS_OF_A_PAGE <= voice.words


def _is_report(speech: Speech) -> bool:
    stated = speech.count("stated")
    return stated > 0 and stated + speech.count("public") >= _FEWEST_SIGNS


def _is_chronicle(voice: Voice) -> bool:
    least = _LEAST_PAST_WITH_THOU if voice.thou else _LEAST_PAST_OF_OURS if voice.ours else _LEAST_PAST
    return voice.past >= max(_FEWEST_PAST, least * voice.words)


def _name_quiet_register(speech: Speech) -> str | None:
    if is_reference(speech):
        return "reference"
    if speech.offered <= _FEW_OFFERS_OF_MINE and _is_private(speech):
        return "talk"
    return None


def _is_private(speech: Speech) -> bool:
    voice = speech.voice
    return voice.mine >= _FEWEST_OF_MINE and not speech.courtesies and voice.calls <= _FEWEST_OF_MINE


def _is_among_ours(speech: Speech) -> bool:
    """A letter home, a word to the office, an answer to a stranger: nothing is offered, and nobody is «Вы»."""
    voice = speech.voice
    if speech.courtesies or speech.is_loud or voice.words < _FEWEST_WORDS_OF_MINE or speech.count("offer"):
        return False
    if voice.thou >= _FEWEST_OF_MINE_IN_SHORT and not voice.calls:
        return speech.count("kin") > 0
    if speech.count_different("office") >= _FEWEST_OFFICE_SIGNS:
        return speech.count("fellow") > 0
    return voice.mine >= max(_FEWEST_OF_MINE_IN_SHORT, voice.calls) and not voice.ours


def _is_to_thou(speech: Speech) -> bool:
    """To a friend or a fellow: who writes tells of himself, and the two share a home or work; he may cry out."""
    voice = speech.voice
    if voice.calls or voice.thou < _FEWEST_OF_MINE_IN_SHORT or speech.has_emoji or voice.words < _FEWEST_WORDS:
        return False
    told = voice.mine + voice.past
    if told >= _FEWEST_TOLD and speech.offered <= _FEW_OFFERS_OF_A_FRIEND and _is_of_home(speech):
        return True
    shared = speech.count_different("office") + speech.count_different("study")
    if told < _FEWEST_OF_MINE_IN_SHORT or shared < _FEWEST_OFFICE_SIGNS_WITH_THOU:
        return False
    return speech.offered == 0 or (speech.offered <= _FEW_OFFERS_OF_A_FELLOW and not speech.is_loud)


def _is_of_home(speech: Speech) -> bool:
    """Two signs of a home; one where nothing is offered and much is told."""
    signs = speech.count_different("home")
    much = speech.offered == 0 and speech.voice.mine + speech.voice.past >= _ENOUGH_TOLD
    return signs >= _FEWEST_HOME_SIGNS - much


def _is_business(speech: Speech) -> bool:
    """Papers, posts, what is done with papers and what is due; each sign of a sale weighs as two of these."""
    if speech.voice.words < _FEWEST_WORDS or speech.has_emoji or speech.is_loud:
        return False
    if speech.offered > _FEW_OFFERS_OF_AN_OFFICE:
        return False
    signs = sum(speech.count_begun(name) for name in ("papers", "posts", "handling", "due"))
    return signs - 2 * speech.count_begun("sale") >= _FEWEST_BUSINESS_SIGNS


def _is_chat(speech: Speech) -> bool:
    return not speech.courtesies and speech.count_different("chat") >= _FEWEST_CHAT
