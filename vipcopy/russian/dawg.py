"""The word graphs (DAWG) of the dictionary, walked in place: what the library in Python finds, in half of the time.

A file is a count and so many units of 32 bits: where a unit's children are, whether a key ends at it, the octet that
leads to it; a child stands where the octet, «xor»-ed with that offset, points. Behind it in a graph with values stand
two octets for each unit: its first child and its next sibling. https://github.com/pytries/DAWG-Python
"""

from __future__ import annotations

from binascii import a2b_base64
from collections.abc import Iterator
from struct import Struct

from vipcopy.bounded_cache import BoundedCache
from vipcopy.storage.mapped_file import map_file

Slot = tuple[int, ...]  # a paradigm and the number of a form in it; in front, of an ending, how many words have it

_COUNT = 4  # octets of the count in front
_ENDS, _IS_FAR = 1 << 8, 1 << 9  # bits of a unit
_OCTET = 0x800000FF  # what of a unit tells the octet; a value has the highest bit
_VALUE = 0x7FFFFFFF
_VALUES = b"\1"  # between a word and what it leads to
_SUBSTITUTE = "ё".encode()  # is often written as «е», never the other way round
_NOWHERE = -1
_PLACES = 8_192  # sets of them that are remembered


class _Dawg:
    """The units of a file."""

    def __init__(self, path: str) -> None:
        data = map_file(path)
        behind = _COUNT + 4 * int.from_bytes(data[:_COUNT], "little")
        self.units = data[_COUNT:behind].cast("I")
        self.guide = data[behind + _COUNT :]

    def follow(self, octets: bytes, at: int = 0) -> int:
        """Where these octets lead from a unit; below 0 where they lead nowhere."""
        units = self.units
        unit = units[at]
        for octet in octets:
            at ^= (unit >> 10 << ((unit & _IS_FAR) >> 6)) ^ octet
            unit = units[at]
            if unit & _OCTET != octet:
                return _NOWHERE
        return at


class IntDawg(_Dawg):
    """Words that lead to a number."""

    def get(self, word: str, default: int) -> int:
        """The number of a word."""
        at = self.follow(word.encode())
        unit = self.units[at] if at >= 0 else 0
        return self.units[at ^ _find_offset(unit)] & _VALUE if unit & _ENDS else default


class RecordDawg(_Dawg):
    """Words that lead to their places in paradigms. The methods are those that pymorphy3 asks of the library's."""

    value = Struct(">HH")

    def __init__(self, path: str) -> None:
        super().__init__(path)
        # by the unit that a word leads to: words declined alike lead to the same
        self._known: BoundedCache[int, tuple[Slot, ...]] = BoundedCache(_PLACES)

    def similar_items(self, word: str, _: object = None) -> list[tuple[str, list[Slot]]]:
        """A word and its places, then those of words that have «ё» where it has «е»."""
        return [(found, list(self._known.get(at) or self._read(at))) for found, at in self._find_similar(word, 0, 0)]

    def similar_item_values(self, word: str, _: object = None) -> list[list[Slot]]:
        """The places alone."""
        return [slots for _, slots in self.similar_items(word)]

    def _find_similar(self, word: str, first: int, at: int) -> list[tuple[str, int]]:
        """From the letter of that number on: the words and the units behind them."""
        others: list[tuple[str, int]] = []
        stop = word.find("е", first)
        while stop >= 0:
            at = self.follow(word[first:stop].encode(), at)
            if at < 0:
                return others
            other = self.follow(_SUBSTITUTE, at)
            if other >= 0:
                others += self._find_similar(f"{word[:stop]}ё{word[stop + 1 :]}", stop + 1, other)
            first, stop = stop, word.find("е", stop + 1)
        at = self.follow(word[first:].encode() + _VALUES, at)
        return [(word, at), *others] if at >= 0 else others

    def _read(self, at: int) -> tuple[Slot, ...]:
        return self._known.keep(at, tuple(self._find_slots(at)))

    def _find_slots(self, at: int) -> Iterator[Slot]:
        """The values behind a unit, in the order of the file."""
        units, guide = self.units, self.guide
        waiting = [(at, b"")]
        while waiting:
            at, octets = waiting.pop()
            unit = units[at]
            if unit & _ENDS:
                yield self.value.unpack(a2b_base64(octets))
            children: list[tuple[int, bytes]] = []
            base, octet = at ^ _find_offset(unit), guide[2 * at]
            while octet:
                child = base ^ octet
                children.append((child, octets + bytes((octet,))))
                octet = guide[2 * child + 1]
            waiting += reversed(children)


class SuffixDawg(RecordDawg):
    """Endings that lead to how many words have them, and to where in paradigms: new words are guessed by them."""

    value = Struct(">IHH")


def _find_offset(unit: int) -> int:
    return unit >> 10 << ((unit & _IS_FAR) >> 6)
