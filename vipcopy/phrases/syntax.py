"""What a line of the phrase language is made of, as it is written; `phrases/parser.py` reads it."""

from __future__ import annotations

from dataclasses import dataclass

from vipcopy.phrases.grammemes import Grammemes


@dataclass(frozen=True, slots=True)
class Atom:
    """A test on one token. `test` names how `text` is meant: lemma, form, exact, prefix, suffix, class or any."""

    test: str
    text: str
    at: int
    grammemes: Grammemes | None = None
    agrees: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A named list or a class that is a list: `@похвала`, `{деньги}`."""

    name: str
    at: int
    grammemes: Grammemes | None = None
    agrees: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to so many words; punctuation among them or not."""

    words: int
    punctuation: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the branches, or nothing where it is optional."""

    branches: tuple[Series, ...]
    at: int
    optional: bool = False
    grammemes: Grammemes | None = None
    agrees: str = ""


@dataclass(frozen=True, slots=True)
class AnyOrder:
    """All members, in whatever order, with the gap between neighbours."""

    members: tuple[Series, ...]
    gap: Gap


@dataclass(frozen=True, slots=True)
class Mark:
    """⟦…⟧: the part of the phrase that becomes the finding; without content, the hit that a guard looks at."""

    content: Series | None


@dataclass(frozen=True, slots=True)
class Edge:
    """The start («^») or the end («$») of a sentence."""

    start: bool


Item = Atom | Named | Gap | Choice | AnyOrder | Mark | Edge


@dataclass(frozen=True, slots=True)
class Series:
    """Items one after another."""

    items: tuple[Item, ...]
