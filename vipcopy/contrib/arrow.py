"""Letters as Arrow record batches in, rows out: a letter each, or a finding each. What fails is a row, never a crash.

>>> import pyarrow as pa
>>> batch = pa.record_batch({"id": [7, 8], "text": ["Часы готовы.", None], "format": [None, "html"]})
>>> [row["status"] for rows in check_batches([batch]) for row in rows.to_pylist()]
['checked', 'no_text']

Columns in (`Columns` names them): an id of any type, handed on untouched; a text, string (UTF-8) or binary (a file of
any encoding; eml, docx and odt are best kept so); a format, null for plain text. `build_schema` gives the columns out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, repeat
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from vipcopy import ConfigError
from vipcopy.contrib.arrow_texts import find_plain, is_binary, is_string, take, unfold
from vipcopy.contrib.sandbox import Sandbox
from vipcopy.contrib.verdicts import Letter, Settings, Status, Verdict, build_judge

LETTERS, FINDINGS, NESTED = ROWS = ("letters", "findings", "nested")

MOST_LETTERS = 256  # of a batch that is given out: what is held at once stays small
MOST_BYTES = 2_000_000

_STATUS = {"status": pa.string(), "error": pa.string()}
_LETTER = {
    **_STATUS,
    "words": pa.int32(),
    "score": pa.int16(),
    "max_score": pa.int16(),
    **{f"points_{number}": pa.int16() for number in range(1, 10)},
    "lowest": pa.int8(),
    "finding_count": pa.int32(),
    "error_count": pa.int32(),
    "warning_count": pa.int32(),
    "info_count": pa.int32(),
    "waived_count": pa.int32(),
}
_FOUND = {
    "number": pa.int32(),
    "rule": pa.string(),
    "category": pa.string(),
    "guideline": pa.int8(),
    "severity": pa.string(),
    "lost": pa.int16(),
    "start": pa.int32(),
    "stop": pa.int32(),
    "line": pa.int32(),
    "column": pa.int32(),
    "part": pa.string(),
    "quote": pa.string(),
    "message": pa.string(),
    "suggestions": pa.list_(pa.string()),
}
_FOUND_STRUCT = pa.struct(list(_FOUND.items()))
_NOTHING = (None,) * len(_FOUND)
_ADDED = {
    LETTERS: _LETTER,
    FINDINGS: {**_STATUS, **_FOUND},
    NESTED: {**_LETTER, "found": pa.list_(_FOUND_STRUCT)},
}


class Judging(Protocol):
    """What gives letters their verdicts: in this process, or in one of its own."""

    def judge_all(self, letters: Sequence[Letter]) -> list[Verdict]:
        """The verdicts on letters, in order."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns in; an empty `format` or `size` means that there is none."""

    id: str = "id"
    text: str = "text"
    format: str = "format"
    size: str = ""  # the bytes of a text, where a text that is too large was left out as null
    kept: tuple[str, ...] = ()  # more columns to hand on, beside the id


COLUMNS = Columns()
DEFAULTS = Settings()


def check_batches(
    batches: Iterable[pa.RecordBatch | pa.Table] | pa.RecordBatch | pa.Table,
    settings: Settings = DEFAULTS,
    columns: Columns = COLUMNS,
    *,
    rows: str = LETTERS,
    isolated: bool = False,
) -> Iterator[pa.RecordBatch]:
    """Batches of rows for batches of letters, lazily and in order; a batch or a table alone will do.

    `rows`: "letters", "findings" or "nested".

    `isolated` judges in a process of its own (`Sandbox`), so that a letter may hang or kill it. Raises RuleError for
    broken packs and ConfigError for wrong settings or columns; nothing in a letter raises.
    """
    judging = _open(settings, isolated=isolated)
    for batch in _find_batches(batches):
        schema = build_schema(batch.schema, columns, rows)
        taken = _Taken(batch, columns, settings.largest)
        for start, stop in _cut(taken.sizes):
            part = batch.slice(start, stop - start)
            yield _build(part, judging.judge_all(taken.read(start, stop)), schema, rows)


def build_schema(source: pa.Schema, columns: Columns = COLUMNS, rows: str = LETTERS) -> pa.Schema:
    """The columns out for columns in. Raises ConfigError for a column that is missing or of a wrong type.

    >>> letters = pa.schema({"id": pa.int64(), "text": pa.string()})
    >>> build_schema(letters, Columns(format=""), "findings").names[:5]
    ['id', 'status', 'error', 'number', 'rule']
    """
    if rows not in ROWS:
        raise ConfigError(f"нет строк «{rows}»; бывает: {', '.join(ROWS)}")
    handed_on = (columns.id, *columns.kept)
    for name in filter(None, (*handed_on, columns.text, columns.format, columns.size)):
        if source.get_field_index(name) < 0:
            raise ConfigError(f"нет столбца «{name}» или их несколько; есть: {', '.join(source.names)}")
    _refuse_types(source, columns)
    taken = sorted(set(handed_on) & _ADDED[rows].keys())
    if taken or len(set(handed_on)) < len(handed_on):
        raise ConfigError(f"имена столбцов заняты: {', '.join(taken or handed_on)}; переименуйте столбцы")
    fields = [source.field(name) for name in handed_on]
    return pa.schema([*fields, *(pa.field(name, kind) for name, kind in _ADDED[rows].items())])


