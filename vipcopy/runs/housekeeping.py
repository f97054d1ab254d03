"""What a repository keeps beside its texts: settings, the lock of its packs, the baseline of old findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from vipcopy.arguments import Paths, take_paths
from vipcopy.compiling.library import BASE_PACK
from vipcopy.errors import ConfigError
from vipcopy.model import Finding, Report
from vipcopy.os_errors import write_os_error
from vipcopy.packs import locks
from vipcopy.packs.paths import LOCK, find_chain, read_template
from vipcopy.records import NamedTuple
from vipcopy.runs.config import KEYS, Choice, Settings
from vipcopy.runs.plans import Plan, Request, accept, build_plan, find_choices, load_checkers, read_settings
from vipcopy.runs.session import Run, build_run, load_baseline
from vipcopy.silence import baseline as baselines
from vipcopy.silence.baseline import Entry, build_baseline
from vipcopy.storage.atomic_write import write_atomically

SETTINGS = ".vipcopy.yml"
BASELINE = ".vipcopy-baseline.json"

_ADDED = ("ignore", "severity")  # settings of all files and of overrides together


class Balance(NamedTuple):
    """What a baseline and the texts have apart: entries that nothing answers to, findings that it does not have.

    >>> Balance(".vipcopy-baseline.json", 3).gone
    0
    """

    path: str
    kept: int
    stale: tuple[Entry, ...] = ()
    fresh: tuple[Finding, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def gone(self) -> int:
        """How many findings the entries have too many."""
        return sum(entry.count for entry in self.stale)


def write_settings(folder: str | Path = ".") -> str:
    """Write commented settings into a folder; their path. Raises ConfigError where there are some already."""
    path = Path(folder) / SETTINGS
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(read_template())
    except FileExistsError:
        raise ConfigError(f"{path}: настройки уже есть; измените их или удалите файл") from None
    except OSError as error:
        raise _unwritten(path, error) from None
    return str(path)


def find_packs(request: Request) -> tuple[str, ...]:
    """The packs that are asked for: on the command line, or else by the settings here. Raises ConfigError.

    >>> find_packs(Request(isolated=True))
    ('vip',)
    """
    return build_plan("-", accept(request)).packs


def write_lock(request: Request) -> str:
    """Write the lock of the packs in use beside the settings; its path. Raises ConfigError, RuleError."""
    plan = build_plan("-", request)
    path = Path(plan.folder) / LOCK
    _write(path, build_lock(plan.packs))
    return str(path)


def build_lock(packs: Paths) -> str:
    """The lock of packs as the text of its file: where the texts are equal, so are the rules. Raises RuleError.

    >>> build_lock("vip") == build_lock(["vip"])
    True
    """
    return locks.write_lock(folder for pack in (BASE_PACK, *take_paths("packs", packs)) for folder in find_chain(pack))


def write_baseline(paths: Paths, request: Request) -> Balance:
    """Write a baseline of all that is found now; nothing where a text can't be read. Raises ConfigError, RuleError."""
    path = _baseline_path(request)
    found, errors = _check(build_run(take_paths("paths", paths), request, has_baseline=False))
    written = build_baseline(found)
    if not errors:
        _write(path, baselines.write_baseline(written))
    return Balance(str(path), sum(entry.count for entry in written.entries.values()), errors=errors)


def check_baseline(paths: Paths, request: Request) -> Balance:
    """How the texts and their baseline have come apart. Raises ConfigError, RuleError."""
    return _weigh(paths, request)


def prune_baseline(paths: Paths, request: Request) -> Balance:
    """Take out of the baseline what the texts have no more; nothing is added. Raises ConfigError, RuleError.

    All rules are asked: what those left out have found would go as if it were mended.
    """
    if request.select or request.ignore:
        raise ConfigError(
            "baseline prune: с --select и --ignore пропали бы записи других правил; уберите эти параметры"
        )
    return _weigh(paths, request, writes=True)


def _weigh(paths: Paths, request: Request, *, writes: bool = False) -> Balance:
    path = _baseline_path(request)
    run = build_run(take_paths("paths", paths), request._replace(baseline=str(path)))
    _, errors = _check(run)
    ledger = run.ledgers.get(str(path)) or load_baseline(str(path)).open()
    pruned = ledger.prune()
    if writes and not errors:
        _write(path, baselines.write_baseline(pruned))
    kept = sum(entry.count for entry in pruned.entries.values())
    return Balance(str(path), kept, ledger.stale(), tuple(ledger.fresh), errors)


