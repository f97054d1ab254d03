"""A text as a new file of another program: Word, saved mail. Waivers are notes to us and stay behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from vipcopy.readers.notes import NOTES

_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not in XML
_LONGEST_SUBJECT = 200  # characters of a first line that may be one

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same text gives the same file


def write_word(text: str) -> bytes:
    """A Word file with a paragraph for each line of the text."""
    paragraphs = "".join(map(_write_paragraph, clean(text).split("\n")))
    document = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>'
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            archive.writestr(ZipInfo(name, _EPOCH), content, ZIP_DEFLATED)
    return file.getvalue()


def write_eml(text: str) -> bytes:
    """A mail without sender; a first line that stands alone is its subject, as our reader puts it.

    >>> write_eml("Показ\\n\\nЖдём Вас.").startswith(b"Subject: =?utf-8?")
    True
    """
    head, gap, body = clean(text).strip("\n").partition("\n\n")
    has_subject = bool(gap) and "\n" not in head and len(head) <= _LONGEST_SUBJECT
    message = EmailMessage(SMTP)
    message["Subject"] = " ".join(head.split()) if has_subject else ""
    message.set_content(body.lstrip("\n") if has_subject else clean(text), cte="base64")
    return message.as_bytes()


def clean(text: str) -> str:
    """The text without waivers and without what no file of these may hold; line ends of one kind."""
    return _FORBIDDEN.sub("", NOTES.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")


def _write_paragraph(line: str) -> str:
    return f"<w:p><w:r>{''.join(_write_runs(line))}</w:r></w:p>" if line else "<w:p/>"


def _write_runs(line: str) -> Iterator[str]:
    for at, part in enumerate(line.split("\t")):
        if at:
            yield "<w:tab/>"
        yield f'<w:t xml:space="preserve">{escape(part)}</w:t>'
