"""The words that tell what a text is: those of `registers.json`, as lists and as patterns."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache

from vipcopy.patterns import compile_later
from vipcopy.russian import write_bare
from vipcopy.storage.data_files import read_beside

_BEGINNING = 400  # characters


def find_signs(name: str, small: str) -> list[str]:
    """The signs of one list in a text in small letters, in order."""
    return _build_pattern(name).findall(small)


def find_written(name: str, text: str) -> list[str]:
    """The same in a text as it is written."""
    return find_signs(name, write_bare(text).lower())


def names_head(text: str) -> bool:
    """Whether the beginning of a text names who answers for a firm: «Разговор с шефом ресторана»."""
    return bool(find_written("heads", text[:_BEGINNING]))


@cache
def read_signs(name: str) -> Sequence[str]:
    """One list as it is written: words, or patterns of words, in small letters."""
    return _read_registers()[name]["signs"]


@cache
def _build_pattern(name: str) -> re.Pattern[str]:
    return compile_later(rf"\b(?:{'|'.join(read_signs(name))})\b")


@cache
def _read_registers() -> Mapping[str, Mapping[str, Sequence[str]]]:
    registers: Mapping[str, Mapping[str, Sequence[str]]]
    registers = json.loads(read_beside(__file__, "registers.json"))
    return registers
