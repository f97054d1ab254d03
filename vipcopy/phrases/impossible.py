"""Phrases that no sentence can hold, or no memory: told when they are compiled, not by their silence."""

from __future__ import annotations

import re

from vipcopy import russian
from vipcopy.patterns import compile_later
from vipcopy.phrases import syntax
from vipcopy.phrases.branches import Branch, Choice, Mark
from vipcopy.phrases.emission import count_words
from vipcopy.phrases.grammemes import Grammemes
from vipcopy.phrases.syntax import Edge
from vipcopy.russian import endings

LARGEST = 20_000  # parts of a phrase, those of the lists that it names among them

_LETTERS = compile_later("[а-яё]+", re.IGNORECASE)  # are a token whatever they are; so are nearly all words of phrases
_ANY = "а0"  # letters of a word, digits of a number
_GUESSED = frozenset({"LATN", "Init"})  # grammemes that no paradigm has: Latin words, initials

Fault = tuple[str, str]  # what is wrong, what to write


def find_fault(branch: Branch) -> Fault | None:
    """What keeps a compiled phrase from ever being found."""
    if count_nodes(branch) > LARGEST:
        return f"со списками в ней больше {LARGEST} слов", "не вкладывайте списки друг в друга"
    if _count_marks(branch) > 1:
        return "отмечены два места, а находка одна", "оставьте одну пару ⟦ ⟧"
    edge = _find_dead_end(branch) if _has_edge(branch) else None
    if edge is None:
        return None
    if edge.start:
        return "до «^», начала предложения, стоит слово: фраза не сработает никогда", "начните с «^»"
    return "за «$», концом предложения, стоит слово: фраза не сработает никогда", "закончите на «$»"


def find_loose_end(series: syntax.Series) -> Fault | None:
    """What a gap behind the last word does: nothing. In an item of a list words of the phrase may follow it."""
    last = series.items[-1]
    if isinstance(last, syntax.Gap):
        return "пропуск «…» в конце ничего не ищет и находку не продлевает", "уберите его или напишите за ним слово"
    inner: tuple[syntax.Series | None, ...] = ()
    if isinstance(last, (syntax.Choice, syntax.Mark)):
        inner = last.branches if isinstance(last, syntax.Choice) else (last.content,)
    return next(filter(None, (find_loose_end(each) for each in inner if each)), None)


def count_nodes(branch: Branch) -> int:
    """How many words, gaps and signs the phrase and all its alternatives have; no more is counted past LARGEST."""
    count = 0
    for node in branch:
        inner = node.branches if isinstance(node, Choice) else (node.content or (),) if isinstance(node, Mark) else ()
        for each in inner:
            count += count_nodes(each)
            if count > LARGEST:
                return count
        count += 1
    return count


def is_token(text: str, test: str) -> bool:
    """Whether a token can be written so, or begin or end so: neither «готов.» with its dot nor what nobody sees."""
    if _LETTERS.fullmatch(text):
        return True
    if not russian.norm(text):
        return False
    begun = [text + letter for letter in _ANY] if test == "prefix" else [text]
    ended = [letter + text for letter in _ANY] if test == "suffix" else begun
    return any(token.stop == len(each) for each in ended for token in russian.find_tokens(each)[:1])


def has_words(grammemes: Grammemes) -> bool:
    """Whether any word of the language has such grammemes: none is a noun and a verb at once."""
    return any(wanted & _GUESSED or endings.has_words(wanted, barred) for wanted, barred in grammemes.alternatives)


def _count_marks(branch: Branch) -> int:
    """How many ⟦…⟧ a match may pass at most."""
    count = 0
    for node in branch:
        if isinstance(node, Choice):
            count += max(map(_count_marks, node.branches), default=0)
        elif isinstance(node, Mark):
            count += 1 + _count_marks(node.content or ())
    return count


def _has_edge(branch: Branch) -> bool:
    return any(
        isinstance(node, Edge)
        or (isinstance(node, Choice) and any(map(_has_edge, node.branches)))
        or (isinstance(node, Mark) and _has_edge(node.content or ()))
        for node in branch
    )


def _find_dead_end(branch: Branch, before: int = 0, behind: int = 0) -> Edge | None:
    """An edge of the sentence with words of the phrase on its wrong side, whatever alternatives are taken."""
    least = [count_words(node)[0] for node in branch]
    for at, node in enumerate(branch):
        left, right = before + sum(least[:at]), behind + sum(least[at + 1 :])
        if isinstance(node, Edge):
            found = node if (left if node.start else right) else None
        elif isinstance(node, Choice):
            ends = [_find_dead_end(inner, left, right) for inner in node.branches]
            found = ends[0] if ends and all(ends) else None
        elif isinstance(node, Mark) and node.content:
            found = _find_dead_end(node.content, left, right)
        else:
            found = None
        if found:
            return found
    return None
