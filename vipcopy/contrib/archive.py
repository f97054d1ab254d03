"""An archive of letters in Parquet, checked with Spark lot by lot, so that a run that was stopped goes on where it was.

What is written, all Parquet, all below the target:

    run/        one row: by what rules, versions and settings; a run by others is refused
    plan/       which file belongs to which lot; files that come later make new lots
    letters/    lot=N: a row for each letter, its findings nested
    done/       a row for each lot that is whole: letters in, letters out
    summary/    months/, rules/, statuses/

A lot counts once its row stands in done/, which is written last; a lot without one is written anew from the start. So
no letter is there twice and none is missing, whatever was killed. One run at a time may write to a target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from vipcopy import ConfigError
from vipcopy.contrib.arrow import COLUMNS, DEFAULTS, NESTED, Columns
from vipcopy.contrib.spark import check_dataframe
from vipcopy.contrib.verdicts import Settings

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, Row, SparkSession

MONTH = "month"

_PLAN = pa.schema({"lot": pa.int32(), "path": pa.string(), "size": pa.int64()})
_DONE = pa.schema({"lot": pa.int32(), "letters": pa.int64()})
_RUN = pa.schema({"name": pa.string(), "value": pa.string()})


class File(NamedTuple):
    """A file of the archive."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Archive:
    """What is checked, by what, and where to; paths as Spark takes them."""

    source: str
    target: str
    settings: Settings = DEFAULTS
    columns: Columns = COLUMNS
    date: str = ""  # the column with the day of a letter, for summaries by month
    lot_size: int = 2_000_000_000  # bytes of files that are checked, and lost by a kill, together


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did; `failed` lots are tried again by the next run."""

    lots: int
    checked: tuple[int, ...]
    failed: dict[int, str] = field(default_factory=dict)


def check_archive(spark: SparkSession, archive: Archive) -> Outcome:
    """Check all lots that are not done yet. Raises ConfigError for an archive or a target that does not fit."""
    files = _find_files(spark, archive)
    _claim(spark, archive)
    done = {row.lot for row in _read(spark, f"{archive.target}/done", _DONE)}
    plan = _extend_plan(spark, archive, files, done)
    checked: list[int] = []
    failed: dict[int, str] = {}
    for lot in sorted(plan.keys() - done):
        error = _try_lot(spark, archive, lot, plan[lot])
        if error:
            failed[lot] = error
        else:
            checked.append(lot)
    return Outcome(len(plan), tuple(checked), failed)


def read_letters(spark: SparkSession, target: str) -> DataFrame:
    """The rows of all lots that are done."""
    lots = [row.lot for row in _read(spark, f"{target}/done", _DONE)]
    if not lots:
        raise ConfigError(f"{target}: готовых частей нет; запустите проверку")
    return spark.read.option("basePath", f"{target}/letters").parquet(*(_lot_path(target, lot) for lot in lots))


def plan_lots(files: Iterable[File], first: int, most: int) -> Iterator[tuple[int, File]]:
    """Files shared out to lots of at most so many bytes, in the order of their paths; a larger file is one alone.

    >>> [lot for lot, _ in plan_lots([File("a", 5), File("b", 5), File("c", 9)], first=3, most=10)]
    [3, 3, 4]
    """
    lot, held = first, 0
    for file in sorted(files):
        if held and held + file.size > most:
            lot, held = lot + 1, 0
        held += file.size
        yield lot, file


def _claim(spark: SparkSession, archive: Archive) -> None:
    """Note by what the target is checked. Raises ConfigError where it has been checked by something else."""
    told = {**asdict(archive.settings), **asdict(archive.columns), "date": archive.date, "source": archive.source}
    mine = {name: str(value) for name, value in told.items()}
    path = f"{archive.target}/run"
    theirs = {row.name: row.value for row in _read(spark, path, _RUN)}
    if not theirs:
        _append(spark, path, _RUN, sorted(mine.items()))
        return
    other = sorted(name for name in mine if mine[name] != theirs.get(name))
    if other:
        raise ConfigError(
            f"{archive.target}: здесь проверено с другими настройками ({', '.join(other)}); выберите другую папку"
        )


def _extend_plan(spark: SparkSession, archive: Archive, files: Sequence[File], done: set[int]) -> dict[int, list[str]]:
    """The files of each lot. Files that are new since the last run make new lots."""
    path = f"{archive.target}/plan"
    rows = _read(spark, path, _PLAN)
    _refuse_changes([File(row.path, row.size) for row in rows if row.lot in done], files)
    known = {row.path for row in rows}
    first = max((row.lot for row in rows), default=0) + 1
    added = list(plan_lots((file for file in files if file.path not in known), first, archive.lot_size))
    if added:
        _append(spark, path, _PLAN, [(lot, *file) for lot, file in added])
    plan: dict[int, list[str]] = {}
    for lot, name in [*((row.lot, row.path) for row in rows), *((lot, file.path) for lot, file in added)]:
        plan.setdefault(lot, []).append(name)
    return plan


def _find_files(spark: SparkSession, archive: Archive) -> list[File]:
    """The Parquet files of the archive; only their names and sizes are read."""
    source = archive.source
    if f"{archive.target}/".startswith(f"{source.rstrip('/')}/"):
        raise ConfigError(f"{archive.target}: результат оказался бы среди писем; выберите папку вне {source}")
    options = {"pathGlobFilter": "*.parquet", "recursiveFileLookup": "true"}
    reader = spark.read.format("binaryFile").options(**options)
    found = _collect(lambda: reader.load(source).select("path", "length"))
    if not found:
        raise ConfigError(f"{source}: файлов .parquet нет; проверьте путь")
    return [File(row.path, row.length) for row in found]


def _refuse_changes(checked: Sequence[File], files: Sequence[File]) -> None:
    changed = sorted(set(checked) - set(files))
    if changed:
        raise ConfigError(f"{changed[0].path}: файл исчез или изменился после проверки; начните в другой папке")


def _try_lot(spark: SparkSession, archive: Archive, lot: int, paths: Sequence[str]) -> str:
    """Check a lot; why it failed, empty where it didn't: a damaged file keeps its own lot from being done, no other."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        return _check_lot(spark, archive, lot, paths)
    except (PySparkException, Py4JJavaError) as error:
        return _explain(str(error))


