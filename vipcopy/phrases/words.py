"""Tests on one word: what an atom of a phrase asks of a token, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from vipcopy import russian
from vipcopy.model import Reading, Token
from vipcopy.patterns import compile_later
from vipcopy.phrases.grammemes import Grammemes, has_grammemes
from vipcopy.phrases.stream import Stream
from vipcopy.records import NamedTuple

Agreement = tuple[str, str, str]  # case, number, gender («» in the plural)

CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct", "voct", "gen1", "gen2", "acc2", "loc1", "loc2"})
_PARENT_CASE = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}
_GENDERS = frozenset({"masc", "femn", "neut"})
_DASHES = frozenset("-‐‑‒–—―−")
_YEAR = compile_later(r"1[789]\d\d|20\d\d")
_THOUSANDS = compile_later(r"[1-9]\d{3,}([.,]\d+)?")
_NOT_OF_NUMBER = compile_later(r"[^\d,.:/-]")  # «10:00», «1/1000» and «8-800-555-35-35» are no sums
_INITIAL = compile_later(r"[А-ЯЁA-Z]|Дж")
_MELTING = frozenset({"forms", "prefix"})  # the kinds whose tests can be melted into one
_OF_TOKENS = frozenset({"exact", "class"})  # the kinds that ask how a token is written and what stands beside it


class WordTest(NamedTuple):
    """One atom, compiled. `passes` says whether a token meets it, `agreements` in which case, number and gender."""

    kind: str  # forms, exact, prefix, suffix, class, any or sign
    text: str = ""
    keys: frozenset[str] = frozenset()  # the words of the vocabulary that it names
    beginnings: tuple[str, ...] = ()  # for a prefix: any of them will do
    lemmas: frozenset[str] = frozenset()  # for forms of a lemma: what a reading must come from
    grammemes: Grammemes | None = None
    readings: str = "any"
    agrees: str = ""
    negated: bool = False

    @property
    def is_of_words(self) -> bool:
        """Whether it asks of nothing but the word: not how a token is written, nor what mark stands beside it."""
        return self.kind not in _OF_TOKENS

    def decide(self, stream: Stream, at: int) -> bool | None:
        """Whether the token meets the atom; None where `passes_here` must tell, since its neighbours decide."""
        if self.negated and russian.is_punctuation(stream.tokens[at]):
            return False
        if not _SHAPES[self.kind](self, stream, at):
            return self.negated
        reads = self._reads(stream.norms[at])
        return None if reads is None else reads != self.negated

    def passes_here(self, stream: Stream, at: int) -> bool:
        """Whether the readings that the neighbours allow are what the atom asks for."""
        readings, mode = stream.readings(at), self._mode()
        if mode == "any":
            return any(map(self._suits, readings)) != self.negated
        asked = readings[:1] if mode == "best" else readings
        return (all(map(self._suits, asked)) and self._is_one_word(asked)) != self.negated

    def agreements(self, stream: Stream, at: int) -> frozenset[Agreement]:
        """Every case, number and gender in which the token meets the atom."""
        readings = [each for each in stream.readings(at) if self.negated or self._suits(each)]
        return frozenset(each for reading in readings for each in _agreements(reading.grams))

    def _reads(self, norm: str) -> bool | None:
        """Whether the readings of a word are what the atom asks for; None where its neighbours must be asked."""
        if self.grammemes is None and not self.lemmas:
            return True
        suits = [self._suits(reading) for reading in russian.readings(norm)]
        if not any(suits):  # a form of a word that no dictionary has: the spelling decides, if nothing more is asked
            return self._mode() == "any" and self.grammemes is None
        return True if all(suits) and (self._mode() != "all" or self._is_one_word(russian.readings(norm))) else None

    def _is_one_word(self, readings: Iterable[Reading]) -> bool:
        """Whether they are of one of the words that are asked for: «(мыть|мыло)<NOUN|VERB;all>» isn't «мыла»."""
        return not self.lemmas or len({reading.lemma for reading in readings}) == 1

    def _mode(self) -> str:
        """Of how many of its readings a word must be what is asked for."""
        return (self.grammemes and self.grammemes.readings) or self.readings

    def _suits(self, reading: Reading) -> bool:
        if self.lemmas and reading.lemma not in self.lemmas:
            return False
        return self.grammemes is None or has_grammemes(reading.grams, self.grammemes.alternatives)

    def has_suffix(self, norm: str) -> bool:
        """Whether the word or one of its lemmas ends as the wildcard says."""
        return norm.endswith(self.text) or any(each.lemma.endswith(self.text) for each in russian.readings(norm))

    def is_written(self, text: str) -> bool:
        """Whether the word has these very letters, whatever typography has put between them."""
        return text == self.text or russian.write_bare(text) == self.text

    def is_sign(self, norm: str) -> bool:
        """Whether this is the punctuation mark that the atom names."""
        if self.text in _DASHES:
            return norm in _DASHES
        return self.text in norm if self.text in "!?" else norm == self.text


