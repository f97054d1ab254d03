"""Exclamation marks.

Each run of marks with an «!» in it is one finding: «!», «!!!», «?!», «! ! !». Where marks belong (a salutation,
another person's words, a title) is said by the rule's `where`.

Left alone by themselves: a mark inside a name («Yahoo! купил»), a factorial («5! = 120»), a chess move
(«20.Лxe6!»), a sign of programming («a != b»).

options:
  names: names that end in «!», written as they are spelt («Yahoo!»)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from vipcopy.kinds.options import build_each, parse_words
from vipcopy.model import Hit, Prose, Rule, Source
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple
from vipcopy.russian import write_bare

OPTIONS = frozenset({"names"})

_RUN = compile_later(r"[?？!！](?:(?<=[!！])|[?？]*[!！])(?:[ \u00a0\u2009\u202f]?[!?！？])*")  # rare signs first
_NOTATION_BEFORE = compile_later(
    r"""
    [a-hа-е]?[x:×]?[a-h][1-8][+\#]?$   # a chess move: «20.Лxe6!»
    | (?:^|[^\w'’-])[a-zA-Z]$          # one Latin letter: «n!»
    | O-O(?:-O)?$ | 0-0(?:-0)?$        # castling
    """,
    re.VERBOSE,
)
_NOTATION_AFTER = compile_later(r"=| ?[=×·÷≈<>](?=[ \d])")  # «5! = 120», «a != b»
_CODE_AFTER = compile_later(r"[A-Za-z_\[(-]")  # «!important», «![alt]», «<!-- -->»
_GOES_ON = compile_later(r",| [^\W\d_A-ZА-ЯЁ]")  # after a name the sentence goes on: «Yahoo! знают все»
_BEGINNING = compile_later(r"(?<=[\s«„“\"(])")  # of a word
_LATIN_WORD = compile_later(r"[A-Za-z][\w'’]+$")
_WINDOW = 48  # characters before a mark: longer than any name
_AHEAD = 24  # characters behind it, an indented line end among them


class Exclamations(NamedTuple):
    """Exclamation marks, a finding for each run and rule."""

    rules: tuple[tuple[str, frozenset[str]], ...]  # rule id and the names it knows, in lower case

    def find(self, prose: Prose) -> Iterator[Hit]:
        """Every run of marks that is punctuation and no part of a name or a formula."""
        text = str(prose.text)
        for run in _RUN.finditer(text):
            before = text[max(0, run.start() - _WINDOW) : run.start()]
            after = write_bare(text[run.end() : run.end() + _AHEAD])
            if _is_notation(before, after) or _is_foreign_name(before, after, run[0]):
                continue
            for rule, names in self.rules:
                if not (run[0] == "!" and _ends_in_name(before, names)):
                    yield Hit(rule, run.start(), run.end())


def build(rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Exclamations:
    """Compile the rules of this kind. Raises RuleError for an unknown list."""
    return Exclamations(build_each(rules, lambda rule: (rule.id, _names(rule, lists))))


def _names(rule: Rule, lists: Mapping[str, tuple[Source, ...]]) -> frozenset[str]:
    return frozenset(name.casefold() for name in parse_words(rule, "names", lists))


def _is_notation(before: str, after: str) -> bool:
    if not before[-1:].strip() and _CODE_AFTER.match(after):
        return True
    if before[-1:] in ("<", ":", "#") and _CODE_AFTER.match(after):
        return True
    return bool(_NOTATION_AFTER.match(after) or _NOTATION_BEFORE.search(before))


def _is_foreign_name(before: str, after: str, run: str) -> bool:
    return run == "!" and bool(_LATIN_WORD.search(before) and _GOES_ON.match(after))


def _ends_in_name(before: str, names: frozenset[str]) -> bool:
    words = _BEGINNING.split(before.casefold())
    return any("".join(words[at:]) + "!" in names for at in range(len(words)))