def _explain(trace: str) -> str:
    """The line of an error of Spark, or of a Java or Python trace, that says what it was."""
    if trace.startswith("["):  # «[CAST_INVALID_INPUT] The value …», then the plan
        return trace.splitlines()[0]
    lines = [line for line in trace.splitlines() if line.strip() and not line[0].isspace()]
    causes = [line for line in lines if line.startswith("Caused by: ")]
    return (causes or lines or [trace])[-1].removeprefix("Caused by: ")


def _check_lot(spark: SparkSession, archive: Archive, lot: int, paths: Sequence[str]) -> str:
    letters = spark.read.option("basePath", archive.source).parquet(*paths)
    path = _lot_path(archive.target, lot)
    columns = replace(archive.columns, kept=(*archive.columns.kept, MONTH))
    dated = letters.withColumn(MONTH, _build_month(letters, archive.date))
    check_dataframe(dated, archive.settings, columns, rows=NESTED).write.mode("overwrite").parquet(path)
    taken, given = letters.count(), spark.read.parquet(path).count()
    if taken != given:
        return f"писем {taken}, строк {given}"
    _append(spark, f"{archive.target}/done", _DONE, [(lot, given)])
    return ""


def _build_month(letters: DataFrame, date: str) -> Column:
    """The month of each letter; null where the date is none."""
    from pyspark.sql import functions

    if not date:
        return functions.lit(None).cast("string")
    if date not in letters.columns:
        raise ConfigError(f"нет столбца «{date}»; есть: {', '.join(letters.columns)}")
    return functions.date_format(letters[date].try_cast("timestamp"), "yyyy-MM")


def _append(spark: SparkSession, path: str, schema: pa.Schema, rows: Iterable[Sequence[object]]) -> None:
    """Add rows to a small table, as one file: all of them or none."""
    columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), schema.types, strict=True)]
    table = spark.createDataFrame(pa.Table.from_arrays(columns, schema=schema))
    table.coalesce(1).write.mode("append").parquet(path)


def _read(spark: SparkSession, path: str, kinds: pa.Schema) -> list[Row]:
    """The rows of a small table; none where it isn't there."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return _collect(lambda: spark.read.schema(from_arrow_schema(kinds)).parquet(path))


def _collect(load: Callable[[], DataFrame]) -> list[Row]:
    """The rows of what is loaded; none where its path isn't there."""
    from pyspark.errors import AnalysisException

    try:
        return list(load().collect())
    except AnalysisException as error:
        if error.getCondition() == "PATH_NOT_FOUND":
            return []
        raise


def _lot_path(target: str, lot: int) -> str:
    return f"{target}/letters/lot={lot:06}"
