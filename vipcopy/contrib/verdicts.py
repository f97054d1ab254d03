"""One letter of a batch to one row: what came of it, whatever it is. Plain values that go between processes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from typing import NamedTuple

from vipcopy import Checker, ConfigError, Finding, LimitError, Limits, ReadError, Report, build_lock, load, version
from vipcopy.arguments import take_names, take_paths
from vipcopy.error_log import log_error
from vipcopy.scoring.score import lowest

ENDINGS: Mapping[str, str] = {
    "text": ".txt",
    "markdown": ".md",
    "html": ".html",
    "eml": ".eml",
    "docx": ".docx",
    "odt": ".odt",
}
_TEXTS = frozenset({"text", "markdown", "html"})  # in a string column, offsets count in the string
_DEPENDS = ("pymorphy3", "pymorphy3-dicts-ru", "razdel")
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # damaged mail has them; Arrow doesn't take them


class Status(StrEnum):
    """What came of a letter. All but `checked` leave its figures empty and `error` filled."""

    CHECKED = "checked"
    NO_TEXT = "no_text"  # null
    TOO_LARGE = "too_large"
    UNKNOWN_FORMAT = "unknown_format"
    UNREADABLE = "unreadable"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"  # an exception that should not be
    KILLED = "killed"  # its process died, twice


@dataclass(frozen=True, slots=True)
class Settings:
    """By which rules letters are checked, and how far a letter may go. Goes to workers as it is; no letter is in it."""

    packs: tuple[str, ...] = ("vip",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    lock: str = ""  # text of vipcopy.lock, which the packs of each worker have to match
    release: str = ""  # what `describe_release` says, which each worker has to say too
    largest: int = 1_000_000  # bytes of a letter
    seconds: float = 10  # for a letter
    memory: int = 2_000_000_000  # bytes of addresses for the process of a `Sandbox`
    quotes: bool = True  # whether findings repeat words of the letter

    def __post_init__(self) -> None:
        """Names may come in a list, or one alone, as `vipcopy.load` takes them. Raises ConfigError for no limits."""
        Limits(self.largest, self.seconds)
        object.__setattr__(self, "packs", tuple(take_paths("packs", self.packs)))
        object.__setattr__(self, "select", take_names("select", self.select))
        object.__setattr__(self, "ignore", take_names("ignore", self.ignore))


class Letter(NamedTuple):
    """A letter of a batch: its bytes, their number (also where they were left behind), its format."""

    data: bytes | None
    size: int
    form: str
    is_text: bool  # of a string column: UTF-8


class Found(NamedTuple):
    """A finding as a row; `number` counts within the letter from 0. Offsets as in `vipcopy.Finding`."""

    number: int
    rule: str
    category: str
    guideline: int
    severity: str
    lost: int
    start: int
    stop: int
    line: int
    column: int
    part: str
    quote: str | None
    message: str | None
    suggestions: tuple[str, ...] | None


class Verdict(NamedTuple):
    """A letter as a row; scores in hundredths of a point, null where a guideline could not be judged."""

    status: str
    error: str | None = None
    words: int | None = None
    score: int | None = None
    max_score: int | None = None
    points: Sequence[int | None] = (None,) * 9
    lowest: int | None = None  # the guideline with the fewest points, the first of equals
    counts: Sequence[int | None] = (None,) * 5  # findings; errors, warnings, infos among them; waived
    found: Sequence[Found] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Gives each letter its verdict; raises nothing."""

    checker: Checker
    settings: Settings

    def judge(self, letter: Letter) -> Verdict:
        """The verdict on a letter."""
        refused = self._refuse(letter)
        if refused is not None:
            return refused
        try:
            return build_verdict(self._check(letter), quotes=self.settings.quotes)
        except LimitError as error:
            return Verdict(Status.TIMED_OUT.value, str(error))
        except ReadError as error:
            return Verdict(Status.UNREADABLE.value, str(error))
        except UnicodeDecodeError:
            return Verdict(Status.UNREADABLE.value, "письмо — не UTF-8; передайте его столбцом binary")
        except MemoryError:
            return Verdict(Status.OUT_OF_MEMORY.value, "письму не хватило памяти; разделите его")
        except Exception as error:
            kind = type(error).__name__
            log_error("a letter of a batch", error)
            return Verdict(Status.CRASHED.value, f"ошибка в самой программе ({kind}); пришлите письмо разработчикам")

    def judge_all(self, letters: Sequence[Letter]) -> list[Verdict]:
        """The verdicts on letters, in order."""
        return [self.judge(letter) for letter in letters]

    def _refuse(self, letter: Letter) -> Verdict | None:
        """The verdict on a letter that is not even read."""
        if letter.size > self.settings.largest:
            most = f"{self.settings.largest:,}".replace(",", "\u00a0")
            return Verdict(Status.TOO_LARGE.value, f"письмо больше {most} байт; разделите его")
        if letter.data is None:
            return Verdict(Status.NO_TEXT.value, "текста нет (null)")
        if letter.form not in ENDINGS:
            return Verdict(Status.UNKNOWN_FORMAT.value, f"нет такого формата; бывает: {', '.join(ENDINGS)}")
        return None

    def _check(self, letter: Letter) -> Report:
        data = letter.data or b""
        name, limits = f"письмо{ENDINGS[letter.form]}", Limits(seconds=self.settings.seconds)
        if letter.is_text and letter.form in _TEXTS:
            return self.checker.check_text(data.decode(), name=name, format=letter.form, limits=limits)
        return self.checker.check_bytes(data, name=name, limits=limits)


