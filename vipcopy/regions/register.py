"""What the whole text is: a `story` of people talking, a `report` of what somebody stated, a `chronicle` of the past.

In all three the words are about third persons: «ты» is said by one hero to another, «самый кассовый» by a newspaper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vipcopy.model import Region

_TELLING = (
    "сказал|спросил|ответил|отвечал|проговорил|воскликнул|вскричал|крикнул|закричал|прошептал|шепнул|подумал|произн[её]с|"
    "промолвил|молвил|возразил|перебил|повторил|пробормотал|говорил|продолжал|подхватил|буркнул|откликнулся|отозвался|"
    "вздохнул|засмеялся|заметил|прибавил|объяснил|усмехнулся|говорит|кричит|отвечает"
)
_REPLY_TOLD = re.compile(rf"(?:--?|[—–])\s+(?:\w+\s+){{0,2}}(?:{_TELLING}|сказала)(?:а|и|ась|ись)?\b", re.IGNORECASE)
_REPLY_BEGINS = re.compile(r"^\s*(?:--?|[—–])\s*[А-ЯЁ«]", re.MULTILINE)
_FEWEST_REPLIES = 2
_STATED = re.compile(
    r"\b(?:сообща(?:ет|ют|л\w*)|сообщил\w*|заяв(?:ил|ля)\w*|переда[её]т|пояснил\w*|подчеркнул\w*|отмети(?:ла?|ли)|отмечает|"
    r"рассказал\w*|сказала?|утвержда(?:ет|ют|л\w*)|счита[ею]т|по словам|по данным|по информации|полага[ею]т|"
    r"напомнил\w*|говорится в|добавила?|признала?)\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\b(?:президент|министр|министерств|премьер-|суд[аеу]?\b|полици|депутат|правительств|госдум|следстви|прокурор|губернатор|"
    r"парламент|выборы?\b|погиб|убит|убий|войн|арми[июя]|террор|санкци|партии\b|мэр[аи]?\b|чемпионат|матч|сборн|арест|"
    r"задерж|оппозиц|акционер|бирж[аеи]|млрд|эмитент)",
    re.IGNORECASE,
)
_READER = re.compile(
    r"\b(?:вы|вас|вам|вами|ваш(?:[аеиу]|его|ему|ем|им|ими|их|ей)?|ты|теб[яе]|тво(?:[йяёеию]|его|ему|[её]м|им|ими|их|ей)|"
    r"(?!сайте\b|защите\b|элите\b|визите\b)\w{2,}[йиь]те(?:сь)?)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:мы|нас|нам|нами|наш(?:[аеиу]|его|ему|ем|им|ими|их|ей)?)\b", re.IGNORECASE)
_WORD = re.compile(r"[А-Яа-яЁё-]+")
_PAST = re.compile(
    r"(?!\w*тели$|недели$|модели$|отели$|цели$|около$|мало$|дела$|дело$|тела$|тело$|зала$|сила$|шкала$|начал[ао]$|школа$)"
    r"\w{2,}[аеиоуыюя](?:ла?|ло|ли)(?:сь|ся)?",
    re.IGNORECASE,
)  # писала, вернулись
_FEWEST_SIGNS = 2
_FEWEST_PAST = 4
_LEAST_PAST = 0.045  # of all words
_LEAST_PAST_OF_OURS = 0.07  # where «мы» remember: a memoir


def find_registers(text: str) -> Iterator[Region]:
    """A region over the whole text where it is one of these.

    >>> [region.kind for region in find_registers("— Пора, — сказал Пётр.\\n— Куда?")]
    ['story']
    >>> [region.kind for region in find_registers("Министр заявил, что мост закроют.")]
    ['report']
    >>> list(find_registers("Мост закроют, сообщает министр. Ваш водитель знает объезд."))
    []
    """
    if _is_story(text):
        yield Region("story", 0, len(text))
    elif _is_report(text):
        yield Region("report", 0, len(text))
    elif _is_chronicle(text):
        yield Region("chronicle", 0, len(text))


def _is_story(text: str) -> bool:
    return _REPLY_TOLD.search(text) is not None and len(_REPLY_BEGINS.findall(text)) >= _FEWEST_REPLIES


def _is_report(text: str) -> bool:
    stated = len(_STATED.findall(text))
    return stated > 0 and stated + len(_PUBLIC.findall(text)) >= _FEWEST_SIGNS and not _READER.search(text)


def _is_chronicle(text: str) -> bool:
    words = _WORD.findall(text)
    past = sum(_PAST.fullmatch(word) is not None for word in words)
    least = _LEAST_PAST_OF_OURS if _WE.search(text) else _LEAST_PAST
    return past >= max(_FEWEST_PAST, least * len(words)) and not _READER.search(text)
