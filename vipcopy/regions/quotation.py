"""Quotation marks: a `quote` is what somebody says, a `title` is a short name; that of a work is both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from vipcopy.model import Region
from vipcopy.patterns import compile_later
from vipcopy.regions.signs import read_signs
from vipcopy.russian import find_tokens, is_punctuation, readings

_MARK = compile_later(r"[«»„“”‟‹›]|(?<![\w])‘|’(?![\w])|\"|\n\s*\n")
_CLOSERS = {"»": "«", "“": "„", "”": "“„‟", "›": "‹", "’": "‘", '"': '"'}
_OPENERS = frozenset("«„“‟‹‘")
_ENDING = compile_later(r"[.!?…]\W*\Z")
_LONGEST_WORK = 60  # characters from «роман» to its title, an author between them
_LONGEST_TITLE = 3  # words
_LONGEST_NAME = 6  # words, where the first has a capital: «Чудо святого Георгия о змие»
_DEEPEST = 8  # marks open at once; more is no nesting but noise
_ENOUGH = 200  # characters that tell speech from a name


def find_quotations(text: str, blocks: Sequence[tuple[int, int]]) -> Iterator[Region]:
    """Pairs of quotation marks that close in their paragraph, marks included; nested ones too."""
    borders = tuple(start for start, _ in blocks) if '"' in text else ()
    for start, stop in sorted(_find_pairs(text, borders)):
        kind = _tell_kind(text, start, stop)
        yield Region(kind, start, stop)
        if kind == "title" and _build_works().search(text, max(0, start - _LONGEST_WORK), start):
            yield Region("quote", start, stop)


def _find_pairs(text: str, borders: Sequence[int]) -> Iterator[tuple[int, int]]:
    stack: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark[0] == "\n":
            stack.clear()
            continue
        opened = _find_opener(stack, mark) if _may_close(text, at, mark) else None
        if opened is not None and not _is_cut(mark, stack[opened][1], at, borders):
            yield stack[opened][1], at + 1
            del stack[opened:]
        elif len(stack) < _DEEPEST and (mark in _OPENERS or (mark == '"' and _may_open(text, at))):
            stack.append((mark, at))


def _find_opener(stack: list[tuple[str, int]], mark: str) -> int | None:
    openers = _CLOSERS.get(mark, "")
    return next((at for at in reversed(range(len(stack))) if stack[at][0] in openers), None)


def _may_open(text: str, at: int) -> bool:
    """A straight mark opens after a space: 27" is inches."""
    return (at == 0 or not (text[at - 1].isalnum() or text[at - 1] in ".,!?%")) and not text[at + 1 : at + 2].isspace()


def _may_close(text: str, at: int, mark: str) -> bool:
    if mark != '"':
        return mark in _CLOSERS
    return not text[at - 1 : at].isspace() and not text[at + 1 : at + 2].isalnum()


def _is_cut(mark: str, start: int, stop: int, borders: Sequence[int]) -> bool:
    """Straight marks look alike on both sides, so a pair must stand in one block."""
    return mark == '"' and bisect_right(borders, start) != bisect_right(borders, stop)


def _tell_kind(text: str, start: int, stop: int) -> str:
    inside = text[start + 1 : min(stop - 1, start + _ENOUGH)]
    if _build_firms().search(text, max(0, start - 10), start):
        return "title"
    if _ENDING.search(text, max(start + 1, stop - 6), stop - 1):
        return "quote"
    words = [token for token in find_tokens(inside) if not is_punctuation(token)]
    longest = _LONGEST_NAME if inside[:1].isupper() and "," not in inside else _LONGEST_TITLE
    return "quote" if len(words) > longest or any(_is_verb(token.norm) for token in words) else "title"


@cache
def _build_firms() -> re.Pattern[str]:
    """«ООО „Весна“», which is no speech."""
    return compile_later(rf"\b(?:{'|'.join(read_signs('firms')).upper()})\s*$")


@cache
def _build_works() -> re.Pattern[str]:
    """«В рассказе Чехова »: a work whose title its author gave, with a capital of his."""
    return compile_later(rf"(?i:\b(?:{'|'.join(read_signs('works'))}))\s+(?:[А-ЯЁA-Z][\w.-]*\s+){{0,3}}$")


def _is_verb(norm: str) -> bool:
    return any("VERB" in reading.grams for reading in readings(norm)[:1])
