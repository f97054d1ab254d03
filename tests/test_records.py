"""Records: what the named tuples of `typing` do, they do too."""

from __future__ import annotations

import inspect
import pickle
from typing import NamedTuple

import pytest

from vipcopy.records import Record


class Place(Record):
    """A place."""

    line: int
    column: int = 1
    path: str = ""

    def write(self) -> str:
        return f"{self.line}:{self.column}"


class Model(NamedTuple):
    """What it is held against."""

    line: int
    column: int = 1
    path: str = ""


BOTH = pytest.mark.parametrize("kind", [Place, Model])


@BOTH
@pytest.mark.parametrize(
    ("values", "named", "expected"),
    [
        pytest.param((3, 4, "a"), {}, (3, 4, "a"), id="all values"),
        pytest.param((3,), {}, (3, 1, ""), id="defaults"),
        pytest.param((3,), {"path": "a"}, (3, 1, "a"), id="a name"),
        pytest.param((), {"path": "a", "line": 2}, (2, 1, "a"), id="names in any order"),
    ],
)
def test_values_come_by_place_by_name_and_by_default(kind, values, named, expected) -> None:
    record = kind(*values, **named)
    assert record == expected and (record.line, record.column, record.path) == expected
    assert record._asdict() == dict(zip(("line", "column", "path"), expected, strict=True))


@BOTH
@pytest.mark.parametrize(
    ("values", "named"),
    [
        pytest.param((), {}, id="none"),
        pytest.param((1, 2, "", 4), {}, id="too many"),
        pytest.param((), {"column": 2}, id="one missing"),
        pytest.param((1,), {"line": 2}, id="one twice"),
        pytest.param((1,), {"row": 2}, id="one unknown"),
        pytest.param((1, 2, "", 4), {"line": 1}, id="too many and one twice"),
    ],
)
def test_wrong_values_are_refused(kind, values, named) -> None:
    with pytest.raises(TypeError):
        kind(*values, **named)


@BOTH
def test_a_record_is_changed_by_a_new_one(kind) -> None:
    record = kind(3)
    assert record._replace(column=7) == (3, 7, "") and record == (3, 1, "")
    with pytest.raises((TypeError, ValueError)):
        record._replace(row=1)
    with pytest.raises(AttributeError):
        record.line = 4
    with pytest.raises(AttributeError):
        record.row = 4


@BOTH
def test_a_record_shows_what_it_holds_and_what_it_takes(kind) -> None:
    assert repr(kind(3)) == f"{kind.__name__}(line=3, column=1, path='')"
    assert [(each.name, each.default) for each in inspect.signature(kind).parameters.values()] == [
        ("line", inspect.Parameter.empty), ("column", 1), ("path", ""),
    ]  # fmt: skip
    match kind(3):
        case Place(line, column) | Model(line, column):
            assert (line, column) == (3, 1)


def test_a_record_goes_to_another_process_with_its_methods() -> None:
    assert pickle.loads(pickle.dumps(Place(3, 4))).write() == "3:4"
