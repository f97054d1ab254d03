"""What the whole text is: `story`, `report`, `chronicle`, `reference` or `talk`.

In a story people talk, a report retells what somebody stated, a chronicle tells the past: their words are about third
persons. A reference (terms, a manual, an encyclopaedia) offers nothing to its reader, and talk is one private person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import chain, islice

from vipcopy.model import Region, Sentence, Token
from vipcopy.patterns import compile_later
from vipcopy.regions.signs import find_signs, read_signs
from vipcopy.regions.voice import Voice, find_courtesies, hear
from vipcopy.russian import Stretch

_TOKEN_AT_MOST = compile_later(r"\d+|[^\W\d_]+|[^\w\s]")  # each token holds one of these at least
_REPLY_BEGINS = compile_later(r"^\s*(?:--?|[—–])\s*[А-ЯЁ«]", re.MULTILINE)
_OFFER_SIGN = compile_later(r"[₽€$]|м²|\+7|8 ?\(\d|https?:|www\.|\w\.ru\b|@\w")
_QUOTED = compile_later(r"«[^»]{0,2000}»|„[^“]{0,2000}“|\"[^\"\n]{0,2000}\"")
_LOUD = compile_later(r"[!\u2600-\u27bf\U0001f300-\U0001faff]")
_LONG = 1 << 17  # characters that are put into small letters at once
_FEWEST_REPLIES = 2
_FEWEST_SIGNS = 2
_FEWEST_PAST = 4
_LEAST_PAST = 0.045  # of all words
_LEAST_PAST_OF_OURS = 0.07  # where «мы» remember: a memoir
_FEW_SIGNS = 0.7  # of an offer in 100 words: an essay may name a price
_WORDS_OF_A_CRY = 250  # one mark of a raised voice among so many words raises none
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


class _Speech:
    """A text and what its own words say, found out when somebody asks: most texts show at a glance what they aren't."""

    def __init__(self, text: str, own: Sequence[Sequence[Token]]) -> None:
        self.text = text
        self.own = own  # the words that nobody is quoted with

    @cached_property
    def voice(self) -> Voice:
        return hear(self.own)

    @cached_property
    def courtesies(self) -> int:
        """How often it says «Вы» with a capital; twice is as good as ten times."""
        return sum(1 for _ in islice(find_courtesies(self.own), 2))

    @cached_property
    def is_loud(self) -> bool:
        """Whether a voice is raised; the mark behind a salutation raises none."""
        first = self.text.find("!", 0, _LONGEST_GREETING)
        marks = sum(1 for _ in _LOUD.finditer(self.text, first + 1))
        return marks > 0 and marks * _WORDS_OF_A_CRY > self.voice.words

    @cached_property
    def offered(self) -> float:
        """Signs of an offer in 100 words."""
        return (self.count("offer") + len(_OFFER_SIGN.findall(self.text))) * 100 / self.voice.words

    def count(self, name: str) -> int:
        """How many signs of a list there are."""
        return sum(1 for _ in self._find(name))

    def count_different(self, name: str) -> int:
        """The same, each sign once."""
        return len(set(self._find(name)))

    def _find(self, name: str) -> Iterator[str]:
        parts = (self._small,) if len(self.text) <= _LONG else map(str.lower, _cut(self.text))
        return chain.from_iterable(find_signs(name, small) for small in parts)

    @cached_property
    def _small(self) -> str:
        return self.text.lower()


def _cut(text: str) -> Iterator[str]:
    """A very long text in parts that end with their lines."""
    start = 0
    while start < len(text):
        stop = text.find("\n", start + _LONG) + 1 or len(text)
        yield text[start:stop]
        start = stop


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
    kind = _name_register(_Speech(text, tuple(_take_heard(text, _leave_quoted_out(text, sentences)))))
    if kind:
        yield Region(kind, 0, len(text))


def _name_register(speech: _Speech) -> str | None:
    if _is_story(speech.text):
        return "story"
    if speech.courtesies and not _may_be_courteous(speech):
        return None
    if not speech.voice.calls and _is_report(speech):
        return "report"
    if not speech.voice.calls and _is_chronicle(speech.voice):
        return "chronicle"
    if _is_among_ours(speech) or _is_chat(speech):
        return "talk"
    if speech.voice.words < _FEWEST_WORDS or (speech.is_loud and not _is_lesson(speech, _FEWEST_TAUGHT_LOUDLY)):
        return None
    return _name_quiet_register(speech)


def _take_heard(text: str, parts: Iterable[Sequence[Token]]) -> Iterator[Sequence[Token]]:
    """The first tokens of a long text; a short one is not cut for it."""
    if len(text) <= _HEARD or next(islice(_TOKEN_AT_MOST.finditer(text), _HEARD, None), None) is None:
        yield from parts
        return
    left = _HEARD
    for tokens in parts:
        yield tokens[:left]
        left -= len(tokens)
        if left <= 0:
            return