def build_judge(settings: Settings) -> Judge:
    """The judge of a process. Raises RuleError, ConfigError: also for packs that are not the ones locked."""
    release = describe_release()
    if settings.release and settings.release != release:
        raise ConfigError(f"на этой машине {release}, нужно {settings.release}; поставьте то же")
    if settings.lock and _entries(settings.lock) != _entries(build_lock(settings.packs)):
        packs = ", ".join(settings.packs)
        raise ConfigError(
            f"наборы {packs} на этой машине не те, что закреплены; поставьте те же или запишите новый lock"
        )
    return Judge(load(settings.packs, select=settings.select, ignore=settings.ignore), settings)


def describe_release() -> str:
    """The versions that a score depends on beside the packs.

    >>> describe_release().partition(" ")[0]
    'vipcopy'
    """
    return ", ".join([f"vipcopy {version()}", *(f"{name} {metadata.version(name)}" for name in _DEPENDS)])


def build_verdict(report: Report, *, quotes: bool = True) -> Verdict:
    """A report as a row."""
    rows = {row.number: row for row in report.score.guidelines if row.max}
    weakest = lowest(report.score)
    severities = Counter(finding.severity.value for finding in report.findings)
    return Verdict(
        status=Status.CHECKED.value,
        words=report.words,
        score=report.score.total,
        max_score=report.score.max,
        points=tuple(rows[number].points if number in rows else None for number in range(1, 10)),
        lowest=weakest.number if weakest else None,
        counts=(
            len(report.findings),
            *(severities[name] for name in ("error", "warning", "info")),
            len(report.waived),
        ),
        found=[_build_found(number, finding, quotes=quotes) for number, finding in enumerate(report.findings)],
    )


def _build_found(number: int, finding: Finding, *, quotes: bool) -> Found:
    return Found(
        number,
        finding.rule,
        finding.category,
        finding.guideline,
        finding.severity.value,
        finding.lost,
        finding.start,
        finding.stop,
        finding.place.line,
        finding.place.column,
        _clean(finding.place.part),
        _clean(finding.quote) if quotes else None,
        _clean(finding.message) if quotes else None,
        tuple(map(_clean, finding.suggestions)) if quotes else None,
    )


def _clean(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _entries(lock: str) -> list[str]:
    """The lines of a lock that are no comments."""
    return [line.strip() for line in lock.splitlines() if line.strip() and not line.startswith("#")]
