"""How much one client may ask of the server."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes of a request, seconds to send it and to check it, checks at once (those that wait included), workers, and
    bytes of addresses for each of them.
    """

    body: int = 10_000_000
    reading: float = 15.0
    checking: float = 60.0
    waiting: int = 100
    workers: int = min(4, max(2, os.cpu_count() or 1))
    memory: int = 2_000_000_000


BOUNDS = Bounds()