def _leave_quoted_out(text: str, sentences: Sequence[Sentence]) -> Iterator[Sequence[Token]]:
    """Words in quotation marks are another's: a newspaper that quotes a trainer doesn't call its reader."""
    quoted = (match.span() for match in _QUOTED.finditer(text))
    held: list[tuple[int, int]] = []
    following = next(quoted, None)
    for sentence in sentences:
        while following and following[0] < sentence.stop:
            held.append(following)
            following = next(quoted, None)
        held = [span for span in held if span[1] > sentence.start]
        if not held:
            yield sentence.tokens
        elif not (held[0][0] < sentence.start and sentence.stop <= held[0][1]):
            yield from _cut_out(text, sentence, held)


def _cut_out(text: str, sentence: Sentence, quoted: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    at = sentence.start
    for start, stop in (*quoted, (sentence.stop, sentence.stop)):
        if at < start:
            yield Stretch(text, at, start)
        at = max(at, stop)


def _is_story(text: str) -> bool:
    return len(_REPLY_BEGINS.findall(text)) >= _FEWEST_REPLIES and _build_told().search(text) is not None


@cache
def _build_told() -> re.Pattern[str]:
    """«— Пора, — сказала Анна»."""
    verbs = "|".join(read_signs("telling"))
    return compile_later(rf"(?:--?|[—–])\s+(?:\w+\s+){{0,2}}(?:{verbs})(?:а|и|ась|ись)?\b", re.IGNORECASE)


def _may_be_courteous(speech: _Speech) -> bool:
    """Who says «Вы» quietly may explain the order of an office, and who says it once may write a manual."""
    office = speech.courtesies == 1 or speech.count_different("law") >= _FEWEST_OFFICE_TERMS
    return office and not speech.is_loud


def _is_report(speech: _Speech) -> bool:
    stated = speech.count("stated")
    return stated > 0 and stated + speech.count("public") >= _FEWEST_SIGNS


def _is_chronicle(voice: Voice) -> bool:
    least = _LEAST_PAST_WITH_THOU if voice.thou else _LEAST_PAST_OF_OURS if voice.ours else _LEAST_PAST
    return voice.past >= max(_FEWEST_PAST, least * voice.words)


def _name_quiet_register(speech: _Speech) -> str | None:
    if _is_official(speech) or _is_unaddressed(speech):
        return "reference"
    if speech.offered <= _FEW_OFFERS and (_is_manual(speech) or _is_lesson(speech, _FEWEST_TAUGHT)):
        return "reference"
    if speech.offered <= _FEW_OFFERS_OF_MINE and _is_private(speech):
        return "talk"
    return None


def _is_official(speech: _Speech) -> bool:
    """A contract, a law, minutes; or an office that explains its order to «Вы» and never says «мы»."""
    terms, voice = speech.count_different("law"), speech.voice
    if speech.courtesies:
        return terms >= _FEWEST_OFFICE_TERMS and speech.offered <= _FEW_OFFERS and not voice.ours
    return terms >= _FEWEST_TERMS + 2 * (voice.calls + voice.ours + voice.thou)


def _is_unaddressed(speech: _Speech) -> bool:
    voice = speech.voice
    address = voice.calls + voice.ours + voice.thou
    if address + voice.mine == 0:
        return speech.offered <= 1
    quiet = not speech.courtesies and address <= _MOST_ADDRESS and voice.mine <= _FEWEST_OF_MINE
    return quiet and speech.offered <= (_FEW_SIGNS if voice.words > _WORDS_OF_A_CRY else 0)


def _is_manual(speech: _Speech) -> bool:
    voice = speech.voice
    steps = voice.imperatives >= max(_FEWEST_STEPS, _LEAST_STEPS * voice.words)
    return steps and speech.courtesies <= 1 and voice.ours <= _FEWEST_OF_MINE


def _is_lesson(speech: _Speech, fewest: int) -> bool:
    needed = max(fewest, min(_LEAST_TAUGHT * speech.voice.words, _ENOUGH_TAUGHT))
    return not speech.courtesies and speech.count_different("study") >= needed


def _is_private(speech: _Speech) -> bool:
    voice = speech.voice
    return voice.mine >= _FEWEST_OF_MINE and not speech.courtesies and voice.calls <= _FEWEST_OF_MINE


def _is_among_ours(speech: _Speech) -> bool:
    """A letter home, a word to the office, an answer to a stranger: nothing is offered, and nobody is «Вы»."""
    voice = speech.voice
    if speech.courtesies or speech.is_loud or voice.words < _FEWEST_WORDS_OF_MINE or speech.count("offer"):
        return False
    if voice.thou >= _FEWEST_OF_MINE_IN_SHORT and not voice.calls:
        return speech.count("kin") > 0
    if speech.count_different("office") >= _FEWEST_OFFICE_SIGNS:
        return speech.count("fellow") > 0
    return voice.mine >= max(_FEWEST_OF_MINE_IN_SHORT, voice.calls) and not voice.ours


def _is_chat(speech: _Speech) -> bool:
    return not speech.courtesies and speech.count_different("chat") >= _FEWEST_CHAT
