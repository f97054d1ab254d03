"""Kind `phrase`: lines of the phrase language, with guards.

    phrase: ["цена …2 (упасть|снизиться)"]
    unless: ["⟦⟧ на бирже"]
    unless_text: ["дивиденд"]

A guard with ⟦⟧ looks around the hit, one with ⟦words⟧ vetoes hits that its marked part overlaps, one without marks
looks at the whole sentence; `when_near` looks at the sentence and its two neighbours, `unless_text` and its contrary,
`when_text`, look at the whole document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vipcopy.kinds.phrase_finder import PhraseFinder
from vipcopy.model import Rule, Source

OPTIONS: frozenset[str] = frozenset()


def build(rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> PhraseFinder:
    """Compile the rules' phrases. Raises RuleError with a line for every mistake in any of them."""
    from vipcopy.kinds.phrase_compiler import compile_rules  # compiled rules that are kept do without

    return compile_rules(rules, lists)
