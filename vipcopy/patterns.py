"""Regular expressions that are compiled when they are first asked, and not even then if an earlier start kept them.

To compile those that a plain letter asks takes a seventh of a start. `re` has no public door to what it compiles: here
are the steps of its own `compile` in CPython, and a Python that has others compiles each pattern anew.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from importlib import import_module

from vipcopy.hints import TYPE_CHECKING

PatternKey = tuple[str, int]  # a pattern and its flags
Code = tuple[int, int, bytes, tuple[str | None, ...]]  # the machine's version, all flags, its code, names of groups

_ITEM = "I"  # how an array holds a step of the code

_known: dict[PatternKey, Code] = {}
_compiled: dict[PatternKey, None] = {}


class LazyPattern:
    """A pattern to be: what is asked of it, it asks the compiled one once, and remembers."""

    def __init__(self, written: str, flags: int = 0) -> None:
        self.written = written, int(flags)

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # asked by who copies or pickles
            raise AttributeError(name)
        verb = getattr(_find(self.written), name)
        setattr(self, name, verb)  # the next time it is as quick as the pattern's own
        return verb

    def __reduce__(self) -> tuple[object, ...]:
        return LazyPattern, self.written

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LazyPattern) and self.written == other.written

    def __hash__(self) -> int:
        return hash(self.written)


if TYPE_CHECKING:
    compile_later = re.compile
else:
    compile_later = LazyPattern


def preload(codes: Mapping[PatternKey, Code]) -> None:
    """Take the code of these patterns for what it is: the first of them that is asked need not be compiled."""
    _known.update(codes)


def take_compiled() -> Mapping[PatternKey, Code]:
    """The code of the patterns that had to be compiled since it was last asked, of those whose code `re` tells."""
    taken = tuple(_compiled)
    for written in taken:
        _compiled.pop(written, None)
    return {written: code for written in taken if (code := encode(*written))}


def encode(written: str, flags: int) -> Code | None:
    """The code of a pattern; None where this Python's `re` does not tell."""
    try:
        machine, compiler, parser = map(import_module, ("_sre", "re._compiler", "re._parser"))
        parsed = parser.parse(written, flags)
        names = dict.fromkeys(range(parsed.state.groups)) | {at: name for name, at in parsed.state.groupdict.items()}
        steps = array(_ITEM, vars(compiler)["_code"](parsed, flags)).tobytes()
        return machine.MAGIC, flags | parsed.state.flags, steps, tuple(names.values())
    except (ImportError, AttributeError, KeyError, TypeError):
        return None


def decode(written: str, code: Code) -> re.Pattern[str] | None:
    """The pattern that has this code; None where this Python's `re` cannot run it."""
    try:
        magic, flags, steps, names = code
        machine = import_module("_sre")
        if magic != machine.MAGIC:
            return None
        groups = {name: at for at, name in enumerate(names) if name is not None}
        items = array(_ITEM, steps).tolist()
        found: re.Pattern[str] = machine.compile(written, flags, items, len(names) - 1, groups, names)
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):
        return None
    return found


def _find(pattern: PatternKey) -> re.Pattern[str]:
    found = decode(pattern[0], _known[pattern]) if pattern in _known else None
    if found is None:
        _compiled[pattern] = None
        found = re.compile(*pattern)
    return found
