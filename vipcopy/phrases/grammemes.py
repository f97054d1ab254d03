"""What an atom asks of a reading."""

from __future__ import annotations

from vipcopy.records import NamedTuple


class Grammemes(NamedTuple):
    """Conditions on a reading: any of the alternatives, each a set to have and a set not to have."""

    alternatives: tuple[tuple[frozenset[str], frozenset[str]], ...]
    readings: str = ""  # any, best or all; empty: as the rule says


def has_grammemes(grams: frozenset[str], grammemes: Grammemes) -> bool:
    """Whether a reading with these grammemes meets one of the alternatives."""
    for wanted, barred in grammemes.alternatives:  # a generator takes twice as long and more, and most words are asked
        if not wanted <= grams:
            continue
        if barred.isdisjoint(grams):
            return True
    return False
