"""The salutation: «Уважаемая Анна Ивановна!», «Здравствуйте, Пётр!», «Господин Петров,»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vipcopy.model import Region, Sentence, Token
from vipcopy.patterns import compile_later
from vipcopy.regions.signs import read_signs
from vipcopy.regions.slots import NAME_LETTER
from vipcopy.russian import find_tokens, known_readings, norm, readings

_DEAR = frozenset(read_signs("dear"))
_TITLES = frozenset(read_signs("titles"))
_ADDRESSES = _DEAR | _TITLES
_BEGINNINGS = ("наи", *{lemma[:2] for lemma in _ADDRESSES})  # of all their forms, «наилюбезнейший» among them
_HELLO = tuple(tuple(line.split()) for line in read_signs("hello"))
_HELLO_BY_FIRST = {first: tuple(words for words in _HELLO if words[0] == first) for first, *_ in _HELLO}
_ADDRESSED = frozenset(
    {"мы", "я", "вы", "вас", "вам", "вами", "ваш", "ваша", "ваше", "ваши", "вашего", "вашей"}
    | {"наш", "наша", "наше", "наши", "для", "у", "с"}
)
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
_SENTENCES_AHEAD = 10  # a heading, a date and a subject may stand before the salutation
_LONGEST_SALUTATION = 300  # characters
_LONGEST_NAME = 8  # words
_STOPS = frozenset({",", "!", ".", "…", "—", ":"})


def find_greetings(text: str, sentences: Sequence[Sentence]) -> Iterator[Region]:
    """The salutations that open a letter, or a message in a list of them, with their last punctuation mark."""
    found = False
    for sentence in sentences[:_SENTENCES_AHEAD]:
        written = _mask(text[sentence.start : min(sentence.stop, sentence.start + _LONGEST_SALUTATION)])
        tokens = find_tokens(written) if _may_greet(written) else ()
        stop = _read_greeting(tokens)
        if stop:
            found = True
            yield Region("greeting", sentence.start + tokens[0].start, sentence.start + tokens[stop - 1].stop)
        elif found:
            break
    for label in _LABELLED.finditer(text):
        written = _mask(text[label.end() : label.end() + _LONGEST_SALUTATION])
        tokens = find_tokens(written)
        stop = _read_dear(tokens) if _has_lemma(tokens[0], _DEAR) else 0
        if stop and tokens[stop - 1].norm == "!":
            yield Region("greeting", label.end(), label.end() + tokens[stop - 1].stop)


def _may_greet(written: str) -> bool:
    """Whether the first word may begin a salutation; the rest is cut only then."""
    first = _FIRST_WORD.match(written)
    if not first:
        return _NO_WORD.match(written) is None
    token = Token(*first.span(1), first[1], norm(first[1]))
    if token.norm in _HELLO_BY_FIRST or token.norm == _ALL:
        return True
    if token.norm.startswith(_BEGINNINGS) and _has_lemma(token, _ADDRESSES):
        return True
    return _CALLED.match(written) is not None and _is_name(token)


def _mask(written: str) -> str:
    """Slots that the reader of the source has not hidden: «[Имя]», and any in a string that no reader has seen."""
    if _SLOT_SIGNS.isdisjoint(written):
        return written
    return _SLOT.sub(lambda match: NAME_LETTER * len(match[0]), written)


def _read_greeting(tokens: Sequence[Token]) -> int:
    """How many tokens from the first make a salutation; 0 when the sentence begins otherwise."""
    hello = _read_hello(tokens, 0)
    if hello:
        return _extend(tokens, hello)
    if not tokens:
        return 0
    if _has_lemma(tokens[0], _DEAR):
        return _read_dear(tokens)
    if _has_lemma(tokens[0], _TITLES):
        return _close(tokens, _read_name(tokens, 0))
    return _read_bare_name(tokens) or _read_late_hello(tokens)


def _read_dear(tokens: Sequence[Token]) -> int:
    """«Уважаемая Анна Ивановна!», «Дорогие влюблённые!»."""
    return _close(tokens, _read_name(tokens, 1)) or _read_called(tokens, 1)


def _read_called(tokens: Sequence[Token], start: int) -> int:
    """Where people called by what they are like stop, with the «!» behind them: «родные мои!», «влюблённые!»."""
    at = start
    while at < min(len(tokens), start + _LONGEST_NAME) and _may_call(tokens[at]):
        at += 1
    return at + 1 if start < at < len(tokens) and tokens[at].norm == "!" else 0


def _read_hello(tokens: Sequence[Token], at: int) -> int:
    """Where the hello that starts at this token stops; 0 when there is none or when it is no address."""
    for words in _HELLO_BY_FIRST.get(tokens[at].norm, ()) if at < len(tokens) else ():
        stop = at + len(words)
        if tuple(token.norm for token in tokens[at:stop]) == words:
            return stop if stop == len(tokens) or tokens[stop].norm in _STOPS or _read_name(tokens, stop) else 0
    return 0


def _extend(tokens: Sequence[Token], stop: int) -> int:
    """The hello with the name after it: «Здравствуйте, Пётр!»."""
    after_comma = stop + 1 if stop < len(tokens) and tokens[stop].norm == "," else stop
    dear = after_comma + 1 if after_comma < len(tokens) and _has_lemma(tokens[after_comma], _DEAR) else after_comma
    name = _read_name(tokens, dear)
    return (name and _close(tokens, name)) or _read_called(tokens, after_comma) or min(stop + 1, len(tokens))


def _read_late_hello(tokens: Sequence[Token]) -> int:
    """«Всем членам клуба, здравствуйте!»."""
    hello = next((at for at in range(1, min(len(tokens), _LONGEST_NAME + 2)) if _read_hello(tokens, at)), 0)
    stop = hello and _read_hello(tokens, hello)
    return len(tokens) if stop and stop + 1 >= len(tokens) and tokens[0].norm == _ALL else 0


def _read_bare_name(tokens: Sequence[Token]) -> int:
    """«Анна Ивановна!», «Анна, мы подготовили…», «Лена, Артём, добрый день!»; «Анна, Мария и Пётр открыли» is none."""
    stop = _read_names(tokens, 0)
    while stop and stop < len(tokens) and tokens[stop].norm in (",", "!"):
        after = stop + 1
        if hello := _read_hello(tokens, after):
            return min(hello + 1, len(tokens))
        if after == len(tokens) or tokens[after].norm in _ADDRESSED or _speaks(tokens[after]):
            return after
        further = _read_names(tokens, after)  # the second of two names
        stop = further if further > after else 0
    return 0


def _read_names(tokens: Sequence[Token], start: int) -> int:
    stop = start
    while stop < min(len(tokens), start + 3) and (_is_slot(tokens[stop]) or _is_name(tokens[stop])):
        stop += 1
    return stop


def _read_name(tokens: Sequence[Token], start: int) -> int:
    """Where the addressed person's name or station stops; 0 when these words name nobody."""
    named, at = False, start
    while at < min(len(tokens), start + _LONGEST_NAME) and _may_name(tokens[at]):
        named = named or _is_person(tokens[at])
        at += 1
    return at if named else 0


