"""The prefilter: which phrases a sentence may hold, told from its bare words before it is cut, read or walked.

Each phrase asks for up to three sets of words, one word of each of which every match holds. A phrase has a bit at each
of these three levels; a word's mask has the bits that it meets. The masks of a sentence's words are or-ed together: a
phrase may be there only if all its three bits are set, by words that stand as far from one another as in the phrase.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import or_

from vipcopy import russian
from vipcopy.bounded_cache import BoundedCache
from vipcopy.phrases.grammemes import Alternatives, has_grammemes
from vipcopy.phrases.lexicon import REMEMBERED, Lexicon
from vipcopy.phrases.stream import LABEL_MARKS, LABELS
from vipcopy.records import NamedTuple

OUTER = 3  # letters of a word by which its beginnings, or its endings, are found
FRONT = 4  # words of a sentence that its front has, behind its labels

NUMBER, LATIN = "0", "a"  # what stands for all numbers and all Latin words

_BIT = "I"  # how an array keeps bits
_DISTANCE = "i"  # and distances

# What tables hold by the thousand is packed: a start reads it as bytes, and unpacks it for the words that it meets.
Bits = bytes  # the numbers of bits
Shapes = tuple[tuple[int, Bits], ...]  # the number of what a reading must be, and the bits that it then meets
Distances = bytes

Mask = tuple[int, frozenset[int]]  # bits as one number and one by one
Distance = tuple[int, int, int, int]  # two levels; how many words the second stands behind the first, least and most


class Affixes(NamedTuple):
    """Bits by beginnings or by endings of words."""

    bits: Mapping[int, Mapping[str, Bits]]  # those of a length together
    lengths: Mapping[str, tuple[int, ...]]  # by the outermost letters, «» for all others: of what is in such a word


class PrefilterTables(NamedTuple):
    """Bits by what a word is: a word of the vocabulary, its beginning, its ending, a sign."""

    size: int  # how many phrases there are
    base: int  # the bits that phrases with fewer sets need not ask for
    front: int  # the bits that only the first words of a sentence can set: those of phrases that begin with «^»
    lexicon: Lexicon
    shapes: Sequence[Alternatives]
    by_word: Mapping[str, Bits]  # all bits of words that come often: what else is here need not be asked of them
    by_key: Mapping[str, Bits]
    by_form: Mapping[str, Shapes]  # of a word of the vocabulary the bits that only some of its forms meet
    by_beginning: Affixes
    by_ending: Affixes
    by_sign: Mapping[str, Bits]
    by_shape: Mapping[str, Shapes]  # by a grammeme that all these readings have
    by_guess: Affixes  # the same bits by endings, for words that no dictionary has
    odd: Bits  # what a word with several hyphens may always be; one with a single hyphen is what its parts may be
    distances: Sequence[Distances]  # of each phrase
    spread: int  # the phrases, as bits, that have any


class Prefilter:
    """The tables at work; it remembers what each word meets."""

    __slots__ = ("_known", "_masks", "_shaped", "tables")

    def __init__(self, tables: PrefilterTables) -> None:
        self.tables = tables
        self._masks: BoundedCache[str, Mask] = BoundedCache(REMEMBERED)
        self._known: BoundedCache[frozenset[int], Mask] = BoundedCache()  # one mask for all words that meet the same
        self._shaped: dict[frozenset[str], Bits] = {}

    def find(self, norms: Collection[str], words: Sequence[str]) -> int:
        """The phrases, as bits, that a sentence of these norms which begins with these words may hold."""
        tables, known, find_mask = self.tables, self._masks.get, self._find_mask
        held = reduce(or_, [(known(norm) or find_mask(norm))[0] for norm in norms], 0) & ~tables.front | tables.base
        front = words[:FRONT] if LABEL_MARKS.isdisjoint(norms) else words[: FRONT + LABELS]
        held |= reduce(or_, [(known(word) or find_mask(word))[0] for word in front], 0) & tables.front
        return held & (held >> tables.size) & (held >> 2 * tables.size) & ((1 << tables.size) - 1)

    def narrow(self, phrases: int, words: Sequence[str]) -> int:
        """Those of the phrases whose words stand among these as far from one another as they must."""
        spread = phrases & self.tables.spread
        if not spread or any("-" in word for word in words):  # the parts of a compound may be words of a phrase
            return phrases
        bits = self.find_bits(words)
        for number in find_set_bits(spread):
            if not self._stands(number, bits):
                phrases ^= 1 << number
        return phrases

    def find_bits(self, words: Iterable[str]) -> list[frozenset[int]]:
        """The bits that each word meets; those of the first level are the numbers of the phrases that it wakes."""
        known, find_mask = self._masks.get, self._find_mask
        return [(known(word) or find_mask(word))[1] for word in words]

    def _stands(self, number: int, words: Sequence[frozenset[int]]) -> bool:
        """Whether words with these bits stand as far from one another as the phrase's."""
        size = self.tables.size
        for level, other, least, most in _unpack_distances(self.tables.distances[number]):
            one, two = level * size + number, other * size + number
            seconds = [at for at, bits in enumerate(words) if two in bits]
            firsts = (at for at, bits in enumerate(words) if one in bits)
            if not any(_has_between(seconds, first + least, first + most) for first in firsts):
                return False
        return True

    def _find_mask(self, word: str) -> Mask:
        """The mask of a word that was not met before."""
        kept = self.tables.by_word.get(word)
        bits = frozenset(array(_BIT, b"".join(self._find_bits(word)) if kept is None else kept))
        mask = self._known.get(bits) or self._known.keep(bits, (set_bits(bits), bits))
        return self._masks.keep(word, mask)

    def _find_bits(self, word: str) -> list[Bits]:
        """The bits that a word meets by its spelling, its readings, its being in the vocabulary."""
        tables, readings = self.tables, russian.known_readings(word)
        found = self._find_by_spelling(word)
        if not readings:
            found += _find_at_end(tables.by_guess, word)
        grams = {reading.grams for reading in readings}
        found += map(self._find_by_shape, grams)
        for key in tables.lexicon.find_keys(word):
            found.append(tables.by_key.get(key, b""))
            for shape, bits in tables.by_form.get(key, ()):
                if not grams or any(has_grammemes(each, tables.shapes[shape]) for each in grams):
                    found.append(bits)
        if "-" in word[1:]:
            parts = list(filter(None, word.split("-")))
            if len(parts) > 2 and russian.is_analysable(word):
                found.append(tables.odd)
            for part in parts:
                found += self._find_bits(part)
        return found

    def _find_by_spelling(self, word: str) -> list[Bits]:
        first = word[0]
        sign = NUMBER if first.isdigit() else LATIN if first.isascii() and first.isalpha() else first
        found = _find_at_start(self.tables.by_beginning, word) + _find_at_end(self.tables.by_ending, word)
        found.append(self.tables.by_sign.get(sign, b""))
        return found

    def _find_by_shape(self, grams: frozenset[str]) -> Bits:
        """The bits that any word with these grammemes meets."""
        if grams not in self._shaped:
            tables = self.tables
            asked = (shape for gram in grams for shape in tables.by_shape.get(gram, ()))
            self._shaped[grams] = b"".join(bits for shape, bits in asked if has_grammemes(grams, tables.shapes[shape]))
        return self._shaped[grams]


