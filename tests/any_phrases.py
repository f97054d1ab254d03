"""Phrases that nobody would write, and texts for them: all that may stand in one, over few words, so that many meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from marked import ORIGIN, build_rule

from vipcopy.model import Rule, Source

LISTS = {
    "похвала": ("хороший<Supr>", "новый", "не мыть дом"),
    "срок": ("сегодня", "=дома", "ждать"),
    "пара": ("новый~ дом~", "супер-цена", "…1 цена"),
    "{число}": ("{цифры}", "<NUMR>"),
    "{поле}": ("тема", "=смс"),
}
_LEMMAS = {
    "дом": "дом дома домом",
    "новый": "новый новая новые",
    "цена": "цена цены цене супер-цена",
    "супер-цена": "супер-цена супер-цены",
    "ждать": "ждать ждёт ждал ждать-пождать",
    "мыть": "мыть мыла моют",
    "мыло": "мыло мыла мылом",
    "имеющий": "имеющий имеющими имел",
    "хороший": "лучший хорошая",
    "ёлка": "ёлка Елкой дом-ёлка",
    "стекло": "стекло стекла",
    "стечь": "стекла стечь",
    "бутявкать": "бутявкать бутявкала бутявкали",
    "не": "не",
    "два": "два двух 2",
    "sale": "sale",
}
_TESTS = (
    "=дома =новые =мыла ==Дом ==не нов* жд* су* *ый *ать *цена *е {слово} {цифры} {число} {тысячи} {минус} {инициал}"
    " {латиница} {Заглавная} {ПРОПИСНЫЕ} {знак} {эмодзи} @похвала @срок @пара <NOUN>"
    " <VERB,past,femn> <VERB,past,plur|COMP> (нов*|жд*|мы*)"
)
_PARTS = ("=супер цена", "=мой дом новый")  # of compounds
_OTHERS = "в мой мой-дом-новый сегодня тема смс 5 1500 1912 10:00 −5 А. В.И. 5-й 30% 🔥"
_GRAMMEMES = "<nomn> <plur> <VERB> <NOUN> <NOUN,!plur> <!nomn> <past|INFN> <NOUN|VERB;all> <NOUN;best>"
_LABELS = ("3) ", "Тема: ", "— ", "3) Тема: ", "Тема: — ")
_MARKS = (",", " —", ":", "!", "…", ")", " №", ", —", " 🔥")
_GUARDS = {"unless": 0.3, "when": 0.1, "when_near": 0.05, "unless_text": 0.05, "when_text": 0.05}  # and how often


class Words(NamedTuple):
    """What phrases and texts are made of: few words, so that many of the texts hold what is asked for."""

    chance: Random
    tests: Sequence[str]
    forms: Sequence[str]


def choose_words(chance: Random) -> Words:
    lemmas = chance.sample(sorted(_LEMMAS), 4)
    forms = " ".join(_LEMMAS[lemma] for lemma in lemmas).split()
    tests = [*lemmas, *lemmas, *chance.sample([*_TESTS.split(), *_PARTS], 4)]
    return Words(chance, tests, forms + chance.sample(_OTHERS.split(), 3))


def write_text(words: Words) -> str:
    return " ".join(_write_sentence(words) for _ in range(words.chance.randint(1, 3)))


def _write_sentence(words: Words) -> str:
    chance = words.chance
    said = [_write_form(words) for _ in range(chance.randint(1, 9))]
    return _seldom(chance, 0.15, _LABELS) + " ".join(said) + chance.choice((".", "?", "!..", "»"))


def _write_form(words: Words) -> str:
    change = words.chance.choice((str, str, str, str.capitalize, str.upper))
    return change(words.chance.choice(words.forms)) + _seldom(words.chance, 0.2, _MARKS)


def build_any_rule(words: Words) -> Rule:
    """A rule of one phrase or two, with a guard now and then; half of them do not compile."""
    chance = words.chance
    phrases = [_write_phrase(words) for _ in range(chance.choice((1, 1, 2)))]
    guards = {name: [_write_guard(words)] for name, often in _GUARDS.items() if chance.random() < often}
    return build_phrase_rule(phrases, chance.choice(("any", "any", "any", "any", "best", "all")), **guards)


def build_phrase_rule(phrases: Sequence[str], readings: str = "any", **lines: Sequence[str]) -> Rule:
    """A rule of the kind `phrase` with what else is in it."""
    sources = {
        name: tuple(Source(line, ORIGIN) for line in each) for name, each in {"phrase": phrases, **lines}.items()
    }
    return build_rule("phrase", {})._replace(readings=readings, **sources)


def _write_guard(words: Words) -> str:
    ahead, behind = _write_row(words, 1), _write_row(words, 1)
    return words.chance.choice(
        (f"{ahead} ⟦⟧", f"⟦⟧ {behind}", f"{ahead} ⟦{behind}⟧", f"⟦{ahead}⟧ {behind}", ahead, f"({ahead} &3, ⟦⟧)")
    )


def _write_phrase(words: Words) -> str:
    row, more = _write_row(words, 2), _write_row(words, 2)
    phrase = words.chance.choice((row, row, f"{row} {more}", f"{row} {more}", f"{row} ⟦{more}⟧", f"⟦{row}⟧ {more}"))
    return _seldom(words.chance, 0.15, ["^ "]) + phrase + _seldom(words.chance, 0.12, [" $"])


def _write_row(words: Words, depth: int) -> str:
    return " ".join(_write_item(words, depth) for _ in range(words.chance.randint(1, 2)))


def _write_item(words: Words, depth: int) -> str:
    ways: Sequence[Callable[[Words], str]] = (_write_atom, _write_sign, _write_gap)
    if depth and words.chance.random() < 0.35:
        return _write_group(words, depth - 1)
    return words.chance.choices(ways, (8, 1, 1.5))[0](words)


def _write_group(words: Words, depth: int) -> str:
    branches = "|".join(_write_branch(words, depth) for _ in range(words.chance.randint(1, 3)))
    return f"[{branches}]" if words.chance.random() < 0.3 else f"({branches}){_write_manner(words, 0.1)}"


def _write_branch(words: Words, depth: int) -> str:
    row = _write_row(words, depth)
    both = f"{row} {words.chance.choice(('&', '&2', '&2,'))} {_write_row(words, depth)}"
    return words.chance.choices((row, both, words.chance.choice("^$")), (8, 1, 0.5))[0]


def _write_atom(words: Words) -> str:
    return _seldom(words.chance, 0.08, ["!"]) + words.chance.choice(words.tests) + _write_manner(words, 0.1)


def _write_manner(words: Words, often: float) -> str:
    return _seldom(words.chance, often, _GRAMMEMES.split()) + _seldom(words.chance, often, ("~", "~", "~2"))


def _write_sign(words: Words) -> str:
    return words.chance.choice(",.:!?—№")


def _write_gap(words: Words) -> str:
    """A gap beside a word: alone it finds nothing."""
    atom, gap = _write_atom(words), words.chance.choice(("…", "…0", "…1", "…2", "…1,", "…3,"))
    return words.chance.choice((f"{gap} {atom}", f"{gap} {atom}", f"{atom} {gap}"))


def _seldom(chance: Random, often: float, choice: Sequence[str]) -> str:
    return chance.choice(choice) if chance.random() < often else ""
