"""Command lines that need no parser: `check` with texts and at most a format, as hooks and most people write them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from vipcopy.cli.checking import Order
from vipcopy.cli.targets import FORMATS, Target

_COMMAND = "check"
_FORMAT = "--format"
_STDIN = "-"


def read_plain(arguments: Sequence[str]) -> Order | None:
    """What is asked; None where click is to read it: it knows all options, and what to say of mistakes.

    >>> read_plain(["check", "--format", "json", "a.txt", "-"]).paths
    ('a.txt', '-')
    >>> read_plain(["check", "a.txt", "--quiet"])
    """
    if sys.platform == "win32" or list(arguments[:1]) != [_COMMAND]:  # there click expands «*.txt»
        return None
    texts = list(arguments[1:])
    target = Target("text")
    if _FORMAT in texts:
        at = texts.index(_FORMAT)
        target = Target("".join(texts[at + 1 : at + 2]))
        del texts[at : at + 2]
    is_plain = all(text == _STDIN or not text.startswith("-") for text in texts)
    return Order(tuple(texts), targets=(target,)) if texts and is_plain and target.form in FORMATS else None
