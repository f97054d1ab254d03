"""Waivers in the comments of HTML: where a format has no comments, they are no part of the letter either."""

from __future__ import annotations

from vipcopy.patterns import compile_later

CALL = r"\s*vipcopy(?:\s*:|(?=\s+(?:ignore|off|on)\b))"  # the colon may be forgotten
LONGEST = 500  # characters of a comment

_NOTE = rf"<!--{CALL}(?s:.{{0,{LONGEST}}}?)-->"
# Those that have a line for themselves go with its end, or an empty line would part two paragraphs.
NOTES = compile_later(
    rf"(?:\A|(?<=[\r\n]))[ \t]*+(?:{_NOTE}[ \t]*+)+(?:\r\n|\r|\n|\Z)|(?<![ \t])[ \t]*+{_NOTE}",
)
