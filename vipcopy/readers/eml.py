"""Saved mail: its subject and its texts; attachments and mails inside it are left out, and a note says so.

Of two alternatives the HTML is read whole, since that is what a mail program shows, and of the plain text only the
lines that the HTML does not say, so that a fault that stands in both is found once. Parts are named as MIME numbers
them, «1», «1.2»; the subject is the part «subject».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from vipcopy.document import Document, build_document
from vipcopy.errors import ReadError
from vipcopy.model import Piece
from vipcopy.readers import html, plain
from vipcopy.readers.decoding import Decoded, decode, decode_declared
from vipcopy.readers.eml_echo import Said, leave_out
from vipcopy.readers.flow import BLOCK_BREAK
from vipcopy.records import NamedTuple

LARGEST = 50_000_000  # bytes
MOST_PARTS = 1000
LONGEST_HEADER = 5000  # characters; the default policy of `email` takes two minutes over half a million
SUBJECT = "subject"
MOST_NOTES = 10
LONGEST_NAME = 80  # characters of an attachment's name

_READ = ("text/plain", "text/html")
_FOLD = re.compile(r"[\r\n]+[ \t]*")  # a long header goes on in the next line


class _Text(NamedTuple):
    """A text of the mail: its number, what it says, whether it is HTML, whether HTML beside it says the same."""

    number: str
    decoded: Decoded
    is_html: bool
    is_second: bool = False


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The document of a mail. `encoding` is for texts that name none. Raises ReadError for what is no mail."""
    if len(data) > LARGEST:
        raise ReadError(f"{name}: письмо больше {LARGEST // 1_000_000} МБ; сохраните его без вложений")
    message = _parse(data, name)
    subject = _read_subject(message)
    texts = list(_find_texts(message, name, encoding))
    if not subject and not texts:
        raise ReadError(f"{name}: в письме нет ни темы, ни текста; сохраните его заново в формате .eml")
    sources = {SUBJECT: subject, **{text.number: text.decoded.text for text in texts}}
    encodings = [text.decoded.encoding for text in texts]
    document = build_document(name, list(_read_pieces(subject, texts, name)), sources, next(iter(encodings), "utf-8"))
    return document._replace(notes=tuple(_tell_attachments(message)))


def _parse(data: bytes, name: str) -> Message:
    if data.count(b"\n--") > MOST_PARTS * 2:
        raise ReadError(f"{name}: в письме больше {MOST_PARTS} частей; сохраните его проще")
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
    except RecursionError:
        raise ReadError(f"{name}: письма вложены одно в другое слишком глубоко; сохраните нужное отдельно") from None
    if not message.keys():
        raise ReadError(f"{name}: это не письмо: нет заголовков; сохраните его в формате .eml")
    return message


def _read_subject(message: Message) -> str:
    raw = next((value for name, value in message.raw_items() if name.lower() == "subject"), "")
    return _decode_header(str(raw))


def _decode_header(header: str) -> str:
    written = _decode_raw(_FOLD.sub(" ", header)[:LONGEST_HEADER])
    try:
        return str(make_header(decode_header(written))).strip()
    except (ValueError, LookupError, MessageError):  # an encoded word of no known code page
        return written.strip()


def _decode_raw(header: str) -> str:
    """A header whose letters are written as they are, in UTF-8 or a code page: new mail may, old mail did."""
    data = header.encode("utf-8", "surrogateescape")
    try:
        return decode(data, SUBJECT).text
    except ReadError:
        return data.decode("utf-8", "replace")


def _tell_attachments(message: Message) -> Iterator[str]:
    """A note for each attachment and mail inside, pictures of the letter itself left out; many are counted."""
    names = [_name(part) for _, kind, part in _find_leaves(message) if _is_left_out(part, kind)]
    yield from (f"вложение {name} не проверено" for name in names[:MOST_NOTES])
    if len(names) > MOST_NOTES:
        yield f"ещё вложений не проверено: {len(names) - MOST_NOTES}"


