"""What a finding is known by from one run to the next: its rule and its sentence, not its place."""

from __future__ import annotations

import hashlib
import re

from vipcopy.model import Finding

_AROUND = 200  # characters of the sentence on either side of the finding that tell it from others
_LINE_MARK = re.compile(r"\n[ \t]*(?:>[ \t]?)+")  # of a quotation in a mail


def build_key(finding: Finding) -> str:
    """A digest that stays when the sentence is wrapped anew, moved or indented, and goes when it is edited."""
    stop = finding.context_start + len(finding.quote)
    before, after = fold(finding.context[: finding.context_start]), fold(finding.context[stop:])
    told = (finding.rule, before[-_AROUND:].strip(), fold(finding.quote), after[:_AROUND].strip())
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def fold(text: str) -> str:
    """The text on one line, without the marks that wrapping leaves.

    >>> fold("Ждём\\n>  Вас")
    'Ждём Вас'
    """
    return " ".join(_LINE_MARK.sub("\n", text).replace("\u00ad", "").split())
