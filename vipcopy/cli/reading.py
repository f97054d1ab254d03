"""Commands that read texts: check, score."""

from __future__ import annotations

import click

from vipcopy.cli.checking import Order, check, score
from vipcopy.cli.options import (
    SEVERITIES,
    build_request,
    one_of,
    read_formats,
    read_points,
    with_colour,
    with_rules,
    with_run,
    with_sources,
)
from vipcopy.cli.russian import Command, read_order
from vipcopy.cli.targets import FORMATS, pair


@click.command("check", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@with_sources
@click.option(
    "--format", "form", multiple=True, callback=read_formats, metavar="ВИД", help=f"Вид отчёта: {', '.join(FORMATS)}."
)
@click.option(
    "--output", "-o", multiple=True, metavar="ФАЙЛ", help="Записать отчёт предыдущего --format в файл; можно несколько."
)
@click.option(
    "--fail-on",
    callback=one_of(*SEVERITIES, "never", ""),
    default="",
    metavar="ВАЖНОСТЬ",
    help="С какой важности код завершения 1: info, warning, error (обычно) или never.",
)
@click.option("--min-score", callback=read_points, metavar="БАЛЛ", help="Код завершения 1, если оценка ниже (из 9).")
@click.option(
    "--show",
    "lowest",
    callback=one_of(*SEVERITIES),
    default="info",
    metavar="ВАЖНОСТЬ",
    help="С какой важности показывать.",
)
@click.option("--baseline", metavar="ФАЙЛ", help="Не показывать старых замечаний, записанных в этом файле.")
@click.option("--changed-since", metavar="ВЕРСИЯ", help="Только строки, изменённые в git с этой версии.")
@click.option("--comments", metavar="ФАЙЛ", help="Записать файл Word заново с замечаниями в примечаниях.")
@with_rules
@with_run
@click.option("--quiet", "-q", is_flag=True, help="По одной строке на текст.")
@with_colour
@click.pass_context
def check_command(context: click.Context, /, **_: object) -> int:
    """Проверить тексты: файлы, папки со всем, что внутри, или - (стандартный ввод)."""
    return check(build_order(context))


@click.command("score", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@with_sources
@with_rules
@with_run
@with_colour
@click.pass_context
def score_command(context: click.Context, /, **_: object) -> int:
    """Оценить тексты: девять принципов, что сколько стоило, что доказано, что исправить сначала."""
    return score(Order(context.params["paths"], build_request(context), color=context.params["color"]))


def build_order(context: click.Context) -> Order:
    """What `check` is asked for by the options that it has been given."""
    params = context.params
    return Order(
        params["paths"],
        build_request(context),
        pair(read_order(context, "form", "output")),
        params["lowest"],
        params["comments"] or "",
        params["color"],
        params["quiet"],
    )


COMMANDS = (check_command, score_command)
