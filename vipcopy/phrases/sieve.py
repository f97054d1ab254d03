"""The sieve: which phrases a sentence may hold, told from its bare words before it is cut, read or walked.

Each phrase asks for up to three sets of words, one word of each of which every match holds. A phrase has a bit at each
of these three levels; a word's mask has the bits that it meets. The masks of a sentence's words are or-ed together, and
a phrase may be there only if all its three bits are set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from vipcopy import russian
from vipcopy.phrases.anchors import SETS, Anchor
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
AnchorSets = Sequence[tuple[Anchor, ...]]
Shapes = tuple[tuple[Grammemes, Bits], ...]  # what a reading must be, and the bits that it then meets


@dataclass(frozen=True, slots=True, eq=False)
class Sieve:
    """Bits by what a word is: a word of the vocabulary, its beginning, its ending, a sign."""

    size: int  # how many phrases there are
    base: int  # the bits that phrases with fewer sets need not ask for
    front: int  # the bits that only the first words of a sentence can set: those of phrases that begin with «^»
    lexicon: Lexicon
    by_key: Mapping[str, Bits]
    by_form: Mapping[str, Shapes]  # of a word of the vocabulary the bits that only some of its forms meet
    by_prefix: Mapping[str, Bits]
    by_ending: Mapping[str, Bits]
    by_sign: Mapping[str, Bits]
    by_shape: Mapping[str, Shapes]  # by a grammeme that all these readings have
    by_guess: Mapping[str, Bits]  # the same bits by endings, for words that no dictionary has
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
    readings = russian.known_readings(word)
    if not readings:
        yield from _find_by_ending(sieve.by_guess, word)
    grams = {reading.grams for reading in readings}
    for each in grams:
        yield from _shaped_of(sieve)[each]
    for key in sieve.lexicon.find_keys(word):
        yield from sieve.by_key.get(key, ())
        for shape, bits in sieve.by_form.get(key, ()):
            if not grams or any(has_grammemes(each, shape) for each in grams):
                yield from bits
    if "-" in word[1:]:
        yield from sieve.odd
        for part in filter(None, word.split("-")):
            yield from _find_bits(sieve, part)


def _find_by_spelling(sieve: Sieve, word: str) -> Iterator[int]:
    for size in range(1, len(word) + 1):
        yield from sieve.by_prefix.get(word[:size], ())
    yield from _find_by_ending(sieve.by_ending, word)
    first = word[0]
    sign = _NUMBER if first.isdigit() else _LATIN if first.isascii() and first.isalpha() else first
    yield from sieve.by_sign.get(sign, ())


def _find_by_ending(by_ending: Mapping[str, Bits], word: str) -> Iterator[int]:
    for size in range(1, len(word) + 1):
        yield from by_ending.get(word[-size:], ())


class _Shaped(dict[frozenset[str], Bits]):
    """The bits that any word with these grammemes meets."""

    def __init__(self, sieve: Sieve) -> None:
        super().__init__()
        self.sieve = sieve

    def __missing__(self, grams: frozenset[str]) -> Bits:
        shapes = (shape for gram in grams for shape in self.sieve.by_shape.get(gram, ()))
        bits = {bit for shape, bits in shapes if has_grammemes(grams, shape) for bit in bits}
        self[grams] = found = tuple(bits)
        return found


@lru_cache(maxsize=2 * FINDERS)
def _shaped_of(sieve: Sieve) -> _Shaped:
    return _Shaped(sieve)


def build_sieve(branches: Sequence[Branch], sets: Sequence[AnchorSets], lexicon: Lexicon) -> Sieve:
    """The sieve of these phrases, numbered in order; `sets` are each one's needed words, the rarest first."""
    tables = _Tables(len(branches))
    for number, (branch, mine) in enumerate(zip(branches, sets, strict=True)):
        tables.enter(number, branch, [anchors for anchors in mine if all(_tells(each.test) for each in anchors)])
    return tables.freeze(lexicon)


def _tells(test: WordTest) -> bool:
    """Whether only some words can meet the test."""
    if test.kind == "class":
        return test.text not in _ANY_WORD
    return test.kind != "any" or (test.grammemes is not None and "" not in _endings_of(test.grammemes))


