"""Packs run on their own examples again and again: a rule that came out right alone is not run alone again.

What is remembered of it is a digest of all that its examples depend on, with the compiled rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from vipcopy.arguments import Paths, take_paths
from vipcopy.compiling.library import DEFAULT_PACKS, load_core, load_layers
from vipcopy.rule_tests.company import build_company
from vipcopy.rule_tests.selftest import Failure, find_failures
from vipcopy.storage.cache import PROVEN, name_kept, read_cached, write_cached

_MOST = 10_000  # rules that are remembered: each edit of one makes another


def try_packs(packs: Paths = DEFAULT_PACKS) -> Iterator[Failure]:
    """What `find_failures` tells of packs, by their names or folders. Raises RuleError for a broken pack.

    >>> next(try_packs("нет"))
    Traceback (most recent call last):
    vipcopy.errors.RuleError: нет: здесь нет набора правил; укажите папку, в которой лежит pack.yaml
    """
    paths = tuple(take_paths("packs", packs))
    known = _read_proven()
    proven = set(known)
    whole, (below, own) = load_core(paths), load_layers(paths)
    yield from find_failures(own, whole, proven, build_company(own, below))
    new = sorted(proven.difference(known))
    if new:
        write_cached(name_kept(PROVEN), (*known, *new)[-_MOST:])


def _read_proven() -> tuple[str, ...]:
    kept = read_cached(name_kept(PROVEN))
    return kept if isinstance(kept, tuple) and all(isinstance(each, str) for each in kept) else ()
