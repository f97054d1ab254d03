"""Tables by month of an archive that was checked: how its letters score, and what each rule found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vipcopy.contrib.archive import MONTH, read_letters

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_POINTS = [f"points_{number}" for number in range(1, 10)]


def write_summary(spark: SparkSession, target: str) -> None:
    """Write summary/months, summary/rules and summary/statuses of the target anew, one file each."""
    letters = read_letters(spark, target)
    tables = {
        "months": build_months(letters),
        "rules": build_rules(letters),
        "statuses": letters.groupBy(MONTH, "status").count().orderBy(MONTH, "status"),
    }
    for name, table in tables.items():
        table.coalesce(1).write.mode("overwrite").parquet(f"{target}/summary/{name}")


def build_months(letters: DataFrame) -> DataFrame:
    """A row a month: letters, words, findings, the mean score of nine points, the mean of each guideline."""
    from pyspark.sql import functions as f

    nine = f.when(f.col("max_score") > 0, f.col("score") * 9 / f.col("max_score"))
    means = [f.round(f.avg(name) / 100, 3).alias(name) for name in _POINTS]
    return (
        letters.groupBy(MONTH)
        .agg(
            f.count("*").alias("letters"),
            f.count_if(f.col("status") == "checked").alias("checked"),
            f.sum("words").alias("words"),
            f.sum("finding_count").alias("findings"),
            f.round(f.avg(nine), 3).alias("score"),
            *means,
        )
        .orderBy(MONTH)
    )


def build_rules(letters: DataFrame) -> DataFrame:
    """A row a month and rule: findings, letters that have one, points lost in all. Nothing but counts is shuffled."""
    from pyspark.sql import functions as f

    lost = "aggregate(same, 0, (total, each) -> total + each.lost)"
    return (
        letters.selectExpr(MONTH, "found", "explode(array_distinct(found.rule)) AS rule")
        .selectExpr(MONTH, "rule", "filter(found, each -> each.rule = rule) AS same")
        .groupBy(MONTH, "rule")
        .agg(
            *(f.any_value(f.col("same")[0][name]).alias(name) for name in ("category", "guideline", "severity")),
            f.sum(f.size("same")).alias("findings"),
            f.count("*").alias("letters"),
            (f.sum(f.expr(lost)) / 100).alias("lost"),
        )
        .orderBy(MONTH, f.desc("findings"), "rule")
    )
