"""Office files made of a few lines of XML, for the tests that read them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
OPEN_DOCUMENT = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
)


def zip_parts(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def docx_of(body: str, **parts: str) -> bytes:
    """A Word file with this body; `styles`, `header1` and the like are other parts of its folder."""
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for at, name in enumerate(parts)
    )
    root = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return zip_parts(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{root}</Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
            "word/document.xml": word(f"<w:body>{body}</w:body>", "document"),
            **{f"word/{name}.xml": word(content, name.rstrip("0123456789")) for name, content in parts.items()},
        }
    )


def word(content: str, root: str) -> str:
    """A part of a Word file."""
    tag = {"header": "w:hdr", "footer": "w:ftr"}.get(root, f"w:{root}")
    return f'<{tag} xmlns:w="{WORD}" xmlns:mc="{COMPATIBILITY}">{content}</{tag}>'


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of runs of text."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(f'<w:r><w:t>{escape(run)}</w:t></w:r>' for run in runs)}</w:p>"


def odt_of(body: str, masters: str = "") -> bytes:
    """An OpenDocument text with this body."""
    content = (
        f"<office:document-content {OPEN_DOCUMENT}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    styles = (
        f"<office:document-styles {OPEN_DOCUMENT}><office:master-styles>{masters}</office:master-styles>"
        "</office:document-styles>"
    )
    return zip_parts({"content.xml": content, "styles.xml": styles})
