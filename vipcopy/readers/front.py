"""Front matter with settings of ours at the top of a text: no part of the letter."""

from __future__ import annotations

import re

from vipcopy.patterns import compile_later

_FRONT = compile_later(
    r"""
    \ufeff? ---[ \t]* (?:\r\n|\r|\n)
    (?P<yaml> .{0,20000}? (?<=[\r\n]) )
    (?:---|\.\.\.)[ \t]* (?: \r\n|\r|\n|\Z )
    """,
    re.VERBOSE | re.DOTALL,
)
_OURS = compile_later(r"(?:\A|(?<=[\r\n]))vipcopy[ \t]*:")


def find_front(text: str) -> re.Match[str] | None:
    """The front matter, its group `yaml` what stands in it; None where nothing in it is for us.

    >>> find_front("---\\nvipcopy:\\n  ignore: caps\\n---\\nЧасы")["yaml"]
    'vipcopy:\\n  ignore: caps\\n'
    """
    front = _FRONT.match(text)
    return front if front and _OURS.search(front["yaml"]) else None
