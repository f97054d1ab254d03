"""The code of regular expressions, kept beside the compiled rules from one start to the next."""

from __future__ import annotations

from vipcopy.patterns import preload, take_compiled
from vipcopy.storage.cache import REGEXES, name_kept, read_cached, write_cached

_MOST = 500  # patterns that are kept: a house may have some of its own


def load_regexes() -> None:
    """Know the patterns that earlier starts had to compile."""
    kept = read_cached(name_kept(REGEXES))
    if isinstance(kept, dict):
        preload(kept)


def save_regexes() -> None:
    """Keep what this start had to compile; after a few starts there is nothing more."""
    codes = take_compiled()
    if codes:
        kept = read_cached(name_kept(REGEXES))
        known = kept if isinstance(kept, dict) and len(kept) + len(codes) <= _MOST else {}
        write_cached(name_kept(REGEXES), {**known, **codes})
