"""Office files: parts of a zip archive, and their XML as events that know where they stand. Bombs are refused."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, LargeZipFile, ZipFile

from vipcopy.errors import ReadError
from vipcopy.readers.sizes import LARGEST_FILE
from vipcopy.records import NamedTuple

LARGEST_PART = 30_000_000  # bytes of XML, unpacked, of one or of all read as text; a novel has two million
MOST_ENTRIES = 10_000
DEEPEST = 1000  # elements one in another
MOST_EVENTS = 1_000_000  # tags and runs of text of a part: each becomes a record, which takes far more than its bytes

_SLICE = 65536
_ENTITY = re.compile(rb"&#?\w+;")
_DAMAGED = (BadZipFile, LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


class Event(NamedTuple):
    """A start tag, an end tag or a run of text (`tag` is empty) and its place in bytes of the part."""

    tag: str
    is_end: bool
    text: str
    attributes: Mapping[str, str]
    start: int
    stop: int


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """An office file whose parts are unpacked one by one."""

    name: str
    zip: ZipFile

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self.zip.NameToInfo

    def read(self, part: str) -> bytes:
        """The part in UTF-8. Raises ReadError when it is missing, damaged or too large."""
        try:
            with self.zip.open(part) as file:
                data = file.read(LARGEST_PART + 1)
        except KeyError:
            raise ReadError(f"{self.name}: в файле нет части {part}; сохраните его заново") from None
        except _DAMAGED:
            raise ReadError(f"{self.name}: файл повреждён или закрыт паролем; сохраните его заново") from None
        if len(data) > LARGEST_PART:
            raise ReadError(f"{self.name}: часть {part} больше {LARGEST_PART // 1_000_000} МБ; разделите документ")
        return _recode(data)

    def refuse_large(self, parts: Iterable[str]) -> None:
        """Raise ReadError where parts are too large together; what is unpacked is never more than the sizes told."""
        if sum(self.zip.NameToInfo[part].file_size for part in parts) > LARGEST_PART:
            raise ReadError(f"{self.name}: части вместе больше {LARGEST_PART // 1_000_000} МБ; разделите документ")


def open_archive(data: bytes, name: str) -> Archive:
    """An office file. Raises ReadError for what is no zip archive or too large."""
    if len(data) > LARGEST_FILE:
        raise ReadError(f"{name}: файл больше {LARGEST_FILE // 1_000_000} МБ; сохраните его без картинок")
    try:
        archive = ZipFile(BytesIO(data))
    except _DAMAGED:
        raise ReadError(f"{name}: это не документ Office; сохраните его заново") from None
    if len(archive.infolist()) > MOST_ENTRIES:
        raise ReadError(f"{name}: в файле больше {MOST_ENTRIES} частей; сохраните его заново")
    return Archive(name, archive)


def find_events(xml: bytes, name: str, prefixes: Mapping[str, str]) -> Iterator[Event]:
    """The events of a part; names get the prefix of their namespace, `w:t`, and none where it has no prefix here.

    Raises ReadError for what is no XML, has a document type (entities grow without end) or is nested without end.
    """
    recorder = _Recorder(xml, name, prefixes)
    try:
        for at in range(0, len(xml), _SLICE):
            recorder.parser.Parse(xml[at : at + _SLICE], at + _SLICE >= len(xml))
            yield from recorder.events
            recorder.events.clear()
    except expat.ExpatError:
        raise ReadError(f"{name}: документ повреждён; сохраните его заново") from None


class _Recorder:
    """Notes what expat sees."""

    def __init__(self, xml: bytes, name: str, prefixes: Mapping[str, str]) -> None:
        self.events: list[Event] = []
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._xml, self._name, self._prefixes = xml, name, prefixes
        self._depth = self._count = 0
        self._empty = -1  # where an element stops that has one tag, until its end is told

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ReadError(f"{self._name}: элементы вложены глубже {DEEPEST} уровней; сохраните документ проще")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self._note(self._tag(name), attributes=plain)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._note(self._tag(name), is_end=True)

    def _text(self, text: str) -> None:
        self._note("", text)

    def _note(
        self, tag: str, text: str = "", *, is_end: bool = False, attributes: Mapping[str, str] | None = None
    ) -> None:
        self._count += 1
        if self._count > MOST_EVENTS:
            raise ReadError(f"{self._name}: в документе больше миллиона элементов; разделите его")
        start = self.parser.CurrentByteIndex
        stop = self._stop_text(start, text) if text else self._stop_tag(start)
        self.events.append(Event(tag, is_end, text, attributes or {}, start, stop))

    def _stop_tag(self, start: int) -> int:
        """Behind the bracket. Of «<w:sym/>» expat tells the end when it is behind it already."""
        if start == self._empty:
            self._empty = -1
            return start
        stop = self._xml.find(b">", start) + 1
        self._empty = stop if self._xml.startswith(b"/>", stop - 2) else -1
        return stop

    def _stop_text(self, start: int, text: str) -> int:
        """After as many bytes, or after the entity that a lone letter was written as."""
        entity = _ENTITY.match(self._xml, start) if len(text) == 1 else None
        return entity.end() if entity else start + len(text.encode())

    def _tag(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        prefix = self._prefixes.get(space)
        return f"{prefix}:{local}" if prefix else local

    def _refuse(self, *_: object) -> None:
        raise ReadError(f"{self._name}: в документе есть DOCTYPE, какого у Office не бывает; сохраните его заново")


def _recode(data: bytes) -> bytes:
    """XML in UTF-8, whatever it was in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data
