"""What a phrase means, told in the simplest way: lists are put in, what groups hand to their words is handed.

This is the tree that the parser makes with nothing merged, melted or left out; `plain_matcher` looks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations
from typing import NamedTuple

from vipcopy import russian
from vipcopy.model import Source
from vipcopy.phrases.grammemes import Grammemes
from vipcopy.phrases.parser import parse_phrase
from vipcopy.phrases.syntax import AnyOrder, Atom, Choice, Item, Mark, Named, Series
from vipcopy.phrases.vocabulary import forms_of, grams_of, lemma_of
from vipcopy.phrases.words import CLASSES
from vipcopy.russian import endings

Lists = Mapping[str, tuple[Source, ...]]
Agreement = tuple[str, str, str]  # case, number, gender («» in the plural)

_NOTHING = Series(())
_CASES = {case: case for case in ("nomn", "gent", "datv", "accs", "ablt", "loct", "voct")} | {
    "gen1": "gent",
    "gen2": "gent",
    "acc2": "accs",
    "loc1": "loct",
    "loc2": "loct",
}
_GENDERS = frozenset({"masc", "femn", "neut"})


class Handed(NamedTuple):
    """What a group or a list hands to its words."""

    grammemes: Grammemes | None
    agrees: str


class Word(NamedTuple):
    """A word that a phrase names: its forms, and the lemma that a reading must come from, if any."""

    key: str
    forms: frozenset[str]
    lemma: str


@dataclass(frozen=True, slots=True)
class NoneOf:
    """One word that is none of these."""

    words: Choice
    agrees: str


class PlainReader:
    """Reads the phrases of packs with these lists."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._known: dict[object, Choice | NoneOf] = {}

    def read(self, source: Source) -> Series:
        """The phrase with its lists put in."""
        return self._series(parse_phrase(source))

    def read_list(self, name: str) -> list[Series]:
        """The items of a list; none where no pack has it."""
        return list(map(self.read, self._lists.get(name, ())))

    def open_guards(self, sources: Iterable[Source]) -> Iterator[Source]:
        """Guards; one that is a bare `@list` stands for those of the list."""
        for source in sources:
            listed = self._lists.get(source.text[1:]) if source.text.startswith("@") else None
            yield from self.open_guards(listed) if listed else (source,)

    def _series(self, written: Series) -> Series:
        return Series(tuple(map(self._item, written.items)))

    def _item(self, item: Item) -> Item | NoneOf:
        if isinstance(item, Named):
            return self._list(item.name, item)
        if isinstance(item, Atom) and item.test == "class" and item.text not in CLASSES:
            return self._list(f"{{{item.text}}}", item)
        if isinstance(item, Choice):
            ways = [hand_down(self._series(branch), Handed(item.grammemes, item.agrees)) for branch in item.branches]
            return build_choice((*ways, _NOTHING) if item.optional else ways)
        if isinstance(item, AnyOrder):
            gap = (item.gap,) if item.gap.words or item.gap.punctuation else ()
            return build_choice(_join(order, gap) for order in permutations(map(self._series, item.members)))
        return Mark(self._series(item.content)) if isinstance(item, Mark) and item.content else item

    def _list(self, name: str, item: Named | Atom) -> Choice | NoneOf:
        key = name, item.grammemes, item.agrees, item.negated
        if key not in self._known:
            handed = Handed(item.grammemes, item.agrees)
            words = build_choice(hand_down(phrase, handed) for phrase in self.read_list(name))
            self._known[key] = NoneOf(words, item.agrees) if item.negated else words
        return self._known[key]


def build_choice(ways: Iterable[Series | None]) -> Choice:
    """The choice of these in the order in which they are tried: words, then all that is longer, then nothing."""
    return Choice(tuple(sorted(_flatten(ways), key=_tell_rank)), at=0)


def _flatten(ways: Iterable[Series | None]) -> Iterator[Series]:
    for way in ways:
        if way and len(way.items) == 1 and isinstance(way.items[0], Choice):
            yield from _flatten(way.items[0].branches)
        elif way:
            yield way


def _tell_rank(way: Series) -> int:
    if way == _NOTHING:
        return 2
    first = way.items[0]
    is_word = isinstance(first, Atom) and first.test in ("lemma", "form") and not first.negated
    return 0 if is_word and len(way.items) == 1 else 1


def _join(order: Iterable[Series], gap: tuple[Item, ...]) -> Series:
    first, *others = order
    return Series((*first.items, *(item for series in others for item in (*gap, *series.items))))


def hand_down(series: Series, handed: Handed) -> Series | None:
    """The series with the grammemes and the «~» of its group on the first word that can have them, if one can."""
    if handed == (None, ""):
        return series
    for at, item in enumerate(series.items):
        mine = _hand(item, handed)
        if mine:
            return Series((*series.items[:at], mine, *series.items[at + 1 :]))
    return None


def _hand(item: Item, handed: Handed) -> Item | None:
    if isinstance(item, Choice):
        kept = [way for branch in item.branches if branch != _NOTHING and (way := hand_down(branch, handed))]
        return replace(item, branches=(*kept, *(way for way in item.branches if way == _NOTHING))) if kept else None
    if not isinstance(item, Atom) or item.negated or item.test == "sign":
        return None
    atom = replace(item, grammemes=_both(item.grammemes, handed.grammemes), agrees=handed.agrees or item.agrees)
    return atom if _has_forms(atom) else None


def _both(one: Grammemes | None, other: Grammemes | None) -> Grammemes | None:
    if not one or not other:
        return one or other
    pairs = [(a, b) for a in one.alternatives for b in other.alternatives]
    return Grammemes(tuple((a[0] | b[0], a[1] | b[1]) for a, b in pairs), other.readings or one.readings)


def _has_forms(atom: Atom) -> bool:
    """Whether the word has a form like this, any word of the language where none is named."""
    if atom.test in ("lemma", "form"):
        forms = grams_of(find_word(atom.test, atom.text).key)
        return any(has_grammemes(grams, atom.grammemes) and (not atom.agrees or _find_cases(grams)) for grams in forms)
    wanted = atom.grammemes.alternatives if atom.grammemes else ()
    return not wanted or any(have & {"LATN", "Init"} or endings.has_words(have, barred) for have, barred in wanted)


@cache
def find_word(test: str, text: str) -> Word:
    """The word that an atom names by its lemma or by one form; a word in other letters has that form only."""
    folded = russian.norm(text)
    key = folded if test == "lemma" and any("а" <= letter <= "я" for letter in folded) else f"={folded}"
    return Word(key, forms_of(key), lemma_of(key) if test == "lemma" else "")


def has_grammemes(grams: frozenset[str], grammemes: Grammemes | None) -> bool:
    """Whether a reading has what is asked for; whatever it has where nothing is."""
    return not grammemes or any(have <= grams and not barred & grams for have, barred in grammemes.alternatives)


def find_agreements(grams: frozenset[str]) -> set[Agreement]:
    """Each case, number and gender that a reading is in."""
    if "plur" in grams:
        return {(case, "plur", "") for case in _find_cases(grams)}
    return {(case, "sing", gender) for case in _find_cases(grams) for gender in grams & _GENDERS}


def _find_cases(grams: frozenset[str]) -> set[str]:
    return {_CASES[gram] for gram in grams & _CASES.keys()}
