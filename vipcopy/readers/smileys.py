"""Smileys that Office writes as letters of a font of signs: «:)» becomes «J» in Wingdings."""

from __future__ import annotations

_SMILEYS = {"J": "☺", "K": "😐", "L": "☹"}
_FONT = "wingdings"


def is_font_of_signs(name: str) -> bool:
    """Whether the letters of the font, or of the first of several, are signs to a reader."""
    return name.strip(" \t\r\n\"'").lower().startswith(_FONT)


def read_smiley(letters: str) -> str:
    """What a run of letters in such a font shows where that is a smiley, its blank space kept; else nothing.

    >>> read_smiley("J"), read_smiley("à")
    ('☺', '')
    """
    letter = letters.strip()
    return letters.replace(letter, _SMILEYS[letter]) if letter in _SMILEYS else ""
