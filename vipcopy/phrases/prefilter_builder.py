"""The tables of the prefilter, filled phrase by phrase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from vipcopy.phrases.anchors import SETS, Anchor
from vipcopy.phrases.branches import Branch
from vipcopy.phrases.emission import count_words
from vipcopy.phrases.grammemes import Grammemes
from vipcopy.phrases.lexicon import Lexicon
from vipcopy.phrases.prefilter import (
    FRONT,
    LATIN,
    NUMBER,
    OUTER,
    Affixes,
    Bits,
    Distance,
    Distances,
    Prefilter,
    PrefilterTables,
    Shapes,
    pack_bits,
    pack_distances,
    set_bits,
)
from vipcopy.phrases.syntax import Edge
from vipcopy.phrases.words import WordTest
from vipcopy.russian.endings import find_endings, find_endings_of

_ANY_WORD = frozenset({"слово", "Заглавная", "ПРОПИСНЫЕ", "инициал", "знак", "эмодзи"})  # classes that tell too little
_NUMBERS = {"цифры": NUMBER, "тысячи": NUMBER, "минус": "—", "латиница": LATIN}
_DASHES = "-—–"
_DOTS = ".…"
_END = slice(-OUTER, None)
_SIGNS = frozenset({"sign", "class"})

AnchorSets = Sequence[tuple[Anchor, ...]]


def build_prefilter_tables(branches: Sequence[Branch], sets: Sequence[AnchorSets], lexicon: Lexicon) -> PrefilterTables:
    """The tables of these phrases, numbered in order; `sets` are each one's selective words, the rarest first."""
    builder = _Builder(len(branches))
    for number, (branch, mine) in enumerate(zip(branches, sets, strict=True)):
        builder.enter(number, branch, mine)
    return builder.build(lexicon)


def keep_words(tables: PrefilterTables, words: Sequence[str]) -> PrefilterTables:
    """The tables with all bits of these words: a start tells by one look-up what it would tell by ten."""
    met = Prefilter(tables).find_bits(words)
    return tables._replace(by_word={word: pack_bits(bits) for word, bits in zip(words, met, strict=True)})


def keep_selective(sets: AnchorSets) -> AnchorSets:
    """The sets of words that not every sentence meets; what wakes a phrase is the first of these."""
    return [anchors for anchors in sets if all(_is_selective(each.test) for each in anchors)]


def _is_selective(test: WordTest) -> bool:
    """Whether only some words can meet the test."""
    if test.kind == "class":
        return test.text not in _ANY_WORD
    return test.kind != "any" or (test.grammemes is not None and "" not in _endings_of(test.grammemes))


def _endings_of(grammemes: Grammemes) -> frozenset[str]:
    found = frozenset[str]().union(*(find_endings(wanted, barred) for wanted, barred in grammemes.alternatives))
    is_latin = any(not wanted or "LATN" in wanted for wanted, _ in grammemes.alternatives)
    return found | {""} if is_latin else found


class _Builder:
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
        self.distances: list[Distances] = []
        self.alike: dict[Distances, Distances] = {}  # equal ones are kept once, and read once

    def enter(self, number: int, branch: Branch, sets: AnchorSets) -> None:
        distances = pack_distances(_find_distances(sets[:SETS]))
        self.distances.append(self.alike.setdefault(distances, distances))
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
            yield from ((self.prefixes, beginning) for beginning in test.beginnings)
        elif test.kind == "suffix":
            endings = find_endings_of(test.text) | {test.text}
            yield from ((self.endings, ending) for ending in endings)
        else:
            sign = _NUMBERS[test.text] if test.kind == "class" else test.text[:1]
            alike = next((each for each in (_DASHES, _DOTS) if sign in each), sign)
            yield from ((self.signs, each) for each in alike)

    def build(self, lexicon: Lexicon) -> PrefilterTables:
        guesses: dict[str, set[int]] = {}
        for shape, bits in self.shapes.items():
            for ending in _endings_of(shape):
                guesses.setdefault(ending, set()).update(bits)
        shapes: dict[Grammemes, int] = {}
        by_form = {key: _list(found, shapes) for key, found in self.forms.items()}
        by_shape = {gram: _list(found, shapes) for gram, found in _split(self.shapes).items()}
        return PrefilterTables(
            self.size,
            set_bits(self.free),
            set_bits(self.front),
            lexicon,
            tuple(shape.alternatives for shape in shapes),
            by_word={},
            by_key=_pack(self.keys),
            by_form=by_form,
            by_beginning=_build_affixes(self.prefixes, slice(OUTER)),
            by_ending=_build_affixes(self.endings, _END),
            by_sign=_pack(self.signs),
            by_shape=by_shape,
            by_guess=_build_affixes(guesses, _END),
            odd=pack_bits(set().union(*self.shapes.values())),
            distances=tuple(self.distances),
            spread=set_bits([number for number, distances in enumerate(self.distances) if distances]),
        )


def _find_distances(sets: AnchorSets) -> Iterator[Distance]:
    """How far from one another the words of each two sets stand; nothing where one of them may be a mark."""
    counted = [(level, each) for level, each in enumerate(sets) if all(_is_counted(anchor.test) for anchor in each)]
    for (level, ones), (other, others) in combinations(counted, 2):
        least = min(two.words[0] - one.words[1] for one in ones for two in others)
        most = max(two.words[1] - one.words[0] for one in ones for two in others)
        yield level, other, least, most


def _is_counted(test: WordTest) -> bool:
    """Whether a word that meets the test stands among the words of a sentence."""
    return count_words(test) == (1, 1)


def _pack(table: Mapping[str, set[int]]) -> dict[str, Bits]:
    return {entry: pack_bits(bits) for entry, bits in table.items()}


def _build_affixes(table: Mapping[str, set[int]], outer: slice) -> Affixes:
    """The affixes by their lengths, and these by the outer letters of a word; a short one may be in any word."""
    short = {len(affix) for affix in table if len(affix) < OUTER}
    lengths: dict[str, set[int]] = {"": short}
    for affix in table:
        if len(affix) >= OUTER:
            lengths.setdefault(affix[outer], set(short)).add(len(affix))
    by_length = {
        length: _pack({affix: bits for affix, bits in table.items() if len(affix) == length})
        for length in sorted(set(map(len, table)))
    }
    return Affixes(by_length, {outermost: tuple(sorted(found)) for outermost, found in lengths.items()})


def _list(found: Mapping[Grammemes, set[int]], shapes: dict[Grammemes, int]) -> Shapes:
    """What was found by the numbers of the shapes; new ones are numbered."""
    return tuple((shapes.setdefault(shape, len(shapes)), pack_bits(bits)) for shape, bits in found.items())


def _split(shapes: Mapping[Grammemes, set[int]]) -> dict[str, dict[Grammemes, set[int]]]:
    """The shapes by the grammeme of each alternative that the fewest of them ask for."""
    single = [(pair, bits) for shape, bits in shapes.items() for pair in shape.alternatives]
    counts = Counter(gram for (wanted, _), _ in single for gram in wanted)
    split: dict[str, dict[Grammemes, set[int]]] = {}
    for (wanted, barred), bits in single:
        gram = min(wanted, key=lambda each: (counts[each], each))
        split.setdefault(gram, {}).setdefault(Grammemes(((wanted, barred),)), set()).update(bits)
    return split
