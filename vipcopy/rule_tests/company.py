"""Rules in the company of others: what came out right there does so again where no rule speaks that packs change.

What a rule finds does not depend on others; which of the findings count does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vipcopy.checking.checker import CoreChecker
from vipcopy.compiling.compiler import build, merge_lists, stack
from vipcopy.compiling.rule_digest import build_digest
from vipcopy.kinds import PAUSE
from vipcopy.model import Pack, Prose, Rule
from vipcopy.records import NamedTuple
from vipcopy.storage.digests import blake2b

_MOST_CHANGED = 100  # rules: to compile more takes as long as to try all


class Company(NamedTuple):
    """What packs leave of the rules below them, and what they change; nothing is known where all is to be tried."""

    digests: Mapping[str, str] = {}  # of the rules that are left, with all below: what they are remembered by
    changed: tuple[CoreChecker, ...] = ()  # the other rules as they were and as they are

    def find_digest(self, rule: str, proses: Iterable[Prose]) -> str:
        """What a rule is remembered by; nothing where one that is changed speaks in these of its examples."""
        digest = self.digests.get(rule, "")
        return digest if digest and not any(map(self._speaks, proses)) else ""

    def _speaks(self, prose: Prose) -> bool:
        hits = (hit for core in self.changed for finder in core.finders for hit in finder.find(prose))
        return any(hit is not PAUSE for hit in hits)


STRANGERS = Company()


def build_company(packs: Sequence[Pack], below: Sequence[Pack]) -> Company:
    """What packs change of those below, told from their content. Raises RuleError for a broken pack."""
    old, new = _read_rules(below), _read_rules(packs)
    gone = [rule for digest, rule in old.items() if digest not in new]
    fresh = [rule for digest, rule in new.items() if digest not in old]
    left = {rule.id: _digest((digest, *sorted(old))) for digest, rule in new.items() if digest in old}
    if not left or len(gone) + len(fresh) > _MOST_CHANGED:
        return STRANGERS
    return Company(left, tuple(_build(*each) for each in ((below, gone), (packs, fresh)) if each[1]))


def _read_rules(packs: Sequence[Pack]) -> Mapping[str, Rule]:
    """The rules by a digest of all that tells what comes out of their examples among others."""
    lists = merge_lists(packs)
    return {
        _digest(
            (build_digest(rule, lists), rule.category, rule.guideline, rule.severity.value, rule.weight, rule.layer)
        ): rule
        for rule in stack(packs).values()
    }


def _build(packs: Sequence[Pack], rules: Sequence[Rule]) -> CoreChecker:
    """These rules alone, with the lists of the packs."""
    bare = (pack._replace(rules=()) for pack in packs)
    return build([*bare, Pack("changed", "", "", tuple(rules), {}, {})])


def _digest(told: tuple[object, ...]) -> str:
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()
