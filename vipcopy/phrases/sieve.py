"""The sieve: which phrases a sentence may hold, told from its bare words before it is cut, read or walked.

Each phrase asks for up to three sets of words, one word of each of which every match holds. A phrase has a bit at each
of these three levels; a word's mask has the bits that it meets. The masks of a sentence's words are or-ed together, and
a phrase may be there only if all its three bits are set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from operator import or_

from vipcopy import russian
from vipcopy.lazies import build_shards
from vipcopy.phrases.anchors import SETS, Anchor, Cost, find_anchor_sets
from vipcopy.phrases.lexicon import FINDERS, REMEMBERED, Lexicon
from vipcopy.phrases.syntax import Edge, Grammemes
from vipcopy.phrases.tree import Branch
from vipcopy.phrases.words import WordTest, has_grammemes

FRONT = 4  # words of a sentence that its front has

_ANY_WORD = frozenset({"слово", "Заглавная", "ПРОПИСНЫЕ", "знак", "эмодзи"})  # classes that tell too little
_NUMBER, _LATIN = "0", "a"  # what stands for all numbers and all Latin words
_NUMBERS = {"цифры": _NUMBER, "тысячи": _NUMBER, "минус": "—", "латиница": _LATIN}
_DASHES = "-—–"
_DOTS = ".…"
_SIGNS = frozenset({"sign", "class"})

Bits = tuple[int, ...]
Shape = tuple[Grammemes, ...]  # one of these


@dataclass(frozen=True, slots=True, eq=False)
class Sieve:
    """Bits by what a word is: a word of the vocabulary, its beginning, its ending, a sign."""

    size: int  # how many phrases there are
    base: int  # the bits that phrases with fewer sets need not ask for
    front: int  # the bits that only the first words of a sentence can set: those of phrases that begin with «^»
    lexicon: Lexicon
    by_form: Mapping[str, int]  # the number of the bits that a form of the lexicon meets by its readings
    met: Sequence[Bits]  # bits by these numbers
    by_key: Mapping[str, Bits]
    by_prefix: Mapping[str, Bits]
    by_ending: Mapping[str, Bits]
    by_sign: Mapping[str, Bits]
    shapes: Mapping[int, Shape]  # what a word must be by its readings, beside its ending
    odd: Bits  # what a word with a hyphen may always be: «скажи-ка»

    def find(self, words: Iterable[str], first: Iterable[str]) -> int:
        """The phrases that a sentence of these words and with these at its front may hold, as bits by their numbers."""
        masks = _masks_of(self)
        held = reduce(or_, map(masks.__getitem__, words), 0) & ~self.front | self.base
        held |= reduce(or_, map(masks.__getitem__, first), 0) & self.front
        return held & (held >> self.size) & (held >> 2 * self.size) & ((1 << self.size) - 1)

    def find_woken(self, word: str, phrases: int) -> Iterator[int]:
        """The numbers of those of the phrases that the word may wake: it meets their first set."""
        return find_set_bits((_masks_of(self)[word] | self.base) & phrases)


class _Masks(dict[str, int]):
    """The mask of each word that was seen."""

    def __init__(self, sieve: Sieve) -> None:
        super().__init__()
        self.sieve = sieve
        self.known: dict[frozenset[int], int] = {}

    def __missing__(self, word: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        bits = frozenset(_find_bits(self.sieve, word))
        mask = self.known.get(bits)
        if mask is None:
            mask = self.known[bits] = set_bits(bits)
        self[word] = mask
        return mask


@lru_cache(maxsize=2 * FINDERS)
def _masks_of(sieve: Sieve) -> _Masks:
    return _Masks(sieve)


def set_bits(bits: Iterable[int]) -> int:
    """The number with these bits set."""
    octets = bytearray()
    for bit in bits:
        if bit >= len(octets) * 8:
            octets.extend(bytes(bit // 8 + 1 - len(octets)))
        octets[bit // 8] |= 1 << bit % 8
    return int.from_bytes(octets, "little")


def find_set_bits(mask: int) -> Iterator[int]:
    """The bits that are set, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _find_bits(sieve: Sieve, word: str) -> Iterator[int]:
    yield from _find_by_spelling(sieve, word)
    keys = sieve.lexicon.find_keys(word)
    for key in keys:
        yield from sieve.by_key.get(key, ())
    if not keys:
        yield from _find_by_shape(sieve, word)
    elif word in sieve.by_form:
        yield from sieve.met[sieve.by_form[word]]
    if "-" in word[1:]:
        yield from sieve.odd
        for part in filter(None, word.split("-")):
            yield from _find_bits(sieve, part)


def _find_by_spelling(sieve: Sieve, word: str) -> Iterator[int]:
    for size in range(1, len(word) + 1):
        yield from sieve.by_prefix.get(word[:size], ())
    first = word[0]
    sign = _NUMBER if first.isdigit() else _LATIN if first.isascii() and first.isalpha() else first
    yield from sieve.by_sign.get(sign, ())


def _find_by_ending(by_ending: Mapping[str, Bits], word: str) -> Iterator[int]:
    for size in range(1, len(word) + 1):
        yield from by_ending.get(word[-size:], ())


def _find_by_shape(sieve: Sieve, word: str) -> Iterator[int]:
    bits = list(_find_by_ending(sieve.by_ending, word))
    grams = russian.find_grams(word) if any(bit in sieve.shapes for bit in bits) else ()
    for bit in bits:
        if bit not in sieve.shapes or any(has_grammemes(each, shape) for shape in sieve.shapes[bit] for each in grams):
            yield bit


