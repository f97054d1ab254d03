"""The process that reads and checks: jobs come by its standard input, answers go by its standard output."""

from __future__ import annotations

import json
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from vipcopy import Checker, ReadError, Report, Style, build_report, version, write
from vipcopy.web.export import write_eml, write_word

JSON, HTML = "application/json", "text/html; charset=utf-8"
WORD, MAIL = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "message/rfc822"
LENGTH = struct.Struct("!Q")  # stands before each message

_FORMATS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}


class Job(NamedTuple):
    """What to do with a text in UTF-8 of some format, or with a file where `form` is empty."""

    verb: str
    name: str
    form: str
    data: bytes


class Answer(NamedTuple):
    """What to answer the client."""

    status: int
    media: str
    body: bytes


def main() -> None:
    """Work until the input ends. The first message is the checker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ^C is for the server, which then closes our input
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    checker = pickle.loads(_receive(source))
    _send(target, b"")
    while message := _receive(source):
        job: Job = pickle.loads(message)
        _send(target, pickle.dumps(_do(checker, job)))


def _receive(source: BinaryIO) -> bytes:
    head = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


def _send(target: BinaryIO, message: bytes) -> None:
    target.write(LENGTH.pack(len(message)) + message)
    target.flush()


def _do(checker: Checker, job: Job) -> Answer:
    try:
        return VERBS[job.verb](checker, job)
    except ReadError as error:
        return _answer_json(422, {"error": str(error)})


def _check(checker: Checker, job: Job) -> Answer:
    """The report of one text as JSON."""
    return _answer_json(200, build_report(_report(checker, job)))


def _read(checker: Checker, job: Job) -> Answer:
    """A file as the text to write on in the page, and the format that this text is of."""
    report = _report(checker, job)
    form = _FORMATS.get(PurePath(job.name).suffix.lower(), "text") if report.source else "text"
    content = {"format": form, "text": report.source or report.text, "notes": report.notes}
    return _answer_json(200, {"path": report.name, "encoding": report.encoding, **content})


def _write_report(checker: Checker, job: Job) -> Answer:
    page = "\n".join(write([_report(checker, job)], "html", Style(version=version())))
    return Answer(200, HTML, page.encode("utf-8", "replace"))


def _report(checker: Checker, job: Job) -> Report:
    if job.form:
        return checker.check_text(_text(job), name=job.name, format=job.form)
    return checker.check_bytes(job.data, name=job.name)


def _text(job: Job) -> str:
    return job.data.decode("utf-8", "surrogatepass")


def _answer_json(status: int, value: Mapping[str, object]) -> Answer:
    try:
        return Answer(status, JSON, json.dumps(value, ensure_ascii=False).encode())
    except UnicodeEncodeError:  # half a character (a lone surrogate) is an escape or nothing
        return Answer(status, JSON, json.dumps(value).encode())


VERBS: Mapping[str, Callable[[Checker, Job], Answer]] = {
    "check": _check,
    "read": _read,
    "report": _write_report,
    "docx": lambda _, job: Answer(200, WORD, write_word(_text(job))),
    "eml": lambda _, job: Answer(200, MAIL, write_eml(_text(job))),
}
