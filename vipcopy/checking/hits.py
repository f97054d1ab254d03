"""Raw hits to those that count: in a region where their rule may speak, one of those that overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from vipcopy.checking.hit_columns import HitColumns, sort_key
from vipcopy.hints import Protocol
from vipcopy.model import Hit, Prose, Region, Rule
from vipcopy.overlaps import UNRESTRICTED, Overlaps
from vipcopy.russian import count_typed
from vipcopy.texts import Text

_UNWRITTEN = frozenset({"placeholder", "template"})  # words that nobody has written; in a greeting, a name


class Spanned(Protocol):
    """What stands somewhere in a text: a hit, a token, a sentence."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def stop(self) -> int:
        """Where it stops."""


def find_in_place(hits: Iterable[Hit], rules: Mapping[str, Rule], prose: Prose) -> Iterator[Hit]:
    """The hits that stand where their rule may speak (`where`), in the order of the text."""
    regions = sorted(prose.regions, key=lambda region: region.start)
    sentences = iter(prose.sentences)
    sentence = next(sentences, None)
    opened: list[Region] = []
    at = 0
    for hit in HitColumns(hits).sort():
        while sentence and sentence.stop <= hit.start:
            sentence = next(sentences, None)
        while at < len(regions) and regions[at].start <= hit.start:
            opened.append(regions[at])
            at += 1
        opened = [region for region in opened if region.stop > hit.start]
        kinds = {region.kind for region in opened if region.stop >= hit.stop}
        if sentence and sentence.start <= hit.start and hit.stop <= sentence.stop:
            kinds |= sentence.regions
        if _may_stand(rules[hit.rule].where, kinds) and ("greeting" in kinds or not kinds & _UNWRITTEN):
            yield hit


def _may_stand(where: Sequence[str], kinds: set[str]) -> bool:
    if not where:
        return True
    wanted = [kind for kind in where if not kind.startswith("!")]
    barred = any(kind.startswith("!") and kind[1:] in kinds for kind in where)
    return not barred and (not wanted or any(kind in kinds for kind in wanted))


def settle(
    hits: Iterable[Hit], rules: Mapping[str, Rule], prose: Prose, overlaps: Overlaps = UNRESTRICTED
) -> Iterator[Hit]:
    """Of overlapping faults of one category the gravest stays, of equally grave ones the longest; of those on the
    same words that of the upper pack, however grave.

    A fault inside a wider one of another category stays only where the two may share words: «безупречный сервис»
    boasts once, whatever the boast is called.
    """
    for group in _find_groups(hits):
        upper = _leave_upper(group, rules)
        kept = _settle(
            upper, lambda hit: rules[hit.rule].category, lambda hit: rules[hit.rule].severity.rank, prose.text
        )
        yield from sorted(_leave_widest(kept, rules, overlaps), key=sort_key)


def _find_groups(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Hits in a row that overlap; what stands in one group has nothing to do with another."""
    group: list[Hit] = []
    reach = 0
    for hit in hits:
        if group and hit.start >= reach:
            yield group
            group = []
        group.append(hit)
        reach = max(reach, hit.stop)
    if group:
        yield group


def _leave_upper(hits: Sequence[Hit], rules: Mapping[str, Rule]) -> list[Hit]:
    """Hits without those whose very words a rule of a pack above finds in the same category."""
    if len({rules[hit.rule].layer for hit in hits}) < 2:
        return list(hits)
    layers: dict[tuple[int, int, str], int] = {}
    for hit in hits:
        words, layer = (hit.start, hit.stop, rules[hit.rule].category), rules[hit.rule].layer
        layers[words] = max(layer, layers.get(words, layer))
    told = (layers[hit.start, hit.stop, rules[hit.rule].category] for hit in hits)
    return [hit for hit, layer in zip(hits, told, strict=True) if rules[hit.rule].layer == layer]


def _leave_widest(hits: Sequence[Hit], rules: Mapping[str, Rule], overlaps: Overlaps) -> Iterator[Hit]:
    around: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.stop, -rules[each.rule].severity.rank)):
        around = [each for each in around if each.stop > hit.start]
        if all(_may_overlap(hit, each, rules, overlaps) for each in around if each.stop >= hit.stop):
            around.append(hit)
            yield hit


def _may_overlap(hit: Hit, other: Hit, rules: Mapping[str, Rule], overlaps: Overlaps) -> bool:
    """Whether a hit may stand inside another; only what phrases find can be a part of what they find."""
    inner, outer = rules[hit.rule], rules[other.rule]
    is_narrower = (hit.start, hit.stop) != (other.start, other.stop) and inner.kind == outer.kind == "phrase"
    return inner.category == outer.category or overlaps.allows(inner.category, outer.category, is_narrower=is_narrower)


def settle_proofs(hits: Iterable[Hit], faults: Iterable[Hit], rules: Mapping[str, Rule], prose: Prose) -> Iterator[Hit]:
    """Evidence counts once a place and guideline, the strongest of it, and never inside a fault."""
    inside = find_overlapped(hits, faults)
    free = (hit for hit, overlapped in zip(hits, inside, strict=True) if not overlapped)
    for group in _find_groups(free):
        yield from _settle(
            group, lambda hit: str(rules[hit.rule].guideline), lambda hit: rules[hit.rule].weight, prose.text
        )


def _settle(hits: Sequence[Hit], group: Callable[[Hit], str], rank: Callable[[Hit], int], text: Text) -> list[Hit]:
    kept: dict[str, list[tuple[tuple[int, int], Hit]]] = {}
    for hit in hits:
        rivals = kept.setdefault(group(hit), [])
        weighed = (rank(hit), _length(hit, text)), hit  # once: a sentence of a megabyte holds very many others
        if rivals and hit.start < rivals[-1][1].stop:
            rivals[-1] = max(rivals[-1], weighed, key=itemgetter(0))
        else:
            rivals.append(weighed)
    return sorted((hit for each in kept.values() for _, hit in each), key=sort_key)


def _length(hit: Hit, text: Text) -> int:
    """Characters, the same however the text is wrapped and hyphenated."""
    return count_typed(text[hit.start : hit.stop])


def find_overlapped(hits: Iterable[Spanned], others: Iterable[Hit]) -> Iterator[bool]:
    """For each hit or other stretch, both in order of start, whether any of the others overlaps it."""
    ahead = iter(others)
    other = next(ahead, None)
    reach = -1
    for hit in hits:
        while other and other.start < hit.stop:
            reach = max(reach, other.stop)
            other = next(ahead, None)
        yield reach > hit.start
