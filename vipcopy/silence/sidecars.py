"""Waivers for texts that have no comments: in the front matter, or in a file beside the text.

# letter.txt.vipcopy.yml
ignore:
  - discount — согласовано с юристом
  - rules: caps/word
    lines: 3-5
    quote: ВНИМАНИЕ
    reason: так называется журнал
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from vipcopy.errors import ReadError
from vipcopy.model import Origin, Place
from vipcopy.packs.nodes import Fields, Page, parse_fields
from vipcopy.readers.front import find_front
from vipcopy.records import NamedTuple
from vipcopy.silence.waivers import Waiver, parse_directive

KEYS = ("ignore",)
ENTRY_KEYS = ("rules", "reason", "lines", "quote")

_RANGE = re.compile(r"(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?")


class _Letter(NamedTuple):
    """The text that the waivers are for: where its lines start, and where the waivers are written."""

    line_starts: Sequence[int]
    path: str = ""  # of the file beside it; empty where they are in the text itself

    def place(self, origin: Origin) -> Place:
        if self.path:
            return Place("", 0, 0, origin.line, origin.column, origin.line, origin.column, self.path)
        start = self.line_starts[min(origin.line, len(self.line_starts)) - 1] + origin.column - 1
        return Place("", start, start, origin.line, origin.column, origin.line, origin.column)

    def span(self, first: int, last: int) -> tuple[int, int | None]:
        """Where these lines start and stop."""
        starts = [*self.line_starts, self.line_starts[-1] + 10**9]
        return starts[min(first, len(starts)) - 1], starts[min(last, len(starts) - 1)]


def parse_sidecar(text: str, path: str, line_starts: Sequence[int]) -> tuple[Waiver, ...]:
    """The waivers of the file beside a text. Raises ReadError with its mistakes, on one line each."""
    page = Page(path, [])
    fields = parse_fields(text, page)
    fields.refuse_unknown(KEYS)
    return _finish(page, _read_entries(fields, _Letter(line_starts, path)))


def parse_front(source: str, name: str, line_starts: Sequence[int]) -> tuple[Waiver, ...]:
    """The waivers under `vipcopy:` in the front matter of a text, for the whole of it. Raises ReadError."""
    front = find_front(source)
    if not front:
        return ()
    page = Page(name or "текст", [])
    fields = parse_fields(f"\n{front['yaml']}", page).mapping("vipcopy")
    fields.refuse_unknown(KEYS)
    return _finish(page, _read_entries(fields, _Letter(line_starts)))


def _finish(page: Page, waivers: Iterator[Waiver]) -> tuple[Waiver, ...]:
    read = tuple(waivers)
    if page.mistakes:
        raise ReadError("\n".join(page.mistakes))
    return read


def _read_entries(fields: Fields, letter: _Letter) -> Iterator[Waiver]:
    node = fields.nodes.get("ignore")
    if node is None:
        return
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        origin = fields.page.origin(item)
        if isinstance(item, yaml.ScalarNode):
            _, names, reason = parse_directive(f"ignore {item.value}")
            yield Waiver(names, reason, letter.place(origin), written=str(item.value))
        else:
            yield _read_entry(fields.page.fields(item), letter)


def _read_entry(entry: Fields, letter: _Letter) -> Waiver:
    entry.refuse_unknown(ENTRY_KEYS)
    names = tuple(name for text in entry.texts("rules") for name in parse_directive(f"ignore {text}").names)
    start, stop = _read_lines(entry, letter)
    place, written = letter.place(entry.origin), " ".join(entry.texts("rules"))
    return Waiver(names, entry.text("reason"), place, start, stop, entry.text("quote"), written=written)


def _read_lines(entry: Fields, letter: _Letter) -> tuple[int, int | None]:
    text = entry.text("lines")
    if not text:
        return 0, None
    lines = _RANGE.fullmatch(text.strip())
    if not lines or not int(lines[1]):
        entry.mistake("lines", f"«lines: {text}» — не номера строк", "напишите, например, lines: 3-5")
        return 0, None
    return letter.span(int(lines[1]), max(int(lines[1]), int(lines[2] or lines[1])))
