"""Brackets in patterns of paths, `[a-c]`, `[!0-9]`, `[[:alpha:]]`, as git reads them: pathspec reads few of them so."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLASSES = {  # those of git, which knows ASCII only
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r" \t\n\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
_ITEM = re.compile(
    r"""
    \[:(?P<name>[^\]]*):\]
  | (?P<first>\\.|[^\\]) (?: -(?P<last>\\.|[^\\\]]) )?
    """,
    re.VERBOSE | re.DOTALL,
)


def find_brackets(pattern: str) -> Iterator[tuple[int, int, str]]:
    """Where each bracket starts and stops, and the regular expression of it; empty for one that can match nothing.

    >>> list(find_brackets(r"a[!0-9].txt"))
    [(1, 7, '(?!/)[^0-9]')]
    """
    at = 0
    while at < len(pattern):
        if pattern[at] == "[":
            stop, regex = _read_bracket(pattern, at)
            yield at, stop, regex
            at = stop
        else:
            at += 2 if pattern[at] == "\\" else 1


def _read_bracket(pattern: str, start: int) -> tuple[int, str]:
    at = start + 1
    is_negated = pattern[at : at + 1] in ("!", "^")
    at = first = at + is_negated
    items: list[str] = []
    while at == first or pattern[at : at + 1] != "]":
        item = _ITEM.match(pattern, at)
        if item is None or (item["name"] is not None and item["name"] not in _CLASSES):
            return len(pattern), ""
        items.append(_write_item(item))
        at = item.end()
    return at + 1, f"(?!/)[{'^' * is_negated}{''.join(items)}]"


def _write_item(item: re.Match[str]) -> str:
    if item["name"] is not None:
        return _CLASSES[item["name"]]
    first, last = item["first"][-1], (item["last"] or item["first"])[-1]
    return re.escape(first) + (f"-{re.escape(last)}" if first < last else "")  # of «[z-a]» git takes the «z»
