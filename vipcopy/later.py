"""Libraries that are loaded, and patterns that are compiled, when something of them is first used."""

from __future__ import annotations

import re
import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING


def import_later(name: str) -> ModuleType:
    """A module that is loaded when something of it is first used. Raises ModuleNotFoundError where there is none."""
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class _Pattern:
    """A pattern to be: what is asked of it, it asks the compiled one once, and remembers."""

    def __init__(self, written: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._written = written, flags

    def __getattr__(self, name: str) -> object:
        verb = getattr(re.compile(*self._written), name)
        setattr(self, name, verb)  # the next time it is as quick as the pattern's own
        return verb


if TYPE_CHECKING:
    compile_later = re.compile
else:
    # A regular expression that a plain letter does not ask: to compile it takes half a millisecond of each start.
    compile_later = _Pattern
