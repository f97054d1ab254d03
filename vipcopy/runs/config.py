"""Settings of a repository: `.vipcopy.yml`, or `[tool.vipcopy]` of a pyproject.toml, found upwards from a file."""

from __future__ import annotations

from collections.abc import Mapping
from os.path import lexists
from pathlib import Path

from vipcopy.errors import ConfigError
from vipcopy.hints import TYPE_CHECKING
from vipcopy.model import Origin, Severity, Source
from vipcopy.os_errors import write_os_error
from vipcopy.records import NamedTuple

if TYPE_CHECKING:
    from vipcopy.packs.nodes import Fields, Page

NAMES = (".vipcopy.yml", ".vipcopy.yaml", "pyproject.toml")  # in this order, in each folder
FAIL_ON = (*(each.value for each in Severity), "never")
CHOICE_KEYS = ("select", "ignore", "severity", "fail-on", "min-score")
KEYS = (
    "packs",
    *CHOICE_KEYS,
    "overrides",
    "exclude",
    "terms",
    "abbreviations",
    "names",
    "require-reason",
    "baseline",
)
OVERRIDE_KEYS = ("files", *CHOICE_KEYS)
TERM_KEYS = ("term", "rules", "reason", "owner", "review")


class Choice(NamedTuple):
    """Which rules speak, how gravely, and what fails; for all files or for those of some globs."""

    files: tuple[Source, ...] = ()
    select: tuple[Source, ...] = ()
    ignore: tuple[Source, ...] = ()
    severity: Mapping[str, Source] = {}  # rule, category or guideline -> severity
    fail_on: str = ""
    min_score: int | None = None  # centipoints


class Term(NamedTuple):
    """An approved term of the brand, a phrase of the rule language: inside it the rules are silent."""

    phrase: Source
    rules: tuple[Source, ...] = ()  # which of them; all when empty
    reason: str = ""
    owner: str = ""
    review: str = ""  # the day after which it is to be thought over, as 2027-03-31


class Settings(NamedTuple):
    """What a file of settings says; `folder` is where it lies, `origins` where each of its keys stands."""

    path: str = ""
    folder: Path = Path()
    packs: tuple[Source, ...] = ()
    choice: Choice = Choice()
    overrides: tuple[Choice, ...] = ()
    exclude: tuple[Source, ...] = ()
    terms: tuple[Term, ...] = ()
    abbreviations: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    require_reason: bool = False
    baseline: str = ""
    origins: Mapping[str, Origin] = {}


def find_settings(start: Path) -> Path | None:
    """The file of settings for what lies in a folder; looked for upwards, not above the root of a git repository."""
    for folder in (start, *start.parents):
        try:
            found = next((folder / name for name in NAMES if _has_settings(folder / name)), None)
            if found or (folder / ".git").exists():
                return found
        except PermissionError:
            continue  # in a folder that is closed nothing is seen
    return None


def load_settings(path: Path) -> Settings:
    """The settings of a file. Raises ConfigError with a line for each mistake."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: настройки не прочитать ({write_os_error(error)}); проверьте путь") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: настройки не прочитать; нужен текст в кодировке UTF-8") from None
    return parse_settings(text, path)


def parse_settings(text: str, path: Path) -> Settings:
    """The settings that a text is. Raises ConfigError with a line for each mistake."""
    from vipcopy.packs.nodes import Page  # most letters have no settings beside them

    page = Page(str(path), [], "fail-on: warning")
    settings = _read_settings(_parse(text, page), path)
    if page.mistakes:
        raise ConfigError("\n".join(page.mistakes))
    return settings


def _parse(text: str, page: Page) -> Fields:
    if not page.path.endswith(".toml"):
        from vipcopy.packs.nodes import parse_fields

        return parse_fields(text, page)
    from vipcopy.runs.toml import parse_table

    return page.fields(parse_table(text, page.path, "tool", "vipcopy"))


def _has_settings(path: Path) -> bool:
    if path.suffix != ".toml":
        return lexists(path)  # a link that leads nowhere is a fault, and told when it is read
    if not path.is_file():
        return False
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    if "tool.vipcopy" not in text.replace(" ", ""):
        return False
    from vipcopy.runs.toml import find_table

    return find_table(text, str(path), "tool", "vipcopy") is not None


def _read_settings(fields: Fields, path: Path) -> Settings:
    fields.refuse_unknown(KEYS)
    return Settings(
        path=str(path),
        folder=path.parent,
        packs=fields.sources("packs"),
        choice=_read_choice(fields),
        overrides=tuple(map(_read_override, fields.entries("overrides"))),
        exclude=fields.sources("exclude"),
        terms=tuple(map(_read_term, fields.entries("terms"))),
        abbreviations=fields.texts("abbreviations"),
        names=fields.texts("names"),
        require_reason=fields.choice("require-reason", ("false", "true"), "false") == "true",
        baseline=fields.text("baseline"),
        origins=fields.keys,
    )


def _read_choice(fields: Fields) -> Choice:
    severity = fields.mapping("severity")
    return Choice(
        files=fields.sources("files"),
        select=fields.sources("select"),
        ignore=fields.sources("ignore"),
        severity={name: Source(_read_severity(severity, name), _origin(severity, name)) for name in severity.nodes},
        fail_on=fields.choice("fail-on", FAIL_ON, FAIL_ON[-2]) if "fail-on" in fields.nodes else "",
        min_score=_read_points(fields, "min-score"),
    )


def _read_severity(fields: Fields, name: str) -> str:
    return fields.choice(name, [each.value for each in Severity], Severity.ERROR.value)


def _origin(fields: Fields, key: str) -> Origin:
    return fields.page.origin(fields.nodes[key])


def _read_points(fields: Fields, key: str) -> int | None:
    text = fields.text(key)
    points = parse_points(text)
    if text and points is None:
        fields.mistake(key, f"«{key}: {text}» — не число от 0 до 9", f"напишите, например, {key}: 7.5")
    return points


def parse_points(text: str) -> int | None:
    """Points from 0 to 9, with a comma or a full stop, as centipoints: «7,5» is 750; None for anything else."""
    try:
        points = float(text.replace(",", "."))
    except ValueError:
        return None
    return round(points * 100) if 0 <= points <= 9 else None


def _read_override(fields: Fields) -> Choice:
    fields.refuse_unknown(OVERRIDE_KEYS)
    choice = _read_choice(fields)
    if not choice.files:
        fields.mistake("files", "нет ключа files", 'напишите, например, files: "sms/**"')
    return choice


def _read_term(fields: Fields) -> Term:
    fields.refuse_unknown(TERM_KEYS)
    phrase = next(iter(fields.sources("term")), Source("", fields.origin))
    if not phrase.text:
        fields.mistake("term", "нет ключа term", "напишите словарные формы, например term: клуб скидка")
    review = fields.text("review")
    if review and not _is_day(review):
        fields.mistake("review", f"«review: {review}» — не дата", "напишите, например, review: 2027-03-31")
    return Term(phrase, fields.sources("rules"), fields.text("reason"), fields.text("owner"), review)


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
