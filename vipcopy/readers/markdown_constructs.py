"""What stands in Markdown and is no word of it: constructs of template languages, footnotes, marks of wiki links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vipcopy.readers.templates import STATEMENT, Construct, find_constructs, mask

_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,60}+\](?!\():?")
_WIKI = re.compile(r"(?P<mark>\[\[(?:[^\[\]|]*\|)?)[^\[\]|]+(?P<end>\]\])")  # [[Дом]], [[Дом|у реки]]
_NAME = re.compile(r"\[\[\s*[A-Za-z_][\w.]*\s*\]\]", re.ASCII)  # [[first_name]] is a slot


def find_markdown_constructs(text: str) -> tuple[Construct, ...]:
    """All of them, in order; a parser that knows no footnotes takes «[^1]: да» for a link.

    >>> [text[start:stop] for text in ["см. [[Дом|у реки]]"] for start, stop, _ in find_markdown_constructs(text)]
    ['[[Дом|', ']]']
    """
    found = tuple(_read_wiki(text, find_constructs(text)))
    notes = _FOOTNOTE.finditer(mask(text, found, " "))
    return tuple(sorted((*found, *(Construct(*note.span(), STATEMENT) for note in notes))))


def _read_wiki(text: str, found: Iterable[Construct]) -> Iterator[Construct]:
    """The marks of wiki links in place of what other texts have as slots."""
    for construct in found:
        link = _WIKI.fullmatch(text, construct.start, construct.stop)
        if not link or _NAME.fullmatch(link[0]):
            yield construct
        elif text[construct.start - 1 : construct.start] == "!":  # ![[вид.png]] shows a picture
            yield Construct(construct.start - 1, construct.stop, STATEMENT)
        elif text[construct.stop : construct.stop + 1] != "(":  # [[1]](https://…) is a link of Markdown itself
            yield Construct(*link.span("mark"), STATEMENT)
            yield Construct(*link.span("end"), STATEMENT)
