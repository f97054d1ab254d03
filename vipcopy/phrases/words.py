"""Tests on one word: what an atom of a phrase asks of a token, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vipcopy import russian
from vipcopy.model import Reading, Token
from vipcopy.phrases.syntax import Grammemes

Agreement = tuple[str, str, str]  # case, number, gender («» in the plural)

CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct", "voct", "gen1", "gen2", "acc2", "loc1", "loc2"})
_PARENT_CASE = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}
_GENDERS = frozenset({"masc", "femn", "neut"})
_DASHES = frozenset("-‐‑‒–—―−")


@dataclass(frozen=True, slots=True)
class WordTest:
    """One atom, compiled. `passes` says whether a token meets it, `agreements` in which case, number and gender."""

    kind: str  # forms, exact, prefix, suffix, class, any or sign
    text: str = ""
    forms: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()  # for forms of a lemma: what a reading must come from
    grammemes: Grammemes | None = None
    readings: str = "any"
    agrees: str = ""
    negated: bool = False

    def passes(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether the token at this index is what the atom means."""
        token = tokens[at]
        if self.negated and russian.is_punctuation(token):
            return False
        return (_SHAPES[self.kind](self, token) and self._reads(tokens, at)) != self.negated

    def agreements(self, tokens: Sequence[Token], at: int) -> frozenset[Agreement]:
        """Every case, number and gender in which the token meets the atom."""
        readings = russian.readings_in(tokens, at)
        return frozenset(each for reading in readings if self._suits(reading) for each in _agreements(reading.grams))

    def _reads(self, tokens: Sequence[Token], at: int) -> bool:
        if self.grammemes is None and not self.lemmas:
            return True
        readings = russian.readings_in(tokens, at)
        mode = (self.grammemes and self.grammemes.readings) or self.readings
        if mode == "best":
            return self._suits(readings[0]) if readings else False
        if mode == "all":
            return bool(readings) and all(map(self._suits, readings))
        return any(map(self._suits, readings)) or (self.grammemes is None and self._predicted(tokens[at]))

    def _predicted(self, token: Token) -> bool:
        """A form of a word that no dictionary has may be read as another lemma: then the spelling decides."""
        return not any(reading.lemma in self.lemmas for reading in russian.readings(token.norm))

    def _suits(self, reading: Reading) -> bool:
        if self.lemmas and reading.lemma not in self.lemmas:
            return False
        return self.grammemes is None or has_grammemes(reading, self.grammemes)

    def has_suffix(self, norm: str) -> bool:
        """Whether the word or one of its lemmas ends as the wildcard says."""
        return norm.endswith(self.text) or any(each.lemma.endswith(self.text) for each in russian.readings(norm))

    def is_possible(self) -> bool:
        """Whether any form of the lemma can ever meet the grammemes."""
        if self.kind != "forms" or self.grammemes is None:
            return True
        return any(self._suits(reading) for form in self.forms for reading in russian.readings(form))


def has_grammemes(reading: Reading, grammemes: Grammemes) -> bool:
    """Whether the reading meets one of the alternatives."""
    return any(wanted <= reading.grams and not (barred & reading.grams) for wanted, barred in grammemes.alternatives)


def _agreements(grams: frozenset[str]) -> Iterator[Agreement]:
    cases = {_PARENT_CASE.get(case, case) for case in grams & CASES}
    if "plur" in grams:
        yield from ((case, "plur", "") for case in cases)
    else:
        yield from ((case, "sing", gender) for case in cases for gender in grams & _GENDERS)


def _is_sign(test: WordTest, token: Token) -> bool:
    if test.text == "—":
        return token.norm in _DASHES
    if test.text in "!?":
        return test.text in token.norm and russian.is_punctuation(token)
    return token.norm == test.text


CLASSES: Mapping[str, Callable[[Token], bool]] = {
    "слово": lambda token: russian.is_word(token) or russian.is_number(token),
    "цифры": russian.is_number,
    "эмодзи": russian.is_emoji,
    "латиница": lambda token: russian.is_word(token) and token.norm[:1].isascii(),
    "Заглавная": lambda token: russian.is_word(token) and token.text[:1].isupper(),
    "ПРОПИСНЫЕ": lambda token: russian.is_word(token) and len(token.text) > 1 and token.text.isupper(),
    "знак": russian.is_punctuation,
}

_SHAPES: Mapping[str, Callable[[WordTest, Token], bool]] = {
    "forms": lambda test, token: token.norm in test.forms,
    "exact": lambda test, token: token.text == test.text,
    "prefix": lambda test, token: token.norm.startswith(test.text),
    "suffix": lambda test, token: test.has_suffix(token.norm),
    "class": lambda test, token: CLASSES[test.text](token),
    "any": lambda _, token: russian.is_word(token),
    "sign": _is_sign,
}
