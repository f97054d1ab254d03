"""How one file is checked: what the command line asks for, over the settings found beside the file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from vipcopy.checker import Checker
from vipcopy.config import Choice, Settings, find_settings, load_settings
from vipcopy.globs import tell
from vipcopy.library import BASE_PACK, DEFAULT_PACKS, Vocabulary, build_choice, find_unknown, load_core
from vipcopy.locks import NAME as LOCK
from vipcopy.locks import check_lock
from vipcopy.model import ConfigError, Rule, Severity, Source
from vipcopy.shelves import find_chain, find_folder

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked for; what is empty is left to the settings.

    >>> Request(fail_on="warning").jobs
    0
    """

    packs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = ""
    min_score: int | None = None  # centipoints
    encoding: str | None = None
    form: str = ""  # of what is read: text, markdown, html; by the ending when empty
    stdin_name: str = STDIN
    settings: str = ""  # a file; looked for upwards from each text when empty
    isolated: bool = False  # no settings are looked for
    jobs: int = 0  # processes; as many as are worth it when 0
    baseline: str = ""  # a file
    since: str = ""  # a git revision: only lines changed since


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a checker is built from, and what is asked of its reports."""

    folder: str  # of the settings; where their globs count from
    packs: tuple[str, ...]
    vocabulary: Vocabulary
    select: tuple[Source | str, ...] = ()
    ignore: tuple[Source | str, ...] = ()
    severity: tuple[tuple[str, Source], ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: str = "error"
    min_score: int | None = None
    require_reason: bool = False
    baseline: str = ""
    lock: str = ""


def read_settings(name: str, request: Request) -> Settings:
    """The settings for a file; empty ones where there are none. Raises ConfigError with a line for each mistake."""
    if request.settings:
        return _load(Path(request.settings))
    folder = Path() if name == STDIN else Path(name).parent
    path = None if request.isolated else _find(folder.absolute())
    return _load(path) if path else Settings()


def build_plan(name: str, request: Request) -> Plan:
    """How a file of that name is checked."""
    settings = read_settings(name, request)
    choices = find_choices(name, settings)
    return replace(
        _build_base(settings, request),
        select=request.select or next((each.select for each in reversed(choices) if each.select), ()),
        ignore=(*request.ignore, *(source for each in choices for source in each.ignore)),
        severity=tuple({key: value for each in choices for key, value in each.severity.items()}.items()),
        fail_on=request.fail_on or next((each.fail_on for each in reversed(choices) if each.fail_on), "error"),
        min_score=_read_min_score(choices, request),
    )


def find_choices(name: str, settings: Settings) -> list[Choice]:
    """What the settings choose for a file: for all files first, then the overrides whose globs take it in."""
    return [settings.choice, *(each for each in settings.overrides if _is_meant(name, settings, each))]


def is_excluded(name: str, plan: Plan) -> bool:
    """Whether the settings leave a file out, though it be named."""
    return name != STDIN and bool(plan.exclude and tell(plan.exclude, _relative(name, plan.folder)))


@cache
def load_plan(plan: Plan) -> Checker:
    """The checker of a plan. Raises RuleError, ConfigError with a line for each mistake."""
    if plan.lock:
        check_lock(Path(plan.lock), [folder for pack in (BASE_PACK, *plan.packs) for folder in find_chain(pack)])
    core = _load_rules(plan.packs, plan.vocabulary)
    problems = list(_find_problems(plan, core))
    if problems:
        raise ConfigError("\n".join(problems))
    kept = core.keep(build_choice(map(_text, plan.select), map(_text, plan.ignore)))
    return kept.change(lambda rule: _change_severity(rule, plan)) if plan.severity else kept


@cache
def _find(folder: Path) -> Path | None:
    found = find_settings(folder)
    return found and _shorten(found)


@cache
def _load(path: Path) -> Settings:
    return load_settings(path)


@cache
def _load_rules(packs: Sequence[str], vocabulary: Vocabulary) -> Checker:
    return load_core(packs, vocabulary)


def _build_base(settings: Settings, request: Request) -> Plan:
    packs = request.packs or tuple(str(find_folder(pack.text, settings.folder)) for pack in settings.packs)
    lock = settings.folder / LOCK
    baseline = request.baseline or (settings.baseline and str(settings.folder / settings.baseline))
    return Plan(
        folder=str(settings.folder),
        packs=packs or DEFAULT_PACKS,
        vocabulary=Vocabulary(
            tuple((term.phrase, frozenset(name.text for name in term.rules)) for term in settings.terms),
            (*settings.abbreviations, *settings.names),
        ),
        exclude=tuple(source.text for source in settings.exclude),
        require_reason=settings.require_reason,
        baseline=baseline,
        lock=str(lock) if settings.path and lock.is_file() else "",
    )


def _shorten(path: Path) -> Path:
    """The path as a person in the current folder would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _relative(name: str, folder: str) -> str:
    return Path(os.path.relpath(name, folder or ".")).as_posix()


def _is_meant(name: str, settings: Settings, override: Choice) -> bool:
    globs = [source.text for source in override.files]
    return name != STDIN and bool(tell(globs, _relative(name, str(settings.folder))))


def _read_min_score(choices: Sequence[Choice], request: Request) -> int | None:
    if request.min_score is not None:
        return request.min_score
    return next((each.min_score for each in reversed(choices) if each.min_score is not None), None)


def _text(name: Source | str) -> str:
    return name if isinstance(name, str) else name.text


def _find_problems(plan: Plan, core: Checker) -> Iterator[str]:
    severities = [Source(name, source.origin) for name, source in plan.severity]
    for name in (*plan.select, *plan.ignore, *severities):
        place = "" if isinstance(name, str) else f"{name.origin}: "
        yield from (f"{place}{problem}" for problem in find_unknown([_text(name)], core.known))


def _change_severity(rule: Rule, plan: Plan) -> Rule:
    """The rule with the severity that the settings give it: that of its id, or of its category, or guideline."""
    told = dict(plan.severity)
    names = (name for name in (rule.id, rule.category, str(rule.guideline)) if name in told)
    name = next(names, "")
    return replace(rule, severity=Severity(told[name].text)) if name else rule
