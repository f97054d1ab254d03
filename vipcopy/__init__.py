"""A linter for Russian marketing copy addressed to VIP clients.

>>> import vipcopy
>>> report = vipcopy.check("Поторопитесь: места ещё есть.")
>>> [(finding.category, finding.quote) for finding in report.findings]
[('urgency', 'Поторопитесь')]

Names are loaded when they are first used, so importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vipcopy.model import ConfigError, Finding, ReadError, Report, Rule, RuleError, Score, Severity, VipcopyError
    from vipcopy.runner import (
        Checker,
        Failure,
        Style,
        check,
        find_failures,
        load,
        load_packs,
        show,
        version,
        write,
        write_rulebook,
        write_schema,
        write_scores,
    )

_HOMES = {
    "vipcopy.model": "ConfigError Finding ReadError Report Rule RuleError Score Severity VipcopyError",
    "vipcopy.runner": "Checker Failure Style check find_failures load load_packs show version write"
    " write_rulebook write_schema write_scores",
}

__all__ = [
    "Checker",
    "ConfigError",
    "Failure",
    "Finding",
    "ReadError",
    "Report",
    "Rule",
    "RuleError",
    "Score",
    "Severity",
    "Style",
    "VipcopyError",
    "check",
    "find_failures",
    "load",
    "load_packs",
    "show",
    "version",
    "write",
    "write_rulebook",
    "write_schema",
    "write_scores",
]


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names.split():
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'vipcopy' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
