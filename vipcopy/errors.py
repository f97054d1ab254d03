"""What is wrong with the input: an error for each kind of it, and one above them for a front to catch."""

from __future__ import annotations


class VipcopyError(Exception):
    """A fault of the input, told as `path:line:column: что не так; что написать`."""


class RuleError(VipcopyError):
    """A rule or a pack that cannot be used."""


class ConfigError(VipcopyError):
    """A setting or an option that cannot be used."""


class ReadError(VipcopyError):
    """A source that cannot be read or decoded."""


class LimitError(VipcopyError):
    """A text that is longer, or takes longer, than the caller allows."""
