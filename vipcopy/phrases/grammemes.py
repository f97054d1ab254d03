"""What an atom asks of a reading."""

from __future__ import annotations

from vipcopy.records import NamedTuple

Alternatives = tuple[tuple[frozenset[str], frozenset[str]], ...]  # of each the grammemes to have and those not to


class Grammemes(NamedTuple):
    """Conditions on a reading, any of which will do."""

    alternatives: Alternatives
    readings: str = ""  # any, best or all; empty: as the rule says


def has_grammemes(grams: frozenset[str], alternatives: Alternatives) -> bool:
    """Whether a reading with these grammemes meets one of the alternatives."""
    for wanted, barred in alternatives:  # a generator takes twice as long and more, and most words are asked
        if not wanted <= grams:
            continue
        if barred.isdisjoint(grams):
            return True
    return False
