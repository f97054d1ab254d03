"""What stands in a run of Word and is no text: a reader sees a sign, or a gap between words."""

from __future__ import annotations

from vipcopy.readers.office import Event
from vipcopy.readers.paragraphs import LINE_BREAK

WHOLE = frozenset(
    {"mc:AlternateContent", "w:drawing", "w:object", "w:sym", "m:oMath"}
)  # no mark of a comment may stand inside these

GAP = " "

_SIGNS = {
    "w:br": LINE_BREAK,
    "w:cr": LINE_BREAK,
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
    "wp:inline": GAP,  # a picture in the line parts words; one at «wp:anchor» stands beside it
    "w:object": GAP,
    "w:sym": GAP,
    "m:oMath": GAP,
}
_SMILEYS = {"F04A": "☺", "F04B": "😐", "F04C": "☹"}  # Word turns «:)» into a letter of Wingdings


def read_sign(event: Event) -> str:
    """What a tag that starts stands for; empty for one that is no sign."""
    sign = _SIGNS.get(event.tag, "")
    return _SMILEYS.get(event.attributes.get("char", "").upper(), sign) if event.tag == "w:sym" else sign
