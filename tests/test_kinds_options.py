"""Options of a rule: lists spread out, numbers and choices refused with the rule's place; every kind holds its own."""

import pickle
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import ORIGIN, build_rule

from vipcopy.errors import RuleError
from vipcopy.kinds import KINDS, address, length, repetition
from vipcopy.kinds.options import build_each, parse_choice, parse_number, parse_words
from vipcopy.model import Rule, Source
from vipcopy.regions import read_prose

OPTIONS = [
    ("exclamation", {}),
    ("capitals", {}),
    ("emoji", {"smileys": (":)", ":(")}),
    *(("address", {"check": (check,), "formal": ("вы",), "informal": ("ты",)}) for check in address.CHECKS),
    *(("length", {"measure": (measure,), "limit": ("2",)}) for measure in length.MEASURES),
    *(("repetition", {"of": (what,), "length": ("2",)}) for what in repetition.REPEATED),
]
FINDERS = [KINDS[kind].build([build_rule(kind, options)], {}) for kind, options in OPTIONS]
PIECES = st.sampled_from(
    [
        "!",
        "?",
        ":)",
        "(",
        ")",
        "😊",
        "️",
        " ",
        "\n",
        "\n\n",
        "ВЫ",
        "Вы",
        "вы",
        "ты",
        "дорога",
        "«",
        "»",
        ".",
        "Анна",
        "5",
        "{{a}}",
    ]
)


def test_a_named_list_is_spread_out() -> None:
    rule = build_rule("capitals", {"allow": ("США", "@банки")})
    assert parse_words(rule, "allow", {"банки": (Source("ВТБ", ORIGIN),)}) == ("США", "ВТБ")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        pytest.param(lambda rule: parse_words(rule, "words", {}), "rules.yaml:3:5: нет списка @нет", id="unknown list"),
        pytest.param(
            lambda rule: parse_number(rule, "limit", 30), "«limit: много» — не число больше нуля", id="no number"
        ),
        pytest.param(lambda rule: parse_number(rule, "zero", 30), "напишите, например, zero: 30", id="zero"),
        pytest.param(
            lambda rule: parse_choice(rule, "of", ("word", "start")), "напишите одно из: word, start", id="choice"
        ),
    ],
)
def test_a_wrong_option_is_told_with_its_remedy(call: Callable[[Rule], object], said: str) -> None:
    rule = build_rule("length", {"words": ("@нет",), "limit": ("много",), "zero": ("0",), "of": ("letter",)})
    with pytest.raises(RuleError, match=said):
        call(rule)


def test_every_wrong_rule_of_a_kind_is_told() -> None:
    rules = [build_rule("length", {"limit": (limit,)}, f"length/{limit}") for limit in ("да", "5", "нет")]
    with pytest.raises(RuleError) as error:
        build_each(rules, lambda rule: parse_number(rule, "limit", 30))
    assert len(str(error.value).splitlines()) == 2


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
def test_hits_of_any_text_lie_within_it_in_order(text: str) -> None:
    prose = read_prose(text, ())
    for finder in FINDERS:
        hits = list(finder.find(prose))
        assert all(0 <= hit.start < hit.stop <= len(text) for hit in hits)
        assert all(first.stop <= second.start for first, second in pairwise(hits))


def test_finders_pickle() -> None:
    assert pickle.loads(pickle.dumps(FINDERS)) == FINDERS
