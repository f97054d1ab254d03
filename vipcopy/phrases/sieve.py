"""The sieve: which phrases a sentence may hold, told from its bare words before it is cut, read or walked.

Each phrase asks for up to three sets of words, one word of each of which every match holds. A phrase has a bit at each
of these three levels; a word's mask has the bits that it meets. The masks of a sentence's words are or-ed together: a
phrase may be there only if all its three bits are set, by words that stand as far from one another as in the phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from vipcopy import russian
from vipcopy.phrases.grammemes import Grammemes, has_grammemes
from vipcopy.phrases.lexicon import FINDERS, REMEMBERED, Lexicon

FRONT = 4  # words of a sentence that its front has

NUMBER, LATIN = "0", "a"  # what stands for all numbers and all Latin words

Bits = tuple[int, ...]
Shapes = tuple[tuple[int, Bits], ...]  # the number of what a reading must be, and the bits that it then meets


Distance = tuple[int, int, int, int]  # two levels; how many words the second stands behind the first, least and most


@dataclass(frozen=True, slots=True, eq=False)
class Sieve:
    """Bits by what a word is: a word of the vocabulary, its beginning, its ending, a sign."""

    size: int  # how many phrases there are
    base: int  # the bits that phrases with fewer sets need not ask for
    front: int  # the bits that only the first words of a sentence can set: those of phrases that begin with «^»
    lexicon: Lexicon
    shapes: Sequence[Grammemes]
    by_key: Mapping[str, Bits]
    by_form: Mapping[str, Shapes]  # of a word of the vocabulary the bits that only some of its forms meet
    by_prefix: Mapping[str, Bits]
    by_ending: Mapping[str, Bits]
    by_sign: Mapping[str, Bits]
    by_shape: Mapping[str, Shapes]  # by a grammeme that all these readings have
    by_guess: Mapping[str, Bits]  # the same bits by endings, for words that no dictionary has
    odd: Bits  # what a word with a hyphen may always be: «скажи-ка»
    distances: Sequence[tuple[Distance, ...]]  # of each phrase

    def find(self, norms: Iterable[str], words: Sequence[str]) -> int:
        """The phrases that a sentence of these norms and, in this order, words may hold, as bits by their numbers."""
        masks = _masks_of(self)
        held = reduce(or_, map(masks.__getitem__, norms), 0) & ~self.front | self.base
        held |= reduce(or_, map(masks.__getitem__, words[:FRONT]), 0) & self.front
        held &= (held >> self.size) & (held >> 2 * self.size) & ((1 << self.size) - 1)
        if not held or any("-" in word for word in words):  # the parts of a compound may be words of a phrase
            return held
        bits = [masks.bits[word] for word in words]
        return held & ~set_bits(number for number in find_set_bits(held) if not self._stands(number, bits))

    def _stands(self, number: int, words: Sequence[frozenset[int]]) -> bool:
        """Whether words with these bits stand as far from one another as the phrase's."""
        for level, other, least, most in self.distances[number]:
            one, two = level * self.size + number, other * self.size + number
            seconds = [at for at, bits in enumerate(words) if two in bits]
            firsts = (at for at, bits in enumerate(words) if one in bits)
            if not any(least <= second - first <= most for first in firsts for second in seconds):
                return False
        return True

    def find_woken(self, word: str, phrases: int) -> Iterator[int]:
        """The numbers of those of the phrases that the word may wake: it meets their first set."""
        return find_set_bits((_masks_of(self)[word] | self.base) & phrases)


class _Masks(dict[str, int]):
    """The mask of each word that was seen, and its bits one by one."""

    def __init__(self, sieve: Sieve) -> None:
        super().__init__()
        self.sieve = sieve
        self.bits: dict[str, frozenset[int]] = {}
        self.known: dict[frozenset[int], tuple[frozenset[int], int]] = {}

    def __missing__(self, word: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        bits = frozenset(_find_bits(self.sieve, word))
        if bits not in self.known:
            self.known[bits] = bits, set_bits(bits)
        self.bits[word], mask = self.known[bits]
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
            if not grams or any(has_grammemes(each, sieve.shapes[shape]) for each in grams):
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
    sign = NUMBER if first.isdigit() else LATIN if first.isascii() and first.isalpha() else first
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
        sieve = self.sieve
        asked = (shape for gram in grams for shape in sieve.by_shape.get(gram, ()))
        bits = {bit for shape, bits in asked if has_grammemes(grams, sieve.shapes[shape]) for bit in bits}
        self[grams] = found = tuple(bits)
        return found


@lru_cache(maxsize=2 * FINDERS)
def _shaped_of(sieve: Sieve) -> _Shaped:
    return _Shaped(sieve)
