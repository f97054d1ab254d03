"""Patterns of paths as .gitignore writes them: `sms/**`, `*.draft.md`, `!keep.txt`, `/top`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from warnings import catch_warnings, simplefilter

from vipcopy.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# How pathspec writes `*` and `**`. It tries each stretch of one with each of the next: hours, for twenty of them and a
# long name. The first place of what stands between two of them is as good as any later one, so we hold on to it.
_STARS = re.compile(r"(?:\[\^/\]\*)+")
_BEFORE_STAR = re.compile(
    r"""
    \[\^/\]\* ( (?: (?! \[\^/\]\* ) (?: \\. | \[ \^? \]? (?: \\. | [^\]\\] )* \] | [^\\/\[(] ) )+ )
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

_BRACKETS = re.compile(r"\\.|\[[!^]?\]?(?:\[:[a-z]*:\]|\\.|[^\]\\])*\]")
_RANGE_TO_CLASS = re.compile(r"(?<=[^\[!^])(?<!:\])-\[:")  # «[a-[:digit:]]» says nothing
_CLASS = re.compile(r"\[:([a-z]*):\]")
_CLASSES = {  # those of git, which knows ASCII only, without the slash that no bracket may match
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-.0-~",
    "lower": "a-z",
    "print": " -.0-~",
    "punct": r"!-.:-@\[-`{-~",
    "space": r" \t\n\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
_STAND_INS = {name: chr(0xF500 + at) for at, name in enumerate(_CLASSES)}  # pathspec, which knows none, takes a letter


def matches(lines: Sequence[str], path: str) -> bool | None:
    """Whether the last line that speaks of a path takes it in; None where none does. A folder ends with a slash.

    >>> [matches(("sms/**", "!sms/a.txt"), path) for path in ("sms/b.txt", "sms/a.txt", "b.txt")]
    [True, False, None]
    """
    return _build(tuple(lines)).check_file(path).include


@cache
def _build(lines: tuple[str, ...]) -> GitIgnoreSpec:
    with catch_warnings():
        simplefilter("ignore", FutureWarning)  # «[[a]» may mean something else to Python one day
        spec = _parse(list(map(_stand_in, lines)))
        for pattern in spec.patterns:
            if pattern.regex:
                pattern.regex = re.compile(_write_classes(_hold(pattern.regex.pattern)))
    return spec


def _parse(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error):
        return GitIgnoreSpec.from_lines(filter(_is_pattern, lines))


def _is_pattern(line: str) -> bool:
    """Whether a line can be read: «!» alone and «[z-a]» say nothing, to git either."""
    from pathspec import GitIgnoreSpec

    try:
        return bool(GitIgnoreSpec.from_lines([line]))
    except (ValueError, re.error):
        return False


def _stand_in(line: str) -> str:
    """The line with a letter for each `[:alpha:]` in brackets; nothing where git knows no such class."""
    brackets = [each for each in _BRACKETS.findall(line) if each[0] == "["]  # and no «\\[»
    names = {name for each in brackets for name in _CLASS.findall(each, 1)}
    if not names:
        return line
    if names - _CLASSES.keys() or any(map(_RANGE_TO_CLASS.search, brackets)):
        return ""
    return _BRACKETS.sub(_stand_in_brackets, line)


def _stand_in_brackets(brackets: re.Match[str]) -> str:
    first, rest = brackets[0][0], brackets[0][1:]
    return first + (_CLASS.sub(lambda each: _STAND_INS[each[1]], rest) if first == "[" else rest)


def _write_classes(regex: str) -> str:
    for name, letter in _STAND_INS.items():
        regex = regex.replace(letter, _CLASSES[name])
    return regex


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
