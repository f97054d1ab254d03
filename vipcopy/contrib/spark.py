"""Letters of a Spark DataFrame checked by its Python workers, with `mapInArrow`. No letter fails a task.

    checked = check_dataframe(letters, rows="findings")

Each Python worker keeps one process beside it, which loads the rules once and serves all its tasks; a letter that
hangs or kills that process costs a row (`vipcopy.contrib.sandbox`). A letter over the size limit never leaves the JVM.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa

from vipcopy.contrib.arrow import COLUMNS, DEFAULTS, LETTERS, Columns, build_schema, check_batches
from vipcopy.contrib.verdicts import Settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

_SIZE = "vipcopy_size"


def check_dataframe(
    letters: DataFrame, settings: Settings = DEFAULTS, columns: Columns = COLUMNS, *, rows: str = LETTERS
) -> DataFrame:
    """The rows of letters, as `vipcopy.contrib.arrow.check_batches` gives them; lazily, partition by partition.

    Raises ConfigError for wrong columns; RuleError and ConfigError of the packs fail the job, a letter never does.
    """
    schema = _build_schema(letters, columns, rows)
    trimmed = replace(columns, size=columns.size or _SIZE)

    def check(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return check_batches(batches, settings, trimmed, rows=rows, isolated=True)

    return _trim(letters, settings, trimmed).mapInArrow(check, schema)


def _build_schema(letters: DataFrame, columns: Columns, rows: str) -> StructType:
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType

    read = (columns.text, columns.format, columns.size)
    fields = [
        (field.name, _build_type(field.dataType) if field.name in read else pa.null()) for field in letters.schema
    ]
    schema = build_schema(pa.schema(fields), columns, rows)
    handed_on = (columns.id, *columns.kept)
    added = pa.schema([schema.field(at) for at in range(len(handed_on), len(schema))])
    return StructType([*(letters.schema[name] for name in handed_on), *from_arrow_schema(added).fields])


def _build_type(kind: DataType) -> pa.DataType:
    from pyspark.sql.pandas.types import to_arrow_type
    from pyspark.sql.types import TimestampType

    is_moment = isinstance(kind, TimestampType)  # PySpark 4.3 asks for its time zone, older ones know of none
    return pa.timestamp("us") if is_moment else to_arrow_type(kind)


def _trim(letters: DataFrame, settings: Settings, columns: Columns) -> DataFrame:
    """The columns in use; a text over the size limit is null, with its size beside it."""
    from pyspark.sql import functions

    text = letters[columns.text]
    size = functions.octet_length(text) if columns.size == _SIZE else letters[columns.size]
    names = dict.fromkeys(filter(None, (columns.id, *columns.kept, columns.format)))
    return letters.select(
        *(letters[name] for name in names if name != columns.text),
        functions.when(size <= settings.largest, text).alias(columns.text),
        size.alias(columns.size),
    )
