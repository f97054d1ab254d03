"""Word files: the text with its tables, text boxes, accepted insertions and content controls, then notes and headers.

Read by the standard library alone, since python-docx unpacks every picture and drops insertions. Regions: heading,
list, table, quote, link, footer (headers and footers of the page and notes), placeholder (merge fields).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from vipcopy.document import Document, build_document
from vipcopy.errors import ReadError
from vipcopy.model import Piece
from vipcopy.readers.flow import BLOCK_BREAK
from vipcopy.readers.office import Archive, find_events, open_archive
from vipcopy.readers.paragraphs import Paragraph, build_pieces, find_remarks, part_text
from vipcopy.readers.word import read_paragraphs
from vipcopy.readers.word_styles import PREFIXES, Styles, read_styles

MAIN_PART = "word/document.xml"

_STORIES = {  # the end of a relationship's type -> how a person calls the part
    "header": "верхний колонтитул",
    "footnotes": "сноски",
    "endnotes": "концевые сноски",
    "footer": "нижний колонтитул",
}
_UNREAD = {  # the end of a relationship's type -> what a person calls it
    "aFChunk": "вставленный файл",
    "diagramData": "рисунок SmartArt",
    "chart": "график",
}


def read(data: bytes, name: str, _encoding: str | None = None) -> Document:
    """The document of a Word file. Raises ReadError for what is no such file, is damaged or a bomb."""
    archive = open_archive(data, name)
    main = find_main_part(archive)
    styles = read_styles(archive, main)
    body = read_paragraphs(archive.read(main), name, styles)
    pieces = list(build_pieces(body, main))
    sources = {main: part_text(body)}
    said = set(sources.values())
    for part, story in _find_stories(archive, main).items():
        paragraphs = read_paragraphs(archive.read(part), name, Styles(hiding=styles.hiding))
        text = part_text(paragraphs)
        if text in said:
            continue  # the header of even pages says the same as that of odd ones
        sources[part] = text
        said.add(text)
        for paragraph in paragraphs:
            paragraph.kinds.add("footer")
        pieces += _after(pieces, list(build_pieces(paragraphs, part, story)))
    document = build_document(name, pieces, sources, "utf-8")
    remarks = find_remarks(body, main, dict(_read_comments(archive, main)))
    return document._replace(remarks=tuple(remarks), notes=tuple(_tell_unread(archive, main)))


def read_main(archive: Archive, part: str) -> list[Paragraph]:
    """The paragraphs of the text itself."""
    return read_paragraphs(archive.read(part), archive.name, read_styles(archive, part))


def find_main_part(archive: Archive) -> str:
    """The name of the part with the text. Raises ReadError where there is none."""
    if archive.has("_rels/.rels"):
        for kind, target in find_relations(archive, "_rels/.rels", ""):
            if kind == "officeDocument" and archive.has(target):
                return target
    if archive.has(MAIN_PART):
        return MAIN_PART
    raise ReadError(f"{archive.name}: это не документ Word; сохраните его в формате .docx")


def relations_of(part: str) -> str:
    """The part that says what another part refers to."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def find_relations(archive: Archive, part: str, folder: str) -> Iterator[tuple[str, str]]:
    """What a part of relations refers to inside the file: the kind and the part."""
    for event in find_events(archive.read(part), archive.name, {}):
        if event.tag == "Relationship" and not event.is_end and event.attributes.get("TargetMode") != "External":
            target = event.attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield event.attributes.get("Type", "").rpartition("/")[2], path


def _find_stories(archive: Archive, main: str) -> dict[str, str]:
    """What a person calls each part beside the text; a part is one however many sections refer to it."""
    if not archive.has(relations_of(main)):
        return {}
    relations = find_relations(archive, relations_of(main), posixpath.dirname(main))
    kinds = {target: kind for kind, target in relations if kind in _STORIES and archive.has(target)}
    archive.refuse_large([main, *kinds])
    return {part: story for kind, story in _STORIES.items() for part in kinds if kinds[part] == kind}


def _tell_unread(archive: Archive, main: str) -> Iterator[str]:
    """A note for each thing whose words the reader sees and we do not."""
    if not archive.has(relations_of(main)):
        return
    for kind, target in find_relations(archive, relations_of(main), posixpath.dirname(main)):
        if kind in _UNREAD:
            yield f"{_UNREAD[kind]} «{posixpath.basename(target)}» не проверен"


def _read_comments(archive: Archive, main: str) -> Iterator[tuple[str, str]]:
    """The number of each comment and what it says."""
    if not archive.has(relations_of(main)):
        return
    relations = find_relations(archive, relations_of(main), posixpath.dirname(main))
    part = next((target for kind, target in relations if kind == "comments" and archive.has(target)), "")
    number, texts = "", list[str]()
    for event in find_events(archive.read(part), archive.name, PREFIXES) if part else ():
        if event.tag == "w:comment":
            if event.is_end:
                yield number, "".join(texts)
            number, texts = event.attributes.get("id", ""), []
        elif not event.tag:
            texts.append(event.text)


def _after(before: list[Piece], pieces: list[Piece]) -> list[Piece]:
    if not before or not pieces:
        return pieces
    first = pieces[0]
    return [Piece(BLOCK_BREAK, first.part, first.start, first.start, exact=False, path=first.path), *pieces]
