"""Waivers: comments in a text that silence rules in it, in the comment syntax of each format.

    Скидка 20 % <!-- vipcopy: ignore discount — согласовано с юристом -->

`ignore` covers its own line, or the next one with words where the comment stands alone; `ignore-next` the next line,
`ignore-block` the paragraph below, `ignore-file` all, `off` … `on` what lies between. Names are those of rules and
categories and numbers of guidelines, none means all; a reason follows a dash.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from vipcopy.document import build_document, locate
from vipcopy.model import Finding, Piece, Place, Rule, Severity

CATEGORY = "waiver"
VERBS = ("ignore", "ignore-next", "ignore-block", "ignore-file", "off", "on")

_LONGEST = 500  # characters of a comment
_COMMENT = re.compile(
    rf"""
    <!--\s*vipcopy:(?P<html>.{{0,{_LONGEST}}}?)-->
  | \{{\#-?\s*vipcopy:(?P<jinja>.{{0,{_LONGEST}}}?)-?\#\}}
  | \{{\{{!(?:--)?\s*vipcopy:(?P<mustache>.{{0,{_LONGEST}}}?)(?:--)?\}}\}}
  | \{{%-?\s*comment\s*-?%\}}\s*vipcopy:(?P<liquid>.{{0,{_LONGEST}}}?)\{{%-?\s*endcomment\s*-?%\}}
  | ^\[//\]:\s*\#\s*\(\s*vipcopy:(?P<markdown>.{{0,{_LONGEST}}}?)\)[ \t]*$
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_DIRECTIVE = re.compile(r"\s*(?P<verb>[a-z-]*)(?P<names>.*?)(?:(?:^|\s)(?:—|–|--?)\s(?P<reason>.*))?", re.DOTALL)
_NAME = re.compile(r"[^\s,;]+")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")


@dataclass(frozen=True, slots=True)
class Waiver:
    """Silence for some rules in a stretch of the source; `place` is where it is written."""

    names: tuple[str, ...]
    reason: str
    place: Place
    start: int = 0
    stop: int | None = None  # None: to the end of the file, in all its parts
    quote: str = ""  # only findings of these words
    fault: str = ""  # why it is none
    written: str = ""  # as it stands in the comment

    def covers(self, rule: Rule, place: Place, quote: str) -> bool:
        """Whether a finding of the rule in that place is silenced."""
        if self.fault or (self.names and not find_names(rule) & set(self.names)):
            return False
        if self.quote and _fold(self.quote) != _fold(quote):
            return False
        return self.stop is None or (place.part == "" and place.start < self.stop and self.start < place.stop)


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers of one document, and whether each has to say why."""

    items: tuple[Waiver, ...] = ()
    require_reason: bool = False

    def find(self, rule: Rule, place: Place, quote: str) -> Waiver | None:
        """The first waiver that silences such a finding."""
        return next((waiver for waiver in self.items if waiver.covers(rule, place, quote)), None)

    def find_faults(self, used: Collection[Waiver], known: Collection[str], active: Collection[str]) -> list[Finding]:
        """A finding for each waiver that is unknown, silences nothing or owes its reason.

        `known` are the names that rules have, `active` those of the rules that this run looks for.
        """
        return [
            _build_finding(waiver, *fault)
            for waiver in self.items
            for fault in self._faults(
                waiver, known, is_used=waiver in used or not set(waiver.names or known) <= set(active)
            )
        ]

    def _faults(self, waiver: Waiver, known: Collection[str], *, is_used: bool) -> Iterator[tuple[str, Severity, str]]:
        if waiver.fault:
            yield "unknown", Severity.WARNING, waiver.fault
            return
        strange = [name for name in waiver.names if name not in known]
        for name in strange:
            yield "unknown", Severity.WARNING, f"Нет правила, категории или принципа «{name}». Список: vipcopy rules."
        if self.require_reason and not waiver.reason:
            yield "reason", Severity.ERROR, "У разрешения нет причины. Допишите её после тире."
        if not is_used and not strange:
            yield "unused", Severity.WARNING, "Это разрешение ничего не разрешает. Уберите его."


NONE = Waivers()


def find_names(rule: Rule) -> frozenset[str]:
    """What a rule may be called by: its id, its category, the number of its guideline."""
    return frozenset((rule.id, rule.category, str(rule.guideline)))


def find_waivers(source: str) -> tuple[Waiver, ...]:
    """The waivers in the comments of a decoded source.

    >>> [(waiver.names, waiver.reason) for waiver in find_waivers("Скидка <!-- vipcopy: ignore 9 — акция -->")]
    [(('9',), 'акция')]
    """
    if "vipcopy:" not in source:
        return ()
    comments = list(_COMMENT.finditer(source))
    whole = build_document("", [Piece(source, stop=len(source))], {"": source})
    return tuple(
        _build_waiver(source, comments, at, locate(whole, comment.start(), comment.end()))
        for at, comment in enumerate(comments)
        if _verb(comment) != "on"
    )


def parse_names(text: str) -> tuple[tuple[str, ...], str]:
    """The names and the reason of «discount, 9 — согласовано»."""
    directive = _DIRECTIVE.fullmatch(f"ignore {text}")
    return (tuple(_NAME.findall(directive["names"])), (directive["reason"] or "").strip()) if directive else ((), "")


def _directive(comment: re.Match[str]) -> re.Match[str]:
    written = comment[comment.lastgroup or 0]
    return _DIRECTIVE.fullmatch(written) or _DIRECTIVE.fullmatch("") or comment


def _verb(comment: re.Match[str]) -> str:
    return _directive(comment)["verb"]


def _build_waiver(source: str, comments: Sequence[re.Match[str]], at: int, place: Place) -> Waiver:
    directive = _directive(comments[at])
    verb = directive["verb"]
    names, reason = tuple(_NAME.findall(directive["names"])), (directive["reason"] or "").strip()
    if verb not in VERBS:
        fault = f"Неизвестное слово «{verb}». Бывают: {', '.join(VERBS)}."
        return Waiver(names, reason, place, fault=fault, written=comments[at][0])
    start, stop = (0, None) if verb == "ignore-file" else _stretch(source, comments, at, verb)
    return Waiver(names, reason, place, start, stop, written=comments[at][0])


def _stretch(source: str, comments: Sequence[re.Match[str]], at: int, verb: str) -> tuple[int, int]:
    comment = comments[at]
    if verb == "off":
        ends = (other.start() for other in comments[at + 1 :] if _verb(other) == "on")
        return comment.start(), next(ends, len(source))
    lines = list(_find_lines(source))
    own = [line for line in lines if line[0] < comment.end() and comment.start() < line[1]]
    stands_alone = not (source[own[0][0] : comment.start()] + source[comment.end() : own[-1][1]]).strip()
    if verb == "ignore" and not stands_alone:
        return own[0][0], own[-1][1]
    below = [line for line in lines if line[0] >= own[-1][1]]
    first = next((i for i, line in enumerate(below) if source[slice(*line)].strip()), len(below))
    wanted = below[first:]
    if verb == "ignore-block":
        wanted = list(takewhile(lambda line: source[slice(*line)].strip(), wanted))
    else:
        wanted = wanted[:1]
    return (wanted[0][0], wanted[-1][1]) if wanted else (len(source), len(source))


def _find_lines(source: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(source):
        if line[0]:
            yield line.span()


def _build_finding(waiver: Waiver, fault: str, severity: Severity, message: str) -> Finding:
    place = waiver.place
    return Finding(
        rule=f"{CATEGORY}/{fault}",
        category=CATEGORY,
        guideline=0,
        severity=severity,
        weight=0,
        lost=0,
        message=f"{place.path}: {message}".removeprefix(": "),
        why="",
        start=place.start,
        stop=place.stop,
        quote=waiver.written,
        place=place,
        context=waiver.written,
        offset=-1,
    )


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
