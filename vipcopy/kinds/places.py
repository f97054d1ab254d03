"""Places in a text: where hits stand, and the kinds of region that touch each sentence."""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterator

from vipcopy.model import Prose


class Spans:
    """Where hits start and stop: a long text has them by the hundred thousand."""

    def __init__(self) -> None:
        self._starts = array("I")
        self._stops = array("I")

    def append(self, start: int, stop: int) -> None:
        """One more."""
        self._starts.append(start)
        self._stops.append(stop)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._starts, self._stops, strict=True)


def find_near(prose: Prose, kinds: Container[str]) -> Iterator[frozenset[str]]:
    """For each sentence in order those of the kinds whose regions it has a character of."""
    regions = sorted((region for region in prose.regions if region.kind in kinds), key=lambda region: region.start)
    opened = regions[:0]
    at = 0
    for sentence in prose.sentences:
        while at < len(regions) and regions[at].start < sentence.stop:
            opened.append(regions[at])
            at += 1
        opened = [region for region in opened if region.stop > sentence.start]
        yield frozenset([region.kind for region in opened] + [kind for kind in sentence.regions if kind in kinds])
