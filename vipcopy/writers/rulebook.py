"""The rules for a person: a list by guideline and category, or all about one rule."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from vipcopy.model import Rule, Source
from vipcopy.scoring.guidelines import GUIDELINES
from vipcopy.writers import wording
from vipcopy.writers.style import BOLD, RED, UNDERLINE, Style

_QUOTE = "«{quote}»"
_PLACES = {  # those that rules of ours name; docs/phrases.md has all
    "quote": "чужие слова и прямая речь",
    "title": "название в кавычках",
    "question": "вопрос",
    "greeting": "обращение",
    "heading": "заголовок",
    "list": "список",
    "table": "таблица",
    "opening": "первые предложения",
    "signature": "подпись",
    "story": "рассказ, в котором говорят герои",
    "report": "пересказ чужих заявлений, новость",
    "chronicle": "рассказ о том, что было",
    "reference": "справка, условия, инструкция",
    "talk": "письмо частного человека",
    "business": "служебное письмо, уведомление",
}
_MARK = re.compile(r"⟦(.*?)⟧", re.DOTALL)


def write_rules(rules: Iterable[Rule], style: Style) -> Iterator[str]:
    """A line for each rule under its guideline and category, then their number."""
    ordered = sorted(rules, key=lambda rule: (rule.guideline, rule.category, rule.id))
    width = max((len(rule.id) for rule in ordered), default=0)
    for number, of_guideline in groupby(ordered, lambda rule: rule.guideline):
        yield style.paint(f"{number} {GUIDELINES[number]}", BOLD)
        for category, of_category in groupby(of_guideline, lambda rule: rule.category):
            yield f"  {category}"
            for rule in of_category:
                severity = _severity(rule)
                yield f"    {rule.id:{width}}  {severity:14}  {_about(rule)}".rstrip()
        yield ""
    yield wording.write_count(len(ordered), wording.RULES)


def write_rule(rule: Rule, style: Style) -> Iterator[str]:
    """All about one rule: what it says and why, what it looks for and when it is silent, its examples."""
    yield style.paint(rule.id, BOLD)
    yield f"Принцип {rule.guideline} «{GUIDELINES[rule.guideline]}», категория {rule.category}"
    yield f"{_severity(rule).capitalize()}, {_weight(rule)}"
    yield from _write_line("Что не так: ", rule.message.replace(_QUOTE, "«…»").replace("{quote}", "…"), style)
    yield from _write_line("Почему: ", rule.why, style)
    yield from _write_line("Лучше: ", wording.write_choice([_suggestion(each) for each in rule.suggest]), style)
    yield from _write_list("Ищет", [source.text for source in rule.phrase])
    yield from _write_list("Говорит, только если рядом есть", [source.text for source in rule.when])
    yield from _write_list(
        "Говорит, только если есть в соседнем предложении", [source.text for source in rule.when_near]
    )
    yield from _write_list("Говорит, только если в тексте есть", [source.text for source in rule.when_text])
    yield from _write_list("Молчит, если", [source.text for source in (*rule.unless, *rule.unless_text)])
    yield from _write_list("Действует только здесь", [_place(kind) for kind in rule.where if kind[0] != "!"])
    yield from _write_list("Молчит здесь", [_place(kind[1:]) for kind in rule.where if kind[0] == "!"])
    yield from _write_list("Находит", [_mark(source, style) for source in rule.bad])
    yield from _write_list("Не трогает", [wording.clean(source.text) for source in rule.good])
    yield f"Записано: {rule.origin}"


def _place(kind: str) -> str:
    return f"{kind} — {_PLACES[kind]}" if kind in _PLACES else kind


def _severity(rule: Rule) -> str:
    return "доказательство" if rule.weight > 0 else wording.SEVERITIES[rule.severity][0]


def _about(rule: Rule) -> str:
    """The first example of what it finds: rules of one file share their message."""
    marks = [mark for source in rule.bad for mark in _MARK.findall(source.text)]
    return ", ".join(f"«{wording.shorten(wording.clean(mark))}»" for mark in marks[:3])


def _weight(rule: Rule) -> str:
    points = wording.write_points(abs(rule.weight))
    if rule.weight > 0:
        return f"возвращает до {points} балла"
    return f"стоит {points} балла за {'текст' if 'whole' in rule.options.get('scale', ()) else '100 слов'}"


def _suggestion(text: str) -> str:
    return "убрать эти слова" if text == "remove" else text


def _write_line(title: str, text: str, style: Style) -> Iterator[str]:
    if text:
        yield from textwrap.wrap(title + wording.clean(text), style.width, break_long_words=False)


def _write_list(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"{title}:"
        yield from (f"    {item}" for item in items)


def _mark(source: Source, style: Style) -> str:
    text = wording.clean(source.text)
    return _MARK.sub(lambda mark: style.paint(mark[1], BOLD, UNDERLINE, RED), text) if style.colour else text
