"""The signature that closes a letter: «С уважением, Анна Крылова»."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from vipcopy.model import Region, Sentence
from vipcopy.patterns import compile_later
from vipcopy.regions.signs import read_signs
from vipcopy.russian import readings

_YOURS = compile_later(r"[Вв]аш[аи]?(?:,?\s+[\w-]+){0,3}?,?\s+[А-ЯЁ][а-яё]")  # «Ваш консьерж Тая»
_INITIALS = compile_later(
    r"""
    (?<!\w) [А-ЯЁ]\.\s? (?: [А-ЯЁ]\.\s? )? [А-ЯЁ][а-яё]+    # В. Н. Рыбин
  | (?<!\w) [А-ЯЁ][а-яё]+ \s+ [А-ЯЁ]\.                      # Рыбин В.
    """,
    re.VERBOSE,
)
_ENDING = compile_later(r"[.!?…:;]\W*$")
_POSTSCRIPT = compile_later(r"(?:P\.?\s?\.?S|З\.?Ы)\b", re.IGNORECASE)
_SENTENCES_BACK = 10
_LONGEST_LINE = 100
_MOST_WORDS = 9


def find_signature(text: str, sentences: Sequence[Sentence], regions: Sequence[Region]) -> Iterator[Region]:
    """The signature: from its formula («С уважением») or from the name that ends the text."""
    footer = min((region.start for region in regions if region.kind == "footer"), default=len(text))
    count = bisect_left(sentences, footer, key=lambda sentence: sentence.start)
    body = sentences[max(0, count - _SENTENCES_BACK - 1) : count]  # and one before it, which no signature begins
    for at in range(1, len(body)):
        if _build_formula().match(text, body[at].start, body[at].stop) or _is_yours(text, body[at]):
            yield Region("signature", body[at].start, _find_end(text, body, at))
            return
    if len(body) > 1 and _is_signed(text, body[-1]):
        yield Region("signature", body[-1].start, body[-1].stop)


@cache
def _build_formula() -> re.Pattern[str]:
    """«С искренним уважением», «Всегда Ваша»."""
    devoted = "|".join(f"(?i:{sign[0]}){sign[1:]}" for sign in read_signs("devoted"))
    return compile_later(
        rf"""
        [Сс]\s+(?:\w+\s+(?:и\s+\w+\s+)?)?(?:{"|".join(read_signs("wishes"))})\b
      | (?:{devoted})\s+[Вв]аш[аи]?\b
        """,
        re.VERBOSE,
    )


def _find_end(text: str, body: Sequence[Sentence], at: int) -> int:
    stop = body[at].stop
    for sentence in body[at + 1 :]:
        written = text[sentence.start : sentence.stop]
        if len(written) > _LONGEST_LINE or _POSTSCRIPT.match(written) or _has_verb(sentence):
            return stop
        stop = sentence.stop
    return stop


def _is_yours(text: str, sentence: Sentence) -> bool:
    if (
        not text.startswith(("Ваш", "ваш"), sentence.start)
        or not _YOURS.match(text, sentence.start, sentence.stop)
        or _has_verb(sentence)
    ):
        return False
    written = text[sentence.start : sentence.stop]
    return len(written) <= _LONGEST_LINE and _ENDING.search(written) is None


def _is_signed(text: str, last: Sentence) -> bool:
    """«Управляющий В. Н. Рыбин» as the last line."""
    written = text[last.start : last.stop]
    before = last.start
    while before and text[before - 1] in " \t\u00a0":
        before -= 1
    alone = text[before - 1 : before] == "\n"
    if not alone or len(last.tokens) > _MOST_WORDS * 2 or _ENDING.search(written) or _has_verb(last):
        return False
    return _INITIALS.search(written) is not None or any(
        token.text[:1].isupper() and readings(token.norm)[:1] and readings(token.norm)[0].grams & {"Name", "Patr"}
        for token in last.tokens
    )


def _has_verb(sentence: Sentence) -> bool:
    return any(readings(token.norm)[:1] and "VERB" in readings(token.norm)[0].grams for token in sentence.tokens)
