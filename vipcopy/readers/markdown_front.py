"""Front matter of Markdown, in YAML or TOML: the values in it that a reader will see."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FRONT = re.compile(  # «+++» is that of TOML
    r"""
    (?P<fence> --- | \+\+\+ )[ \t]*\n
    (?P<yaml> (?: (?! (?:(?P=fence)|\.\.\.)[ \t]*$ ) .*\n )*+ )
    (?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)
    """,
    re.VERBOSE | re.MULTILINE,
)
_VALUE = re.compile(
    r"""
    ^(?P<key>title|subject|preheader|description)[ \t]*[:=][ \t]*
    (?: [|>][-+\d]*[ \t]*\n(?P<block>[ \t]+\S.*(?:\n[ \t]+\S.*|\n[ \t]*(?=\n))*)
      | "(?P<double>[^"\n]*)" | '(?P<single>[^'\n]*)' | (?P<plain>[^\s"'|>\#][^\n]*?) ) (?:[ \t]+\#.*)? [ \t]*$
    """,
    re.VERBOSE | re.MULTILINE,
)
_FRONT_KINDS = {"title": "heading"}  # the other keys are kinds themselves


def find_front(text: str) -> re.Match[str] | None:
    """The front matter at the top of a text whose line ends are «\\n»; None where there is none."""
    return _FRONT.match(text)


def find_values(front: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Where each value starts and stops in the text, and its region.

    >>> list(find_values(find_front("---\\ntitle: Дом\\n---\\n")))
    [(11, 14, 'heading')]
    """
    for value in _VALUE.finditer(front["yaml"]):
        group = value.lastgroup or "plain"
        start = front.start("yaml") + value.start(group)
        yield start, start + len(value[group]), _FRONT_KINDS.get(value["key"], value["key"])