def _is_left_out(part: Message, kind: str) -> bool:
    if _is_attached(part) or kind == "message/rfc822" or (kind.startswith("text/") and kind not in _READ):
        return True
    return not kind.startswith("text/") and not part.get("Content-ID") and bool(_filename(part))


def _name(part: Message) -> str:
    inner = part.get_payload(0) if _kind(part) == "message/rfc822" and part.is_multipart() else None
    subject = _read_subject(inner) if isinstance(inner, Message) else ""
    name = " ".join((_filename(part) or subject or _kind_of_text(part)).split())
    return f"«{name[:LONGEST_NAME]}»" if name else "без имени"


def _kind_of_text(part: Message) -> str:
    """«text/calendar», «text/x-amp-html»: what other programs show; empty for what is no text."""
    kind = _kind(part)
    return kind if kind.startswith("text/") and kind not in _READ else ""


def _filename(part: Message) -> str:
    headers = (str(part.get(name, "")) for name in ("Content-Disposition", "Content-Type"))
    if any(len(header) > LONGEST_HEADER for header in headers):
        return ""
    try:
        return _decode_header(part.get_filename() or "")
    except (ValueError, LookupError, MessageError):  # a name in no known code page
        return ""


def _find_texts(message: Message, name: str, encoding: str | None) -> Iterator[_Text]:
    leaves = [leaf for leaf in _find_leaves(message) if _is_text(*leaf)]
    has_html = any(kind == "text/html" for _, kind, _ in leaves)
    for number, kind, leaf in leaves:
        decoded = _decode(leaf, f"{name} ({number})", encoding)
        if decoded.text.strip():
            yield _Text(number, decoded, kind == "text/html", has_html and kind == "text/plain")


def _find_leaves(message: Message, number: str = "") -> Iterator[tuple[str, str, Message]]:
    """The parts that hold no others, with their numbers and kinds; a mail inside is one of them."""
    kind = _kind(message)
    if not message.is_multipart() or kind == "message/rfc822":
        yield number or "1", kind, message
        return
    for at, part in enumerate(message.get_payload(), 1):
        if isinstance(part, Message):
            yield from _find_leaves(part, f"{number}.{at}".lstrip("."))


def _is_text(_number: str, kind: str, part: Message) -> bool:
    return kind in _READ and not _is_attached(part)


def _kind(message: Message) -> str:
    return message.get_content_type() if _is_told(message) else "text/plain"


def _is_told(message: Message) -> bool:
    """Whether what the mail says of its content is short enough to be read."""
    return len(str(message.get("Content-Type", ""))) < LONGEST_HEADER


def _is_attached(message: Message) -> bool:
    return str(message.get("Content-Disposition", ""))[:LONGEST_HEADER].strip().lower().startswith("attachment")


def _decode(message: Message, name: str, encoding: str | None) -> Decoded:
    payload = message.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = str(message.get_content_charset() or "") if _is_told(message) else ""
    return decode_declared(data, name, encoding or declared)


def _read_pieces(subject: str, texts: Sequence[_Text], name: str) -> Iterator[Piece]:
    groups = [_read_subject_pieces(subject)]
    said = Said()
    for text in sorted(texts, key=lambda text: text.is_second):
        if text.is_html:
            pieces = html.read_pieces(text.decoded.text, name, part=text.number, path="HTML")
        else:
            pieces = plain.read_pieces(text.decoded.text, part=text.number, path="текст")
        groups.append(tuple(leave_out(pieces, said)) if text.is_second else pieces)
        said.add(groups[-1])
    yield from _join(groups)


def _read_subject_pieces(subject: str) -> tuple[Piece, ...]:
    pieces = plain.read_pieces(subject, part=SUBJECT, path="тема")
    return tuple(piece._replace(region=f"{SUBJECT} {piece.region}".strip()) for piece in pieces)


def _join(groups: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    """The pieces of each part, an empty line between parts."""
    is_first = True
    for group in filter(None, groups):
        if not is_first:
            yield Piece(BLOCK_BREAK, group[0].part, group[0].start, group[0].start, exact=False)
        yield from group
        is_first = False
