"""Patterns of paths as .gitignore writes them: `sms/**`, `*.draft.md`, `!keep.txt`, `/top`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from vipcopy.hints import TYPE_CHECKING
from vipcopy.runs.brackets import find_brackets

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# How pathspec writes `*` and `**`. It tries each stretch of one with each of the next: hours, for twenty of them and a
# long name. The first place of what stands between two of them is as good as any later one, so we hold on to it.
_STARS = re.compile(r"(?:\[\^/\]\*)+")
_BEFORE_STAR = re.compile(
    r"""
    \[\^/\]\* ( (?: (?! \[\^/\]\* ) (?: \\. | \[\^/\] | [^\\/\[(] ) )+ )
    (?= \[\^/\]\* )
    """,
    re.VERBOSE,
)
_BEFORE_STARS = re.compile(
    r"""
    (?: (?P<top> \(\?:\.\+/\)\? ) | \(\?:/\.\+\)\? )
    (?P<between> (?: (?! \(\?:/\.\+\)\? ) . )+ ) (?= \(\?:/\.\+\)\? )
    """,
    re.VERBOSE,
)

_STAND_IN = 0xF0000  # the first of many characters that no name has: pathspec takes one for a bracket


def matches(lines: Sequence[str], path: str) -> bool | None:
    """Whether the last line that speaks of a path takes it in; None where none does. A folder ends with a slash.

    >>> [matches(("sms/**", "!sms/a.txt"), path) for path in ("sms/b.txt", "sms/a.txt", "b.txt")]
    [True, False, None]
    """
    return _build(tuple(lines)).check_file(path).include


@cache
def _build(lines: tuple[str, ...]) -> GitIgnoreSpec:
    brackets: dict[str, str] = {}  # the expression of each -> what stands for it
    spec = _parse([_stand_in(line, brackets) for line in lines])
    written = {sign: regex for regex, sign in brackets.items()}
    for pattern in spec.patterns:
        if pattern.regex:
            held = _hold(pattern.regex.pattern)
            pattern.regex = re.compile("".join(written.get(sign, sign) for sign in held))
    return spec


def _parse(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error):
        return GitIgnoreSpec.from_lines(filter(_is_pattern, lines))


def _is_pattern(line: str) -> bool:
    """Whether a line can be read: «!» alone says nothing, to git either."""
    from pathspec import GitIgnoreSpec

    try:
        return bool(GitIgnoreSpec.from_lines([line]))
    except (ValueError, re.error):
        return False


def _stand_in(line: str, brackets: dict[str, str]) -> str:
    """The line with a character for each bracket; nothing where git finds nothing by one of them."""
    parts: list[str] = []
    at = 0
    for start, stop, regex in find_brackets(line):
        if not regex:
            return ""
        parts += (line[at:start], brackets.setdefault(regex, chr(_STAND_IN + len(brackets))))
        at = stop
    return "".join((*parts, line[at:]))


def _hold(regex: str) -> str:
    """The same expression in which no star gives back what it has found.

    >>> _hold("[^/]*a[^/]*b$")
    '(?>[^/]*?a)[^/]*b$'
    """
    held = _BEFORE_STAR.sub(r"(?>[^/]*?\1)", _STARS.sub("[^/]*", regex))
    return _BEFORE_STARS.sub(_hold_folders, held)


def _hold_folders(stars: re.Match[str]) -> str:
    skipped = "(?:.+?/)??" if stars["top"] else "(?:/.+?)??"
    return f"(?>{skipped}{stars['between']}(?=/))"
