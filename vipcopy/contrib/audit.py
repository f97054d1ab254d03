"""The command line of an audit of an archive: what `spark-submit` runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from pathlib import Path

from vipcopy import ConfigError, VipcopyError, build_lock
from vipcopy.contrib.archive import Archive, Outcome, check_archive
from vipcopy.contrib.arrow import Columns
from vipcopy.contrib.summary import write_summary
from vipcopy.contrib.verdicts import Settings, build_judge, describe_release

DONE, UNFINISHED, REFUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Check an archive and write its summary; 0 where all is done, 1 where lots have failed, 2 for a wrong call."""
    parsed = _build_parser().parse_args(arguments)
    try:
        outcome = _run(read_archive(parsed))
    except VipcopyError as error:
        print(error, file=sys.stderr)
        return REFUSED
    print(f"Частей: {outcome.lots}, проверено сейчас: {len(outcome.checked)}, не удалось: {len(outcome.failed)}.")
    for lot, reason in outcome.failed.items():
        print(f"часть {lot}: {reason}", file=sys.stderr)
    return UNFINISHED if outcome.failed else DONE


def read_archive(parsed: argparse.Namespace) -> Archive:
    """The archive of a command line, its rules pinned. Raises ConfigError where they are not those of the lock."""
    if not 0 < parsed.lot_size < inf:
        raise ConfigError(f"--lot-size {parsed.lot_size:g}: напишите число мегабайт, обычно 2000")
    settings = Settings(
        packs=tuple(parsed.pack or ("vip",)),
        largest=parsed.largest,
        seconds=parsed.seconds,
        quotes=not parsed.no_quotes,
        release=describe_release(),
    )
    lock = _read_lock(parsed.lock) if parsed.lock else build_lock(settings.packs)
    settings = replace(settings, lock=lock)
    build_judge(settings)  # what is wrong with the packs is told here, not by every worker
    columns = Columns(parsed.id, parsed.text, parsed.format)
    return Archive(parsed.source, parsed.target, settings, columns, parsed.date, int(parsed.lot_size * 1_000_000))


def _run(archive: Archive) -> Outcome:
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("vipcopy audit").getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")  # 1000 letters of the largest size at most
    outcome = check_archive(spark, archive)
    if len(outcome.failed) < outcome.lots:
        write_summary(spark, archive.target)
    spark.stop()
    return outcome


def _read_lock(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{path}: файл не прочитать; запишите его: vipcopy lock") from None


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vipcopy-audit", description="Проверяет архив писем в Parquet.")
    parser.add_argument("source", help="папка с файлами .parquet")
    parser.add_argument("target", help="папка для результата; прерванную проверку продолжит та же команда")
    parser.add_argument("--pack", action="append", help="набор правил, обычно vip; можно несколько")
    parser.add_argument("--lock", default="", help="файл vipcopy.lock, которому наборы должны соответствовать")
    parser.add_argument("--id", default="id", help="столбец с номером письма")
    parser.add_argument("--text", default="text", help="столбец с текстом: string или binary")
    parser.add_argument("--format", default="", help="столбец с форматом; без него всё — простой текст")
    parser.add_argument("--date", default="", help="столбец с датой письма, для сводки по месяцам")
    parser.add_argument("--largest", type=int, default=Settings().largest, help="наибольшее письмо, байт")
    parser.add_argument("--seconds", type=float, default=Settings().seconds, help="наибольшее время на письмо")
    parser.add_argument("--lot-size", type=float, default=2000, help="сколько мегабайт файлов проверять за один раз")
    parser.add_argument("--no-quotes", action="store_true", help="не повторять в результате слов письма")
    return parser