def _close(tokens: Sequence[Token], stop: int) -> int:
    """The salutation with its mark: through «!» where nothing but names stands before it, else to the first comma."""
    if not stop or stop == len(tokens):
        return stop
    if tokens[stop].norm == ",":
        further = _read_name(tokens, stop + 1)
        if further and further < len(tokens) and tokens[further].norm == "!":
            return further + 1
    if tokens[stop].norm in (",", "!"):
        return stop + 1
    return stop + 1 if tokens[stop].norm in _STOPS and stop + 1 == len(tokens) else 0


def _may_name(token: Token) -> bool:
    if token.norm in _STOPS:  # «г-н А. Петров» keeps its initial only where razdel does
        return False
    if token.norm == "и" or _is_person(token):
        return True
    return any(reading.grams & {"ADJF", "PRTF", "NOUN", "LATN"} for reading in readings(token.norm)[:2])


def _may_call(token: Token) -> bool:
    return token.norm == "и" or any(
        reading.grams & {"ADJF", "PRTF"} and reading.grams & {"nomn"} for reading in readings(token.norm)[:2]
    )


def _is_person(token: Token) -> bool:
    if _is_slot(token):
        return True
    if token.text[:1].isupper() and not readings(token.norm):
        return True
    return any("anim" in reading.grams or reading.grams & {"Name", "Patr"} for reading in readings(token.norm)[:3])


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() and any(
        reading.grams & {"Name", "Patr", "Surn"} for reading in readings(token.norm)[:2]
    )


def _is_slot(token: Token) -> bool:
    return token.text.startswith(NAME_LETTER)


def _speaks(token: Token) -> bool:
    """«Анна, приглашаем Вас…», «Анна, посмотрите…»."""
    return any(reading.grams & {"1per", "impr"} for reading in readings(token.norm)[:2])


def _has_lemma(token: Token, lemmas: frozenset[str]) -> bool:
    """Whether the token is a form of one of these words; no compound that is new is, so none is worth a guess."""
    found = known_readings(token.norm) if "-" in token.norm else readings(token.norm)
    return any(reading.lemma in lemmas for reading in found)
