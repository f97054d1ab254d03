"""Waivers: silence for some rules in a stretch of a text, and the findings that a waiver itself is when it is idle."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from vipcopy.model import Finding, Place, Rule, Severity
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple

CATEGORY = "waiver"

_DIRECTIVE = compile_later(
    r"""
    \s* (?P<verb> [a-z-]* ) (?P<names> .*? )
    (?: (?:^|\s) (?: — | – | --? ) \s (?P<reason> .* ) )?
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME = compile_later(r"[^\s,;]+")


class Waiver(NamedTuple):
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
        if self.fault or not self._reaches(place):
            return False
        if self.names and find_names(rule).isdisjoint(self.names):
            return False
        return not self.quote or _fold(self.quote) == _fold(quote)

    def _reaches(self, place: Place) -> bool:
        """Whether the place is in its stretch: asked first, since a text may have many waivers and findings."""
        if self.stop is None:
            return True
        return place.start < self.stop and self.start < place.stop and place.part == self.place.part


class Waivers(NamedTuple):
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


class Directive(NamedTuple):
    """What stands after «vipcopy:»: a verb, names of rules, a reason."""

    verb: str
    names: tuple[str, ...]
    reason: str


def parse_directive(text: str) -> Directive:
    """«ignore discount, 9 — согласовано» taken apart.

    >>> parse_directive("ignore discount, 9 — согласовано")
    Directive(verb='ignore', names=('discount', '9'), reason='согласовано')
    """
    directive = _DIRECTIVE.fullmatch(text)
    if directive is None:
        return Directive("", (), "")
    return Directive(directive["verb"], tuple(_NAME.findall(directive["names"])), (directive["reason"] or "").strip())


def _build_finding(waiver: Waiver, fault: str, severity: Severity, message: str) -> Finding:
    place = waiver.place
    return Finding(
        rule=f"{CATEGORY}/{fault}",
        category=CATEGORY,
        guideline=0,
        severity=severity,
        weight=0,
        lost=0,
        message=message,
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
