"""The dictionary's own tables, read without its analyser: what it has is found in a tenth of the time.

The format is version 2.4 of pymorphy's dictionaries, https://pymorphy2.readthedocs.io/en/stable/internals/dict.html:
a word leads to pairs of a paradigm and a form; a paradigm holds the numbers of its forms' suffixes, then of their tags,
then of their prefixes; the first form is the lemma.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate

import pymorphy3_dicts_ru
from pymorphy3_dicts_ru import get_path

from vipcopy.bounded_cache import BoundedCache
from vipcopy.hints import Any
from vipcopy.model import Reading
from vipcopy.records import NamedTuple
from vipcopy.russian.dawg import IntDawg, RecordDawg, Slot
from vipcopy.storage.data_files import read_beside

_FORMAT = "2.4"
_FORMS = 8_192  # that are remembered: frequent ones are the forms of many words
_ONE = b"\1\0"  # as the files have it
_WIDER_CASES = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}


class Form(NamedTuple):
    """A form of a paradigm: how to come from the word to its lemma, and what it is."""

    prefix: int  # letters to take off in front
    suffix: int  # and behind
    lemma: tuple[str, str]  # what to put there instead
    tag: str
    grams: frozenset[str]

    def find_lemma(self, word: str) -> str:
        """The lemma of a word of this form."""
        return self.lemma[0] + word[self.prefix : len(word) - self.suffix] + self.lemma[1]


class Entry(NamedTuple):
    """What the dictionary has for a word."""

    word: str  # with its «ё»
    slot: Slot
    form: Form

    def build_reading(self) -> Reading:
        """The entry as a reading."""
        form, word = self.form, self.word
        lemma = form.lemma[0] + word[form.prefix : len(word) - form.suffix] + form.lemma[1]
        return Reading(lemma.replace("ё", "е"), form.grams)


class _Paradigms:
    """The paradigms of the file: their count, then of each its length and its numbers. One is cut when asked for."""

    __slots__ = ("_numbers", "_starts")

    def __init__(self, data: bytes) -> None:
        self._numbers = numbers = array("H", data)
        if array("H", _ONE)[0] != 1:  # a machine that writes the big end first
            numbers.byteswap()
        starts = accumulate(range(numbers[0] - 1), lambda at, _: at + 1 + numbers[at], initial=1)
        self._starts = array("I", starts)

    def __getitem__(self, number: int) -> array[int]:
        start = self._starts[number]
        return self._numbers[start + 1 : start + 1 + self._numbers[start]]

    def __iter__(self) -> Iterator[array[int]]:
        return map(self.__getitem__, range(len(self._starts)))


class _Suffixes:
    """The endings of the file, one on each line of it. One is read when asked for."""

    __slots__ = ("_lines",)

    def __init__(self, data: bytes) -> None:
        self._lines = data.split(b"\n")[1:-1]  # in brackets

    def __getitem__(self, number: int) -> str:
        return self._lines[number].strip(b' ",').decode()  # no ending has a sign that JSON would write otherwise

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self._lines)))


class Tables(NamedTuple):
    """What the dictionary's files hold, as far as it is asked of a word that it has."""

    words: RecordDawg
    chances: IntDawg  # of «word:tag», in millionths
    paradigms: _Paradigms
    suffixes: _Suffixes
    prefixes: Sequence[str]
    tags: Sequence[str]
    forms: BoundedCache[Slot, Form]  # those that have been asked for
    meta: Mapping[str, Any]

    def find_form(self, slot: Slot) -> Form:
        """What the dictionary has at this place."""
        known = self.forms.get(slot)
        if known is None:
            known = self.forms.keep(slot, self._build_form(*slot))
        return known

    def _build_form(self, number: int, at: int) -> Form:
        paradigm = self.paradigms[number]
        count = len(paradigm) // 3
        tag = paradigm[count + at]
        lemma = self.prefixes[paradigm[2 * count]], self.suffixes[paradigm[0]]
        prefix, suffix = self.prefixes[paradigm[2 * count + at]], self.suffixes[paradigm[at]]
        return Form(len(prefix), len(suffix), lemma, self.tags[tag], find_grams_of(tag))

    def find_forms(self, entry: Entry) -> Iterator[str]:
        """Every form of the paradigm that the entry's word belongs to."""
        paradigm = self.paradigms[entry.slot[0]]
        count = len(paradigm) // 3
        stem = entry.word[entry.form.prefix : len(entry.word) - entry.form.suffix]
        for suffix, prefix in zip(paradigm[:count], paradigm[2 * count :], strict=True):
            yield self.prefixes[prefix] + stem + self.suffixes[suffix]