def _check(run: Run) -> tuple[list[Finding], tuple[str, ...]]:
    reports: list[Report] = [outcome.report for outcome in run]
    errors = tuple(report.error for report in reports if report.error is not None)
    return [finding for report in reports for finding in report.findings], errors


def _baseline_path(request: Request) -> Path:
    plan = build_plan("-", request)
    return Path(plan.baseline) if plan.baseline else Path(plan.folder) / BASELINE


def _write(path: Path, text: str) -> None:
    try:
        write_atomically(path, [text.encode()])
    except OSError as error:
        raise _unwritten(path, error) from None


def _unwritten(path: Path, error: OSError) -> ConfigError:
    return ConfigError(f"{path}: файл не записывается ({write_os_error(error)}); проверьте путь")


# Settings as a person reads them


def describe_settings(name: str = "-", request: Request | None = None) -> Iterator[str]:
    """Lines with every setting for a file, and where it comes from. Raises ConfigError, RuleError as a check would.

    >>> next(describe_settings(request=Request(isolated=True)))
    'Настройки по умолчанию: файла .vipcopy.yml нет. Создать: vipcopy init'
    """
    request = request or Request()
    settings = read_settings(name, request)
    plan = build_plan(name, request)
    load_checkers([plan])
    missing = f"Настройки по умолчанию: файла {SETTINGS} нет. Создать: vipcopy init"
    yield f"Настройки: {settings.path}" if settings.path else missing
    values = _tell_values(settings, plan)
    width = max(map(len, values.values()))
    for key, value in values.items():
        yield f"  {key:14}  {value:{min(width, 50)}}  {_tell_origin(key, name, settings)}"
    yield from _tell_terms(settings)
    if plan.lock:
        yield f"Наборы закреплены: {plan.lock}"


def _tell_values(settings: Settings, plan: Plan) -> dict[str, str]:
    score = "не важна" if plan.min_score is None else f"{plan.min_score / 100:g}".replace(".", ",")
    values = {
        "packs": _join(plan.packs),
        "select": _join(each if isinstance(each, str) else each.text for each in plan.select) or "все правила",
        "ignore": _join(each if isinstance(each, str) else each.text for each in plan.ignore) or "—",
        "severity": _join(f"{name}: {source.text}" for name, source in plan.severity) or "как в правилах",
        "fail-on": plan.fail_on,
        "min-score": score,
        "overrides": _join(source.text for each in settings.overrides for source in each.files) or "—",
        "exclude": _join(plan.exclude) or "—",
        "terms": str(len(settings.terms)) if settings.terms else "—",
        "abbreviations": _join(settings.abbreviations) or "—",
        "names": _join(settings.names) or "—",
        "require-reason": "да" if plan.require_reason else "нет",
        "baseline": plan.baseline or "—",
    }
    return {key: values[key] for key in KEYS}


def _join(texts: Iterable[str]) -> str:
    return ", ".join(texts)


def _tell_origin(key: str, name: str, settings: Settings) -> str:
    """The places of a key that adds up, in the order of the file; of another the one that has the last word."""
    chosen = [choice for choice in find_choices(name, settings) if key in _find_set(choice)]
    origins = [choice.files[0].origin if choice.files else settings.origins[key] for choice in chosen]
    if not chosen and key in settings.origins:
        origins.append(settings.origins[key])
    return ", ".join(map(str, origins if key in _ADDED else origins[-1:])) or "по умолчанию"


def _find_set(choice: Choice) -> set[str]:
    values = {
        "select": choice.select,
        "ignore": choice.ignore,
        "severity": choice.severity,
        "fail-on": choice.fail_on,
        "min-score": choice.min_score is not None,
    }
    return {key for key, value in values.items() if value}


def _tell_terms(settings: Settings) -> Iterator[str]:
    for term in settings.terms:
        is_late = term.review and date.fromisoformat(term.review) < date.today()
        said = (
            term.reason,
            term.owner,
            f"пересмотреть {term.review}" if term.review else "",
            "срок прошёл" if is_late else "",
        )
        yield f"  «{term.phrase.text}»: {'; '.join(filter(None, said))}".removesuffix(": ")
