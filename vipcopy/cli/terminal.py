"""How the output looks: the colour and the width of the terminal."""

from __future__ import annotations

import os
import sys

from vipcopy import Style, version

_WIDEST, _NARROWEST = 100, 60


def build_style(color: str = "auto", *, short: bool = False) -> Style:
    """The look of the output: colour by --color, NO_COLOR, FORCE_COLOR and the terminal, in that order."""
    width = _read_width() if sys.stdout.isatty() else _WIDEST
    return Style(_has_colour(color), max(_NARROWEST, min(width, _WIDEST)), short, version())


def _read_width() -> int:
    from shutil import get_terminal_size  # with it come the archives of all kinds

    return get_terminal_size((_WIDEST, 24)).columns


def _has_colour(color: str) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return os.environ["FORCE_COLOR"] != "0"
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