def _endings_of(grammemes: Grammemes) -> frozenset[str]:
    found = frozenset[str]().union(*(russian.find_endings(wanted, barred) for wanted, barred in grammemes.alternatives))
    is_latin = any(not wanted or "LATN" in wanted for wanted, _ in grammemes.alternatives)
    return found | {""} if is_latin else found


class _Tables:
    """The tables while they are filled: phrases are entered one by one."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.free: list[int] = []
        self.front: list[int] = []
        self.keys: dict[str, set[int]] = {}
        self.forms: dict[str, dict[Grammemes, set[int]]] = {}  # keys that some forms only will do for
        self.prefixes: dict[str, set[int]] = {}
        self.endings: dict[str, set[int]] = {}
        self.signs: dict[str, set[int]] = {}
        self.shapes: dict[Grammemes, set[int]] = {}

    def enter(self, number: int, branch: Branch, sets: AnchorSets) -> None:
        starts = bool(branch) and isinstance(branch[0], Edge)
        for level in range(SETS):
            bit = level * self.size + number
            if level >= len(sets):
                self.free.append(bit)
                continue
            if starts and all(anchor.before < FRONT and anchor.test.kind not in _SIGNS for anchor in sets[level]):
                self.front.append(bit)
            for anchor in sets[level]:
                self._enter_test(anchor.test, bit)

    def _enter_test(self, test: WordTest, bit: int) -> None:
        if test.kind == "forms" and test.grammemes:
            for key in test.keys:
                self.forms.setdefault(key, {}).setdefault(test.grammemes, set()).add(bit)
        elif test.kind == "any" and test.grammemes:
            self.shapes.setdefault(test.grammemes, set()).add(bit)
        else:
            for table, entry in self._entries(test):
                table.setdefault(entry, set()).add(bit)

    def _entries(self, test: WordTest) -> Iterator[tuple[dict[str, set[int]], str]]:
        if test.kind in ("forms", "exact"):
            yield from ((self.keys, key) for key in test.keys)
        elif test.kind == "prefix":
            yield self.prefixes, test.text
        elif test.kind == "suffix":
            endings = russian.find_endings_of(test.text) | {test.text}
            yield from ((self.endings, ending) for ending in endings)
        else:
            sign = _NUMBERS[test.text] if test.kind == "class" else test.text[:1]
            alike = next((each for each in (_DASHES, _DOTS) if sign in each), sign)
            yield from ((self.signs, each) for each in alike)

    def freeze(self, lexicon: Lexicon) -> Sieve:
        guesses: dict[str, set[int]] = {}
        for shape, bits in self.shapes.items():
            for ending in _endings_of(shape):
                guesses.setdefault(ending, set()).update(bits)
        return Sieve(
            self.size,
            set_bits(self.free),
            set_bits(self.front),
            lexicon,
            by_key=_sort(self.keys),
            by_form={key: _list(shapes) for key, shapes in self.forms.items()},
            by_prefix=_sort(self.prefixes),
            by_ending=_sort(self.endings),
            by_sign=_sort(self.signs),
            by_shape=_split(self.shapes),
            by_guess=_sort(guesses),
            odd=tuple(sorted(set().union(*self.shapes.values()))),
        )


def _sort(table: Mapping[str, set[int]]) -> dict[str, Bits]:
    return {entry: tuple(sorted(bits)) for entry, bits in table.items()}


def _list(shapes: Mapping[Grammemes, set[int]]) -> Shapes:
    return tuple((shape, tuple(sorted(bits))) for shape, bits in shapes.items())


def _split(shapes: Mapping[Grammemes, set[int]]) -> dict[str, Shapes]:
    """The shapes by the grammeme of each alternative that the fewest of them ask for."""
    single = [(pair, bits) for shape, bits in shapes.items() for pair in shape.alternatives]
    counts = Counter(gram for (wanted, _), _ in single for gram in wanted)
    split: dict[str, dict[Grammemes, set[int]]] = {}
    for (wanted, barred), bits in single:
        gram = min(wanted, key=lambda each: (counts[each], each))
        split.setdefault(gram, {}).setdefault(Grammemes(((wanted, barred),)), set()).update(bits)
    return {gram: _list(found) for gram, found in split.items()}
