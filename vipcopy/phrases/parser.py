"""The phrase language as written: a line of words to a tree. `docs/phrases.md` has the grammar."""

from __future__ import annotations

import re

from vipcopy.errors import RuleError
from vipcopy.model import Origin, Source
from vipcopy.phrases.grammemes import Grammemes
from vipcopy.phrases.syntax import AnyOrder, Atom, Choice, Edge, Gap, Item, Mark, Named, Series

GAP_WORDS = 3  # a bare «…» passes over so many words
_DEEPEST = 20  # brackets inside one another
_META = re.compile(r"[\s()\[\]|&<>~⟦⟧{}@]")
_WORD = re.compile(r"[^\s()\[\]|&<>~⟦⟧{}@]+")
_GAP = re.compile(r"(?:…|\.\.\.)(\d*)(,?)")
_BETWEEN = re.compile(r"&(\d*)(,?)")
_GRAMMEMES = re.compile(r"<([^<>]*)>")
_AGREES = re.compile(r"~(\d?)")
_STUCK = re.compile(r"[\w*][,:;?!]$")
_WORDLIKE = re.compile(r"[\w-]")


def parse_phrase(source: Source) -> Series:
    """The tree of a phrase. Raises RuleError at the very character that is wrong."""
    parser = _Parser(source)
    tree = parser.sequence("")
    if parser.at < len(source.text):
        parser.fail(f"лишний знак «{source.text[parser.at]}»", "уберите его или откройте скобку раньше")
    return tree


def mistake(source: Source, at: int, problem: str, remedy: str) -> RuleError:
    """An error at a character of a phrase: `path:line:column: «фраза»: что не так; что написать`."""
    origin = Origin(source.origin.path, source.origin.line, source.origin.column + at)
    return RuleError(f"{origin}: «{source.text}»: {problem}; {remedy}")


