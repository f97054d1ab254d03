"""Packs above rules that are compiled already: what they add and change, compiled and kept by itself.

What a phrase finds does not depend on other phrases: those of a house are a finder of their own beside ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from vipcopy.checking.checker import CoreChecker
from vipcopy.kinds import Finder
from vipcopy.kinds.phrase_finder import PhraseFinder
from vipcopy.lazy import Overlaid
from vipcopy.records import NamedTuple


class Extension(NamedTuple):
    """What packs add to the rules below them, and what they take away."""

    below: str  # the key under which the rules below are kept
    core: CoreChecker  # with those rules only that are not below, or not so
    names: tuple[str, ...]  # of all rules, in order
    silenced: frozenset[str]  # rules whose phrases below are not those of the packs


def join(below: CoreChecker, extension: Extension) -> CoreChecker:
    """The rules below with those above, as if all had been compiled together."""
    core, names = extension.core, extension.names
    phrases = (finder for finder in below.finders if isinstance(finder, PhraseFinder))
    heard = (each for finder in phrases for each in _narrow(finder, extension.silenced))
    return core._replace(
        bare=Overlaid(names, core.bare, below.bare),
        wordings=Overlaid(names, core.wordings, below.wordings),
        finders=(*heard, *core.finders),
        readings=below.readings,
    )


def _narrow(finder: PhraseFinder, silenced: frozenset[str]) -> Iterator[Finder]:
    """The finder without silenced rules; nothing where no other is left."""
    if not silenced:
        yield finder
    elif not silenced.issuperset(finder.rules):
        yield finder.silence(silenced)
