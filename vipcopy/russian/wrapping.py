"""Line breaks that only wrap taken out of a text, every offset kept: all that reads it reads each block on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vipcopy.later import compile_later
from vipcopy.russian.dictionary import is_known, readings

FILLER = "\u2005"  # a space that stands for the second and further characters of a wrapped line break

_BREAK = re.compile(r"(?:\r\n?|\n)[ \t\u00a0]*")
_BLANKS = " \t\u00a0"
_LAST_PART = compile_later(r"[^\W_]+-\Z")
_FIRST_PART = compile_later(r"[^\W_]+")
_SOFT_HYPHEN = "\u00ad"
_MANY = 4_096  # lines that are joined at once: the memory of small strings does not come back
_LOOK = 30  # characters in which the parts of a compound are looked for


def unwrap(text: str, blocks: Sequence[tuple[int, int]]) -> str:
    """The text with each block on one line and every offset kept: line breaks inside blocks are spaces.

    A compound that was broken behind its hyphen is whole again; the break goes where no word minds it.

    >>> unwrap("Мы ждём\\nВас.\\n\\nДо встречи.", [(0, 12), (14, 25)])
    'Мы ждём Вас.\\n\\nДо встречи.'
    """
    parts: list[str] = []
    cut: list[str] = []
    at = 0
    for start, stop in blocks:
        if len(cut) > _MANY:
            parts.append("".join(cut))
            cut = []
        for wrapped in _BREAK.finditer(text, start, stop):
            line = text[at : wrapped.start()]
            kept = line.rstrip(_BLANKS)
            cut += _join(kept, len(line) - len(kept) + len(wrapped[0]), text[wrapped.end() : wrapped.end() + _LOOK])
            at = wrapped.end()
    return "".join((*parts, *cut, text[at:])) if cut or parts else text


def _join(line: str, size: int, following: str) -> tuple[str, str]:
    """The line and what stands in place of the break behind it: as many characters."""
    if _is_compound(line[-_LOOK:], following):
        return line[:-1], _SOFT_HYPHEN * size + line[-1]
    return line, " " + FILLER * (size - 1)


def _is_compound(line: str, following: str) -> bool:
    """«бизнес-⏎джеты», unlike «двух-⏎и трёхместные»."""
    last, first = _LAST_PART.search(line), _FIRST_PART.match(following)
    if not last or not first:
        return False
    found = readings(first[0].lower())
    return is_known(f"{last[0]}{first[0]}".lower()) or not (found and "CONJ" in found[0].grams)