def _refuse_types(source: pa.Schema, columns: Columns) -> None:
    for name in filter(None, (columns.text, columns.format)):
        kind = find_plain(source.field(name).type)
        if not is_string(kind) and not is_binary(kind):
            raise ConfigError(f"столбец «{name}» — {kind}; нужен string или binary")
    if columns.size and not pa.types.is_integer(kind := source.field(columns.size).type):
        raise ConfigError(f"столбец «{columns.size}» — {kind}; нужно целое число")


def _find_batches(given: Iterable[pa.RecordBatch | pa.Table] | pa.RecordBatch | pa.Table) -> Iterator[pa.RecordBatch]:
    for each in (given,) if isinstance(given, pa.RecordBatch | pa.Table) else given:
        yield from each.to_batches() if isinstance(each, pa.Table) else (each,)


class _Taken:
    """The letters of a batch."""

    def __init__(self, batch: pa.RecordBatch, columns: Columns, largest: int) -> None:
        self._texts = unfold(batch.column(columns.text))
        self._is_text = is_string(self._texts.type)
        lengths = batch.column(columns.size) if columns.size else pc.binary_length(self._texts)
        self.sizes: list[int] = pc.fill_null(lengths, 0).to_pylist()
        self._largest = largest
        self._formats = unfold(batch.column(columns.format)).cast(pa.binary()) if columns.format else None

    def read(self, start: int, stop: int) -> list[Letter]:
        """The letters from one row to another. Only their bytes are copied, and none of those that are too large."""
        return [self._read(at) for at in range(start, stop)]

    def _read(self, at: int) -> Letter:
        form = self._formats[at].as_py() if self._formats else None
        name = form.decode("utf-8", "replace") if form else "text"
        buffer = self._texts[at].as_buffer() if self.sizes[at] <= self._largest else None
        return Letter(None if buffer is None else buffer.to_pybytes(), self.sizes[at], name, self._is_text)


def _cut(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of letters that are worked on at once."""
    start = held = 0
    for at, size in enumerate(sizes):
        if at > start and (at - start == MOST_LETTERS or held + size > MOST_BYTES):
            yield start, at
            start, held = at, 0
        held += size
    if start < len(sizes):
        yield start, len(sizes)


def _build_letters(verdicts: Sequence[Verdict]) -> list[pa.Array]:
    return _build_columns([(*each[:5], *each.points, each.lowest, *each.counts) for each in verdicts], _LETTER)


def _build_nested(verdicts: Sequence[Verdict]) -> list[pa.Array]:
    offsets = pa.array(accumulate((len(each.found) for each in verdicts), initial=0), pa.int32())
    found = _build_columns([found for each in verdicts for found in each.found], _FOUND)
    structs = pa.StructArray.from_arrays(found, fields=list(_FOUND_STRUCT))
    return [*_build_letters(verdicts), pa.ListArray.from_arrays(offsets, structs, type=pa.list_(_FOUND_STRUCT))]


def _build_findings(verdicts: Sequence[Verdict]) -> list[pa.Array]:
    rows = [(*each[:2], *found) for each in verdicts for found in _find_rows(each)]
    return _build_columns(rows, _ADDED[FINDINGS])


def _find_rows(verdict: Verdict) -> Sequence[Sequence[object]]:
    """The findings of a letter; a row of nulls stands for a letter that could not be checked."""
    return verdict.found if verdict.status == Status.CHECKED else [_NOTHING]


_BUILDERS: Mapping[str, Callable[[Sequence[Verdict]], list[pa.Array]]] = {
    LETTERS: _build_letters,
    FINDINGS: _build_findings,
    NESTED: _build_nested,
}


def _build(part: pa.RecordBatch, verdicts: Sequence[Verdict], schema: pa.Schema, rows: str) -> pa.RecordBatch:
    added = _BUILDERS[rows](verdicts)
    handed_on = [part.column(name) for name in schema.names[: -len(added)]]
    if rows == FINDINGS:
        places = [at for at, verdict in enumerate(verdicts) for _ in _find_rows(verdict)]
        handed_on = [take(column, places) for column in handed_on]
    return pa.RecordBatch.from_arrays([*handed_on, *added], schema=schema)


def _build_columns(rows: Sequence[Sequence[object]], kinds: Mapping[str, pa.DataType]) -> list[pa.Array]:
    columns = zip(*rows, strict=True) if rows else repeat((), len(kinds))
    return [pa.array(column, kind) for column, kind in zip(columns, kinds.values(), strict=True)]


@cache
def _open(settings: Settings, *, isolated: bool) -> Judging:
    """Loaded once in each process, whatever the number of its tasks."""
    return Sandbox(settings) if isolated else build_judge(settings)