class _Parser:
    """Recursive descent over one phrase; `at` is the next character."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.depth = 0

    def fail(self, problem: str, remedy: str) -> None:
        raise mistake(self.source, self.at, problem, remedy)

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _skip_spaces(self) -> None:
        while self._peek().isspace():
            self.at += 1

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def sequence(self, closers: str) -> Series:
        items: list[Item] = []
        if self.depth > _DEEPEST:
            self.fail(f"скобки вложены глубже {_DEEPEST} уровней", "разделите фразу на несколько")
        self.depth += 1
        self._skip_spaces()
        while (sign := self._peek()) and sign not in closers:
            items.append(self._item(sign))
            self._skip_spaces()
        if not items:
            self.fail("здесь пусто", "напишите хотя бы одно слово")
        self.depth -= 1
        return Series(tuple(items))

    def _item(self, sign: str) -> Item:
        if sign in "([":
            return self._group()
        if sign == "⟦":
            return self._mark()
        gap = self._take(_GAP) if sign in "…." else None
        if gap:
            return Gap(int(gap[1] or GAP_WORDS), bool(gap[2]))
        edge = self._edge(sign) if sign in "^$" else None
        return edge or self._atom()

    def _edge(self, sign: str) -> Edge | None:
        follower = self.text[self.at + 1 : self.at + 2]
        if follower and not _META.match(follower):
            return None
        self.at += 1
        return Edge(start=sign == "^")

    def _group(self) -> Choice:
        at, optional = self.at, self._peek() == "["
        closer = "]" if optional else ")"
        self.at += 1
        branches = [self._branch(closer)]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._branch(closer))
        self._close(closer, at)
        return Choice(tuple(branches), at, optional, self._grammemes(), self._agreement())

    def _close(self, closer: str, opened: int) -> None:
        if self._peek() != closer:
            self.at = opened
            self.fail(f"скобка «{self._peek()}» не закрыта", f"поставьте «{closer}»")
        self.at += 1

    def _branch(self, closer: str) -> Series:
        members = [self.sequence(f"|&{closer}")]
        words, punctuation = 0, False
        while between := self._take(_BETWEEN):
            words = max(words, int(between[1] or 0))
            punctuation = punctuation or bool(between[2])
            members.append(self.sequence(f"|&{closer}"))
        if all(isinstance(item, Gap) for item in members[0].items):
            self.fail("«…» — пропуск, сам он ничего не ищет", "добавьте к нему слово")
        if len(members) == 1:
            return members[0]
        if len(members) > 4:
            self.fail("через & соединено больше четырёх частей", "разделите фразу на две")
        return Series((AnyOrder(tuple(members), Gap(words, punctuation)),))

    def _mark(self) -> Mark:
        at = self.at
        self.at += 1
        if self._peek() == "⟧":
            self.at += 1
            return Mark(None)
        content = self.sequence("⟧")
        self._close("⟧", at)
        return Mark(content)

    def _atom(self) -> Atom | Named:
        at = self.at
        negated = self._negation()
        if negated and self._peek() in ("(", "["):
            self.fail("отрицать можно одно слово", "занесите слова в список и напишите !@список")
        test, text = self._test()
        manner = self._grammemes(), self._agreement(), negated
        return Named(text, at, *manner) if test == "list" else Atom(test, text, at, *manner)

    def _negation(self) -> bool:
        if self._peek() != "!":
            return False
        follower = self.text[self.at + 1 : self.at + 2]
        if not (_WORDLIKE.match(follower) or follower in ("=", "<", "{", "@", "*", "(", "[")):
            return False
        self.at += 1
        return bool(follower)

    def _test(self) -> tuple[str, str]:
        """How the text of an atom is meant, and the text."""
        sign = self._peek()
        if sign == "<":
            return "any", ""
        if sign == "@":
            self.at += 1
            return "list", self._word("имя списка")
        if sign == "{":
            return "class", self._class()
        word = self._word("слово")
        if _STUCK.search(word):  # «тот, кто»: the sign is an item of its own
            self.at -= 1
            word = word[:-1]
        return _word_test(word)

    def _class(self) -> str:
        stop = self.text.find("}", self.at)
        if stop < 0:
            self.fail("скобка «{» не закрыта", "поставьте «}»")
        name = self.text[self.at + 1 : stop]
        self.at = stop + 1
        return name

    def _word(self, what: str) -> str:
        match = self._take(_WORD)
        if match is None:
            self.fail(f"здесь нужно {what}, а стоит «{self._peek()}»", "уберите знак или закройте скобку раньше")
            return ""
        return match[0]

    def _grammemes(self) -> Grammemes | None:
        if self._peek() != "<":
            return None
        match = self._take(_GRAMMEMES)
        if match is None:
            self.fail("скобка «<» не закрыта", "поставьте «>»")
            return None
        body, _, readings = match[1].partition(";")
        if readings not in ("", "any", "best", "all"):
            self.fail(f"«;{readings}» не бывает", "напишите ;best или ;all")
        return Grammemes(tuple(_conjunction(part) for part in body.split("|")), readings)

    def _agreement(self) -> str:
        match = self._take(_AGREES) if self._peek() == "~" else None
        return (match[1] or "1") if match else ""


def _conjunction(text: str) -> tuple[frozenset[str], frozenset[str]]:
    grams = [gram.strip() for gram in text.split(",")]
    return (
        frozenset(gram for gram in grams if not gram.startswith("!")),
        frozenset(gram[1:] for gram in grams if gram.startswith("!")),
    )


def _word_test(word: str) -> tuple[str, str]:
    if word.startswith("==") and len(word) > 2:
        return "exact", word[2:]
    if word.startswith("=") and len(word) > 1:
        return "form", word[1:]
    if word.endswith("*") and len(word) > 1:
        return "prefix", word[:-1]
    if word.startswith("*") and len(word) > 1:
        return "suffix", word[1:]
    return "lemma" if _WORDLIKE.search(word) else "sign", word