def _has_between(places: Sequence[int], least: int, most: int) -> bool:
    """Whether one of these places, which are in order, is neither before the least nor behind the most."""
    at = bisect_left(places, least)
    return at < len(places) and places[at] <= most


def _find_at_start(affixes: Affixes, word: str) -> list[Bits]:
    lengths = affixes.lengths.get(word[:OUTER]) or affixes.lengths[""]
    return [bits for length in lengths if (bits := affixes.bits[length].get(word[:length]))]


def _find_at_end(affixes: Affixes, word: str) -> list[Bits]:
    lengths = affixes.lengths.get(word[-OUTER:]) or affixes.lengths[""]
    return [bits for length in lengths if (bits := affixes.bits[length].get(word[len(word) - length :]))]


def pack_bits(bits: Iterable[int]) -> Bits:
    """The numbers of bits as a table keeps them."""
    return array(_BIT, sorted(bits)).tobytes()


def pack_distances(distances: Iterable[Distance]) -> Distances:
    """The distances of a phrase as the tables keep them."""
    return array(_DISTANCE, chain.from_iterable(distances)).tobytes()


def _unpack_distances(packed: Distances) -> Iterator[Distance]:
    numbers = iter(array(_DISTANCE, packed))
    return zip(numbers, numbers, numbers, numbers, strict=True)


def set_bits(bits: Collection[int]) -> int:
    """The number with these bits set."""
    octets = bytearray(max(bits, default=0) // 8 + 1)
    for bit in bits:
        octets[bit // 8] |= 1 << bit % 8
    return int.from_bytes(octets, "little")


def find_set_bits(mask: int) -> Iterator[int]:
    """The bits that are set, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
