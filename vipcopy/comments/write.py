"""Findings as comments of a Word file, each on its exact words; everything else in the file stays as it was.

The XML is not built anew: marks are put into its bytes where the reader says that the words stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import accumulate, pairwise
from posixpath import basename, dirname, join
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from vipcopy.comments.earlier import AUTHOR, INITIALS, find_ours, remove_comments, remove_marks
from vipcopy.comments.runs import RangeMark, put_marks
from vipcopy.errors import ReadError
from vipcopy.model import Finding
from vipcopy.readers.docx import find_main_part, find_relations, read_main, relations_of
from vipcopy.readers.office import Archive, open_archive
from vipcopy.readers.paragraphs import Letters, Paragraph
from vipcopy.records import NamedTuple

LARGEST_UNPACKED = 1_000_000_000  # bytes of all parts, pictures included

_TYPES = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE_NAMES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ID = re.compile(rb"""\bid\s*=\s*["'](\d{1,9})["']""")
_ROOT = re.compile(rb"<([\w.:-]+)")
_UTF16 = re.compile(rb"""^(<\?xml[^>]*encoding\s*=\s*["'])utf-16""", re.IGNORECASE)


class _Anchor(NamedTuple):
    """A finding, the marks around the words that its comment goes to, and whether these are its own."""

    finding: Finding
    start: RangeMark
    stop: RangeMark
    is_exact: bool


def write_comments(data: bytes, name: str, findings: Sequence[Finding]) -> bytes:
    """The file with a comment for each finding, in place of our earlier ones. Raises ReadError for no Word file."""
    archive = open_archive(data, name)
    main = find_main_part(archive)
    if sum(entry.file_size for entry in archive.zip.infolist()) > LARGEST_UNPACKED:
        raise ReadError(f"{name}: в файле слишком много картинок; сохраните его без них")
    if earlier := dict(_remove_earlier(archive, main)):
        data = _repack(archive, earlier)
        archive = open_archive(data, name)
    anchors = list(_find_anchors(read_main(archive, main), main, findings))
    return _repack(archive, dict(_change_parts(archive, main, anchors))) if anchors else data


def _remove_earlier(archive: Archive, main: str) -> Iterator[tuple[str, bytes]]:
    """The parts that have comments of ours, without them."""
    part = _find_comments(archive, main)
    written = _read_utf8(archive, part) if part else b""
    if ours := find_ours(written):
        yield part, remove_comments(written, ours)
        yield main, remove_marks(_read_utf8(archive, main), ours)


def _find_comments(archive: Archive, main: str) -> str:
    """The part that holds the comments; empty where there are none."""
    relations = relations_of(main)
    known = find_relations(archive, relations, dirname(main)) if archive.has(relations) else ()
    return next((target for kind, target in known if kind == "comments" and archive.has(target)), "")


def _read_utf8(archive: Archive, part: str) -> bytes:
    return _UTF16.sub(rb"\1utf-8", archive.read(part))


def _find_anchors(paragraphs: Sequence[Paragraph], main: str, findings: Sequence[Finding]) -> Iterator[_Anchor]:
    """Word lets no comment into headers, notes and text boxes: there it goes to the nearest words before."""
    letters, starts = _lay_out(paragraphs)
    free = [at for at, each in enumerate(letters) if not each.is_boxed]
    for finding in findings if free else ():
        is_main = finding.place.part == main
        first = max(0, bisect_right(starts, finding.place.start) - 1) if is_main else free[0]
        last = max(first, bisect_right(starts, finding.place.stop - 1) - 1) if is_main else first
        if is_main and not any(each.is_boxed for each in letters[first : last + 1]):
            start = letters[first], finding.place.start - starts[first]
            stop = letters[last], finding.place.stop - starts[last]
            yield _Anchor(finding, RangeMark(*start, is_end=False), RangeMark(*stop, is_end=True), is_exact=True)
            continue
        near = letters[free[max(0, bisect_right(free, first) - 1)]]
        yield _Anchor(
            finding, RangeMark(near, 0, is_end=False), RangeMark(near, len(near.text), is_end=True), is_exact=False
        )


def _lay_out(paragraphs: Sequence[Paragraph]) -> tuple[list[Letters], list[int]]:
    """All letters, and where each run of them starts in the text of the part, as `part_text` puts it together."""
    letters = [each for paragraph in paragraphs for each in paragraph.letters]
    breaks = {id(paragraph.letters[0]) for paragraph in paragraphs[1:]}
    sizes = (len(each.text) + (id(following) in breaks) for each, following in pairwise(letters))
    return letters, list(accumulate(sizes, initial=0))


def _change_parts(archive: Archive, main: str, anchors: Sequence[_Anchor]) -> Iterator[tuple[str, bytes]]:
    """The parts that are not as they were, with their new content."""
    part = _find_comments(archive, main)
    written = _read_utf8(archive, part) if part else b""
    first = max((int(each) for each in _ID.findall(written)), default=-1) + 1
    marks: dict[RangeMark, list[int]] = defaultdict(list)
    for number, anchor in enumerate(anchors, first):
        marks[anchor.start].append(number)
        marks[anchor.stop].append(number)
    yield main, put_marks(_read_utf8(archive, main), marks)
    comments = "".join(_comment(number, anchor) for number, anchor in enumerate(anchors, first)).encode()
    if part:
        yield part, _add(written, comments)
        return
    part = _new_part(archive, main)
    yield part, f'<w:comments xmlns:w="{_WORD}">'.encode() + comments + b"</w:comments>"
    target = f'Id="{AUTHOR}Comments" Type="{_RELATION}" Target="{basename(part)}"'
    relations = relations_of(main)
    empty = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
    known = _read_utf8(archive, relations) if archive.has(relations) else empty
    yield relations, _add(known, f'<Relationship xmlns="{_RELATIONS}" {target}/>'.encode())
    override = f'<Override xmlns="{_TYPE_NAMES}" PartName="/{part}" ContentType="{_COMMENTS_TYPE}"/>'
    yield _TYPES, _add(_read_utf8(archive, _TYPES), override.encode())


def _new_part(archive: Archive, main: str) -> str:
    names = (join(dirname(main), f"comments{number or ''}.xml") for number in range(len(archive.zip.infolist()) + 1))
    return next(name for name in names if not archive.has(name))


def _add(xml: bytes, added: bytes) -> bytes:
    """The XML with something added as the last child of its root, which may be empty."""
    at = xml.rfind(b"</")
    if at >= 0:
        return xml[:at] + added + xml[at:]
    name = _ROOT.search(xml)
    return xml.rpartition(b"/>")[0] + b">" + added + b"</" + (name[1] if name else b"") + b">"


def _comment(number: int, anchor: _Anchor) -> str:
    finding = anchor.finding
    lines = [
        finding.message,
        finding.why,
        f"Лучше: {' — или: '.join(finding.suggestions)}" if finding.suggestions else "",
    ]
    if not anchor.is_exact:
        lines.insert(0, f"{finding.place.path}, «{finding.quote}»:")
    texts = (escape("".join(filter(str.isprintable, line))) for line in lines if line)
    written = "".join(f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>' for text in texts)
    author = f'w:author="{AUTHOR}" w:initials="{INITIALS}"'
    return f'<w:comment xmlns:w="{_WORD}" w:id="{number}" {author}>{written}</w:comment>'


def _repack(archive: Archive, changed: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for entry in archive.zip.infolist():
            content = changed[entry.filename] if entry.filename in changed else archive.zip.read(entry)
            packed.writestr(entry, content, entry.compress_type)
        for name in changed.keys() - archive.zip.NameToInfo.keys():
            packed.writestr(ZipInfo(name), changed[name], ZIP_DEFLATED)
    return file.getvalue()
