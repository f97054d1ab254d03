"""How one file is checked: what the command line asks for, over the settings found beside the file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from vipcopy.arguments import take_names, take_paths
from vipcopy.checking.checker import CoreChecker
from vipcopy.compiling.library import BASE_PACK, DEFAULT_PACKS, Vocabulary, build_choice, find_unknown, load_core
from vipcopy.errors import ConfigError
from vipcopy.hints import TYPE_CHECKING
from vipcopy.model import Rule, Severity, Source
from vipcopy.packs.paths import LOCK, find_chain, find_folder
from vipcopy.records import NamedTuple
from vipcopy.runs.config import Choice, Settings, find_settings, load_settings
from vipcopy.runs.globs import matches
from vipcopy.runs.walk import STDIN
from vipcopy.thresholds import NEVER, read_severity

if TYPE_CHECKING:
    from datetime import date

Review = tuple[Source, str]  # an approved term and the day after which it is to be thought over


class Request(NamedTuple):
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
    form: str = ""  # of what is read: text, markdown, html, docx, odt, eml; by the ending when empty
    stdin_name: str = STDIN
    settings: str = ""  # a file; looked for upwards from each text when empty
    isolated: bool = False  # no settings are looked for
    jobs: int = 0  # processes; as many as are worth it when 0
    baseline: str = ""  # a file
    since: str = ""  # a git revision: only lines changed since


def accept(request: Request) -> Request:
    """The request, a name alone as a list of one. Raises TypeError, ConfigError for what cannot be asked for."""
    score, jobs, fail_on = request.min_score, request.jobs, request.fail_on
    if score is not None and not (type(score) is int and 0 <= score <= 900):
        raise ConfigError(f"min_score={score!r}: нужны сотые доли балла, целое от 0 до 900; 7,5 балла — это 750")
    if type(jobs) is not int or jobs < 0:
        raise ConfigError(f"jobs={jobs!r}: нужно целое число процессов; 0 — сколько стоит")
    return request._replace(
        packs=tuple(take_paths("packs", request.packs)),
        select=take_names("select", request.select),
        ignore=take_names("ignore", request.ignore),
        fail_on=fail_on if fail_on in ("", NEVER) else read_severity(fail_on),
    )


class Plan(NamedTuple):
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
    reviews: tuple[Review, ...] = ()


def find_all_settings(names: Iterable[str], request: Request) -> Mapping[str, Settings]:
    """The settings for files by their folders, each file of settings read once; empty ones where there are none.

    Raises ConfigError with a line for each mistake.
    """
    folders = {_folder(name): Path(_folder(name)).absolute() for name in names}
    if request.settings:
        return dict.fromkeys(folders, load_settings(Path(request.settings)))
    paths = {folder: None if request.isolated else find_settings(path) for folder, path in folders.items()}
    read = {path: load_settings(_shorten(path)) for path in set(paths.values()) if path}
    return {folder: read[path] if path else Settings() for folder, path in paths.items()}


def read_settings(name: str, request: Request) -> Settings:
    """The settings for one file."""
    return find_all_settings([name], request)[_folder(name)]


def build_plans(names: Sequence[str], request: Request) -> Iterator[Plan]:
    """How each of these files is checked."""
    settings = find_all_settings(names, request)
    bases = {folder: _build_base(each, request) for folder, each in settings.items()}
    for name in names:
        yield _build_plan(name, settings[_folder(name)], bases[_folder(name)], request)


def build_plan(name: str, request: Request) -> Plan:
    """How one file is checked."""
    return next(build_plans([name], request))


def _build_plan(name: str, settings: Settings, base: Plan, request: Request) -> Plan:
    choices = find_choices(name, settings)
    return base._replace(
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
    return name != STDIN and bool(plan.exclude and matches(plan.exclude, _relative(name, plan.folder)))


def find_overdue(reviews: Iterable[Review], today: date) -> Iterator[str]:
    """A line for each approved term whose day of review has passed."""
    for term, day in dict.fromkeys(reviews):
        if today.fromisoformat(day) < today:
            yield f"{term.origin}: срок термина «{term.text}» прошёл {day}; назначьте новый или уберите термин"


def load_checkers(plans: Iterable[Plan]) -> Mapping[Plan, CoreChecker]:
    """The checker of each plan, rules loaded once. Raises RuleError, ConfigError with a line for each mistake."""
    cores: dict[tuple[tuple[str, ...], Vocabulary], CoreChecker] = {}
    checkers: dict[Plan, CoreChecker] = {}
    for plan in dict.fromkeys(plans):
        if plan.lock:
            from vipcopy.packs.locks import check_lock  # few repositories have one

            check_lock(Path(plan.lock), [folder for pack in (BASE_PACK, *plan.packs) for folder in find_chain(pack)])
        key = (plan.packs, plan.vocabulary)
        if key not in cores:
            cores[key] = load_core(*key)
        checkers[plan] = _build_checker(plan, cores[key])
    return checkers


def _build_checker(plan: Plan, core: CoreChecker) -> CoreChecker:
    problems = list(_find_problems(plan, core))
    if problems:
        raise ConfigError("\n".join(problems))
    choice = build_choice(map(_text, plan.select), map(_text, plan.ignore))
    kept = core.keep(choice) if plan.select or plan.ignore else core
    return kept.change(lambda rule: _change_severity(rule, plan)) if plan.severity else kept


def _folder(name: str) -> str:
    return "" if name == STDIN else str(Path(name).parent)


def _build_base(settings: Settings, request: Request) -> Plan:
    packs = request.packs or tuple(_find_pack(pack, settings.folder) for pack in settings.packs)
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
        reviews=tuple((term.phrase, term.review) for term in settings.terms if term.review),
    )


def _find_pack(pack: Source, beside: Path) -> str:
    folder = find_folder(pack.text, beside)
    if not (folder / "pack.yaml").is_file():
        raise ConfigError(f"{pack.origin}: набора правил «{pack.text}» нет; укажите папку, в которой лежит pack.yaml")
    return str(folder)


def _shorten(path: Path) -> Path:
    """The path as a person in the current folder would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _relative(name: str, folder: str) -> str:
    return Path(os.path.relpath(name, folder or ".")).as_posix()


def _is_meant(name: str, settings: Settings, override: Choice) -> bool:
    globs = [source.text for source in override.files]
    return name != STDIN and bool(matches(globs, _relative(name, str(settings.folder))))


def _read_min_score(choices: Sequence[Choice], request: Request) -> int | None:
    if request.min_score is not None:
        return request.min_score
    return next((each.min_score for each in reversed(choices) if each.min_score is not None), None)


def _text(name: Source | str) -> str:
    return name if isinstance(name, str) else name.text


def _find_problems(plan: Plan, core: CoreChecker) -> Iterator[str]:
    severities = [Source(name, source.origin) for name, source in plan.severity]
    for name in (*plan.select, *plan.ignore, *severities):
        place = "" if isinstance(name, str) else f"{name.origin}: "
        yield from (f"{place}{problem}" for problem in find_unknown([_text(name)], core.known))
    for term, names in plan.vocabulary.terms:
        yield from (f"{term.origin}: {problem}" for problem in find_unknown(sorted(names), core.known))


def _change_severity(rule: Rule, plan: Plan) -> Rule:
    """The rule with the severity that the settings give it: that of its id, or of its category, or guideline."""
    told = dict(plan.severity)
    names = (name for name in (rule.id, rule.category, str(rule.guideline)) if name in told)
    name = next(names, "")
    return rule._replace(severity=Severity(told[name].text)) if name else rule
