"""HTML cut into text, tags and attributes, each with its place.

`html.parser` takes 83 seconds over 160 KB of «<!--» and says nothing of where an attribute stands; this one passes
over any text once.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from html import unescape

from vipcopy.records import NamedTuple

# Whatever the text, a failed attempt is either made once (see `_Fences`) or ends at the next mark.
_TAG = re.compile(
    r"""
    < (/?) ([a-zA-Z][^\s/>]*+)
    ( (?: [^>"'] | "[^"]*+" | '[^']*+' )*+ ) >
    """,
    re.VERBOSE,
)
_LOOSE_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
_ATTRIBUTE = re.compile(
    r"""
    ([^\s"'>/=]++)
    (?: \s*+ = \s*+ (?: "(?P<double>[^"]*+)" | '(?P<single>[^']*+)' | (?P<bare>[^\s"'>]++) ) )?
    """,
    re.VERBOSE,
)
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "mj-style"})  # no tags inside
_RAW_TEXT = frozenset({"title", "textarea"})


class Attribute(NamedTuple):
    """The value of an attribute and where it stands in the source, quotation marks left out."""

    value: str
    start: int
    stop: int


class Tag(NamedTuple):
    """A start or end tag."""

    name: str
    is_end: bool
    is_empty: bool
    start: int
    stop: int
    attributes: str  # as written
    attributes_start: int

    def read_attributes(self) -> dict[str, Attribute]:
        """The attributes by name in small letters, entities in their values read; the first of a name counts."""
        found: dict[str, Attribute] = {}
        for match in _ATTRIBUTE.finditer(self.attributes):
            group = match.lastgroup
            start, stop = match.span(group) if group else (match.end(), match.end())
            value = Attribute(
                unescape(self.attributes[start:stop]), self.attributes_start + start, self.attributes_start + stop
            )
            found.setdefault(match[1].lower(), value)
        return found


class TextRun(NamedTuple):
    """A stretch of text between tags."""

    start: int
    stop: int


def find_markup(source: str) -> Iterator[Tag | TextRun]:
    """Tags and runs of text in order; comments, declarations and what stands in a script are left out."""
    at, fences = 0, _Fences(source)
    while at < len(source):
        opened = source.find("<", at)
        if opened < 0:
            break
        stop, tag = fences.read(opened)
        if stop == opened:  # «<» as a sign: «5 < 7»
            yield TextRun(at, opened + 1)
            at = opened + 1
            continue
        if at < opened:
            yield TextRun(at, opened)
        at = stop
        if tag:
            yield tag
            if not tag.is_end and not tag.is_empty and (tag.name in _RAW or tag.name in _RAW_TEXT):
                at = yield from _find_raw(source, tag)
    if at < len(source):
        yield TextRun(at, len(source))


def _find_raw(source: str, tag: Tag) -> Generator[TextRun, None, int]:
    """What stands in an element that has no tags; the end tag itself is left for the next turn."""
    close = re.compile(rf"</{re.escape(tag.name)}(?=[\s/>])", re.IGNORECASE).search(source, tag.stop)
    stop = close.start() if close else len(source)
    if stop > tag.stop:
        yield TextRun(tag.stop, stop)
    return stop


class _Fences:
    """Where what begins with «<» ends. What has no end in the source is looked for once only."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._last_bracket = source.rfind(">")
        self._is_quoted_badly = False

    def read(self, at: int) -> tuple[int, Tag | None]:
        """Where the markup at this «<» stops, and its tag when it is one; `at` itself when it is no markup."""
        source = self._source
        following = source[at + 1 : at + 2]
        if following == "!" or following == "?":
            return self._skip(at), None
        if at > self._last_bracket or not (following.isalpha() or following == "/"):
            return at, None
        match = self._match(at)
        if match is None:
            return at, None
        written = match[3]
        is_empty = written.endswith("/") and not match[1]
        name = match[2].lower()
        return match.end(), Tag(name, bool(match[1]), is_empty, at, match.end(), written, match.start(3))

    def _match(self, at: int) -> re.Match[str] | None:
        if not self._is_quoted_badly:
            match = _TAG.match(self._source, at)
            if match:
                return match
            self._is_quoted_badly = _LOOSE_TAG.match(self._source, at) is not None
        return _LOOSE_TAG.match(self._source, at)

    def _skip(self, at: int) -> int:
        """After a comment, a declaration or CDATA."""
        source = self._source
        if not source.startswith("<!--", at):
            close = source.find(">", at) + 1
            return close or len(source)
        if source.startswith((">", "->"), at + 4):
            return source.index(">", at) + 1
        close = source.find("-->", at + 4)
        return close + 3 if close >= 0 else len(source)
