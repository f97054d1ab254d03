"""What a template will fill in or leave out, hidden from those who read words: every offset stays."""

from __future__ import annotations

from collections.abc import Sequence

from vipcopy.model import Region

NAME_LETTER = "ꙮ"  # no text has it; a slot for a name becomes a word of as many characters
_SLOT_LETTER = "ꙭ"  # a word too, but nobody's name
_NOTHING = "\u2060"  # joins what stands around it: «Уважаем{% if he %}ый»


def hide_slots(text: str, regions: Sequence[Region]) -> str:
    """The text with slots as words that no rule knows, and statements as nothing or as spaces."""
    names = {region.start for region in regions if region.kind == "name"}
    cut: list[str] = []
    at = 0
    for region in regions:
        if region.start < at or region.kind not in ("placeholder", "template"):
            continue
        cut += (text[at : region.start], _filler(text, region, names) * (region.stop - region.start))
        at = region.stop
    return "".join((*cut, text[at:])) if cut else text


def _filler(text: str, region: Region, names: set[int]) -> str:
    if region.kind == "placeholder":
        return NAME_LETTER if region.start in names else _SLOT_LETTER
    before, after = text[max(0, region.start - 1) : region.start], text[region.stop : region.stop + 1]
    return _NOTHING if before.isalpha() and after.isalpha() else " "
