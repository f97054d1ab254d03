"""The `options` of a rule as kinds use them: word lists, whole numbers, choices. Mistakes name the rule's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from vipcopy.errors import RuleError
from vipcopy.hints import TypeVar
from vipcopy.model import Rule, Source

Built = TypeVar("Built")


def build_each(rules: Sequence[Rule], build: Callable[[Rule], Built]) -> tuple[Built, ...]:
    """Every rule compiled. Raises one RuleError with a line for each rule that cannot be."""
    built: list[Built] = []
    mistakes: list[str] = []
    for rule in rules:
        try:
            built.append(build(rule))
        except RuleError as error:
            mistakes.append(str(error))
    if mistakes:
        raise RuleError("\n".join(mistakes))
    return tuple(built)


def parse_words(rule: Rule, key: str, lists: Mapping[str, tuple[Source, ...]]) -> tuple[str, ...]:
    """The words of an option, named lists (`@имя`) spread out; empty when the option is missing. Raises RuleError."""
    return tuple(_spread(rule, rule.options.get(key, ()), lists))


def parse_number(rule: Rule, key: str, default: int) -> int:
    """The option as a whole number above zero, or the default when it is missing. Raises RuleError."""
    text = "".join(rule.options.get(key, (str(default),)))
    if not text.isdecimal() or not int(text):
        raise RuleError(f"{rule.origin}: «{key}: {text}» — не число больше нуля; напишите, например, {key}: {default}")
    return int(text)


def parse_choice(rule: Rule, key: str, choices: tuple[str, ...]) -> str:
    """The option, which must be one of the choices; the first of them when it is missing. Raises RuleError."""
    text = ", ".join(rule.options.get(key, choices[:1]))
    if text not in choices:
        raise RuleError(f"{rule.origin}: «{key}: {text}» не бывает; напишите одно из: {', '.join(choices)}")
    return text


def _spread(rule: Rule, words: tuple[str, ...], lists: Mapping[str, tuple[Source, ...]]) -> Iterator[str]:
    for word in words:
        if not word.startswith("@"):
            yield word
            continue
        if word[1:] not in lists:
            raise RuleError(f"{rule.origin}: нет списка {word}; опишите его в lists или проверьте имя")
        yield from (source.text for source in lists[word[1:]])
