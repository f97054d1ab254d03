"""What the examples of a rule depend on, where there is no other rule, as a digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from vipcopy.compiling.compiler import Lists
from vipcopy.kinds.phrase_compiler import FIELDS
from vipcopy.model import Rule, Source
from vipcopy.phrases.mentions import WORDED, find_mentions, find_reached
from vipcopy.storage.digests import blake2b


def build_digest(rule: Rule, lists: Lists) -> str:
    """A digest that stays the same while the rule, its examples and the lists that it names say what they said."""
    options = sorted(rule.options.items())
    named = {*find_named(rule), FIELDS, *(word.removeprefix("@") for _, words in options for word in words)}
    reached = [(name, _read(lists[name])) for name in sorted(find_reached(named, lists))]
    texts = [_read(getattr(rule, name)) for name in (*WORDED, "bad", "good")]
    told = repr((rule.id, rule.kind, rule.readings, rule.where, options, texts, reached))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def find_named(rule: Rule) -> set[str]:
    """The lists, and classes, that a rule names."""
    return find_mentions(_tell(rule))


def _tell(rule: Rule) -> Iterator[str]:
    """All that may name a list."""
    for name in WORDED:
        yield from _read(getattr(rule, name))
    yield from chain.from_iterable(rule.options.values())


def _read(sources: Iterable[Source]) -> list[str]:
    return [source.text for source in sources]
