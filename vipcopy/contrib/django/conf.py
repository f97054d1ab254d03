"""The settings under `VIPCOPY`, and the checker that they ask for: built at its first use, shared by all threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

import vipcopy

FAIL_ON = (*(severity.value for severity in vipcopy.Severity), "never")


@dataclass(frozen=True, slots=True)
class Settings:
    """What `VIPCOPY` says, or would say if it were silent."""

    packs: tuple[str, ...] = ("vip",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_score: float | None = None
    fail_on: str = "error"
    max_length: int | None = 200_000
    max_seconds: float | None = 20
    locales: tuple[str, ...] = ()  # for Wagtail
    pages: Mapping[str, Mapping[str, object]] = field(default_factory=dict)  # by page type, for Wagtail

    @property
    def limits(self) -> vipcopy.Limits:
        """How long a text may be and how long its check may take."""
        return vipcopy.Limits(self.max_length, self.max_seconds)


class Option(NamedTuple):
    """Which values a key may have, and what to write instead of another."""

    accepts: Callable[[object], bool]
    remedy: str


def is_score(value: object) -> bool:
    """A number from 0 to 9, or None."""
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 9)


def is_severity(value: object) -> bool:
    """One of FAIL_ON."""
    return value in FAIL_ON


def is_names(value: object) -> bool:
    """A list of strings; a string alone is a mistake that Python would not see."""
    return isinstance(value, list | tuple) and all(isinstance(name, str) for name in value)


def is_limit(value: object) -> bool:
    """A number above 0, or None."""
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and value > 0)


def _is_pages(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, dict) for each in value.values())


_NAMES = "напишите список строк"
OPTIONS: Mapping[str, Option] = {
    "PACKS": Option(is_names, _NAMES),
    "SELECT": Option(is_names, _NAMES),
    "IGNORE": Option(is_names, _NAMES),
    "MIN_SCORE": Option(is_score, "напишите число от 0 до 9 или None"),
    "FAIL_ON": Option(is_severity, f"напишите одно из: {', '.join(FAIL_ON)}"),
    "MAX_LENGTH": Option(is_limit, "напишите число знаков или None"),
    "MAX_SECONDS": Option(is_limit, "напишите число секунд или None"),
    "LOCALES": Option(is_names, "напишите список кодов языков"),
    "PAGES": Option(_is_pages, 'напишите {"app.Model": {"MIN_SCORE": 7.0}}'),
}


def find_faults(value: object, options: Mapping[str, Option], where: str) -> Iterator[str]:
    """What is wrong in a dictionary of settings: each unknown key, each value that its key refuses."""
    if not isinstance(value, dict):
        yield f"{where} — не словарь; напишите {where} = {{…}}"
        return
    for key, given in value.items():
        if key not in options:
            near = get_close_matches(str(key).upper(), options, 1) or [", ".join(options)]
            yield f"{where}: нет настройки «{key}»; напишите {near[0]}"
        elif not options[key].accepts(given):
            yield f'{where}["{key}"]: не подходит {given!r}; {options[key].remedy}'


@cache
def read_settings() -> Settings:
    """The settings of the site. Raises ImproperlyConfigured with a line for each fault."""
    given = getattr(settings, "VIPCOPY", {})
    if faults := list(find_faults(given, OPTIONS, "VIPCOPY")):
        raise ImproperlyConfigured("\n".join(faults))
    values: dict[str, Any] = {  # OPTIONS has looked at each
        key.lower(): tuple(value) if isinstance(value, list) else value for key, value in given.items()
    }
    return Settings(**values)


def load_checker() -> vipcopy.Checker:
    """The checker of the site; threads share it. Raises RuleError, ConfigError for packs that cannot be used."""
    chosen = read_settings()
    return _load(chosen.packs, chosen.select, chosen.ignore)


@cache
def _load(packs: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...]) -> vipcopy.Checker:
    return vipcopy.load(packs, select=select, ignore=ignore)


def forget_settings(*, setting: str, **_: object) -> None:
    """Read the settings anew when a test has changed them."""
    if setting == "VIPCOPY":
        read_settings.cache_clear()


setting_changed.connect(forget_settings)