def melt(tests: Iterable[WordTest]) -> Iterator[WordTest]:
    """The same tests, those for words and prefixes of one manner melted into a test for any of them."""
    alike: dict[tuple[object, ...], list[WordTest]] = {}
    for test in tests:
        named = "" if test.kind in _MELTING else test.text
        manner = (test.kind, named, bool(test.lemmas), test.grammemes, test.readings, test.agrees)
        alike.setdefault(manner, []).append(test)
    for first, *others in alike.values():
        melted = (first, *others)
        yield (
            first._replace(
                keys=frozenset().union(*(test.keys for test in melted)),
                lemmas=frozenset().union(*(test.lemmas for test in melted)),
                beginnings=tuple(dict.fromkeys(chain.from_iterable(test.beginnings for test in melted))),
            )
            if others
            else first
        )


def _agreements(grams: frozenset[str]) -> Iterator[Agreement]:
    cases = {_PARENT_CASE.get(case, case) for case in grams & CASES}
    if "plur" in grams:
        yield from ((case, "plur", "") for case in cases)
    else:
        yield from ((case, "sing", gender) for case in cases for gender in grams & _GENDERS)


def _is_thousands(token: Token) -> bool:
    """A sum that may go without its unit; «1912» and «2026» are years, «2 026» is none."""
    digits = _NOT_OF_NUMBER.sub("", token.norm)
    is_sum = _THOUSANDS.fullmatch(digits) is not None
    return russian.is_number(token) and is_sum and not _YEAR.fullmatch(token.norm)


def _is_minus(tokens: Sequence[Token], at: int) -> bool:
    """A dash glued to the number behind it and to nothing before: «−30 %», not «12–15 %» and not «доля — 30 %»."""
    if tokens[at].norm not in _DASHES or at + 1 >= len(tokens):
        return False
    is_glued = russian.is_number(tokens[at + 1]) and tokens[at + 1].start == tokens[at].stop
    return is_glued and (at == 0 or tokens[at - 1].stop < tokens[at].start)


def _is_initial(tokens: Sequence[Token], at: int) -> bool:
    """«А» of «А. И. Петров» and «Дж» of «Дж. Смит»: one or two letters with a full stop glued to them."""
    if at + 1 >= len(tokens) or tokens[at + 1].norm != "." or tokens[at + 1].start != tokens[at].stop:
        return False
    return _INITIAL.fullmatch(tokens[at].text) is not None


CLASSES: Mapping[str, Callable[[Sequence[Token], int], bool]] = {
    "слово": lambda tokens, at: russian.is_word(tokens[at]) or russian.is_number(tokens[at]),
    "цифры": lambda tokens, at: russian.is_number(tokens[at]),
    "тысячи": lambda tokens, at: _is_thousands(tokens[at]),
    "минус": _is_minus,
    "инициал": _is_initial,
    "эмодзи": lambda tokens, at: russian.is_emoji(tokens[at]),
    "латиница": lambda tokens, at: tokens[at].norm[:1].isascii() and tokens[at].norm[:1].isalpha(),
    "Заглавная": lambda tokens, at: russian.is_word(tokens[at]) and tokens[at].text[:1].isupper(),
    "ПРОПИСНЫЕ": lambda tokens, at: (
        russian.is_word(tokens[at]) and len(tokens[at].text) > 1 and tokens[at].text.isupper()
    ),
    "знак": lambda tokens, at: russian.is_punctuation(tokens[at]),
}

_SHAPES: Mapping[str, Callable[[WordTest, Stream, int], bool]] = {
    "forms": lambda test, stream, at: not test.keys.isdisjoint(stream.keys[at]),
    "exact": lambda test, stream, at: test.is_written(stream.tokens[at].text),
    "prefix": lambda test, stream, at: stream.norms[at].startswith(test.beginnings),
    "suffix": lambda test, stream, at: test.has_suffix(stream.norms[at]),
    "class": lambda test, stream, at: CLASSES[test.text](stream.tokens, at),
    "any": lambda _, stream, at: russian.is_word(stream.tokens[at]),
    "sign": lambda test, stream, at: test.is_sign(stream.norms[at]),
}
