"""Marks of comments put between the letters of Word's runs: a run that holds one is cut in two alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from vipcopy.readers.paragraphs import Letters
from vipcopy.records import NamedTuple

_NAME = re.compile(rb"<([^\s/>]+)")
_START_TAG = re.compile(rb"<[^>]*>\s*")


class RangeMark(NamedTuple):
    """A place between letters: before number `at`, or after it where a comment ends."""

    letters: Letters
    at: int
    is_end: bool


class _Cut(NamedTuple):
    """Bytes to put into a part: what closes a run there, marks that end, marks that begin, what opens the run again."""

    closes: bytes = b""
    ends: bytes = b""
    begins: bytes = b""
    opens: bytes = b""


def put_marks(xml: bytes, marks: Mapping[RangeMark, Sequence[int]]) -> bytes:
    """The part with the marks of these comments, which are named by number."""
    cuts: dict[int, _Cut] = {}
    kept: set[int] = set()  # where a `w:t` opens that is cut, so that its blank space counts from now on
    for mark, numbers in marks.items():
        at, is_inside = _find_cut(xml, mark)
        cut = cuts.get(at) or (_cut_run(xml, mark.letters) if is_inside else _Cut())
        if is_inside and mark.letters.element >= 0:
            kept.add(mark.letters.element)
        prefix = _name(xml, mark.letters.run).rpartition(b":")[0]
        added = b"".join(_write_mark(prefix, number, is_end=mark.is_end) for number in numbers)
        cuts[at] = cut._replace(ends=cut.ends + added) if mark.is_end else cut._replace(begins=cut.begins + added)
    for element in kept:
        start = element + len(_name(xml, element)) + 1
        if b"xml:space" not in xml[element : xml.index(b">", element)]:
            cuts[start] = _Cut(closes=b' xml:space="preserve"')
    return b"".join(_put(xml, cuts))


def _put(xml: bytes, cuts: Mapping[int, _Cut]) -> Iterator[bytes]:
    before = 0
    for at in sorted(cuts):
        yield xml[before:at]
        yield from cuts[at]
        before = at
    yield xml[before:]


def _find_cut(xml: bytes, mark: RangeMark) -> tuple[int, bool]:
    """Where the mark goes in bytes, and whether that is inside a run."""
    letters = mark.letters
    at = _byte_at(letters, mark.at)
    head = _content_start(xml, letters)
    if not mark.is_end and head == at:
        return letters.run, False
    text = rb"</" + _name(xml, letters.element) + rb"\s*>\s*" if letters.element >= 0 else b""
    tail = re.compile(text + rb"</" + _name(xml, letters.run) + rb"\s*>").match(xml, at)
    return (tail.end(), False) if mark.is_end and tail else (at, True)


def _byte_at(letters: Letters, at: int) -> int:
    if letters.is_sealed:
        return letters.stop if at else letters.start
    written = letters.text.encode()
    if letters.element < 0:  # a line break or a tab: nothing can stand inside it
        return letters.start
    if letters.stop - letters.start != len(written):  # an entity is one letter
        return letters.stop if at else letters.start
    return letters.start + len(letters.text[:at].encode())


def _content_start(xml: bytes, letters: Letters) -> int:
    """Where the first letters of the run stand; -1 where these are not the first."""
    at = _skip_properties(xml, letters.run)
    if letters.element < 0:
        return at
    return xml.index(b">", letters.element) + 1 if at == letters.element else -1


def _skip_properties(xml: bytes, run: int) -> int:
    """After the start tag of a run and its properties."""
    opened = _START_TAG.match(xml, run)
    start = opened.end() if opened else run
    return start + len(_properties(xml, start))


def _properties(xml: bytes, start: int) -> bytes:
    """The properties of a run that stand here, which may hold those of before a change; nothing when it has none."""
    name = _name(xml, start)
    if not name.endswith(b"rPr"):
        return b""
    depth = 0
    for tag in re.compile(rb"<(/?)" + re.escape(name) + rb"(?:\s[^>]*?)?(/?)>\s*").finditer(xml, start):
        depth += 0 if tag[2] else -1 if tag[1] else 1
        if depth == 0:
            return xml[start : tag.end()]
    return b""


def _cut_run(xml: bytes, letters: Letters) -> _Cut:
    run = _name(xml, letters.run)
    opened = _START_TAG.match(xml, letters.run)
    properties = _properties(xml, opened.end()) if opened else b""
    closes, opens = b"</" + run + b">", b"<" + run + b">" + properties
    if letters.element < 0:
        return _Cut(closes, b"", b"", opens)
    text = _name(xml, letters.element)
    return _Cut(b"</" + text + b">" + closes, b"", b"", opens + b"<" + text + b' xml:space="preserve">')


def _write_mark(prefix: bytes, number: int, *, is_end: bool) -> bytes:
    own = prefix + b":" if prefix else b""
    identity = own + b'id="%d"/>' % number
    if not is_end:
        return b"<" + own + b"commentRangeStart " + identity
    reference = b"<" + own + b"commentReference " + identity
    return b"<" + own + b"commentRangeEnd " + identity + b"<" + own + b"r>" + reference + b"</" + own + b"r>"


def _name(xml: bytes, at: int) -> bytes:
    match = _NAME.match(xml, at) if at >= 0 else None
    return match[1] if match else b""
