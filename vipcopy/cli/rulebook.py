"""Commands on the rules themselves: rules, test-rules, schema, cache."""

from __future__ import annotations

from itertools import chain

import click

from vipcopy import (
    Request,
    clear_cache,
    describe_cache,
    find_packs,
    find_uncovered,
    load_packs,
    try_packs,
    write_rulebook,
    write_schema,
)
from vipcopy.cli.exit_codes import CLEAN, FOUND
from vipcopy.cli.options import with_colour, with_pack, with_settings
from vipcopy.cli.russian import Command
from vipcopy.cli.screen import print_lines
from vipcopy.cli.terminal import build_style


@click.command("rules", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@click.argument("names", nargs=-1, metavar="[ПРАВИЛО|КАТЕГОРИЯ|ПРИНЦИП]…")
@with_pack
@with_settings
@with_colour
def rules_command(names: tuple[str, ...], packs: tuple[str, ...], config: str, no_config: bool, color: str) -> int:
    """Показать правила: списком или одно подробно, с примерами."""
    wanted = find_packs(Request(packs=packs, settings=config or "", isolated=no_config))
    print_lines(write_rulebook(load_packs(wanted), names, build_style(color)))
    return CLEAN


@click.command("test-rules", cls=Command, options_metavar="")
@click.argument("packs", nargs=-1, metavar="[НАБОР]…")
@click.option("--coverage", is_flag=True, help="Показать и фразы, которых нет ни в одном примере bad.")
def test_rules_command(packs: tuple[str, ...], *, coverage: bool) -> int:
    """Проверить набор правил на его же примерах: vip или папку с pack.yaml."""
    named = packs or ("vip",)
    loaded = load_packs(named)
    failures = try_packs(named)
    if first := next(failures, None):
        print_lines(map(str, chain([first], failures)))
        return FOUND
    rules = [rule for pack in loaded for rule in pack.rules]
    examples = sum(len(rule.bad) + len(rule.good) for rule in rules)
    print_lines([f"Все примеры сходятся. Правил: {len(rules)}, примеров: {examples}."])
    if coverage:
        uncovered = tuple(find_uncovered(loaded))
        print_lines([*map(str, uncovered), f"Фраз без примера: {len(uncovered)}."])
    return CLEAN


@click.command("schema", cls=Command, options_metavar="")
def schema_command() -> int:
    """Показать JSON Schema файла правил, для редактора."""
    print_lines([write_schema()])
    return CLEAN


@click.command("cache", cls=Command, options_metavar="[ПАРАМЕТРЫ]")
@click.option("--show", is_flag=True, help="Показать, где он и что в нём (так и без параметров).")
@click.option("--clear", is_flag=True, help="Удалить; при следующей проверке правила соберутся заново.")
def cache_command(show: bool, clear: bool) -> int:
    """Кэш собранных правил: показать или очистить."""
    if clear:
        print_lines(clear_cache())
    if show or not clear:
        print_lines(describe_cache())
    return CLEAN


COMMANDS = (rules_command, test_rules_command, schema_command, cache_command)
