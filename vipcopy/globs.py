"""Patterns of paths as .gitignore writes them: `sms/**`, `*.draft.md`, `!keep.txt`, `/top`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


def tell(lines: Sequence[str], path: str) -> bool | None:
    """Whether the last line that speaks of a path takes it in; None where none does. A folder ends with a slash.

    >>> [tell(("sms/**", "!sms/a.txt"), path) for path in ("sms/b.txt", "sms/a.txt", "b.txt")]
    [True, False, None]
    """
    return _build(tuple(lines)).check_file(path).include


@cache
def _build(lines: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)
