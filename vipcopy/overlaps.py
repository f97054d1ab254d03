"""Which categories of faults may be charged for the same words."""

from __future__ import annotations

from vipcopy.records import NamedTuple


class Overlaps(NamedTuple):
    """Sets of categories, as a pack names them."""

    rivals: tuple[frozenset[str], ...] = ()  # one fault under other names: only the widest finding stays
    companions: tuple[frozenset[str], ...] = ()  # two faults: one may stand inside the other; a lone one inside any

    def allows(self, inner: str, outer: str, *, is_narrower: bool) -> bool:
        """Whether a finding of one category may stand inside one of another. Without companions each may that is no
        rival; with them a narrower finding is taken for a part of the wider one."""
        if any({inner, outer} <= rivals for rivals in self.rivals):
            return False
        if not is_narrower or not self.companions:
            return True
        return any({inner, outer} <= each or each in ({inner}, {outer}) for each in self.companions)


UNRESTRICTED = Overlaps()  # where nothing is said of it
