"""Constructs of template languages in a text: slots that a value will fill, and statements that nobody will see.

A slot is `{{ name }}`, `*|FNAME|*`, `#NAME#`, `%%name%%`, `%recipient.name%`, `${name}`, `<?= $name ?>`, `{name}`,
`[[name]]`, `[% name %]`; a statement `{% if … %}`, `{# … #}`, `{{#if …}}`, `*|IF:…|*`, `<?php … ?>`, `<% … %>`.
The number of a footnote, «скидка¹», is passed over as a statement is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple

SLOT, NAME_SLOT, STATEMENT = "placeholder", "placeholder name", "template"

# Each alternative begins with a character of its own, so that the search passes over prose at once, and none can
# look further than the next character that begins it anew, so that no text costs more than one passage.
_CONSTRUCT = compile_later(
    r"""
    \{\{\{?[^{}]*+\}?\}\}                                    # {{ name }}, {{{ name }}}, {{#if vip}}
  | \{%(?:[^%{]|%(?!\})|\{(?!%))*+%\}                        # {% if vip %}
  | \{\#(?:[^\#{]|\#(?!\})|\{(?!\#))*+\#\}                   # {# note #}
  | \{(?:[A-Za-z_][\w.]{0,60}+|[А-ЯЁа-яё_][\w.]{0,30}+)\}    # {name}, {Имя}
  | \$\{[^{}\n]*+\}                                          # ${name}
  | \*\|[^|*\n]{1,100}+\|\*                                  # *|FNAME|*
  | %%(?:=[^%=\n]{1,200}+=|\[[^%\]]*+\]|[^\W\d][\w.\ -]{0,60}+)%%    # %%name%%, %%=v(@name)=%%
  | %(?<![\w%]%)[A-Za-z_][\w.-]{1,60}+%(?![\w%])             # %recipient.name%
  | \#(?<![\w\#]\#)[A-ZА-ЯЁ][A-ZА-ЯЁ\d_.]{1,40}+\#(?![\w\#]) # #NAME#
  | <\?(?:[^?<]|\?(?!>)|<(?!\?))*+\?>                        # <?= $name ?>
  | <%(?:[^%<]|%(?!>)|<(?!%))*+%>                            # <% if vip %>
  | <<[^\W\d][\w.\ ]{0,40}+>>                                # <<Имя>>
  | \[%(?:[^%\[]|%(?!\])|\[(?!%))*+%\]                       # [% name %]
  | \[\[[^\[\]\n]{1,100}+\]\]                                # [[name]]
  | [¹²³⁰⁴-⁹](?<=[А-ЯЁа-яё]{3}.)[¹²³⁰⁴-⁹]{0,2}+(?!\w)       # скидка¹, but not м²
    """,
    re.VERBOSE,
)
_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_SIGNS, _PAIRED = (
    ("{", "*|", "<?", "<<", "[[", *_RAISED),
    ("%", "#"),
)  # without one of these, or two of those, all is prose
_STATEMENT = compile_later(
    r"""
    [¹²³⁰⁴-⁹] | \{% | \{\# | %%\[ | <%(?![=-]) | <\?(?!=|php\s+echo\b)
  | \{\{\{?[~-]?\s*(?:[\#/^!>*@] | (?:else|end|if|range|with|block|define|template|each|unless)\b)
  | \*\|(?:IF|IFNOT|ELSE|ELSEIF|END|INTERESTED|HIDE|MC:TOC)\b
  | \[%-?\s*(?:IF|ELSE|ELSIF|END|FOREACH|SET|if|else|elsif|end|foreach|set)\b
    """,
    re.VERBOSE,
)
_ELSE = compile_later(r"\W*\s*(?:else|elif|elsif|elseif|\^)", re.IGNORECASE)
_END = compile_later(r"\W*\s*(?:end\w*|/\s*\w+)\b", re.IGNORECASE)
_OPENS_NOTE = compile_later(r"\{%-?\s*comment\b")
_CLOSES_NOTE = compile_later(r"\{%-?\s*endcomment\b")
_NOTE_NUMBER = compile_later(r"\s*\[?\d{1,3}[\])]?\s*")
_WORD_END = compile_later(r"[А-ЯЁа-яё]{3}\Z")
_FURTHEST = 50  # constructs within which an {% else %} must end
_NOT_A_NAME = compile_later(  # what fields of templates are called; readers know no packs
    r"""
    ur[li] | lin?k | href | date | time | day | sum | price | cost | amount | total | code | number | count | qty
  | phone | e-?mail | addr | city | discount | percent | unsub | compan | brand | product | order | im(?:g|age) | id\b
  | ссылк | дат[аыу] | цен[аыу] | сумм | код | город | телефон | адрес | скидк | заказ | товар
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Construct(NamedTuple):
    """A construct and the kinds of region that it makes, with spaces between them."""

    start: int
    stop: int
    region: str


def find_constructs(text: str) -> tuple[Construct, ...]:
    """The constructs of a text in order; none overlaps another.

    >>> [construct.region for construct in find_constructs("{% if vip %}{{ name }}, до {{ date }}{% endif %}")]
    ['template', 'placeholder name', 'placeholder', 'template']
    """
    if not any(sign in text for sign in _SIGNS) and all(text.count(sign) < 2 for sign in _PAIRED):
        return ()
    return tuple(_join_hidden(text, list(_find(text))))


def is_note_number(before: str, raised: str) -> bool:
    """Whether raised letters are the number of a footnote and no part of the word before: «скидка¹», but not «м²».

    >>> [is_note_number(before, "2") for before in ("скидка", "50 м", "Да.")]
    [True, False, False]
    """
    return _NOTE_NUMBER.fullmatch(raised) is not None and _WORD_END.search(before) is not None


def split(start: int, stop: int, constructs: Sequence[Construct]) -> Iterator[tuple[int, int, str]]:
    """The stretch cut at the constructs in it: (start, stop, region); plain text has no region."""
    for at in range(bisect_right(constructs, start, key=_stop), len(constructs)):
        construct = constructs[at]
        if construct.start >= stop:
            break
        if start < construct.start:
            yield start, construct.start, ""
        yield max(start, construct.start), min(stop, construct.stop), construct.region
        start = construct.stop
    if start < stop:
        yield start, stop, ""


def mask(text: str, constructs: Sequence[Construct], filler: str = "x") -> str:
    """The text with each construct replaced by as many fillers."""
    cut: list[str] = []
    at = 0
    for start, stop, _ in constructs:
        cut += (text[at:start], filler * (stop - start))
        at = stop
    return "".join((*cut, text[at:]))


def _find(text: str) -> Iterator[Construct]:
    for match in _CONSTRUCT.finditer(text):
        yield Construct(match.start(), match.end(), _tell_region(match[0]))


def _tell_region(written: str) -> str:
    if _STATEMENT.match(written):
        return STATEMENT
    return SLOT if _NOT_A_NAME.search(written) else NAME_SLOT


def _join_hidden(text: str, found: Sequence[Construct]) -> Iterator[Construct]:
    """«Уважаем{% if he %}ый{% else %}ая{% endif %}» keeps its first ending; what stands in a comment is no text."""
    at = 0
    while at < len(found):
        last = _hidden_until(text, found, at)
        yield Construct(found[at].start, found[last].stop, found[at].region)
        at = last + 1


def _hidden_until(text: str, found: Sequence[Construct], at: int) -> int:
    construct = found[at]
    if construct.region != STATEMENT:
        return at
    written = text[construct.start : construct.stop]
    if _OPENS_NOTE.match(written):
        return _next(text, found, at, _CLOSES_NOTE)
    if _ELSE.match(written) and _is_glued(text, construct):
        return _next(text, found, at, _END)
    return at


def _next(text: str, found: Sequence[Construct], at: int, pattern: re.Pattern[str]) -> int:
    """The next statement of this kind, or the same one when there is none."""
    rest = range(at + 1, min(at + _FURTHEST, len(found)))
    return next((i for i in rest if pattern.match(text, found[i].start, found[i].stop)), at)


def _is_glued(text: str, construct: Construct) -> bool:
    before, after = text[max(0, construct.start - 1) : construct.start], text[construct.stop : construct.stop + 1]
    return before.isalpha() and after.isalpha()


def _stop(construct: Construct) -> int:
    return construct.stop
