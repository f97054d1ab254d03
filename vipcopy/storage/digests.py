"""Digests without OpenSSL, which `hashlib` loads at once: five milliseconds and 3 MB of each start.

CPython has the same functions in modules of its own, for a `hashlib` that has no OpenSSL; without them `hashlib` is
asked.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from vipcopy.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:

    def _find(name, *homes):
        for home in (*homes, "hashlib"):
            with suppress(ImportError):
                return getattr(import_module(home), name)
        raise ImportError(name)

    sha256 = _find("sha256", "_sha2", "_sha256")  # of 3.12 and later, of 3.11
    blake2b = _find("blake2b", "_blake2")

__all__ = ["blake2b", "sha256"]
