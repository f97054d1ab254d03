"""Our named tuples do what those of `typing` do."""

from __future__ import annotations

import copy
import inspect
import pickle
import typing
from collections.abc import Callable

import pytest

from vipcopy.model import Hit
from vipcopy.records import NamedTuple


def declare(base: type) -> type:
    """The same record of either kind."""

    class Letter(base):
        """A letter."""

        name: str
        words: int = 0
        marks: tuple[str, ...] = ()

        @property
        def is_empty(self) -> bool:
            """Whether it has no words."""
            return not self.words

    return Letter


Ours, Theirs = declare(NamedTuple), declare(typing.NamedTuple)


class Bare(NamedTuple):
    """Without fields."""


WAYS: dict[str, Callable[[type], object]] = {
    "by place": lambda kind: tuple(kind("a", 2, ("b",))),
    "by name": lambda kind: tuple(kind(marks=("b",), name="a")),
    "attributes": lambda kind: (kind("a").name, kind("a", 3).words, kind("a").marks, kind("a").is_empty),
    "equal to a tuple": lambda kind: kind("a") == ("a", 0, ()),
    "hash": lambda kind: hash(kind("a", 1)),
    "unpacked": lambda kind: [*kind("a", 1)],
    "changed": lambda kind: tuple(kind("a")._replace(words=5)),
    "made": lambda kind: tuple(kind._make(["a", 1, ()])),
    "as a mapping": lambda kind: kind("a", 1)._asdict(),
    "fields": lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__),
    "written": lambda kind: repr(kind("a", 1)),
    "document": lambda kind: kind.__doc__,
    "names": lambda kind: (kind.__module__, list(inspect.signature(kind).parameters)),
    "defaults": lambda kind: [parameter.default for parameter in inspect.signature(kind).parameters.values()],
    "kinds of values": typing.get_type_hints,
    "copied": lambda kind: tuple(copy.deepcopy(kind("a", 1))),
    "sorted": lambda kind: [tuple(each) for each in sorted([kind("b"), kind("a", 2), kind("a", 1)])],
}
MISTAKES: dict[str, Callable[[type], object]] = {
    "nothing": lambda kind: kind(),
    "too much": lambda kind: kind("a", 1, (), 2),
    "an unknown name": lambda kind: kind("a", word=1),
    "twice": lambda kind: kind("a", name="b"),
    "set": lambda kind: setattr(kind("a"), "name", "b"),
    "another attribute": lambda kind: setattr(kind("a"), "size", 1),
    "changed in an unknown field": lambda kind: kind("a")._replace(size=1),
    "made of too little": lambda kind: kind._make(["a"]),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_record_is_what_a_named_tuple_is(way):
    assert way(Ours) == way(Theirs)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_record_refuses_what_a_named_tuple_refuses(mistake):
    with pytest.raises((TypeError, ValueError, AttributeError)) as theirs:
        mistake(Theirs)
    with pytest.raises(theirs.type) as ours:
        mistake(Ours)
    assert str(ours.value) == str(theirs.value)


def test_a_record_is_matched_and_pickled():
    match Ours("a", 3):
        case Ours(name, words=words):
            assert (name, words) == ("a", 3)
    again = pickle.loads(pickle.dumps(Hit("r", 1, 2)))
    assert type(again) is Hit and again == Hit("r", 1, 2)


def test_a_record_may_have_no_fields():
    assert Bare() == () and repr(Bare()) == "Bare()"


def test_a_record_can_be_replaced_as_python_3_13_replaces():
    assert Ours("a", 1).__replace__(words=5) == Ours("a", 5)