def find_entries(norm: str) -> list[Entry]:
    """What the dictionary has for a word in lower case, the likeliest first; nothing where it is new."""
    tables = load_tables()
    forms, find_form = tables.forms, tables.find_form
    found = tables.words.similar_items(norm)
    entries = [Entry(word, slot, forms.get(slot) or find_form(slot)) for word, slots in found for slot in slots]
    if len(entries) > 1:
        find_chance = tables.chances.get
        chances = [find_chance(f"{norm}:{entry.form.tag}", 0) for entry in entries]
        if any(chances):
            order = sorted(range(len(entries)), key=chances.__getitem__, reverse=True)
            return [entries[at] for at in order]
    return entries


def find_lexeme(entry: Entry) -> frozenset[str]:
    """The norms of all forms of the word that the entry is a form of."""
    return frozenset(map(fold, load_tables().find_forms(entry)))


def find_tags(entry: Entry) -> Iterator[frozenset[str]]:
    """The grammemes of all forms of the word that the entry is a form of."""
    paradigm = load_tables().paradigms[entry.slot[0]]
    count = len(paradigm) // 3
    return map(find_grams_of, paradigm[count : 2 * count])


@cache
def find_paradigms() -> tuple[tuple[tuple[str, frozenset[str]], ...], ...]:
    """Every paradigm of the dictionary as the endings and grammemes of its forms; the first form is the lemma."""
    tables = load_tables()
    endings = list(map(fold, tables.suffixes))
    return tuple(
        tuple(
            (endings[suffix], find_grams_of(tag))
            for suffix, tag in zip(each[: len(each) // 3], each[len(each) // 3 : 2 * len(each) // 3], strict=True)
        )
        for each in tables.paradigms
    )


@cache
def find_grams_of(tag: int) -> frozenset[str]:
    """The grammemes of a tag, with the wider cases that its rare ones belong to."""
    return widen(frozenset(load_tables().tags[tag].replace(" ", ",", 1).split(",")))


def widen(grams: frozenset[str]) -> frozenset[str]:
    """The grammemes with the wider cases that rare ones belong to: «чашка чаю» is a genitive too."""
    return grams | {_WIDER_CASES[gram] for gram in grams if gram in _WIDER_CASES}


def fold(word: str) -> str:
    """The word in lower case, «ё» written as «е»."""
    return word.lower().replace("ё", "е")


@cache
def load_tables() -> Tables:
    """The tables, read at the first call."""
    meta = dict(read_json("meta.json"))
    if meta["format_version"] != _FORMAT:
        raise RuntimeError(f"the dictionary has format {meta['format_version']}, we know {_FORMAT}")
    return Tables(
        RecordDawg(f"{get_path()}/words.dawg"),
        IntDawg(f"{get_path()}/p_t_given_w.intdawg"),
        _Paradigms(_get("paradigms.array")),
        _Suffixes(_get("suffixes.json")),
        meta["compile_options"]["paradigm_prefixes"],
        read_json("gramtab-opencorpora-int.json"),
        BoundedCache(_FORMS),
        meta,
    )


def read_json(name: str) -> Any:  # whatever the file of the dictionary holds
    """What a file of the dictionary holds."""
    return json.loads(_get(name))


def _get(name: str) -> bytes:
    return read_beside(pymorphy3_dicts_ru.__file__, f"data/{name}")
