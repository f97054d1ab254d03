"""The salutation: «Уважаемая Анна Ивановна!», «Здравствуйте, Пётр!», «Господин Петров,»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from vipcopy.model import Region, Sentence, Token
from vipcopy.patterns import compile_later
from vipcopy.regions.addressee import LONGEST_NAME, STOPS, is_name, read_bare_names, read_called, read_name
from vipcopy.regions.signs import read_signs
from vipcopy.regions.slots import NAME_LETTER
from vipcopy.russian import find_tokens, is_emoji, known_readings, norm, readings, write_bare

_DEAR = frozenset(read_signs("dear"))
_TITLES = frozenset(read_signs("titles"))
_ADDRESSES = _DEAR | _TITLES
_BEGINNINGS = ("наи", *{lemma[:2] for lemma in _ADDRESSES})  # of all their forms, «наилюбезнейший» among them
_HELLO = tuple(tuple(line.split()) for line in read_signs("hello"))
_AGAIN = tuple(tuple(line.split()) for line in read_signs("again"))
_AGAIN_BEGINS = frozenset(first for first, *_ in _AGAIN)
_HAIL = tuple(tuple(line.split()) for line in read_signs("hail"))
_BY_FIRST = {
    first: tuple(sorted((words for words in (*_HELLO, *_HAIL) if words[0] == first), key=len, reverse=True))
    for first, *_ in (*_HELLO, *_HAIL)
}
_MESSAGE_BEGINS = frozenset(word for name in ("calls", "ours", "begins") for word in read_signs(name))
_SLOT_SIGNS = frozenset("{<*%#[")  # each slot has one of them
_SLOT = compile_later(
    r"""
    \{\{[^{}\n]{0,200}\}\} | \$?\{[^{}\n]{0,200}\} | \{%[^\n]{0,200}?%\} | <%[^\n]{0,200}?%>
  | \*\|[^|\n]{1,200}\|\* | %%[^%\n]{1,200}%% | %[A-Za-z_]+% | \#[A-ZА-ЯЁ_]+\#
  | \[[A-ZА-ЯЁ][^\[\]\n]{0,30}\]
    """,
    re.VERBOSE,
)
_FIRST_WORD = compile_later(r"[«»„“”\"]*([а-яёА-ЯЁ]{2,})(?=[\s,!?;:)»…])")  # cut off from all that follows
_NO_WORD = compile_later(r"[\d(•·–—-]")
_CALLED = compile_later(r"(?:[^\s,!]+\s+){0,2}[^\s,!]+\s*[,!]")  # «Анна Ивановна, »
_LABELLED = compile_later(  # a message among others: «2. Уважаемая Анна Ивановна!», «4.03 Дорогие гости!»
    r"""
    ^[^\S\n]* (?: [•·*–—-] | \d{1,3}[.)] | \d{1,2}\.\d{2}(?:\.\d{2,4})? )
    [^\S\n]+ (?=[А-ЯЁ][а-яё]+(?:[^\S\n]+[^\s!]+){1,5}!)
    """,
    re.VERBOSE | re.MULTILINE,
)
_ALL = "всем"
_ALL_FORMS = frozenset(read_signs("everybody"))
_SENTENCES_AHEAD = 10  # a heading, a date and a subject may stand before the salutation
_LONGEST_SALUTATION = 300  # characters


def find_greetings(text: str, sentences: Sequence[Sentence]) -> Iterator[Region]:
    """The salutations that open a letter, or a message in a list of them, with their last punctuation mark."""
    found = False
    for sentence in sentences[:_SENTENCES_AHEAD]:
        written = _mask(text[sentence.start : min(sentence.stop, sentence.start + _LONGEST_SALUTATION)])
        tokens = tuple(_find_words(written)) if _may_greet(write_bare(written)) else ()
        stop = _read_greeting(tokens)
        if stop:
            found = True
            yield Region("greeting", sentence.start + tokens[0].start, sentence.start + tokens[stop - 1].stop)
        elif found:
            break
    for label in _LABELLED.finditer(text):
        written = _mask(text[label.end() : label.end() + _LONGEST_SALUTATION])
        tokens = tuple(_find_words(written))
        stop = _read_dear(tokens) if _has_lemma(tokens[0], _DEAR) else 0
        if stop and tokens[stop - 1].norm == "!":
            yield Region("greeting", label.end(), label.end() + tokens[stop - 1].stop)


def _find_words(written: str) -> Iterator[Token]:
    """Its words and marks; «Привет, Аня 👋!» has the same salutation without its picture."""
    return (token for token in find_tokens(written) if not is_emoji(token))


def _may_greet(written: str) -> bool:
    """Whether the first word may begin a salutation; the rest is cut only then."""
    first = _FIRST_WORD.match(written)
    if not first:
        return _NO_WORD.match(written) is None
    token = Token(*first.span(1), first[1], norm(first[1]))
    if token.norm in _BY_FIRST or token.norm in _AGAIN_BEGINS or token.norm == _ALL:
        return True
    if token.norm.startswith(_BEGINNINGS) and _has_lemma(token, _ADDRESSES):
        return True
    return (_CALLED.match(written) is not None and is_name(token)) or _build_late().match(written) is not None


def _mask(written: str) -> str:
    """Slots that the reader of the source has not hidden: «[Имя]», and any in a string that no reader has seen."""
    if _SLOT_SIGNS.isdisjoint(written):
        return written
    return _SLOT.sub(lambda match: NAME_LETTER * len(match[0]), written)


@cache
def _build_late() -> re.Pattern[str]:
    """«Девочки, привет», «Всем гостям клуба, добрый день»."""
    return compile_later(rf"[^,.!?\n]{{2,60}},\s+(?:{_ALL}\s+)?(?:{'|'.join(read_signs('hello'))})\b", re.IGNORECASE)


def _read_greeting(tokens: Sequence[Token]) -> int:
    """How many tokens from the first make a salutation; 0 when the sentence begins otherwise."""
    if not tokens:
        return 0
    stop = _read_salutation(tokens) or _read_people(tokens) or _read_again(tokens)
    if not stop or tokens[stop - 1].norm != ",":
        return stop
    further = _read_hello(tokens, stop)  # «Анна, добрый день, здравствуйте!»
    return _extend(tokens, further) if further and _is_late(tokens, further) else stop


def _is_late(tokens: Sequence[Token], stop: int) -> bool:
    """Whether nothing but a mark, or a name, stands behind a hello that is not the first word."""
    return stop + 1 >= len(tokens) or _extend(tokens, stop) > stop + 1


def _read_again(tokens: Sequence[Token]) -> int:
    """«Ещё раз здравствуйте, Анна Ивановна!», «И снова добрый день!»."""
    for words in _AGAIN:
        if tuple(token.norm for token in tokens[: len(words)]) == words:
            at = len(words) + (len(words) < len(tokens) and tokens[len(words)].norm == ",")
            hello = _read_hello(tokens, at)
            return _extend(tokens, hello) if hello else 0
    return 0


def _read_salutation(tokens: Sequence[Token]) -> int:
    hello = _read_hello(tokens, 0)
    if hello:
        return _extend(tokens, hello)
    if _has_lemma(tokens[0], _DEAR):
        return _read_dear(tokens)
    if _has_lemma(tokens[0], _TITLES):
        return _close(tokens, read_name(tokens, 0))
    return _read_bare_name(tokens)


def _read_people(tokens: Sequence[Token]) -> int:
    """Where «Девочки,» and «Всем, кто любит часы,» stop before a hello."""
    for at, token in enumerate(tokens[: LONGEST_NAME + 2]):
        is_called = tokens[0].norm == _ALL or read_name(tokens, 0) == at
        if token.norm == "," and is_called and _read_late_hello(tokens, at + 1):
            return at + 1
    return 0


def _read_dear(tokens: Sequence[Token]) -> int:
    """«Уважаемая Анна Ивановна!», «Дорогие влюблённые!»."""
    return _close(tokens, read_name(tokens, 1)) or read_called(tokens, 1)


def _read_hello(tokens: Sequence[Token], start: int) -> int:
    """Where the hello that starts at this token stops; 0 when there is none or when it is no address."""
    at = start + (start < len(tokens) and tokens[start].norm == _ALL)
    for words in _BY_FIRST.get(tokens[at].norm, ()) if at < len(tokens) else ():
        stop = at + len(words)
        if tuple(token.norm for token in tokens[at:stop]) == words:
            stop += stop < len(tokens) and tokens[stop].norm in _ALL_FORMS  # «Привет всем!»
            return stop if _is_address(tokens, stop, is_sure=words in _HELLO) else 0
    return 0


def _is_address(tokens: Sequence[Token], stop: int, *, is_sure: bool) -> bool:
    """Whether somebody may be addressed behind these words; «Салют» may be fireworks, so somebody must be."""
    if not is_sure:
        return stop < len(tokens) and tokens[stop].norm == "," and _extend(tokens, stop) > stop + 1
    return stop == len(tokens) or tokens[stop].norm in STOPS or _close(tokens, read_name(tokens, stop)) > 0


def _extend(tokens: Sequence[Token], stop: int) -> int:
    """The hello with the name after it: «Здравствуйте, Пётр!»."""
    after_comma = stop + 1 if stop < len(tokens) and tokens[stop].norm == "," else stop
    dear = after_comma + 1 if after_comma < len(tokens) and _has_lemma(tokens[after_comma], _DEAR) else after_comma
    name = read_name(tokens, dear)
    return (name and _close(tokens, name)) or read_called(tokens, after_comma) or min(stop + 1, len(tokens))


def _read_late_hello(tokens: Sequence[Token], start: int) -> int:
    """«, здравствуйте!» behind those who are addressed; 0 where nothing but it follows."""
    stop = _read_hello(tokens, start)
    return min(stop + 1, len(tokens)) if stop and stop + 1 >= len(tokens) else 0


def _read_bare_name(tokens: Sequence[Token]) -> int:
    """«Анна Ивановна!», «Анна, мы подготовили…», «Лена, Артём, добрый день!»; «Анна, Мария и Пётр открыли» is none."""
    stop = read_bare_names(tokens, 0)
    while stop and stop < len(tokens) and tokens[stop].norm in (",", "!"):
        after = stop + 1
        if hello := _read_hello(tokens, after):
            return min(hello + 1, len(tokens))
        if after == len(tokens) or tokens[after].norm in _MESSAGE_BEGINS or _speaks(tokens[after]):
            return after
        further = read_bare_names(tokens, after)  # the second of two names
        stop = further if further > after else 0
    return 0


def _close(tokens: Sequence[Token], stop: int) -> int:
    """The salutation with its mark: through «!» where nothing but names stands before it, else to the first comma."""
    if not stop or stop == len(tokens):
        return stop
    if tokens[stop].norm == ",":
        further = read_name(tokens, stop + 1)
        if further and further < len(tokens) and tokens[further].norm == "!":
            return further + 1
    if tokens[stop].norm in (",", "!"):
        return stop + 1
    return stop + 1 if tokens[stop].norm in STOPS and stop + 1 == len(tokens) else 0


def _speaks(token: Token) -> bool:
    """«Анна, приглашаем Вас…», «Анна, посмотрите…»."""
    return any(reading.grams & {"1per", "impr"} for reading in readings(token.norm)[:2])


def _has_lemma(token: Token, lemmas: frozenset[str]) -> bool:
    """Whether the token is a form of one of these words; no compound that is new is, so none is worth a guess."""
    found = known_readings(token.norm) if "-" in token.norm else readings(token.norm)
    return any(reading.lemma in lemmas for reading in found)
