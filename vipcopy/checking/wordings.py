"""What rules were compiled from, kept apart from what they are checked by: most of a rule, and seldom asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vipcopy.model import Rule, Source
from vipcopy.records import NamedTuple
from vipcopy.russian import find_tokens


class Wording(NamedTuple):
    """What a rule was compiled from and is shown by, and no check asks for: fields of `Rule`."""

    phrase: tuple[Source, ...] = ()
    unless: tuple[Source, ...] = ()
    when: tuple[Source, ...] = ()
    when_near: tuple[Source, ...] = ()
    unless_text: tuple[Source, ...] = ()
    when_text: tuple[Source, ...] = ()
    bad: tuple[Source, ...] = ()
    good: tuple[Source, ...] = ()


class Rulebook(Mapping[str, Rule]):
    """Rules put together with their wording when they are asked for."""

    __slots__ = ("_rules", "_wordings")

    def __init__(self, rules: Mapping[str, Rule], wordings: Mapping[str, Wording]) -> None:
        self._rules = rules
        self._wordings = wordings

    def __getitem__(self, name: str) -> Rule:
        return self._rules[name]._replace(**self._wordings[name]._asdict())

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)


def split(rules: Mapping[str, Rule]) -> tuple[Mapping[str, Rule], Mapping[str, Wording]]:
    """The rules without their wording, and the wordings."""
    bare = {name: rule._replace(**Wording()._asdict()) for name, rule in rules.items()}
    return bare, {name: _read_wording(rule) for name, rule in rules.items()}


def _read_wording(rule: Rule) -> Wording:
    return Wording(*(getattr(rule, name) for name in Wording._fields))


def find_words(rules: Iterable[Rule]) -> list[str]:
    """The norms of the sentences that the rules bring along: such words copy is made of."""
    examples = (example.text for rule in rules for example in (*rule.bad, *rule.good))
    return sorted({token.norm for text in examples for token in find_tokens(text)})
