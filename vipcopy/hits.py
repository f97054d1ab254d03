"""Raw hits to those that count: in a region where their rule may speak, one of those that overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from vipcopy.model import Hit, Prose, Region, Rule
from vipcopy.russian import FILLER
from vipcopy.sharing import FREE, Sharing

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
    ordered = sorted(hits, key=lambda hit: (hit.start, hit.stop, hit.rule))
    for hit, kinds in zip(ordered, _kinds_around(ordered, prose), strict=True):
        if _may_stand(rules[hit.rule].where, kinds) and ("greeting" in kinds or not kinds & _UNWRITTEN):
            yield hit


def _kinds_around(hits: Sequence[Hit], prose: Prose) -> Iterator[set[str]]:
    """For each hit the kinds of region that hold all of it."""
    regions = sorted(prose.regions, key=lambda region: region.start)
    sentences = iter(prose.sentences)
    sentence = next(sentences, None)
    opened: list[Region] = []
    at = 0
    for hit in hits:
        while sentence and sentence.stop <= hit.start:
            sentence = next(sentences, None)
        while at < len(regions) and regions[at].start <= hit.start:
            opened.append(regions[at])
            at += 1
        opened = [region for region in opened if region.stop > hit.start]
        kinds = {region.kind for region in opened if region.stop >= hit.stop}
        is_whole = sentence is not None and sentence.start <= hit.start and hit.stop <= sentence.stop
        yield kinds | sentence.regions if sentence and is_whole else kinds


def _may_stand(where: Sequence[str], kinds: set[str]) -> bool:
    if not where:
        return True
    wanted = [kind for kind in where if not kind.startswith("!")]
    barred = any(kind.startswith("!") and kind[1:] in kinds for kind in where)
    return not barred and (not wanted or any(kind in kinds for kind in wanted))


def settle(hits: Sequence[Hit], rules: Mapping[str, Rule], prose: Prose, sharing: Sharing = FREE) -> list[Hit]:
    """Of overlapping faults of one category the gravest stays, of equally grave ones the longest.

    A fault inside a wider one of another category stays only where the two may share words: «безупречный сервис»
    boasts once, whatever the boast is called.
    """
    kept = _settle(hits, lambda hit: rules[hit.rule].category, lambda hit: rules[hit.rule].severity.rank, prose.text)
    return sorted(_leave_widest(kept, rules, sharing), key=lambda hit: (hit.start, hit.stop, hit.rule))


def _leave_widest(hits: Sequence[Hit], rules: Mapping[str, Rule], sharing: Sharing) -> Iterator[Hit]:
    around: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.stop, -rules[each.rule].severity.rank)):
        around = [each for each in around if each.stop > hit.start]
        if all(_may_share(hit, each, rules, sharing) for each in around if each.stop >= hit.stop):
            around.append(hit)
            yield hit


def _may_share(hit: Hit, other: Hit, rules: Mapping[str, Rule], sharing: Sharing) -> bool:
    """Whether a hit may stand inside another; only what phrases find can be a part of what they find."""
    inner, outer = rules[hit.rule], rules[other.rule]
    is_narrower = (hit.start, hit.stop) != (other.start, other.stop) and inner.kind == outer.kind == "phrase"
    return inner.category == outer.category or sharing.allows(inner.category, outer.category, is_narrower=is_narrower)


def settle_proofs(hits: Sequence[Hit], faults: Sequence[Hit], rules: Mapping[str, Rule], prose: Prose) -> list[Hit]:
    """Evidence counts once a place and guideline, the strongest of it, and never inside a fault."""
    inside = find_overlapped(hits, faults)
    free = [hit for hit, overlapped in zip(hits, inside, strict=True) if not overlapped]
    return _settle(free, lambda hit: str(rules[hit.rule].guideline), lambda hit: rules[hit.rule].weight, prose.text)


def _settle(hits: Sequence[Hit], group: Callable[[Hit], str], rank: Callable[[Hit], int], text: str) -> list[Hit]:
    kept: dict[str, list[Hit]] = {}
    for hit in hits:
        rivals = kept.setdefault(group(hit), [])
        if rivals and hit.start < rivals[-1].stop:
            rivals[-1] = max(rivals[-1], hit, key=lambda each: (rank(each), _length(each, text)))
        else:
            rivals.append(hit)
    return sorted((hit for each in kept.values() for hit in each), key=lambda hit: (hit.start, hit.stop, hit.rule))


def _length(hit: Hit, text: str) -> int:
    """Characters, the same however the text is wrapped."""
    return hit.stop - hit.start - text.count(FILLER, hit.start, hit.stop)


def find_overlapped(hits: Iterable[Spanned], others: Sequence[Hit]) -> Iterator[bool]:
    """For each hit or other stretch, both in order of start, whether any of the others overlaps it."""
    at, reach = 0, -1
    for hit in hits:
        while at < len(others) and others[at].start < hit.stop:
            reach = max(reach, others[at].stop)
            at += 1
        yield reach > hit.start
