"""Whose voice a text has: how often it calls the reader, says «мы» or «я», commands, tells what was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain

from vipcopy.model import Reading, Token
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple
from vipcopy.regions.signs import read_signs
from vipcopy.russian import find_parts, readings

_PERSONS = ("calls", "ours", "mine", "thou")  # lists of pronouns
_SILENT = compile_later(  # how no verb that is heard ends, past, first or second person, command
    r"""
    (?: [втнцчшщжф] | [^л][ао] | [^т]е | [^с]я                                  # «делает», «сада», «синее», «земля»
      | ом | [^с]ым | ии | ый | [^ч]ий | [^р][ыя]х | [^т]их | [^пч]ах           # «столом», «новый», «новых»; «затих»
      | [вджзклсчщ]ать | [влн]ять | [^хн]ить )\Z                                # «писать»; unlike «потрать», «похить»
    """,
    re.VERBOSE,
)


class Voice(NamedTuple):
    """What was counted in a text's words."""

    words: int = 0
    past: int = 0  # verbs that can be nothing else
    calls: int = 0  # «вы», «приходите», «увидите»
    imperatives: int = 0  # of them, commands
    ours: int = 0  # «мы», «покажем»
    mine: int = 0  # «я», «покажу»
    thou: int = 0  # «ты», «приходи»


def hear(parts: Iterable[Sequence[Token]]) -> Voice:
    """The voice of the words of these parts of a text.

    >>> from vipcopy.russian import find_tokens
    >>> hear([find_tokens("Вы приедете, мы покажем сад.")])
    Voice(words=5, past=0, calls=2, imperatives=0, ours=2, mine=0, thou=0)
    """
    signs = Counter[str]()
    for word, times in Counter(chain.from_iterable(map(find_parts, parts))).items():
        for sign in _hear(word):
            signs[sign] += times
    return Voice(**signs)


def find_courtesies(parts: Iterable[Sequence[Token]]) -> Iterator[Token]:
    """Each «Вы» and «Ваш» with a capital; one that opens a sentence is courteous where none is small.

    >>> from vipcopy.russian import find_tokens
    >>> def count(*sentences):
    ...     return sum(1 for _ in find_courtesies([find_tokens(sentence) for sentence in sentences]))
    >>> count("Вы увидите сад."), count("Вы увидите сад.", "Это вы знаете."), count("Сад увидите Вы.", "Это вы знаете.")
    (1, 0, 1)
    """
    opening: list[Token] = []
    all_courteous = True
    for token, opens in _find_calls(parts):
        if not token.text[0].isupper():
            all_courteous = False
        elif opens:
            opening.append(token)
        else:
            yield token
    if all_courteous:
        yield from opening


def _find_calls(parts: Iterable[Sequence[Token]]) -> Iterator[tuple[Token, bool]]:
    """Each «вы» and «ваш», and whether it is the first word of its sentence."""
    calls = frozenset(read_signs("calls"))
    for tokens in parts:
        if calls.isdisjoint(find_parts(tokens)):
            continue
        opens = True
        for token in tokens:
            if token.norm in calls:
                yield token, opens
            opens = opens and not token.text[0].isalpha()


@lru_cache(maxsize=1 << 14)
def _hear(norm: str) -> tuple[str, ...]:
    return tuple(_find_signs(norm)) if any(map(str.isalpha, norm)) else ()


def _find_signs(norm: str) -> Iterator[str]:
    yield "words"
    if person := _find_pronouns().get(norm):
        yield person
    elif not _SILENT.search(norm):
        yield from _find_verb_signs(readings(norm))


@cache
def _find_pronouns() -> Mapping[str, str]:
    return {form: person for person in _PERSONS for form in read_signs(person)}


def _find_verb_signs(known: Sequence[Reading]) -> Iterator[str]:
    if not known:
        return
    grams = known[0].grams
    person = _hear_verb(grams, known)
    if person:
        yield person
    if person == "calls" and "impr" in grams:
        yield "imperatives"
    if "past" in grams and all("VERB" in reading.grams for reading in known):
        yield "past"


def _hear_verb(grams: frozenset[str], known: Sequence[Reading]) -> str | None:
    plural = "plur" in grams
    if "impr" in grams:
        sure = plural or all("impr" in reading.grams for reading in known)
        return ("calls" if plural else "thou") if sure else None
    if "1per" in grams:
        return "ours" if plural else "mine"
    if "2per" in grams:
        return "calls" if plural else "thou"
    return None
