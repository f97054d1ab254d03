"""Old findings that a repository lives with: known by their rule and sentence, wherever these stand in the files.

A sentence that is wrapped anew, moved or indented is the same one; an edited one is new.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vipcopy.errors import ConfigError
from vipcopy.identity import build_key, fold
from vipcopy.model import Finding, Report

FORMAT = 1

_SHOWN = 60  # characters of the words kept for people


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule and a sentence, and how often the rule may find it there."""

    rule: str
    key: str
    words: str  # the finding's own, for people
    count: int = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries by their keys."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def open(self) -> Ledger:
        """A ledger in which no finding has been entered yet."""
        return Ledger(self, Counter())


@dataclass(frozen=True, slots=True)
class Ledger:
    """A baseline in use: how often each entry has been met, and the findings that it does not have."""

    baseline: Baseline
    met: Counter[str]
    fresh: list[Finding] = field(default_factory=list)

    def take(self, report: Report) -> Report:
        """The report without its old findings."""
        fresh = [finding for finding in report.findings if not self._meet(finding)]
        self.fresh.extend(fresh)
        return leave(report, fresh)

    def _meet(self, finding: Finding) -> bool:
        key = build_key(finding)
        entry = self.baseline.entries.get(key)
        if entry is None or self.met[key] >= entry.count:
            return False
        self.met[key] += 1
        return True

    def stale(self) -> tuple[Entry, ...]:
        """The entries that nothing answers to any more, each with the number that is too many."""
        return tuple(
            replace(entry, count=entry.count - self.met[key])
            for key, entry in self.baseline.entries.items()
            if self.met[key] < entry.count
        )

    def prune(self) -> Baseline:
        """The baseline without what is stale."""
        kept = {key: replace(entry, count=self.met[key]) for key, entry in self.baseline.entries.items()}
        return Baseline({key: entry for key, entry in kept.items() if entry.count})


def build_baseline(findings: Iterable[Finding]) -> Baseline:
    """The baseline that has all these findings."""
    entries: dict[str, Entry] = {}
    for finding in findings:
        key = build_key(finding)
        known = entries.get(key, Entry(finding.rule, key, fold(finding.quote)[:_SHOWN], 0))
        entries[key] = replace(known, count=known.count + 1)
    return Baseline(entries)


def leave(report: Report, findings: Sequence[Finding]) -> Report:
    """The report with these of its findings; the score stays that of the whole text."""
    left_out = len(report.findings) - len(findings)
    if not left_out:
        return report
    advised = report.changes.findings if report.changes else ()
    changes = report.changes if set(advised) <= set(findings) else None
    return report._replace(findings=tuple(findings), changes=changes, left_out=report.left_out + left_out)


def parse_baseline(text: str, path: str) -> Baseline:
    """The baseline that a file holds. Raises ConfigError for what is none."""
    try:
        page = json.loads(text)
        if page["vipcopy-baseline"] != FORMAT:
            raise ConfigError(f"{path}: базовая линия другой версии; запишите заново: vipcopy baseline write")
        entries = map(_read_entry, page["entries"])
        return Baseline({entry.key: entry for entry in entries})
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise ConfigError(f"{path}: это не базовая линия; запишите заново: vipcopy baseline write") from None


def _read_entry(entry: Mapping[str, object]) -> Entry:
    return Entry(str(entry["rule"]), str(entry["key"]), str(entry["words"]), int(str(entry["count"])))


def write_baseline(baseline: Baseline) -> str:
    """A baseline as the text of its file: a line for each entry, sorted, so that a review sees what came and went."""
    ordered = sorted(baseline.entries.values(), key=lambda entry: (entry.rule, entry.words, entry.key))
    lines = ",\n".join(
        json.dumps({"rule": each.rule, "words": each.words, "count": each.count, "key": each.key}, ensure_ascii=False)
        .encode("utf-8", "replace")
        .decode("utf-8")
        for each in ordered
    )
    return f'{{"vipcopy-baseline": {FORMAT}, "entries": [\n{lines}\n]}}\n'
