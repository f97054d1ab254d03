"""What of a Markdown file would keep its parser busy for minutes: told before the parser is asked."""

from __future__ import annotations

import re

from vipcopy.patterns import compile_later

LONGEST = 500_000  # characters; some ten seconds of marko, a minute for the worst
DEEPEST = 30  # quotations and lists one in another; their time grows with the square
MOST_OPEN_LINKS = 100  # «[a](» without end; their time grows with the square
MOST_EFFORT = 30_000_000  # squares of the numbers of markup signs in each block, added up

_NESTED = compile_later(
    rf"""
    ^ (?: [ \t]* (?: > | [-+*] | \d{{1,9}}[.)] ) ){{{DEEPEST + 1}}}
  | ^ [ \t]{{200,}} [-+*>\d]
    """,
    re.VERBOSE | re.MULTILINE,
)
_OPEN_LINK = compile_later(r"\]\([^)\[\n]*+(?:[\[\n]|\Z)")
_OPEN_COMMENT = compile_later(r"<!--|<\?|<!\[CDATA\[")
_BLOCK = compile_later(r"\n(?=[ \t]*(?:\n|[-+*\#>|]|\d{1,9}[.)]))")
_SIGN = compile_later(r"[\[\]()*_`<>!&\\~|]")


def find_excess(text: str) -> str:
    """Of what there is too much, and what to do; empty where the parser will be done in seconds."""
    if len(text) > LONGEST:
        return f"больше {LONGEST} знаков; разделите файл или сохраните его как .txt"
    if _NESTED.search(text):
        return f"списки и цитаты вложены глубже {DEEPEST} уровней; упростите разметку"
    if sum(1 for _ in _OPEN_LINK.finditer(text)) > MOST_OPEN_LINKS:
        return f"больше {MOST_OPEN_LINKS} ссылок без закрывающей скобки; допишите её"
    closed = max(text.rfind("-->"), text.rfind("?>"), text.rfind("]]>"))
    if sum(1 for _ in _OPEN_COMMENT.finditer(text, closed + 1)) > MOST_OPEN_LINKS:
        return f"больше {MOST_OPEN_LINKS} комментариев без конца; допишите -->"
    if sum(len(_SIGN.findall(block)) ** 2 for block in _BLOCK.split(text)) > MOST_EFFORT:
        return "слишком много знаков разметки в одном абзаце; разделите его"
    return ""
