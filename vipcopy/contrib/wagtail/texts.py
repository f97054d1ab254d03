"""A page as one text: its fields joined into HTML, and for each offset the field and the block that it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import NamedTuple

from django.db.models import Field
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import RichTextField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

Path = tuple[str | int, ...]  # a field, then what its blocks are errors by: an index of a stream or list, a name


class HtmlFragment(NamedTuple):
    """The HTML of one field or block, and the id of the innermost block that has one."""

    html: str
    path: Path
    block: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class PageText:
    """HTML for the checker, and where each fragment of it lies."""

    html: str
    starts: tuple[int, ...]
    fragments: tuple[HtmlFragment, ...]

    @property
    def digest(self) -> str:
        """What an override is given for: another text has another digest."""
        return sha256(self.html.encode("utf-8", "surrogatepass")).hexdigest()

    def find_fragment(self, start: int) -> int:
        """The number of the fragment that holds an offset of the HTML; -1 when the page has no text."""
        return bisect_right(self.starts, start) - 1


def build_text(values: Iterable[tuple[Field, object]]) -> PageText:
    """The text of the fields that have any, in this order."""
    fragments = [fragment for field, value in values for fragment in _read_field(field, value) if fragment.html]
    starts: list[int] = []
    length = 0
    for fragment in fragments:
        starts.append(length)
        length += len(fragment.html) + 1
    return PageText("\n".join(fragment.html for fragment in fragments), tuple(starts), tuple(fragments))


def _read_field(field: Field, value: object) -> Iterator[HtmlFragment]:
    around = HtmlFragment("", (field.name,), label=capfirst(field.verbose_name))
    if isinstance(value, blocks.StreamValue):
        yield from _read_stream(value, around)
    elif isinstance(field, RichTextField):
        yield around._replace(html=str(value or ""))
    else:
        yield around._replace(html=_wrap(str(value or ""), "h1" if field.name == "title" else "p"))


def _read_stream(stream: blocks.StreamValue, around: HtmlFragment) -> Iterator[HtmlFragment]:
    for at, child in enumerate(stream):
        yield from _read_block(child.block, child.value, _go_in(around, at, child.id, child.block))


def _read_block(block: blocks.Block, value: object, around: HtmlFragment) -> Iterator[HtmlFragment]:
    """The fragments of a block and of those inside it; `copy_as=""` leaves it out."""
    if getattr(block.meta, "copy_as", None) == "":
        return
    if isinstance(value, blocks.StreamValue):
        yield from _read_stream(value, around)
    elif isinstance(block, blocks.ListBlock):
        for at, child in enumerate(value.bound_blocks):  # type: ignore[attr-defined]  # a ListValue, which has no types
            yield from _read_block(child.block, child.value, _go_in(around, at, child.id, None))
    elif isinstance(block, blocks.StructBlock) and isinstance(value, Mapping):
        for name, child_block in block.child_blocks.items():
            yield from _read_block(child_block, value.get(name), _go_in(around, name, "", child_block))
    else:
        yield around._replace(html=_read_leaf(block, value))


def _go_in(around: HtmlFragment, key: str | int, block_id: str | None, block: blocks.Block | None) -> HtmlFragment:
    label = f"{around.label} → {block.label}" if block is not None and block.label else around.label
    return around._replace(path=(*around.path, key), block=block_id or around.block, label=label)


def _read_leaf(block: blocks.Block, value: object) -> str:
    """The HTML of a block with words; choices, links and dates have none, a picture has its alternative text."""
    if not value:
        return ""
    if isinstance(value, RichText):
        return str(value.source)
    if isinstance(value, TypedTable):
        return _read_typed_table(value)
    if isinstance(block, TableBlock) and isinstance(value, Mapping):
        return _read_table(value)
    if isinstance(block, ImageBlock):  # a StructBlock whose value is the picture
        return f'<img alt="{escape(getattr(value, "contextual_alt_text", None) or "")}">'
    if isinstance(block, blocks.RawHTMLBlock):
        return str(value)
    tag = getattr(block.meta, "copy_as", "blockquote" if isinstance(block, blocks.BlockQuoteBlock) else "p")
    return _wrap(str(value), tag) if isinstance(block, blocks.CharBlock | blocks.TextBlock) else ""


def _read_table(value: Mapping[str, object]) -> str:
    """A table of plain cells, the empty ones null."""
    rows = value.get("data")
    cells = [[escape(str(cell or "")) for cell in row] for row in rows] if isinstance(rows, list) else []
    return _write_table(str(value.get("table_caption") or ""), cells)


def _read_typed_table(table: TypedTable) -> str:
    """A table whose columns have a block each."""
    heads = [escape(str(column["heading"])) for column in table.columns]
    rows = ([_read_cell(cell) for cell in row] for row in table.rows)
    return _write_table(table.caption or "", [heads, *rows])


def _read_cell(cell: blocks.BoundBlock) -> str:
    return "".join(fragment.html for fragment in _read_block(cell.block, cell.value, HtmlFragment("", ())))


def _write_table(caption: str, rows: Iterable[Iterable[str]]) -> str:
    lines = (f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption>{''.join(lines)}</table>"


def _wrap(text: str, tag: str) -> str:
    """Plain text as HTML: an empty line starts a paragraph, any other line end breaks the line."""
    lines = escape(text, quote=False).replace("\r\n", "\n").split("\n\n")
    return "".join(f"<{tag}>{paragraph.replace(chr(10), '<br>')}</{tag}>" for paragraph in lines if paragraph.strip())
