"""A fault of the program itself, told in the log by its places alone."""

from __future__ import annotations


def log_error(name: str, error: Exception) -> None:
    """Log where a fault arose in reading a text; not its message, which may quote the text."""
    import logging
    import traceback  # a start has no use for either

    lines = "".join(traceback.format_tb(error.__traceback__))
    logging.getLogger("vipcopy").error("%s: %s\n%s", name, type(error).__name__, lines)
