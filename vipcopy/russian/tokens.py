"""Tokens: one compiled expression cuts the text; letter-spaced words are joined first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vipcopy.model import Token
from vipcopy.patterns import compile_later
from vipcopy.russian.dictionary import is_known
from vipcopy.russian.norms import SPACED, join_spaced, norm
from vipcopy.russian.wrapping import FILLER

PICTURES = (  # emoji that need no sign behind them
    r"\U0001f000-\U0001fbff\U000e0020-\U000e007f\u203c\u2049\u231a\u231b\u23e9-\u23fa\u25fd\u25fe"
    r"\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
)
QUOTES = "«»„“”‟‚‘’‛‹›\"'`´*_\\\\"
_INVISIBLE = (
    r"\u00ad\u0300-\u036f\u0483-\u0489\u061c\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufeff"
)
_NOISE = r"\x00-\x1f\x7f-\x9f\ud800-\uf8ff\ufff0-\ufffc"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_DASH_NORM = "—"
_ELLIPSIS_NORM = "…"

_UNITS = frozenset("%‰₽€$£¥№°")

_GAP = rf"\u00ad*[ \u00a0-]?{FILLER}*"  # in a telephone number, which may be wrapped
_EMOJI_WRITTEN = rf"(?:[0-9\#*]\ufe0f?\u20e3|[©®™↔↕↩↪]\ufe0f|[{PICTURES}][\ufe0e\ufe0f\u200d]*)+"
_EMOJI = compile_later(_EMOJI_WRITTEN)
_TOKEN = compile_later(
    rf"""
    (?P<plain> [а-яёА-ЯЁ]+ (?= [\s,!?;:)»…] | \.\W | \.?\Z ) )         # most words, told at a glance
  | (?P<emoji> {_EMOJI_WRITTEN} )
  | (?P<link>
        (?:https?://|www\.)[^\s<>«»"]*[^\s<>«»".,;:!?…)\]]            # https://site.ru/page?x=1
      | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:[A-Za-z]{{2,}}|рф)\b    # mail@site.ru
      | (?<![\w@.])(?:[\w-]{{1,63}}\.){{1,4}}(?:ru|com|org|net|su|рф|me|io|biz|info)\b(?!\.\w)   # site.ru/page
        (?:/[^\s<>«»"]*[^\s<>«»".,;:!?…)\]])?
      | (?<!\w)@[A-Za-z]\w+                                          # @account
    )
  | (?P<number>
        (?>(?:\+\d{{1,3}}|8){_GAP}\(?\d{{3,4}}\)?{_GAP}\d{{2,3}}{_GAP}\d{{2}}{_GAP}\d{{2}}(?!\d)
          | \d{{1,3}}(?:[ \u00a0\u2009\u202f]{FILLER}*\d{{3}})+(?!\d)(?:[.,]\d+)?   # 4 850 000
          | \d+(?:[.,:/]\d+)*)                                       # 1,5  11:00  12.03.2026  24/7
        (?! [^\W_] | [-\u2010\u2011/][^\W\d_] )
      | (?>\d+(?:[.,:]\d+)*)(?=(?:гг?|руб|р|тыс|млн|млрд|[кмс]?м|кг|шт|мин|ч|час)\b)     # 50тыс.
    )
  | (?P<word>
        (?: [^\W_] | (?<!\d)[@$](?=[а-яё]) ) [^\W_]*
        (?: (?: [{_INVISIBLE}]+ | [-'’ʼ\u2010\u2011](?=[^\W_]) | (?<=\d)[./,:](?=\d) | [@$](?=[а-яё]) ) [^\W_]* )*
    )
  | (?P<mark> (?P<one>[^\w\s{QUOTES}{_INVISIBLE}{_NOISE}])(?P=one)* )
    """,
    re.VERBOSE,
)
_SPACED = compile_later(rf"(?<![^\W_]){SPACED}(?![^\W_])")
_WRAPPED = compile_later(rf"[{FILLER}\u00ad]")  # left in a number by a line break inside it
_PART = compile_later(r"[^-\u2010\u2011]+")
_SUFFIXED_NUMBER = compile_later(r"\d[\d.,:/]*-[а-я]{1,3}|.*-\d[\w/]*")  # «5-й», «1920-м», «АБ-1204» have no parts


def find_tokens(text: str, start: int = 0, stop: int | None = None) -> tuple[Token, ...]:
    """Words, numbers, marks and emoji of the text in order; an unknown compound stands before its parts."""
    return tuple(_find(text, start, len(text) if stop is None else stop))


def is_whole(word: str) -> bool:
    """Whether a norm has no parts that stand behind it as tokens of their own."""
    return "-" not in word or is_known(word) or _SUFFIXED_NUMBER.fullmatch(word) is not None


def is_word(token: Token) -> bool:
    """Whether the token has a letter: a word, «5-й», «3D», a link."""
    return token.norm[0].isalpha() or any(map(str.isalpha, token.norm))


def is_number(token: Token) -> bool:
    """Whether the token is made of digits and the marks inside numbers («4 850 000», «11:00», «+7 495 …»)."""
    return token.text[-1].isdecimal() and not any(map(str.isalpha, token.text))


def is_punctuation(token: Token) -> bool:
    """Whether the token is a punctuation mark or a sign such as «%» or «₽»."""
    return not token.norm[0].isalnum() and not token.text[-1].isalnum() and not is_emoji(token)


def is_unit(token: Token) -> bool:
    """Whether the token is a sign that belongs to a number: «30 %», «5 000 ₽», «№ 5»."""
    return token.norm in _UNITS


def is_emoji(token: Token) -> bool:
    """Whether the token is a run of emoji."""
    return _EMOJI.fullmatch(token.text) is not None


def _find(text: str, start: int, stop: int) -> Iterator[Token]:
    for run in _SPACED.finditer(text, start, stop):
        words = join_spaced(run[0])
        if words:
            yield from _cut(text, start, run.start())
            yield from (Token(run.start() + at, run.start() + at + len(w), w, folded) for at, w, folded in words)
            start = run.end()
    yield from _cut(text, start, stop)


def _cut(text: str, start: int, stop: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, stop):
        group, written = match.lastgroup, match[0]
        if group == "plain":
            yield Token(match.start(), match.end(), written, norm(written))
        elif group == "mark":
            yield Token(match.start(), match.end(), written, fold_mark(written))
        elif group == "word":
            yield from _read_word(match.start(), written)
        else:
            yield Token(match.start(), match.end(), written, _WRAPPED.sub("", written).lower())


def _read_word(start: int, written: str) -> Iterator[Token]:
    folded = norm(written)
    yield Token(start, start + len(written), written, folded)
    if not is_whole(folded):
        yield from cut_parts(start, written)


def cut_parts(start: int, written: str) -> Iterator[Token]:
    """The parts of a compound that stands there."""
    for part in _PART.finditer(written):
        yield Token(start + part.start(), start + part.end(), part[0], norm(part[0]))


def fold_mark(written: str) -> str:
    """The norm of one mark, which may be written several times."""
    mark = written[0]
    if mark in _DASHES:
        return _DASH_NORM
    if mark == "…" or (mark == "." and len(written) > 1):
        return _ELLIPSIS_NORM
    return mark
