"""A stretch of text: its words told at a glance, its tokens cut only when somebody asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import overload

from vipcopy.model import Token
from vipcopy.russian.tokens import find_tokens, is_number, is_word

_GAP = r"[ \u00a0\u2000-\u200a\u202f-]{1,4}"
_LETTER = "[а-яa-z]"
_ODD = re.compile(  # what `find_tokens` and `norm` think twice about, in folded text
    rf"""
    [^а-яa-z0-9\s.,!?:;()«»„“”"%№/+=–—…₽€&-]                     # stress marks, emoji, «@», «_»
  | [а-я][a-z0-9] | [a-z0-9][а-я] | [a-z][0-9] | [0-9][a-z]      # «cкидка», «ск1дка», «3D»
  | ([а-я])\1\1                                                  # «скиииидка»
  | {_LETTER}\.[а-яa-z0-9] | [0-9]\.{_LETTER} | [0-9]/{_LETTER}  # «site.ru»
  | [0-9]- | -[0-9] | \+[0-9] | [0-9][0-9 ()\u00a0]{{9}}         # «5-й», a telephone number
  | (?<![^\W_]){_LETTER}{_GAP}{_LETTER}{_GAP}{_LETTER}(?![^\W_]) # «с к и д к а»
    """,
    re.VERBOSE,
)
_WORD = re.compile(
    rf"{_LETTER}+(?:-{_LETTER}+)*|\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:/]\d+)*"
)
_SIGN = re.compile(r"[^\w\s]")


class Stretch(Sequence[Token]):
    """The tokens of `text[start:stop]`. `folded` is the whole text in small letters with «е» for «ё»."""

    __slots__ = ("_known", "_norms", "_words", "folded", "start", "stop", "text")

    def __init__(self, text: str, folded: str, start: int, stop: int) -> None:
        self.text = text
        self.folded = folded
        self.start = start
        self.stop = stop
        self._known: tuple[Token, ...] | None = None
        self._words: list[str] | None = None
        self._norms: frozenset[str] | None = None

    @property
    def written(self) -> str:
        """The stretch as it is written."""
        return self.text[self.start : self.stop]

    def tokens(self) -> tuple[Token, ...]:
        """The tokens, cut at the first call."""
        if self._known is None:
            self._known = find_tokens(self.text, self.start, self.stop)
        return self._known

    def find_norms(self) -> frozenset[str]:
        """The norm of each token that is no part of a compound, of a sign at least its characters."""
        if self._norms is None:
            words = self.find_plain()
            if words is None:
                self._norms = frozenset(token.norm for token in self.tokens())
            else:
                self._norms = frozenset(words + _SIGN.findall(self.folded, self.start, self.stop))
        return self._norms

    def count_words(self) -> int:
        """How many words and numbers there are, a compound counted once."""
        words = self.find_plain()
        return sum(1 for _ in find_words(self.tokens())) if words is None else len(words)

    def find_plain(self) -> list[str] | None:
        """The norms of words and numbers in order, where they can be told at a glance; else None."""
        if self._words is None and self._known is None and self._is_plain():
            self._words = _WORD.findall(self.folded, self.start, self.stop)
        return self._words

    def _is_plain(self) -> bool:
        if len(self.folded) == len(self.text) and not _ODD.search(self.folded, self.start, self.stop):
            return True
        self.tokens()
        return False

    def __len__(self) -> int:
        return len(self.tokens())

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens())

    @overload
    def __getitem__(self, at: int) -> Token: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Token, ...]: ...

    def __getitem__(self, at: int | slice) -> Token | tuple[Token, ...]:
        return self.tokens()[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.tokens() == tuple(other)

    def __hash__(self) -> int:
        return hash((self.start, self.stop))


def fold_text(text: str) -> str:
    """The text in small letters with «е» for «ё»; of another length where some letter has no small one of its own."""
    return text.lower().replace("ё", "е")


def find_norms(tokens: Sequence[Token]) -> frozenset[str]:
    """The norms of tokens without the parts of compounds, quickly where they are those of a stretch."""
    return tokens.find_norms() if isinstance(tokens, Stretch) else frozenset(token.norm for token in tokens)


def find_written(tokens: Sequence[Token]) -> list[str]:
    """The norms of words and numbers in order, a compound once."""
    words = tokens.find_plain() if isinstance(tokens, Stretch) else None
    return [token.norm for token in find_words(tokens)] if words is None else words


def count_words(tokens: Sequence[Token]) -> int:
    """How many words and numbers there are, a compound counted once."""
    return tokens.count_words() if isinstance(tokens, Stretch) else sum(1 for _ in find_words(tokens))


def find_words(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words and numbers, without the parts of compounds."""
    stop = -1
    for token in tokens:
        if token.start >= stop and (is_word(token) or is_number(token)):
            stop = token.stop
            yield token
