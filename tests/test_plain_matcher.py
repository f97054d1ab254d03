"""What finds phrases quickly finds what a plain reading of docs/phrases.md finds: all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple

import pytest
from any_phrases import LISTS, build_any_rule, build_phrase_rule, choose_words, write_text
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import ORIGIN
from plain_matcher import PlainFinder, Span

from vipcopy.checking.checker import POOLED, CoreChecker
from vipcopy.checking.hits import find_in_place
from vipcopy.compiling.compiler import build, merge_lists
from vipcopy.compiling.library import load_core, load_packs
from vipcopy.errors import RuleError
from vipcopy.kinds import phrase
from vipcopy.kinds.phrase_finder import PhraseFinder
from vipcopy.model import Hit, Pack, Prose, Rule, Source
from vipcopy.phrases import Index
from vipcopy.regions import read_prose
from vipcopy.rule_tests.selftest import read_example
from vipcopy.storage.deserializer import deserialize
from vipcopy.storage.serializer import serialize

RULES = 25  # of ours are tried; all of them take two minutes
OTHERS = 5  # examples of other rules in which each of them is looked for
NO_GUARDS = dict.fromkeys(("unless", "when", "when_near", "unless_text", "when_text", "where"), ())


class Ours(NamedTuple):
    """Our rules as a start has them, and as a plain reading has them."""

    finder: PhraseFinder
    plain: PlainFinder
    rules: Sequence[Rule]


@pytest.fixture(scope="module")
def ours() -> Ours:
    packs = load_packs()
    (finder,) = (each for each in load_core().finders if isinstance(each, PhraseFinder))
    rules = tuple(each for pack in packs for each in pack.rules if each.kind == "phrase")
    return Ours(finder, PlainFinder(merge_lists(packs)), rules)


def choose_cases(rules: Sequence[Rule]) -> Iterator[tuple[Rule, Prose]]:
    """Some of the rules, the same in each run, with texts: their own examples and a few of others."""
    chance = Random(7)
    examples = [source for each in rules for source in (*each.bad, *each.good)]
    for each in chance.sample(rules, min(RULES, len(rules))):
        for source in (*each.bad, *each.good, *chance.sample(examples, OTHERS)):
            example = read_example(source)
            yield each, read_prose(example.text, example.regions)


def find_differences(cases: Iterable[tuple[Rule, Prose]], finder: PhraseFinder, plain: PlainFinder) -> Iterator[str]:
    """The rule, the text, what a plain reading finds there and what is found."""
    for each, prose in cases:
        found = tell_spans((hit for hit in finder.find(prose) if hit.rule == each.id), each, prose)
        expected = tell_spans((Hit(each.id, *span) for span in plain.find(each, prose)), each, prose)
        if found != expected:
            yield f"{each.id} {[source.text for source in each.phrase]}: «{prose.text}» {expected} {found}"


def tell_spans(hits: Iterable[Hit], each: Rule, prose: Prose) -> list[Span]:
    """Where the hits stand that stand where their rule may speak."""
    return sorted({(hit.start, hit.stop) for hit in find_in_place(hits, {each.id: each}, prose)})


def test_rules_of_ours_find_what_a_plain_reading_finds(ours: Ours) -> None:
    assert list(find_differences(choose_cases(ours.rules), ours.finder, ours.plain)) == []


def test_phrases_of_ours_are_found_where_a_plain_reading_finds_them(ours: Ours) -> None:
    """Without guards, which hide what they veto."""
    index = Index(ours.finder.phrases.phrases, ours.finder.phrases.tables)
    unguarded = {"vetoes": {}, "needs": {}, "text_guards": {}, "near": {}, "conditions": {}, "bound": {}}
    finder = ours.finder._replace(phrases=index, **unguarded)
    cases = ((each._replace(**NO_GUARDS), prose) for each, prose in choose_cases(ours.rules))
    assert list(find_differences(cases, finder, ours.plain)) == []


LISTS_OF_ANY = {name: tuple(Source(item, ORIGIN) for item in items) for name, items in LISTS.items()}


def keep_right(rules: Iterable[Rule]) -> Iterator[Rule]:
    """The rules that compile, each with a name of its own."""
    for at, each in enumerate(rules):
        try:
            phrase.build([each], LISTS_OF_ANY)
        except RuleError:
            continue
        yield each._replace(id=f"test/{at}")


@settings(max_examples=250)
@given(st.randoms(use_true_random=True))  # one that hypothesis steers takes four times as long
def test_any_phrase_is_found_where_a_plain_reading_finds_it(chance: Random) -> None:
    words = choose_words(chance)
    rules = tuple(keep_right(build_any_rule(words) for _ in range(10)))
    texts = [write_text(words) for _ in range(5)]
    example = build_phrase_rule(["никогда"], good=texts[:1])  # all that is told of its words is kept
    core = deserialize(serialize(build([Pack("any", "", "", (*rules, example), LISTS_OF_ANY, {})]), POOLED))
    assert isinstance(core, CoreChecker)
    (finder,) = core.finders
    cases = ((each, read_prose(text, ())) for text in texts for each in rules)
    assert list(find_differences(cases, finder, PlainFinder(LISTS_OF_ANY))) == []