def build_sieve(branches: Sequence[Branch], cost: Cost, lexicon: Lexicon) -> Sieve:
    """The sieve of these phrases, numbered in order."""
    tables = _Tables(len(branches))
    for number, branch in enumerate(branches):
        tables.enter(number, branch, cost)
    return tables.freeze(lexicon)


def _telling_sets(branch: Branch, cost: Cost) -> Iterator[tuple[Anchor, ...]]:
    for anchors in find_anchor_sets(branch, cost):
        if all(_tells(anchor.test) for anchor in anchors):
            yield anchors


def _tells(test: WordTest) -> bool:
    """Whether only some words can meet the test."""
    if test.kind == "class":
        return test.text not in _ANY_WORD
    if test.kind != "any":
        return True
    return test.grammemes is not None and "" not in _endings(test)


def _endings(test: WordTest) -> frozenset[str]:
    alternatives = test.grammemes.alternatives if test.grammemes else ()
    found = frozenset[str]().union(*(russian.find_endings(wanted, barred) for wanted, barred in alternatives))
    is_latin = any(not wanted or "LATN" in wanted for wanted, _ in alternatives)
    return found | {""} if is_latin else found


class _Tables:
    """The tables while they are filled: phrases are entered one by one."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.free: list[int] = []
        self.front: list[int] = []
        self.keys: dict[str, set[int]] = {}
        self.forms: dict[str, set[tuple[Grammemes, int]]] = {}  # keys that some forms only will do for
        self.prefixes: dict[str, set[int]] = {}
        self.endings: dict[str, set[int]] = {}
        self.signs: dict[str, set[int]] = {}
        self.shapes: dict[int, Shape] = {}
        self.shaped: dict[frozenset[str], frozenset[int]] = {}  # bits by what a reading's grammemes are

    def enter(self, number: int, branch: Branch, cost: Cost) -> None:
        sets = sorted(_telling_sets(branch, cost), key=lambda anchors: sum(cost(anchor.test) for anchor in anchors))
        starts = bool(branch) and isinstance(branch[0], Edge)
        for level in range(SETS):
            bit = level * self.size + number
            if level >= len(sets):
                self.free.append(bit)
                continue
            if starts and all(anchor.before < FRONT and anchor.test.kind not in _SIGNS for anchor in sets[level]):
                self.front.append(bit)
            self._enter_set([anchor.test for anchor in sets[level]], bit)

    def _enter_set(self, tests: Sequence[WordTest], bit: int) -> None:
        for test in tests:
            if test.kind == "forms" and test.grammemes:
                for key in test.keys:
                    self.forms.setdefault(key, set()).add((test.grammemes, bit))
                continue
            for table, entry in self._entries(test):
                table.setdefault(entry, set()).add(bit)
        shape = tuple(test.grammemes for test in tests if test.kind == "any" and test.grammemes)
        if shape and not any(test.kind == "suffix" for test in tests):
            self.shapes[bit] = shape

    def _entries(self, test: WordTest) -> Iterator[tuple[dict[str, set[int]], str]]:
        if test.kind in ("forms", "exact"):
            yield from ((self.keys, key) for key in test.keys)
        elif test.kind == "prefix":
            yield self.prefixes, test.text
        elif test.kind == "any":
            yield from ((self.endings, ending) for ending in _endings(test))
        elif test.kind == "suffix":
            endings = russian.find_endings_of(test.text) | {test.text}
            yield from ((self.endings, ending) for ending in endings)
        else:
            sign = _NUMBERS[test.text] if test.kind == "class" else test.text[:1]
            alike = next((each for each in (_DASHES, _DOTS) if sign in each), sign)
            yield from ((self.signs, each) for each in alike)

    def freeze(self, lexicon: Lexicon) -> Sieve:
        tables = (self.keys, self.prefixes, self.endings, self.signs)
        frozen = [{entry: tuple(sorted(bits)) for entry, bits in table.items()} for table in tables]
        odd, front = tuple(self.shapes), set_bits(self.front)
        by_key, by_prefix, by_ending, by_sign = frozen
        sieve = Sieve(
            self.size,
            set_bits(self.free),
            front,
            lexicon,
            by_form={},
            met=(),
            by_key=by_key,
            by_prefix=by_prefix,
            by_ending=by_ending,
            by_sign=by_sign,
            shapes=self.shapes,
            odd=odd,
        )
        loose = {ending: kept for ending, bits in by_ending.items() if (kept := set(bits) - self.shapes.keys())}
        met: dict[Bits, int] = {}
        by_form = {}
        for form in lexicon.entries:
            bits = tuple(sorted(self._find_met(lexicon, form, loose)))
            if bits:
                by_form[form] = met.setdefault(bits, len(met))
        return replace(sieve, by_form=build_shards(by_form), met=tuple(met))

    def _find_met(self, lexicon: Lexicon, form: str, loose: Mapping[str, Iterable[int]]) -> set[int]:
        """The bits that a form of the lexicon meets by its readings, and by its ending where that is all that tells."""
        bits = {bit for size in range(1, len(form) + 1) for bit in loose.get(form[-size:], ())}
        asked = [each for key in lexicon.find_keys(form) for each in self.forms.get(key, ())]
        readings = lexicon.recall(form)
        for _, grams in readings[0] if readings else ():
            if grams not in self.shaped:
                self.shaped[grams] = self._find_shaped(grams)
            bits |= self.shaped[grams]
            bits.update(bit for shape, bit in asked if has_grammemes(grams, shape))
        return bits

    def _find_shaped(self, grams: frozenset[str]) -> frozenset[int]:
        """The bits that any word with these grammemes meets."""
        return frozenset(bit for bit, shape in self.shapes.items() if any(has_grammemes(grams, each) for each in shape))
