"""What git says has changed: the lines of each file that are new since a revision."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vipcopy.errors import ConfigError
from vipcopy.model import Finding, Place, Report

_FILE = re.compile(r"^diff --git ", re.MULTILINE)
_BINARY = re.compile(r'^Binary files .* and ("?)(.*) differ$', re.MULTILINE)
_LINE_END = re.compile(r"\n")
_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_NEW_NAME = re.compile(r'\+\+\+ ("?)(.*)')
_DIFF = (
    *("--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-prefix"),
    *("--ignore-cr-at-eol", "-M"),
)
_ALL = (range(1, sys.maxsize),)
_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"})
_OPTIONS = "GIT_DIFF_OPTS"  # «--unified=3» there goes before ours


@dataclass(frozen=True, slots=True)
class ChangedLines:
    """The new lines of the files of a repository; a file that git does not know is new in all its lines."""

    root: Path
    lines: Mapping[str, tuple[range, ...]] = field(default_factory=dict)
    tracked: frozenset[str] = frozenset()

    def find_new(self, path: Path, report: Report) -> list[Finding]:
        """The findings in changed lines of a real path. Parts of mail and documents have no lines."""
        ends = [end.start() for end in _LINE_END.finditer(report.source)]
        return [each for each in report.findings if self._has(path, each.place, ends)]

    def _has(self, path: Path, place: Place, ends: Sequence[int]) -> bool:
        is_beside = place.path and not place.part  # a waiver in a file of its own
        name = (path.with_name(Path(place.path).name) if is_beside else path).relative_to(self.root).as_posix()
        if name not in self.tracked:
            return True
        if place.part:
            return name in self.lines
        first, last = (place.line, place.end_line) if is_beside else _count_lines(ends, place.start, place.stop)
        return any(each.start <= last and first < each.stop for each in self.lines.get(name, ()))


def load_changed_lines(root: Path, revision: str) -> ChangedLines:
    """What has changed in a repository since a revision. Raises ConfigError where there is no such.

    >>> load_changed_lines(Path(), "--output=letter.txt")
    Traceback (most recent call last):
    vipcopy.errors.ConfigError: --changed-since: «--output=letter.txt» — не версия git; напишите, например, origin/main
    """
    refusal = ConfigError(f"--changed-since: «{revision}» — не версия git; напишите, например, origin/main")
    if revision.startswith("-"):
        raise refusal
    done = _git(root, "diff", *_DIFF, revision, "--")
    if done.returncode:
        raise refusal
    tracked = _git(root, "ls-files", "-z").stdout.split("\0")
    return ChangedLines(root, dict(_parse(done.stdout)), frozenset(filter(None, tracked)))


def find_root(folder: Path) -> Path:
    """The root of the repository that a folder is in. Raises ConfigError where it is in none."""
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise ConfigError(f"--changed-since: {folder} — не хранилище git; уберите --changed-since")
    return Path(done.stdout.rstrip("\n"))


def _count_lines(ends: Sequence[int], start: int, stop: int) -> tuple[int, int]:
    """The first and the last line of a stretch as git counts them: «\\r» alone ends none."""
    return bisect_left(ends, start) + 1, bisect_left(ends, stop) + 1


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(folder), "-c", "core.quotepath=on", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, env=_environment())
    except OSError:
        raise ConfigError("--changed-since: программа git не найдена; установите её или уберите параметр") from None
    told = done.stdout.decode("utf-8", "surrogateescape")  # where `run` decodes, «\r» ends a line too
    return subprocess.CompletedProcess(command, done.returncode, told)


def _environment() -> dict[str, str]:
    """Ours. In a hook of a linked work tree GIT_DIR alone is set, and git takes any folder for the root then."""
    dropped = {_OPTIONS} if "GIT_WORK_TREE" in os.environ else {_OPTIONS, *_OF_A_HOOK}
    return {name: value for name, value in os.environ.items() if name not in dropped}


def _parse(diff: str) -> Iterator[tuple[str, tuple[range, ...]]]:
    """The new lines of each file of a diff without context; all of one that is binary to git, as UTF-16 is."""
    for part in _FILE.split(diff)[1:]:
        lines = part.split("\n")
        name = next((match for match in map(_NEW_NAME.match, lines) if match), None)
        hunks = [match for match in map(_HUNK.match, lines) if match]
        if name:
            starts = [(int(hunk[1]), int(hunk[2] or 1)) for hunk in hunks]
            yield _unquote(name[1], name[2]), tuple(range(start, start + count) for start, count in starts)
        elif binary := _BINARY.search(part):
            yield _unquote(binary[1], binary[2]), _ALL


def _unquote(quote: str, name: str) -> str:
    """The name as it is: git writes the bytes of «a"ж» as «"a\\"\\320\\266"», and a tab after a name with spaces."""
    return os.fsdecode(ast.literal_eval(f"b{quote}{name}")) if quote else name.removesuffix("\t")
