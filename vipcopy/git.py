"""What git says has changed: the lines of each file that are new since a revision."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vipcopy.errors import ConfigError
from vipcopy.model import Finding

_FILE = re.compile(r"^diff --git ", re.MULTILINE)
_BINARY = re.compile(r'^Binary files .* and ("?)(.*) differ$', re.MULTILINE)
_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_NEW_NAME = re.compile(r'\+\+\+ ("?)(.*)')
_DIFF = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-prefix", "--ignore-cr-at-eol", "-M")
_ALL = (range(1, sys.maxsize),)
_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"})


@dataclass(frozen=True, slots=True)
class ChangedLines:
    """The new lines of the files of a repository; a file that git does not know is new in all its lines."""

    root: Path
    lines: Mapping[str, tuple[range, ...]] = field(default_factory=dict)
    tracked: frozenset[str] = frozenset()

    def has(self, path: Path, finding: Finding) -> bool:
        """Whether the finding stands in a changed line of a real path. Parts of mail and documents have no lines."""
        name = path.relative_to(self.root).as_posix()
        if name not in self.tracked:
            return True
        changed = self.lines.get(name, ())
        if finding.place.part:
            return name in self.lines
        lines = range(finding.place.line, finding.place.end_line + 1)
        return any(each.start < lines.stop and lines.start < each.stop for each in changed)


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


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(folder), "-c", "core.quotepath=on", *arguments]
    try:
        return subprocess.run(
            command, capture_output=True, check=False, encoding="utf-8", errors="surrogateescape", env=_environment()
        )
    except OSError:
        raise ConfigError("--changed-since: программа git не найдена; установите её или уберите параметр") from None


def _environment() -> dict[str, str]:
    """Ours. In a hook of a linked work tree GIT_DIR alone is set, and git takes any folder for the root then."""
    if "GIT_WORK_TREE" in os.environ:
        return dict(os.environ)
    return {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}


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
