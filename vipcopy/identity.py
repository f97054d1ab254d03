"""What a finding is known by from one run to the next: its rule, its words and its sentence, not its place."""

from __future__ import annotations

from vipcopy.model import Finding
from vipcopy.patterns import compile_later
from vipcopy.storage.digests import sha256

_LINE_MARK = compile_later(r"(?:\A|\n)[ \t]*(?:>[ \t]?)+")  # of a quotation in a mail
_AFTER_HYPHEN = compile_later(r"(?<=\w)- (?=\w)")


def build_key(finding: Finding) -> str:
    """A digest that stays when the sentence is wrapped anew, moved or indented, and goes when it is edited."""
    return _digest(finding.rule, fold(finding.quote), finding.sentence)


def digest_sentence(text: str) -> str:
    """A digest of a whole sentence, the same however it is wrapped."""
    return _digest(fold(text))


def fold(text: str) -> str:
    """The text on one line, without the marks that wrapping leaves.

    >>> fold("Ждём\\n>  Вас")
    'Ждём Вас'
    >>> fold("кто-\\nто")
    'кто-то'
    """
    unmarked = _LINE_MARK.sub("\n", text) if ">" in text else text
    line = " ".join(unmarked.replace("\u00ad", "").split())
    return _AFTER_HYPHEN.sub("-", line) if "- " in line else line


def _digest(*told: str) -> str:
    return sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:20]
