"""Phrases that nobody would write, and texts: all that may stand in one, over few words, so that much is found."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from marked import ORIGIN, build_rule

from vipcopy.model import Rule, Source

Lines = st.SearchStrategy[str]


def _cut(words: str) -> list[str]:
    return words.split()


LISTS = {
    "похвала": ("хороший<Supr>", "новый", "не мыть дом"),
    "срок": ("сегодня", "=дома", "ждать"),
    "пара": ("новый~ дом~", "супер-цена", "…1 цена"),
    "{число}": ("{цифры}", "<NUMR>"),
    "{поле}": ("тема", "=смс"),
}
_LEMMAS = _cut("дом новый цена ждать мыть мыло имеющий не хороший супер-цена ёлка в два sale стекло стечь")
_TESTS = _cut(
    "=дома =новые =мыла ==Дом ==не нов* жд* су* *ый *ать *цена *е {слово} {цифры} {число} {тысячи} {минус} {латиница}"
    " {Заглавная} {ПРОПИСНЫЕ} {знак} {эмодзи} @похвала @срок @пара <NOUN> <VERB,past> <ADJF,plur>"
)
_SIGNS = _cut(", . : ! ? — № )")
_GAPS = _cut("… …0 …1 …2 …1, …3,")
_GRAMMEMES = _cut("<nomn> <plur> <VERB> <NOUN> <NOUN,!plur> <!nomn> <past|INFN> <NOUN|VERB;all> <NOUN;best>")
_AGREES = _cut("~ ~ ~2")

_FORMS = _cut(
    "дом дома домом новый новая новые цена цены цене ждать ждёт ждал мыла мыло мыть мой имеющий имеющими не лучший"
    " хорошая супер-цена супер-цены мой-дом-новый сегодня ёлка Елкой в два двух тема смс sale стекла стекло"
    " 5 1500 1912 10:00 −5 5-й 30% 🔥"
)
_WRITTEN = (str, str, str, str.capitalize, str.upper)
_MARKS = (",", " —", ":", "!", "…", ")", " №", ", —")
_LABELS = ("3) ", "Тема: ", "— ", "3) Тема: ", "Тема: — ")
_STOPS = (".", "?", "!..", "»")


def _join(*parts: Lines | str) -> Lines:
    return st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts)).map("".join)


def _row(items: Lines, most: int) -> Lines:
    return st.lists(items, min_size=1, max_size=most).map(" ".join)


def _seldom(choice: Sequence[str], *, of: int) -> Lines:
    """One of these once in so many times, else nothing."""
    return st.integers(1, of).flatmap(lambda at: st.sampled_from(choice) if at == of else st.just(""))


def _with_groups(items: Lines) -> Lines:
    both = _join(_row(items, 2), st.sampled_from([" & ", " &2 "]), _row(items, 2))
    branches = _row(items, 2) | _row(items, 2) | _row(items, 2) | both | st.sampled_from(["^", "$"])
    choice = st.lists(branches, min_size=1, max_size=3).map("|".join)
    groups = _join("(", choice, ")", _seldom(_GRAMMEMES, of=6), _seldom(_AGREES, of=6)) | _join("[", choice, "]")
    return items | items | groups


_TESTED = st.sampled_from((*_LEMMAS, *_LEMMAS, *_TESTS))
_ATOMS = _join(_seldom(["!"], of=12), _TESTED, _seldom(_GRAMMEMES, of=7), _seldom(_AGREES, of=5))
_ITEMS = _ATOMS | _ATOMS | _ATOMS | st.sampled_from((*_SIGNS, *_GAPS))
_ROWS = _row(_with_groups(_with_groups(_ITEMS)), 3)
_MARKED = _join(_ROWS, " ⟦", _ROWS, "⟧") | _join("⟦", _ROWS, "⟧ ", _ROWS)
_PHRASES = _join(_seldom(["^ "], of=6), _ROWS | _ROWS | _MARKED, _seldom([" $"], of=7))
_GUARDS = _join("⟦⟧ ", _ROWS) | _join(_ROWS, " ⟦⟧") | _MARKED | _ROWS

_WORDS = _join(
    st.builds(lambda write, form: write(form), st.sampled_from(_WRITTEN), st.sampled_from(_FORMS)),
    _seldom(_MARKS, of=5),
)
_SENTENCES = _join(_seldom(_LABELS, of=6), _row(_WORDS, 8), st.sampled_from(_STOPS))

TEXTS = _row(_SENTENCES, 3)


def build_phrase_rule(phrase: str, readings: str = "any", **guards: str) -> Rule:
    """A rule of one phrase, and one guard of a kind where there is any."""
    lines = {"phrase": phrase, **guards}
    sources = {name: (Source(line, ORIGIN),) if line else () for name, line in lines.items()}
    return build_rule("phrase", {})._replace(readings=readings, **sources)


def _seldom_guard(of: int) -> Lines:
    return st.integers(1, of).flatmap(lambda at: _GUARDS if at == of else st.just(""))


RULES = st.builds(
    build_phrase_rule,
    _PHRASES,
    st.sampled_from(["any"] * 6 + ["best", "all"]),
    unless=_seldom_guard(3),
    when=_seldom_guard(10),
    when_near=_seldom_guard(20),
    unless_text=_seldom_guard(20),
    when_text=_seldom_guard(20),
)
