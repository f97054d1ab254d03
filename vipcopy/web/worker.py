"""The process that reads and checks: jobs come by its standard input, answers go by its standard output."""

from __future__ import annotations

import json
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Mapping
from typing import BinaryIO, NamedTuple

from vipcopy import ReadError, Report, Standard, Style, build_report, version, write
from vipcopy.confine import confine
from vipcopy.readers import find_format, read_document
from vipcopy.web.export import write_eml, write_word

JSON, HTML = "application/json", "text/html; charset=utf-8"
WORD, MAIL = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "message/rfc822"
LENGTH = struct.Struct("!Q")  # stands before each message
PASSES = "Vipcopy-Passes"  # a header of a report: «yes» where `vipcopy check` would end with 0


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
    headers: Mapping[str, str] = {}


def main() -> None:
    """Work until the input ends. The first message is the standard to check by, pickled, and the bytes of memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ^C is for the server, which then closes our input
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    pickled, memory = pickle.loads(_receive(source))
    standard: Standard = pickle.loads(pickled)
    confine(memory)
    _send(target, b"")
    while message := _receive(source):
        job: Job = pickle.loads(message)
        _send(target, pickle.dumps(do(standard, job)))


def _receive(source: BinaryIO) -> bytes:
    head = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


def _send(target: BinaryIO, message: bytes) -> None:
    target.write(LENGTH.pack(len(message)) + message)
    target.flush()


def do(standard: Standard, job: Job) -> Answer:
    """The answer to a job; one that can't be done is an answer too."""
    try:
        return VERBS[job.verb](standard, job)
    except ReadError as error:
        return _answer_json(422, {"error": str(error)})
    except MemoryError:
        return _answer_json(413, {"error": "на этот текст не хватает памяти; разделите его на части"})


def _check(standard: Standard, job: Job) -> Answer:
    """The report of one text as JSON; a header tells whether it passes."""
    report = _report(standard, job)
    passes = {PASSES: "yes" if standard.passes(report) else "no"}
    return _answer_json(200, build_report(report))._replace(headers=passes)


def _read(_standard: Standard, job: Job) -> Answer:
    """A file as the text to write on in the page, and the format that this text is of; nothing is checked."""
    document = read_document(job.data, job.name)
    form = find_format(job.name) if document.source else "text"
    content = {"format": form, "text": document.source or document.text, "notes": document.notes}
    return _answer_json(200, {"path": document.name, "encoding": document.encoding, **content})


def _write_report(standard: Standard, job: Job) -> Answer:
    page = "\n".join(write([_report(standard, job)], "html", Style(version=version())))
    return Answer(200, HTML, page.encode("utf-8", "replace"))


def _report(standard: Standard, job: Job) -> Report:
    if job.form:
        return standard.checker.check_text(_text(job), name=job.name, format=job.form)
    return standard.checker.check_bytes(job.data, name=job.name)


def _text(job: Job) -> str:
    return job.data.decode("utf-8", "surrogatepass")


def _answer_json(status: int, value: Mapping[str, object]) -> Answer:
    try:
        return Answer(status, JSON, json.dumps(value, ensure_ascii=False).encode())
    except UnicodeEncodeError:  # half a character (a lone surrogate) is an escape or nothing
        return Answer(status, JSON, json.dumps(value).encode())


VERBS: Mapping[str, Callable[[Standard, Job], Answer]] = {
    "check": _check,
    "read": _read,
    "report": _write_report,
    "docx": lambda _, job: Answer(200, WORD, write_word(_text(job))),
    "eml": lambda _, job: Answer(200, MAIL, write_eml(_text(job))),
}
