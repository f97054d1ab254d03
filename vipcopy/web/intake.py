"""A request to a job: its body, read within bounds, and what it asks for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from pathlib import PurePosixPath, PureWindowsPath

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from vipcopy.web.bounds import Bounds
from vipcopy.web.worker import Job

FORMATS = ("text", "markdown", "html")
EXPORTS = ("report", "docx", "eml")

_TEXT, _FORM = "application/json", "multipart/form-data"
_TOLD = {_TEXT: 'JSON {"text": "…"}', _FORM: "файл в поле file как multipart/form-data"}
MEDIA: Mapping[str, Mapping[str, str]] = {
    "check": _TOLD,
    "read": {_FORM: _TOLD[_FORM]},
    "export": {_TEXT: _TOLD[_TEXT]},
}

_LONGEST_NAME = 200
_LAST_WORDS = 2.0  # seconds in which a client may still send what nobody reads, so that it gets to read our answer
_LAST_BYTES = 100_000_000  # and so much of it: a gigabyte takes a second


class Refusal(JSONResponse):
    """An answer to a client that is still sending: said first, and the connection closed a little later."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__({"error": error}, status, headers={"Connection": "close"})

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, and let what comes run off."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": bytes(self.body), "more_body": True})
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS):
                await _run_off(receive)
        await send({"type": "http.response.body", "body": b""})


async def _run_off(receive: Receive) -> None:
    left = _LAST_BYTES
    while left > 0 and (message := await receive())["type"] == "http.request" and message.get("more_body"):
        left -= len(message.get("body", b""))


async def read_body(request: Request, bounds: Bounds) -> bytes | Refusal:
    """The body, or the refusal of one that is too large or too slow."""
    too_large = f"запрос больше {bounds.body // 1_000_000} МБ; разделите текст или сохраните файл без картинок"
    if int(request.headers.get("content-length", 0)) > bounds.body:
        return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large)
    body = bytearray()
    try:
        async with asyncio.timeout(bounds.reading):
            async for part in request.stream():
                body += part
                if len(body) > bounds.body:
                    return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large)
    except TimeoutError:
        return Refusal(HTTPStatus.REQUEST_TIMEOUT, "запрос шёл слишком долго; повторите")
    return bytes(body)


async def read_job(verb: str, request: Request, body: bytes) -> Job:
    """What a request asks for: a text in JSON or a file in a form. Raises 400, 415."""
    media = _media_type(request)
    if media not in MEDIA[verb]:
        raise HTTPException(415, f"пришлите {' или '.join(MEDIA[verb].values())}")
    return await _read_file_job(verb, request, body) if media == _FORM else read_text_job(verb, body)


def read_text_job(verb: str, body: bytes) -> Job:
    """A job on the text of a JSON object; of `export`, the key `to` says which one. Raises 400."""
    value = _read_object(body)
    keys = ("text", "format", "name") + (("to",) if verb == "export" else ())
    for key in value.keys() - set(keys):
        shown = key[:40].encode("utf-8", "replace").decode("utf-8")  # half a character can't be sent
        raise HTTPException(400, f"лишний ключ «{shown}»; бывают: {', '.join(keys)}")
    text, name = _read_string(value, "text", None), _read_string(value, "name", "")
    form, target = _read_word(value, "format", FORMATS), _read_word(value, "to", EXPORTS)
    job = target if verb == "export" else verb
    return Job(job, _name(name), form, text.encode("utf-8", "surrogatepass"))


def _read_string(value: Mapping[str, object], key: str, default: str | None) -> str:
    found = value.get(key, default)
    if not isinstance(found, str):
        raise HTTPException(400, f'{key}: нужна строка; пришлите JSON {{"text": "…"}}')
    return found


def _read_word(value: Mapping[str, object], key: str, words: Sequence[str]) -> str:
    """One of the words, the first where none is given."""
    found = _read_string(value, key, words[0])
    if found not in words:
        raise HTTPException(400, f"{key}: такого нет; бывает: {', '.join(words)}")
    return found


def _read_object(body: bytes) -> Mapping[str, object]:
    """The JSON object of a body. Raises 400."""
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise HTTPException(400, 'тело запроса — не JSON в UTF-8; пришлите {"text": "…"}') from None
    if not isinstance(value, dict):
        raise HTTPException(400, 'тело запроса — не объект JSON; пришлите {"text": "…"}')
    return value


async def _read_file_job(verb: str, request: Request, body: bytes) -> Job:
    """The one file of a form; its name only tells what it is."""
    try:
        form = await _Parser(request.headers, _once(body), max_files=2, max_fields=2).parse()
    except (MultiPartException, ValueError):
        raise HTTPException(400, "форма прочитана не вся; пришлите один файл в поле file") from None
    match form.multi_items():
        case [("file", UploadFile() as file)]:
            return Job(verb, _name(file.filename or ""), "", await file.read())
    raise HTTPException(400, "в форме нужен один файл, в поле file")


class _Parser(MultiPartParser):
    spool_max_size = 0  # kept in memory, never in a file of the disk: the body has its limit already


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _name(name: str) -> str:
    """The last part of a name, since some browsers send a whole path."""
    plain = PurePosixPath(PureWindowsPath(name).name).name
    return "".join(filter(str.isprintable, plain))[-_LONGEST_NAME:]
