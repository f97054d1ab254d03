"""Emoji and smileys.

A run of them, with spaces or without, is one finding: «💋💋💋», «❄️ ☕️», «:)», «)))». A sign that is plain type by
nature (✈, ☎, ▪, ♀, →) is an emoji only with the variation selector U+FE0F, unless the rule's `signs` name it.
A bracket smiles when it has no pair in its paragraph and a word or a mark before it: «Ждём Вас)))», «ура)», never
«(до 12:00)» or «1)».

options:
  allow: emoji and smileys that are no finding; «)» and «(» stand for bare brackets
  signs: characters of plain type that count as emoji
  smileys: smileys of letters and punctuation, as they are typed; repeated brackets («:)))») go with them
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vipcopy.kinds.options import build_each, parse_words
from vipcopy.model import Hit, Prose, Rule, Source
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple

OPTIONS = frozenset({"allow", "signs", "smileys"})

# Emoji_Presentation=Yes below U+1F000, then Emoji=Yes without it
_SHOWN = "⌚⌛⏩-⏬⏰⏳◽◾☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓-❕❗➕-➗➰➿⬛⬜⭐⭕"
_PLAIN = "‼⁉™©®ℹ↔-↙↩↪⌨⏏⏭-⏯⏱⏲⏸-⏺Ⓜ▪▫▶◀◻◼☀-☄☎☑☘☝☠☢☣☦☪☮☯☸-☺♀♂♟♠♣♥♦♨♻♾⚒⚔-⚗⚙⚛⚜⚠⚧⚰⚱⛈⛏⛑⛓⛩⛰⛱⛴⛷-⛹✂✈✉✌✍✏✒✔✖✝✡✳✴❄❇❣❤➡⤴⤵⬅-⬇〰〽㊗㊙"
_MODIFIER = "[\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
_GAP = compile_later(r"[ \u00a0\u2000-\u200a\u202f]*")  # `FILLER` too
_BRACKET = compile_later(r"[()]|\n[^\S\n]*\n")
_WORD = compile_later(r"[^\W\d_]{2}[.…!?»]?$")
_SMILED_AT = compile_later(r"(?:[^\W_]|[ ,.…!?»])$")
_LIST_MARKER = compile_later(r"(?:^|[\s(;,])(?:[\d.]+|[^\W\d_]|[ivxIVX]+)$")
_MARKER_WIDTH = 9


class Sign(NamedTuple):
    """One emoji, smiley or run of bare brackets, and what the lists of a rule call it."""

    start: int
    stop: int
    name: str
    brackets: range


class Emoji(NamedTuple):
    """One rule: the characters that a sign begins with, the pattern of a sign, and which signs matter."""

    rule: str
    first: re.Pattern[str]
    sign: re.Pattern[str]
    allow: frozenset[str]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """Runs of emoji and smileys that this rule is about."""
        text = str(prose.text)
        for run in _join_runs(text, self._find_signs(text)):
            yield Hit(self.rule, run[0].start, run[-1].stop)

    def _find_signs(self, text: str) -> Iterator[Sign]:
        signs = [_build_sign(match) for match in self._match_signs(text)]
        pairs = _pair_brackets(text) if any(sign.brackets for sign in signs) else {}
        eyed = {at for sign in signs if sign.name not in "()" for at in sign.brackets}
        for sign in signs:
            paired = sum(at in pairs and pairs[at] not in eyed for at in sign.brackets) if sign.brackets else 0
            if sign.name not in self.allow and (not sign.brackets or _smiles(text, sign, paired)):
                yield _leave_pair(sign, paired) if paired else sign

    def _match_signs(self, text: str) -> Iterator[re.Match[str]]:
        at = 0
        while first := self.first.search(text, at):  # a set of characters is sought 20 times as fast as a sign
            match = self.sign.match(text, first.start())
            at = match.end() if match else first.end()
            if match:
                yield match


class Pictures(NamedTuple):
    """All rules of the kind."""

    rules: tuple[Emoji, ...]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """The hits of each rule in turn."""
        for rule in self.rules:
            yield from rule.find(prose)


def build(rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Pictures:
    """Compile the rules of this kind. Raises RuleError for an unknown list."""
    return Pictures(build_each(rules, lambda rule: _build_rule(rule, lists)))


def _build_rule(rule: Rule, lists: Mapping[str, tuple[Source, ...]]) -> Emoji:
    smileys = sorted(parse_words(rule, "smileys", lists), key=len, reverse=True)
    signs = "".join(re.escape(sign) for sign in parse_words(rule, "signs", lists))
    return Emoji(
        rule.id,
        first=_first_pattern(smileys, signs),
        sign=_sign_pattern(smileys, signs),
        allow=frozenset(parse_words(rule, "allow", lists)),
    )


def _first_pattern(smileys: Sequence[str], signs: str) -> re.Pattern[str]:
    """What signs begin with; a letter, a digit or a mark only before what such a sign goes on with."""
    alone = f"{_SHOWN}{_PLAIN}{signs}\U0001f000-\U0001faff()" + _set(smiley for smiley in smileys if len(smiley) == 1)
    typed = "#*0-9" + _set(smiley[0] for smiley in smileys)
    second = "\ufe0f\u20e3" + _set(smiley[1:2] for smiley in smileys)
    return compile_later(rf"[{alone}{typed}](?:(?<=[{alone}])|(?=[{second}]))")


def _set(characters: Iterable[str]) -> str:
    return re.escape("".join(sorted(set(characters))))


def _sign_pattern(smileys: Sequence[str], signs: str) -> re.Pattern[str]:
    typed = "|".join(_smiley_pattern(smiley) for smiley in smileys)
    return compile_later(
        rf"""
        (?P<emoji>
            (?: [{_SHOWN}{signs}\U0001f000-\U0001faff]
              | [{_PLAIN}] (?: \ufe0f | (?<=\u200d.) | (?=[\U0001f3fb-\U0001f3ff]) )
              | [\#*0-9]\ufe0f?\u20e3 ) {_MODIFIER}*
        )
        | (?P<smiley> {typed or "(?!)"} ) (?P<more> \)*|\(* )
        | (?P<bare> \)+|\(+ )
        """,
        re.VERBOSE,
    )


def _smiley_pattern(smiley: str) -> str:
    letters_before = r"(?<!\w)" if smiley[0].isalnum() else ""
    letters_after = r"(?!\w)" if smiley[-1].isalnum() else ""
    return letters_before + re.escape(smiley) + letters_after


def _build_sign(match: re.Match[str]) -> Sign:
    start, stop = match.span()
    name = match["smiley"] or match[0][0]
    brackets = len(match[0]) - len(match[0].rstrip(match[0][-1])) if match[0][-1] in "()" else 0
    return Sign(start, stop, name, range(stop - brackets, stop))


def _pair_brackets(text: str) -> Mapping[int, int]:
    """Where the other bracket of each bracket stands; pairs don't reach over an empty line."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "(":
            opened.append(match.start())
        elif match[0] == ")" and opened:
            pairs[match.start()] = opened.pop()
            pairs[pairs[match.start()]] = match.start()
        elif match[0] != ")":
            opened.clear()
    return pairs


def _smiles(text: str, sign: Sign, paired: int) -> bool:
    loose = len(sign.brackets) - paired
    if sign.name not in "()":
        return loose > 0
    before = text[max(0, sign.start - _MARKER_WIDTH) : sign.start]
    if loose == 1:  # one «)» after a word is a smile of our day, one «(» a slip of the pen
        ends = not text[sign.stop : sign.stop + 1].strip()
        return sign.name == ")" and ends and bool(_WORD.search(before)) and not _LIST_MARKER.search(before)
    return loose > 1 and bool(_SMILED_AT.search(before)) and not _LIST_MARKER.search(before)


def _leave_pair(sign: Sign, paired: int) -> Sign:
    """The sign without the bracket that closes a parenthesis: the last of «(до девяти :))», the first of «(да)))»."""
    if sign.name in "()":
        return sign._replace(start=sign.start + paired)
    return sign._replace(stop=sign.stop - paired)


def _join_runs(text: str, signs: Iterator[Sign]) -> Iterator[tuple[Sign, ...]]:
    run: list[Sign] = []
    for sign in signs:
        gap = _GAP.match(text, run[-1].stop) if run else None
        if gap and gap.end() != sign.start:
            yield tuple(run)
            run = []
        run.append(sign)
    if run:
        yield tuple(run)
