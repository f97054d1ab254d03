"""Line breaks that only wrap taken out of a text, every offset kept: all that reads it reads each block on one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vipcopy.patterns import compile_later
from vipcopy.russian.dictionary import is_known, readings
from vipcopy.wrapped_text import Change, WrappedText

FILLER = "\u2005"  # a space that stands for the second and further characters of a wrapped line break

_BREAK = compile_later(r"(?:\r\n?|\n)[ \t\u00a0]*")
_BLANKS = " \t\u00a0"
_LAST_PART = compile_later(r"[^\W_]+-\Z")
_FIRST_PART = compile_later(r"[^\W_]+")
_SOFT_HYPHEN = "\u00ad"
_LOOK = 30  # characters in which the parts of a compound are looked for


def unwrap(text: str, blocks: Sequence[tuple[int, int]]) -> WrappedText:
    """The text with each block on one line and every offset kept: line breaks inside blocks are spaces.

    A compound that was broken behind its hyphen is whole again; the break goes where no word minds it.

    >>> unwrap("Мы ждём\\nВас.\\n\\nДо встречи.", [(0, 12), (14, 25)]).unwrapped
    'Мы ждём Вас.\\n\\nДо встречи.'
    """
    changes: list[Change] = []
    whole = bytearray()  # of many small strings the memory would not come back
    at = 0
    for start, before, now in _find_changes(text, blocks):
        whole += text[at:start].encode("utf-8", "surrogatepass") + now.encode()
        changes.append((start, before))
        at = start + len(before)
    whole += text[at:].encode("utf-8", "surrogatepass") if changes else b""
    return WrappedText(whole.decode("utf-8", "surrogatepass"), changes) if changes else WrappedText(text)


def _find_changes(text: str, blocks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str, str]]:
    """Where something changes, what stands there and what will stand there: as many characters."""
    for start, stop in blocks:
        at = start
        for wrapped in _BREAK.finditer(text, start, stop):
            line = text[at : wrapped.start()].rstrip(_BLANKS)
            end = at + len(line)
            at = wrapped.end()
            if _is_compound(line[-_LOOK:], text[at : at + _LOOK]):
                yield end - 1, text[end - 1 : at], _SOFT_HYPHEN * (at - end) + line[-1]
            else:
                yield end, text[end:at], " " + FILLER * (at - end - 1)


def _is_compound(line: str, following: str) -> bool:
    """«бизнес-⏎джеты», unlike «двух-⏎и трёхместные»."""
    last, first = _LAST_PART.search(line), _FIRST_PART.match(following)
    if not last or not first:
        return False
    found = readings(first[0].lower())
    return is_known(f"{last[0]}{first[0]}".lower()) or not (found and "CONJ" in found[0].grams)
