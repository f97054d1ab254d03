"""Places in the units that other tools count in: columns of UTF-16 or of bytes, paths with slashes."""

from __future__ import annotations

from collections.abc import Callable

from vipcopy.model import Finding, Place, Report
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple
from vipcopy.writers import wording

_NOT_TEXT = compile_later(r"[\ud800-\udfff]")


class ColumnSpan(NamedTuple):
    """Where a place starts and where it stops, lines and columns from 1, the stop exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def has_lines(report: Report, finding: Finding) -> bool:
    """Whether the finding's lines are lines of the file: those of a part of a mail or a Word file are not."""
    return len(report.file) > 0 and not finding.place.part and not finding.place.path


def count_utf16(report: Report, place: Place) -> ColumnSpan:
    """Columns in UTF-16 code units."""
    return _count(report, place, lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2)


def count_bytes(report: Report, place: Place) -> ColumnSpan:
    """Columns in bytes of UTF-8."""
    return _count(report, place, lambda text: len(text.encode("utf-8", "surrogatepass")))


def _count(report: Report, place: Place, measure: Callable[[str], int]) -> ColumnSpan:
    before = report.file[place.start - place.column + 1 : place.start]
    last = report.file[place.stop - place.end_column + 1 : place.stop]
    return ColumnSpan(place.line, measure(before) + 1, place.end_line, measure(last) + 1)


def write_path(report: Report) -> str:
    """The file's path with slashes, as the web writes it; «\ufffd» for bytes that are no UTF-8: readers are strict."""
    return _NOT_TEXT.sub("\ufffd", slash(report.name))


def slash(name: str) -> str:
    """The name with slashes, none of its bytes lost."""
    return name.replace("\\", "/")


def write_message(finding: Finding) -> str:
    """What is wrong and what to write instead, on one line; where it is, when lines do not say."""
    where = f"{wording.write_place(finding.place)}: " if finding.place.path else ""
    advice = " ".join(finding.suggestions[:1])
    return " ".join(f"{where}{finding.message} {advice}".split())
