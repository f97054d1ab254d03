"""The shell around the core, as the fronts see it: texts, files and folders in, reports out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from vipcopy.arguments import Names, Paths, refuse_no_bytes, refuse_no_text, take_names, take_paths, take_texts
from vipcopy.checking import checker
from vipcopy.checking.limits import NO_LIMITS, Limits
from vipcopy.compiling.library import (
    DEFAULT_PACKS,
    build_choice,
    load_core,
    load_packs,
    refuse_unknown,
)
from vipcopy.model import Report, Rule
from vipcopy.records import NamedTuple
from vipcopy.release import VERSION
from vipcopy.runs.plans import Request
from vipcopy.runs.session import Outcome, Run, build_run
from vipcopy.runs.sources import ReadOptions, build_failure, check_bytes, check_file, check_text
from vipcopy.runs.walk import STDIN, FoundPath, find_files

__all__ = [
    "Checker",
    "Limits",
    "Outcome",
    "Request",
    "Run",
    "check",
    "load",
    "load_packs",
    "open_run",
    "version",
]


class Checker(NamedTuple):
    """Rules ready to read texts: built once by `load`, never changed, safe in threads, pickles.

    >>> checker = load()
    >>> [finding.rule.partition("/")[0] for finding in checker.check_text("Поторопитесь, места ещё есть.").findings]
    ['urgency']
    """

    core: checker.CoreChecker
    require_reason: bool = False  # a waiver without one is an error

    def __eq__(self, other: object) -> bool:
        return self is other

    def __repr__(self) -> str:  # all that is compiled would be half a megabyte on the screen
        return f"<Checker: {len(self.core.bare)} rules>"

    def __hash__(self) -> int:  # what is remembered of texts is remembered by the checker itself
        return id(self)

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules in use, by id."""
        return self.core.rules

    def check_text(self, text: str, *, name: str = "", format: str = "text", limits: Limits = NO_LIMITS) -> Report:
        """The report of a string: "text", "markdown" or "html".

        Raises ConfigError for another format, LimitError, ReadError for a text that cannot be read.

        >>> load().check_text("<p>Часы готовы.</p>", format="html", limits=Limits(length=200_000, seconds=10)).findings
        ()
        """
        refuse_no_text(text)
        return check_text(self.core, text, name, ReadOptions(None, format, self.require_reason, limits))

    def check_bytes(self, data: bytes, *, name: str, encoding: str | None = None, limits: Limits = NO_LIMITS) -> Report:
        """The report of a file's bytes, read as the ending of `name` says: .txt, .html, .eml, .docx …

        Raises ReadError for what cannot be read, LimitError, ConfigError for an unknown encoding.

        >>> load().check_bytes("Скидка".encode("cp1251"), name="letter.txt").findings[0].quote
        'Скидка'
        """
        refuse_no_bytes(data)
        return check_bytes(self.core, data, name, ReadOptions(encoding, "", self.require_reason, limits))

    def check_many(self, texts: Iterable[str], *, format: str = "text") -> Iterator[Report]:
        """A report for each text, in order; a text is taken only when its report is asked for.

        >>> [report.words for report in load().check_many(["Часы готовы.", "Ждём."])]
        [2, 1]
        """
        return (self.check_text(text, format=format) for text in take_texts(texts))

    def check_paths(self, paths: Paths, *, encoding: str | None = None, stdin_name: str = STDIN) -> Iterator[Report]:
        """A report for each file, folders taken with all that is below them, in order of names; `-` is standard input.

        One path will do. What cannot be read is a report with an `error`. Raises ConfigError for an unknown encoding.

        >>> [report.error for report in load().check_paths("нет.txt")]
        ['нет.txt: нет такого файла или папки; проверьте путь']
        """
        options = ReadOptions(encoding, "", self.require_reason)
        return (self._check_found(found, stdin_name, options) for found in find_files(take_paths("paths", paths)))

    def _check_found(self, found: FoundPath, stdin_name: str, options: ReadOptions) -> Report:
        name = stdin_name if found.path == STDIN else found.path
        return build_failure(name, found.error) if found.error else check_file(self.core, found.path, name, options)


def open_run(paths: Paths, request: Request | None = None) -> Run:
    """A run over files and folders, each by the settings found beside it.

    Raises ConfigError for settings that cannot be used; iterating raises it, and RuleError, before the first outcome.

    >>> [outcome.report.error for outcome in open_run(["нет.txt"])]
    ['нет.txt: нет такого файла или папки; проверьте путь']
    """
    return build_run(take_paths("paths", paths), request or Request())


def load(
    packs: Paths = DEFAULT_PACKS,
    *,
    select: Names = (),
    ignore: Names = (),
) -> Checker:
    """A checker of the named packs: `vip`, or folders with a `pack.yaml`; of each argument one or several.

    `select` and `ignore` take rule ids, categories and numbers of guidelines. Raises RuleError with a line for each
    mistake of a pack, ConfigError for a name that no rule has.

    >>> sorted({rule.category for rule in load("vip", select="urgency").rules.values()})
    ['urgency']
    """
    wanted, unwanted = take_names("select", select), take_names("ignore", ignore)
    core = load_core(take_paths("packs", packs))
    refuse_unknown((*wanted, *unwanted), core.known)
    return Checker(core.keep(build_choice(wanted, unwanted)) if wanted or unwanted else core)


def check(text: str, *, format: str = "text") -> Report:
    """The report of a string by the main rules, which are loaded at the first call.

    >>> check("Скидка 20 %").findings[0].category
    'discount'
    """
    return _default().check_text(text, format=format)


def version() -> str:
    """The version of the package.

    >>> version().count(".")
    2
    """
    return VERSION


@cache
def _default() -> Checker:
    return load()
