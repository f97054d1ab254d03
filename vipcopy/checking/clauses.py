"""What the words of a clause are to it: predicates, subjects, conjunctions and asides."""

from __future__ import annotations

from collections.abc import Container, Sequence, Set
from itertools import takewhile

from vipcopy import russian
from vipcopy.model import Token

_PREDICATES = frozenset({"VERB", "PRED", "PRTS", "ADJS"})
_SHORT = (frozenset({"ADJS"}), frozenset({"PRTS"}))
_ASIDES = frozenset({"Prnt", "INTJ"})


def is_clause_begun(tokens: Sequence[Token]) -> bool:
    """Whether words behind a comma begin a clause: «…, Вы, конечно, рады», and no «Анна, наш флорист, увы, болеет»."""
    return has(tokens, "NPRO", "nomn") or has(tokens[:1], "CONJ")


def may_be_clause(tokens: Sequence[Token]) -> bool:
    """Whether words without a verb may say something of their own: «Вечер чудесный», «Тихо»."""
    return any(_may_be(token, {"NOUN", "nomn"}, {"PRED"}, {"ADJS"}) for token in tokens)


def has_subject(tokens: Sequence[Token]) -> bool:
    """Whether something that may be in the nominative stands before the predicate."""
    before = takewhile(lambda each: not may_have_predicate([each]), tokens)
    return any(_may_be(token, {"NOUN", "nomn"}, {"NPRO", "nomn"}) for token in before)


def is_aside(tokens: Sequence[Token]) -> bool:
    """Whether it is one word that a clause has no place for: «конечно», «увы»."""
    return len(tokens) == 1 and any(each.grams & _ASIDES for each in russian.readings(tokens[0].norm))


def is_bound(tokens: Sequence[Token], relatives: Container[str]) -> bool:
    """Whether a clause begins with what binds it to another: «что», «в котором», «зачем»."""
    first = russian.readings(tokens[0].norm)
    is_conjunction = any("CONJ" in each.grams and not each.grams & {"Prnt", "Abbr"} for each in first)
    return is_conjunction or is_relative(tokens[:3], relatives)


def is_relative(tokens: Sequence[Token], relatives: Container[str]) -> bool:
    """Whether a word like «который» or «зачем» is among these."""
    return any(token.norm in relatives or _is_question(token) for token in tokens)


def has_predicate(tokens: Sequence[Token]) -> bool:
    """Whether a verb, or what stands for one, is among the words."""
    return any(first.grams & _PREDICATES for at in range(len(tokens)) for first in russian.readings_in(tokens, at)[:1])


def may_have_predicate(tokens: Sequence[Token]) -> bool:
    """The same, of short forms that are likelier something else too: «гости рады»."""
    return has_predicate(tokens) or any(_may_be(token, *_SHORT) for token in tokens)


def has(tokens: Sequence[Token], *grams: str) -> bool:
    """Whether a word has all these grammemes in its likeliest reading."""
    return any(first.grams >= {*grams} for at in range(len(tokens)) for first in russian.readings_in(tokens, at)[:1])


def _is_question(token: Token) -> bool:
    return any("Ques" in each.grams for each in russian.readings(token.norm))


def _may_be(token: Token, *wanted: Set[str]) -> bool:
    """Whether one of the word's readings has one of these sets of grammemes."""
    return any(reading.grams >= grams for reading in russian.readings(token.norm) for grams in wanted)
