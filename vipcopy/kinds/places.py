"""Where sentences stand: the kinds of region that touch each of them."""

from __future__ import annotations

from collections.abc import Container, Iterator

from vipcopy.model import Prose


def find_near(prose: Prose, kinds: Container[str]) -> Iterator[set[str]]:
    """For each sentence in order those of the kinds whose regions it has a character of."""
    regions = sorted((region for region in prose.regions if region.kind in kinds), key=lambda region: region.start)
    opened = regions[:0]
    at = 0
    for sentence in prose.sentences:
        while at < len(regions) and regions[at].start < sentence.stop:
            opened.append(regions[at])
            at += 1
        opened = [region for region in opened if region.stop > sentence.start]
        yield {region.kind for region in opened} | {kind for kind in sentence.regions if kind in kinds}
