"""A table of a TOML file as YAML nodes, so that settings are read by one code and mistakes name line and column.

Python's own parser tells no places, so each key is looked for as a person would, at the beginning of a statement: a
line inside a string or an array of several lines is no key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence

import yaml

from vipcopy.errors import ConfigError
from vipcopy.records import NamedTuple

_HEADER = re.compile(
    r"""
    [ \t]* \[\[? [ \t]* (?P<name> [^\[\]]+? ) [ \t]* \]\]? [ \t]* (?: \#.* )? $
    """,
    re.VERBOSE,
)
_KEY = re.compile(
    r"""
    [ \t]*
    (?P<name> (?: [\w-]+ | "[^"]*" | '[^']*' )
              (?: [ \t]*\.[ \t]* (?: [\w-]+ | "[^"]*" | '[^']*' ) )* )
    [ \t]* =
    """,
    re.VERBOSE,
)
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_TURN = re.compile(
    r"""
    (?s: \"{3} (?: [^\\] | \\. )*? \"{3} (?! \" ) | '{3} .*? '{3} (?! ' ) )  # ends on the last of up to five marks
    | "(?: [^"\\\n] | \\. )*" | '[^'\n]*' | \#[^\n]*
    | (?P<opening> [\[{] ) | (?P<closing> [\]}] ) | (?P<end> \n )
    """,
    re.VERBOSE,
)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")

_Keys = tuple[str, ...]


class _Lines(NamedTuple):
    """Where each key of the file starts: as often as it does, in the order of the file."""

    starts: Mapping[_Keys, Sequence[yaml.Mark]]

    def after(self, keys: _Keys, table: yaml.Mark) -> yaml.Mark:
        """The first place of a key from its table on; that of the table where the key is in an inline one."""
        return next((mark for mark in self.starts.get(keys, ()) if mark.line >= table.line), table)

    def items(self, keys: _Keys, table: yaml.Mark, count: int) -> Sequence[yaml.Mark]:
        """The places of the tables of an array, or of the array where it is written in one."""
        found = [mark for mark in self.starts.get(keys, ()) if mark.line >= table.line]
        return found[:count] if len(found) >= count > 1 else [self.after(keys, table)] * count


def parse_table(text: str, path: str, *names: str) -> yaml.MappingNode | None:
    """The table of that name as nodes; None where the file has none. Raises ConfigError for what is no TOML.

    >>> table = parse_table("[tool.vipcopy]\\nfail-on = 'never'", "pyproject.toml", "tool", "vipcopy")
    >>> [(key.value, value.value, value.start_mark.line) for key, value in table.value]
    [('fail-on', 'never', 1)]
    """
    table = find_table(text, path, *names)
    if table is None:
        return None
    lines = _Lines(_find_starts(text))
    try:
        return _mapping(table, names, lines.after(names, _mark(0, 0)), lines)
    except RecursionError:
        raise _refuse_depth(path) from None


def find_table(text: str, path: str, *names: str) -> Mapping[str, object] | None:
    """The table of that name as Python reads it; None where there is none. Raises ConfigError for what is no TOML."""
    table: object = _load(text, path)
    for name in names:
        table = table.get(name) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        told = ".".join(names)
        raise ConfigError(f"{path}: {told} — не таблица; напишите [{told}] в одних скобках, а ключи — под ней")
    return table


def _load(text: str, path: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        where = f":{place[1]}:{place[2]}" if place and place[1] else ""
        raise ConfigError(f"{path}{where}: файл не читается как TOML; проверьте кавычки и скобки") from None
    except RecursionError:
        raise _refuse_depth(path) from None


def _refuse_depth(path: str) -> ConfigError:
    return ConfigError(f"{path}: скобки и имена вложены слишком глубоко; уберите лишние")


def _find_starts(text: str) -> Mapping[_Keys, Sequence[yaml.Mark]]:
    starts: dict[_Keys, list[yaml.Mark]] = {}
    table: _Keys = ()
    for line, written in _find_statements(text):
        if header := _HEADER.match(written):
            table = _split(header["name"])
            starts.setdefault(table, []).append(_mark(line, written.index("[")))
        elif key := _KEY.match(written):
            starts.setdefault((*table, *_split(key["name"])), []).append(_mark(line, key.start("name")))
    return starts


def _find_statements(text: str) -> Iterator[tuple[int, str]]:
    """The first line of each statement of a TOML text, with its number."""
    lines, depth, number = text.replace("\r\n", "\n").split("\n"), 0, 0
    yield 0, lines[0]
    for turn in _TURN.finditer(text):
        depth += bool(turn["opening"]) - bool(turn["closing"])
        number += turn[0].count("\n")
        if turn["end"] and not depth:
            yield number, lines[number]


def _split(name: str) -> _Keys:
    return tuple(part.strip("\"'") for part in _PART.findall(name))


def _mark(line: int, column: int) -> yaml.Mark:
    return yaml.Mark("", 0, line, column, None, 0)


def _node(value: object, keys: _Keys, table: yaml.Mark, lines: _Lines) -> yaml.Node:
    mark = lines.after(keys, table)
    if isinstance(value, dict):
        return _mapping(value, keys, mark, lines)
    if isinstance(value, list):
        marks = lines.items(keys, table, len(value))
        items = [_item(item, keys, mark, lines) for item, mark in zip(value, marks, strict=True)]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, mark, mark)
    return yaml.ScalarNode("tag:yaml.org,2002:str", _write(value), mark, mark)


def _item(value: object, keys: _Keys, mark: yaml.Mark, lines: _Lines) -> yaml.Node:
    return _mapping(value, keys, mark, lines) if isinstance(value, dict) else _node(value, keys, mark, lines)


def _mapping(table: Mapping[str, object], keys: _Keys, mark: yaml.Mark, lines: _Lines) -> yaml.MappingNode:
    pairs = [
        (
            yaml.ScalarNode("tag:yaml.org,2002:str", key, lines.after((*keys, key), mark), None),
            _node(value, (*keys, key), mark, lines),
        )
        for key, value in table.items()
    ]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, mark, mark)


def _write(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
