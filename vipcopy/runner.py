"""The shell around the core: packs are found and loaded, paths walked, files read; one bad file never ends a run."""

from __future__ import annotations

import logging
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path

from vipcopy import checker
from vipcopy.cache import build_key, read_cached, write_cached
from vipcopy.model import ConfigError, Pack, ReadError, Report, Rule, RuleError, Score, Severity
from vipcopy.nodes import near
from vipcopy.packs import load_pack
from vipcopy.readers import READERS, is_readable, parse_document, read_document
from vipcopy.writers import WRITERS, Style

__all__ = ["Checker", "Style", "check", "load", "load_packs", "show", "version", "write"]

STDIN = "-"
DEFAULT_PACKS = ("vip",)
BASE_PACK = "base"  # the classes of the phrase language; every run has it


@dataclass(frozen=True, slots=True, eq=False)
class Checker:
    """Rules ready to read texts: built once by `load`, never changed, safe in threads, pickles.

    >>> checker = load()
    >>> [finding.rule.partition("/")[0] for finding in checker.check_text("Поторопитесь, места ещё есть.").findings]
    ['urgency']
    """

    core: checker.Checker

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules in use, by id."""
        return self.core.rules

    def check_text(self, text: str, *, name: str = "", format: str = "text") -> Report:
        """The report of a string. Raises ConfigError for an unknown format.

        >>> load().check_text("Часы готовы.").findings
        ()
        """
        return self.core.check(parse_document(text, name, format))

    def check_many(self, texts: Iterable[str], *, format: str = "text") -> Iterator[Report]:
        """A report for each text, in order; a text is taken only when its report is asked for.

        >>> [report.words for report in load().check_many(["Часы готовы.", "Ждём."])]
        [2, 1]
        """
        return (self.check_text(text, format=format) for text in texts)

    def check_paths(
        self, paths: Iterable[str | Path], *, encoding: str | None = None, stdin_name: str = STDIN
    ) -> Iterator[Report]:
        """A report for each file, folders taken with all that is below them, in order of names; `-` is standard input.

        What cannot be read is a report with an `error`. Raises ConfigError for an unknown encoding.

        >>> [report.error for report in load().check_paths(["нет.txt"])]
        ['нет.txt: нет такого файла или папки; проверьте путь']
        """
        for path in dict.fromkeys(map(str, paths)):
            files = _find_files(path)
            if not files:
                endings = ", ".join(READERS)
                yield _failed(path, f"{path}: в папке нет текстов ({endings}); укажите файл или другую папку")
            for file in files:
                yield self._check_file(file, stdin_name if file == STDIN else file, encoding)

    def _check_file(self, path: str, name: str, encoding: str | None) -> Report:
        try:
            return self.core.check(read_document(_read(path), name, encoding))
        except ConfigError:
            raise
        except ReadError as error:
            return _failed(name, str(error))
        except OSError as error:
            return _failed(name, f"{name}: {_explain(error)}")
        except Exception as error:
            logging.getLogger("vipcopy").exception(name)
            kind = type(error).__name__
            return _failed(
                name, f"{name}: ошибка в самой программе ({kind}); пришлите разработчикам текст и строки выше"
            )


def load(
    packs: Iterable[str | Path] = DEFAULT_PACKS, *, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> Checker:
    """A checker of the named packs: `vip`, or folders with a `pack.yaml`.

    `select` and `ignore` take rule ids, categories and numbers of guidelines. Raises RuleError with a line for each
    mistake of a pack, ConfigError for a name that no rule has.

    >>> sorted({rule.category for rule in load(select=["urgency"]).rules.values()})
    ['urgency']
    """
    wanted, unwanted = frozenset(select), frozenset(ignore)
    core = _load_core([_pack_folder(BASE_PACK), *map(_pack_folder, packs)])
    _refuse_unknown(wanted | unwanted, tuple(core.rules.values()))
    return Checker(core.keep(_keeps(wanted, unwanted)))


def check(text: str, *, format: str = "text") -> Report:
    """The report of a string by the main rules, which are loaded at the first call.

    >>> check("Скидка 20 %").findings[0].category
    'discount'
    """
    return _default().check_text(text, format=format)


def load_packs(packs: Iterable[str | Path] = DEFAULT_PACKS) -> tuple[Pack, ...]:
    """The named packs after the one that all need. Raises RuleError where there is none."""
    return tuple(load_pack(folder) for folder in (_pack_folder(BASE_PACK), *map(_pack_folder, packs)))


def write(reports: Iterable[Report], form: str, style: Style) -> Iterator[str]:
    """Lines of a report in one of the formats of `WRITERS`."""
    return WRITERS[form](reports, style)


def show(report: Report, severity: Severity) -> Report:
    """The report without findings below a severity; the score stays as it is."""
    findings = tuple(finding for finding in report.findings if finding.severity.rank >= severity.rank)
    return replace(report, findings=findings)


def version() -> str:
    """The version of the installed package."""
    try:
        return metadata.version("vipcopy")
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        return "0"


@cache
def _default() -> Checker:
    return load()


# Packs


def _load_core(folders: Sequence[Path]) -> checker.Checker:
    """The compiled packs, from the cache where they were compiled before."""
    key = build_key(folders)
    kept = read_cached(key)
    if isinstance(kept, checker.Checker):
        return kept
    core = checker.build([load_pack(folder) for folder in folders])
    write_cached(key, core)
    return core


def _pack_folder(pack: str | Path) -> Path:
    own = _rules_folder() / pack
    return own if Path(pack).name == str(pack) and own.is_dir() else Path(pack)


def _rules_folder() -> Path:
    """Our rules: inside the installed package, or beside it in a checkout that is ours."""
    package = Path(__file__).parent
    if (package / "rules").is_dir():
        return package / "rules"
    if _is_ours(package.parent):
        return package.parent / "rules"
    raise RuleError("не найдены правила vipcopy; установите пакет заново: pip install --force-reinstall vipcopy")


def _is_ours(checkout: Path) -> bool:
    try:
        project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(project.get("project", {}).get("name") == "vipcopy")


def _names(rule: Rule) -> frozenset[str]:
    return frozenset((rule.id, rule.category, str(rule.guideline)))


def _keeps(select: frozenset[str], ignore: frozenset[str]) -> Callable[[Rule], bool]:
    return lambda rule: (not select or bool(select & _names(rule))) and not ignore & _names(rule)


def _refuse_unknown(names: frozenset[str], rules: Sequence[Rule]) -> None:
    known = sorted(frozenset[str]().union(*map(_names, rules)))
    problems = [
        f"нет правила, категории или принципа «{name}»; {near(name, known)}"
        for name in sorted(names)
        if name not in known
    ]
    if problems:
        raise ConfigError("\n".join(problems))


# Files


def _find_files(path: str) -> list[str]:
    if path == STDIN or not Path(path).is_dir():
        return [path]
    folder = Path(path)
    return [str(file) for file in sorted(folder.rglob("*")) if _is_text(file.relative_to(folder)) and file.is_file()]


def _is_text(path: Path) -> bool:
    return is_readable(path.name) and not any(name.startswith(".") for name in path.parts)


def _read(path: str) -> bytes:
    return sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()


def _explain(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "нет такого файла или папки; проверьте путь"
    if isinstance(error, PermissionError):
        return "файл закрыт для чтения; откройте доступ к нему"
    return f"файл не читается ({error.strerror}); проверьте путь"


def _failed(name: str, error: str) -> Report:
    return Report(name, "", 0, (), Score(0, 0, ()), error)
