"""A text as a register is told from it: what its own words say, without those that others are quoted with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice

from vipcopy.model import Sentence, Token
from vipcopy.patterns import compile_later
from vipcopy.regions.signs import find_signs
from vipcopy.regions.trades import count_terms
from vipcopy.regions.voice import Voice, find_courtesies, hear
from vipcopy.russian import LazyTokens, find_parts, write_bare

WORDS_OF_A_CRY = 250  # one mark of a raised voice among so many words raises none

_TOKEN_AT_MOST = compile_later(r"\d+|[^\W\d_]+|[^\w\s]")  # each token holds one of these at least
_OFFER_SIGN = compile_later(r"[₽€$]|м²|\+7|8 ?\(\d|https?:|www\.|\w\.ru\b|@\w")
_QUOTATION = r"«[^»]{0,2000}»|„[^“]{0,2000}“|\"[^\"\n]{0,2000}\""
_QUOTED = compile_later(_QUOTATION)
_CRY = compile_later(rf"{_QUOTATION}|\(!\)|([!\u2600-\u27bf\U0001f300-\U0001faff])")
_EMOJI = compile_later(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_LONG = 1 << 17  # characters that are put into small letters at once
_HEARD = 4_000  # words and marks from which a text shows what it is
_LONGEST_GREETING = 60  # characters
_BEGINNING = 5  # letters that tell words apart


class Speech:
    """A text and what its own words say, found out when somebody asks: most texts show at a glance what they aren't."""

    def __init__(self, text: str, own: Sequence[Sequence[Token]]) -> None:
        self.text = text
        self.own = own  # the words that nobody is quoted with

    @cached_property
    def voice(self) -> Voice:
        """What was counted in its own words."""
        return hear(self.own)

    @cached_property
    def courtesies(self) -> int:
        """How often it says «Вы» with a capital; twice is as good as ten times."""
        return sum(1 for _ in islice(find_courtesies(self.own), 2))

    @cached_property
    def is_loud(self) -> bool:
        """Whether a voice is raised; the mark behind a salutation raises none, nor does one in quotation marks."""
        first = self.text.find("!", 0, _LONGEST_GREETING)
        marks = sum(1 for found in _CRY.finditer(self.text, first + 1) if found[1])
        return marks > 0 and marks * WORDS_OF_A_CRY > self.voice.words

    @cached_property
    def has_emoji(self) -> bool:
        """Whether a picture stands in it."""
        return _EMOJI.search(self.text) is not None

    @cached_property
    def offered(self) -> float:
        """Signs of an offer in 100 words."""
        return (self.count("offer") + len(_OFFER_SIGN.findall(self.text))) * 100 / self.voice.words

    @cached_property
    def terms(self) -> int:
        """How many different terms of one trade there are."""
        return count_terms(set(chain.from_iterable(map(find_parts, self.own))))

    def count(self, name: str) -> int:
        """How many signs of a list there are."""
        return sum(1 for _ in self._find(name))

    def has(self, name: str, least: int) -> bool:
        """Whether there are at least so many."""
        return sum(1 for _ in islice(self._find(name), least)) == least

    def count_different(self, name: str) -> int:
        """The same, each sign once."""
        return len(set(self._find(name)))

    def count_begun(self, name: str) -> int:
        """How many signs begin differently: «акт» and «акте» are one, whatever their endings."""
        return len({sign[:_BEGINNING] for sign in self._find(name)})

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


def build_speech(text: str, sentences: Sequence[Sentence]) -> Speech:
    """What the text says in its own words; of a long one, in the first of them."""
    return Speech(write_bare(text), tuple(_take_heard(text, _leave_quoted_out(text, sentences))))


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


def _cut_out(text: str, sentence: Sentence, quoted: Sequence[tuple[int, int]]) -> Iterator[LazyTokens]:
    at = sentence.start
    for start, stop in (*quoted, (sentence.stop, sentence.stop)):
        if at < start:
            yield LazyTokens(text, at, start)
        at = max(at, stop)
