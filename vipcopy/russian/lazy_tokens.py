"""The tokens of a stretch of text, cut only when somebody asks for them; its words are told at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from vipcopy.bounded_cache import memoize
from vipcopy.hints import overload
from vipcopy.model import Token
from vipcopy.patterns import compile_later
from vipcopy.russian.tokens import QUOTES, cut_parts, find_tokens, fold_mark, is_number, is_whole, is_word
from vipcopy.russian.wrapping import FILLER
from vipcopy.texts import Text

_GAP = rf"[ \u00a0\u2000-\u200a\u202f-]{{1,4}}{FILLER}*"
_LETTER = "[а-яa-z]"
_ODD = (  # what `find_tokens` and `norm` think twice about, in folded text; each begins with what is seldom met
    compile_later(r"[^а-яa-z0-9\s.,!?:;()«»„“”\"%№/+=–—…₽€&•·|*`<>{}\[\]-]"),  # stress marks, emoji, «@», «_»
    compile_later(rf"[•·|*](?<={_LETTER}.){_LETTER}"),  # «с*к*и*д*к*а»
    compile_later(rf"\.(?<={_LETTER}\.)[а-яa-z0-9]"),  # «site.ru»
    compile_later(
        rf"""
        [0-9a-z] (?:
            (?<=[а-я].) | [а-я] | (?<=[a-z])[0-9] | (?<=[0-9])[a-z]                # «cкидка», «ск1дка», «3D»
          | \.{_LETTER} | (?<=[0-9])/{_LETTER}
          | (?<=[0-9])-{_LETTER} | (?<={_LETTER}-[0-9])                            # «5-й», «АБ-1204»
          | (?<=\+[0-9]) | (?<=(?<![0-9])8) [0-9 ()\u00a0-]{{9}}                   # a telephone number
          | (?<=[0-9])[ ]{FILLER} )                                                # a number with a line break in it
        """,
        re.VERBOSE,
    ),
    compile_later(r"([а-я])\1\1"),  # «скиииидка»
    compile_later(r"://"),  # «http://localhost:3000»
    compile_later(rf"[\W_]{_LETTER}{_GAP}{_LETTER}{_GAP}{_LETTER}(?![^\W_])"),  # «с к и д к а»
)
_WRITTEN = rf"{_LETTER}+(?:-{_LETTER}+)*|\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:/]\d+)*"
_WORD = compile_later(_WRITTEN)
_SIGN = compile_later(r"[^\w\s]")
_PLAIN = compile_later(rf"{_WRITTEN}|([^\w\s{QUOTES}])\1*")  # the tokens where nothing is odd

_build = partial(tuple.__new__, Token)  # in half the time of a call of the class: each word of a text is built so


class Tokenization:
    """What a stretch holds, told from its own characters; the one before it stands first, since it may join a word."""

    __slots__ = ("_found", "_is_odd", "_norms", "_tokens", "_words", "written")

    def __init__(self, written: str) -> None:
        self.written = written
        self._tokens: tuple[Token, ...] | None = None
        self._found: tuple[Token, ...] | None = None
        self._words: tuple[str, ...] | None = None
        self._norms: frozenset[str] | None = None
        self._is_odd: bool | None = None

    def find_tokens(self) -> tuple[Token, ...]:
        """The tokens, cut at the first call; their offsets count from the character before the stretch."""
        if self._tokens is None:
            folded = self._fold()
            self._tokens = tuple(_cut_plain(self.written, folded)) if folded else find_tokens(self.written, 1)
        return self._tokens

    def find_word_tokens(self) -> tuple[Token, ...]:
        """The tokens of words and numbers, without the parts of compounds; where nothing is odd no others are cut."""
        if self._found is None:
            words = self.find_words()
            if self._tokens is None:
                spans = map(re.Match.span, _WORD.finditer(fold_text(self.written), 1))
                found = zip(spans, words, strict=True)
                self._found = tuple(
                    [_build((start, stop, self.written[start:stop], word)) for (start, stop), word in found]
                )
            else:
                self._found = tuple(_find_word_tokens(self._tokens))
        return self._found

    def find_words(self) -> tuple[str, ...]:
        """The norms of words and numbers in order, a compound once."""
        if self._words is None:
            self._read()
        return self._words or ()

    def find_parts(self) -> tuple[str, ...]:
        """The same, the parts of a compound behind it; where tokens had to be cut, those of marks too."""
        words = self.find_words()
        if all(map(is_whole, words)):
            return words
        if self._tokens is not None:
            return tuple(token.norm for token in self._tokens)
        return tuple(part for word in words for part in (word, *(() if is_whole(word) else word.split("-"))))

    def find_norms(self) -> frozenset[str]:
        """The norm of each token that is no part of a compound, of a sign at least its characters."""
        if self._norms is None:
            self._read()
        return self._norms or frozenset()

    def _read(self) -> None:
        folded = self._fold()
        if folded:
            words = _WORD.findall(folded, 1)
            self._words, self._norms = tuple(words), frozenset(words + _SIGN.findall(folded, 1))
            return
        tokens = self.find_tokens()
        self._words = tuple(token.norm for token in _find_word_tokens(tokens))
        self._norms = frozenset(token.norm for token in tokens)

    def _fold(self) -> str:
        """The folded text where nothing in it is odd; empty where only tokens can tell its words."""
        folded = fold_text(self.written)
        if self._is_odd is None:
            self._is_odd = len(folded) != len(self.written) or any(odd.search(folded) for odd in _ODD)
        return "" if self._is_odd else folded


_tokenize = memoize(Tokenization)


class LazyTokens(Sequence[Token]):
    """The tokens of `text[start:stop]`."""

    __slots__ = ("_known", "_tokenization", "start", "stop", "text")

    def __init__(self, text: Text, start: int, stop: int) -> None:
        self.text = text
        self.start = start
        self.stop = stop
        self._tokenization: Tokenization | None = None
        self._known: tuple[Token, ...] | None = None

    @property
    def tokenization(self) -> Tokenization:
        """What the stretch holds, remembered from any text where it stood."""
        if self._tokenization is None:
            before = self.text[self.start - 1 : self.start].strip() or " "
            self._tokenization = _tokenize(before + self.text[self.start : self.stop])
        return self._tokenization

    def tokens(self) -> tuple[Token, ...]:
        """The tokens, cut at the first call."""
        if self._known is None:
            self._known = self._place(self.tokenization.find_tokens())
        return self._known

    def words(self) -> tuple[Token, ...]:
        """The words and numbers, without the parts of compounds."""
        return self._place(self.tokenization.find_word_tokens())

    def find(self, forms: frozenset[str]) -> Iterator[tuple[Token | None, Token]]:
        """Each token of these norms and the one before it; no others are placed in the text."""
        tokens = self.tokenization.find_tokens()
        for at, token in enumerate(tokens):
            if token.norm in forms:
                *before, found = self._place(tokens[max(0, at - 1) : at + 1])
                yield before[0] if before else None, found

    def _place(self, tokens: Iterable[Token]) -> tuple[Token, ...]:
        shift = self.start - 1
        return tuple([_build((start + shift, stop + shift, written, norm)) for start, stop, written, norm in tokens])

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


def _cut_plain(written: str, folded: str) -> Iterator[Token]:
    """The tokens behind the first character, told from the folded text, in which nothing is odd."""
    for start, stop in map(re.Match.span, _PLAIN.finditer(folded, 1)):
        word = folded[start:stop]
        yield _build((start, stop, written[start:stop], word if word[0].isalnum() else fold_mark(word)))
        if "-" in word and not is_whole(word):
            yield from cut_parts(start, written[start:stop])


def find_norms(tokens: Sequence[Token]) -> frozenset[str]:
    """The norms of tokens without the parts of compounds, quickly where they are those of a stretch."""
    return (
        tokens.tokenization.find_norms()
        if isinstance(tokens, LazyTokens)
        else frozenset(token.norm for token in tokens)
    )


def find_written(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The norms of words and numbers in order, a compound once."""
    return (
        tokens.tokenization.find_words()
        if isinstance(tokens, LazyTokens)
        else tuple(each.norm for each in find_words(tokens))
    )


def find_forms(tokens: Sequence[Token], forms: frozenset[str]) -> Iterator[tuple[Token | None, Token]]:
    """Each token of these norms and the one before it."""
    if isinstance(tokens, LazyTokens):
        return tokens.find(forms)
    return ((before, token) for before, token in zip((None, *tokens), tokens, strict=False) if token.norm in forms)


def find_parts(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The norms of words and numbers in order, a compound before its parts; perhaps those of marks among them."""
    return tokens.tokenization.find_parts() if isinstance(tokens, LazyTokens) else tuple(token.norm for token in tokens)


def count_words(tokens: Sequence[Token]) -> int:
    """How many words and numbers there are, a compound counted once."""
    return len(find_written(tokens))


def find_words(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words and numbers, without the parts of compounds."""
    return iter(tokens.words()) if isinstance(tokens, LazyTokens) else _find_word_tokens(tokens)


def _find_word_tokens(tokens: Iterable[Token]) -> Iterator[Token]:
    stop = -1
    for token in tokens:
        if token.start >= stop and (is_word(token) or is_number(token)):
            stop = token.stop
            yield token
