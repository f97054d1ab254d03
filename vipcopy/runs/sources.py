"""One file to one report: read, its waivers found, checked. Whatever happens to it, the run goes on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from vipcopy.checking.checker import CoreChecker
from vipcopy.checking.limits import NO_LIMITS, Limits, refuse_long
from vipcopy.document import Document
from vipcopy.error_log import log_error
from vipcopy.errors import ConfigError, LimitError, ReadError
from vipcopy.manuscript import Manuscript, read
from vipcopy.model import Report
from vipcopy.os_errors import write_os_error
from vipcopy.readers import LARGEST_FILE, parse_document, read_document
from vipcopy.readers.front import find_front
from vipcopy.records import NamedTuple
from vipcopy.runs.walk import STDIN, is_there
from vipcopy.scoring.scorecard import Score
from vipcopy.silence.directives import find_waivers
from vipcopy.silence.waivers import Waiver, Waivers
from vipcopy.ticks import Tick, never
from vipcopy.wrapped_text import WrappedText

SIDECAR = ".vipcopy.yml"  # what the name of a file with waivers has more than that of its text


class ReadOptions(NamedTuple):
    """How texts are read: in which encoding, as what format, whether waivers owe a reason, how long all may take."""

    encoding: str | None = None
    form: str = ""
    require_reason: bool = False
    limits: Limits = NO_LIMITS


def check_text(core: CoreChecker, text: str, name: str, options: ReadOptions) -> Report:
    """The report of a string with waivers in its comments. Raises ConfigError for an unknown format, LimitError."""
    refuse_long(text, name, options.limits)
    return _check(core, _read(parse_document(text, name, options.form), options), options)


def check_bytes(core: CoreChecker, data: bytes, name: str, options: ReadOptions) -> Report:
    """The report of a file's bytes, read as the ending of its name says.

    Raises ReadError, LimitError, ConfigError for an unknown encoding.
    """
    document = read_document(data, name, options.encoding)
    refuse_long(document.text, name, options.limits)
    return _check(core, _read(document, options), options)


def check_file(core: CoreChecker, path: str, name: str, options: ReadOptions) -> Report:
    """The report of a file, or of standard input for `-`; what cannot be read is a report with an `error`.

    Raises ConfigError for an unknown encoding.
    """
    try:
        submission = _read(read_document(read_bytes(path), name, options.encoding, options.form), options, path)
        return _check(core, submission, options)
    except ConfigError:
        raise
    except ReadError as error:
        return build_failure(name, str(error))
    except OSError as error:
        return build_failure(name, f"{name}: {explain(error)}")
    except Exception as error:
        log_error(name, error)
        kind = type(error).__name__
        return build_failure(
            name, f"{name}: ошибка в самой программе ({kind}); пришлите разработчикам текст и строки выше"
        )


def read_bytes(path: str) -> bytes:
    """The bytes of a file; one that is too large is not even opened. Raises ReadError, OSError."""
    if path == STDIN:
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        size = len(data)
    else:
        size = Path(path).stat().st_size
        data = _read_start(path) if size <= LARGEST_FILE else b""
        size = max(size, len(data))  # a device and a pipe have no size before they are read
    if size > LARGEST_FILE:
        raise ReadError(f"{path}: файл больше {LARGEST_FILE // 1_000_000} МБ; разделите его или сохраните без картинок")
    return data


def _read_start(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def explain(error: OSError) -> str:
    """What the system says of a file, and what to do."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "нет такого файла или папки; проверьте путь"
    if isinstance(error, PermissionError):
        return "файл закрыт для чтения; откройте доступ к нему"
    return f"файл не читается ({write_os_error(error)}); проверьте путь"


def build_failure(name: str, error: str | None) -> Report:
    """The report of what could not be read."""
    return Report(name, "", 0, (), Score(0, 0, ()), error)


class _Submission(NamedTuple):
    """A document that is read, its waivers and its file: the strings that it was made of may go."""

    manuscript: Manuscript
    waivers: Waivers
    file: WrappedText


def _read(document: Document, options: ReadOptions, path: str = STDIN) -> _Submission:
    source = document.source
    line_starts = document.line_starts.get("", (0,))
    waivers = (
        *find_waivers(document),
        *_read_front(source, document.name, line_starts),
        *_read_sidecar(path, line_starts),
    )
    manuscript = read(document)
    file = manuscript.prose.written if source is document.text else WrappedText(source)
    return _Submission(manuscript, Waivers(waivers, options.require_reason), file)


def _check(core: CoreChecker, submission: _Submission, options: ReadOptions) -> Report:
    manuscript, waivers, file = submission
    return core.judge(manuscript, waivers, _start_clock(manuscript.document.name, options.limits))._replace(file=file)


def _start_clock(name: str, limits: Limits) -> Tick:
    if limits.seconds is None:
        return never
    seconds, stop = limits.seconds, monotonic() + limits.seconds

    def tick() -> None:
        if monotonic() >= stop:
            raise LimitError(f"{name or 'текст'}: проверка длится больше {seconds:g} с; сократите текст или разделите")

    return tick


def _read_front(source: str, name: str, line_starts: Sequence[int]) -> tuple[Waiver, ...]:
    if not find_front(source):
        return ()
    from vipcopy.silence.sidecars import parse_front  # few letters have any

    return parse_front(source, name, line_starts)


def _read_sidecar(path: str, line_starts: Sequence[int]) -> tuple[Waiver, ...]:
    sidecar = Path(f"{path}{SIDECAR}")
    if path == STDIN or not (is_there(sidecar) and sidecar.is_file()):
        return ()
    try:
        text = sidecar.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ReadError(f"{sidecar}: файл не прочитать; нужен текст YAML в кодировке UTF-8") from None
    from vipcopy.silence.sidecars import parse_sidecar

    return parse_sidecar(text, str(sidecar), line_starts)
