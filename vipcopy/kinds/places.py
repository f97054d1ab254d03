"""Where sentences stand: the kinds of region that touch each of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container

from vipcopy.model import Prose


def find_near(prose: Prose, kinds: Container[str]) -> list[set[str]]:
    """For each sentence those of the kinds whose regions it has a character of."""
    near: list[set[str]] = [set() for _ in prose.sentences]
    starts = [sentence.start for sentence in prose.sentences]
    stops = [sentence.stop for sentence in prose.sentences]
    for region in prose.regions:
        if region.kind in kinds:
            first = bisect_left(stops, region.start + 1)
            for at in range(first, bisect_left(starts, region.stop)):
                near[at].add(region.kind)
    for at, sentence in enumerate(prose.sentences):
        near[at] |= {kind for kind in sentence.regions if kind in kinds}
    return near
