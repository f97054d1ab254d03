"""Garish formatting, as the reader of a page has marked it: red, huge, blinking or running words, centred capitals.

Plain text has no formatting, so the examples of such rules are HTML.

options:
  look: red, huge, blink, marquee, or capitals (centred and in capitals)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from vipcopy.kinds.options import build_each, parse_choice
from vipcopy.model import Hit, Prose, Region, Rule, Source
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple
from vipcopy.texts import Text

OPTIONS = frozenset({"look"})

_WORDS = compile_later(r"\w(?:.*\w)?", re.DOTALL)
_FEWEST_LETTERS = 4  # «VIP» and «США» are capitals of their own

Span = tuple[int, int]


class Formatting(NamedTuple):
    """All rules of the kind: id and look."""

    rules: tuple[tuple[str, str], ...]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """The words of each region that looks so."""
        for rule, look in self.rules:
            for start, stop in LOOKS[look](prose):
                words = _WORDS.search(prose.text[start:stop])
                if words:
                    yield Hit(rule, start + words.start(), start + words.end())


def build(rules: Sequence[Rule], _lists: Mapping[str, tuple[Source, ...]]) -> Formatting:
    """Compile the rules of this kind. Raises RuleError for an unknown look."""
    return Formatting(build_each(rules, lambda rule: (rule.id, parse_choice(rule, "look", tuple(LOOKS)))))


def _find_regions(kind: str) -> Callable[[Prose], Iterator[Span]]:
    return lambda prose: ((region.start, region.stop) for region in prose.regions if region.kind == kind)


def find_centred_capitals(prose: Prose) -> Iterator[Span]:
    """Centred words that are written, or shown by the style, in capitals."""
    shown = [region for region in prose.regions if region.kind == "capitals"]
    for region in prose.regions:
        if region.kind == "centred" and _is_shouted(prose.text, region, shown):
            yield region.start, region.stop


def _is_shouted(text: Text, region: Region, shown: Sequence[Region]) -> bool:
    written = text[region.start : region.stop]
    is_shown = any(each.start <= region.start and region.stop <= each.stop for each in shown)
    letters = sum(map(str.isalpha, written))
    return letters >= _FEWEST_LETTERS and (is_shown or written.isupper())


LOOKS: Mapping[str, Callable[[Prose], Iterator[Span]]] = {
    "red": _find_regions("red"),
    "huge": _find_regions("huge"),
    "blink": _find_regions("blink"),
    "marquee": _find_regions("marquee"),
    "capitals": find_centred_capitals,
}
