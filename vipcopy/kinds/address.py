"""How the letter speaks to its reader: «вы» and «Вы» mixed, «ты» beside «Вы», the salutation.

In another person's words (regions quote and title, lines of a dialogue that begin with a dash) no pronoun counts.
At the start of a sentence, after a colon and in words all in capitals a capital says nothing.

options:
  check: what is looked for (one rule, one check):
    mixed: both «вы» and «Вы» in one text; the rarer spelling is found, the small letter where they are even
    familiar: «ты» in a text that says «Вы»; the rarer of the two is found, «ты» where they are even
    named: a salutation with the reader's name or a slot for it (evidence); the name or the slot is found
    bare: a salutation of nothing but the words of `formulas`
  formal: the forms of «Вы» and «Ваш»
  informal: the forms of «ты» and «твой»
  formulas: words of a greeting that name nobody: «здравствуйте», «добрый», «день»
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from vipcopy.kinds.interleave import interleave, name_hits, with_pauses
from vipcopy.kinds.options import build_each, parse_choice, parse_words
from vipcopy.kinds.places import Spans
from vipcopy.model import Hit, Prose, Region, Rule, Sentence, Source, Token
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple
from vipcopy.russian import find_forms, find_norms, is_known, is_number, is_word, norm, readings

OPTIONS = frozenset({"check", "formal", "informal", "formulas"})

_SLOT = compile_later(
    r"""
    \{\{.+?\}\} | \{%.+?%\} | \$?\{[^\W\d][\w .]*\}  # {{ client.name }}, {% name %}, ${name}, {имя}
    | %%?[^\W\d]\w*%%? | \*\|.+?\|\*                 # %NAME%, *|FNAME|*
    | \[[^\W\d][\w ]*\] | <<.+?>> | \#[^\W\d]\w*\#   # [Имя], <<Имя>>, #NAME#
    """,
    re.VERBOSE,
)
_SAID = compile_later(r"^[^\S\n]*[-–—].*$", re.MULTILINE)  # a line of a dialogue
_PERSON = frozenset({"Name", "Patr", "Surn"})
_FOREIGN = frozenset({"quote", "title"})  # another person speaks there
_WITHIN = frozenset({",", "—", "("})  # marks after which a small letter is due

Span = tuple[int, int]


class AddressWords(NamedTuple):
    """The words of one rule."""

    formal: frozenset[str]
    informal: frozenset[str]
    formulas: frozenset[str]


class Address(NamedTuple):
    """All rules of the kind: id, check, words."""

    rules: tuple[tuple[str, str, AddressWords], ...]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """The hits of all rules."""
        return interleave(name_hits(rule, CHECKS[check](forms, prose)) for rule, check, forms in self.rules)


def build(rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Address:
    """Compile the rules of this kind. Raises RuleError for an unknown check or list."""
    checks = tuple(CHECKS)
    return Address(
        build_each(rules, lambda rule: (rule.id, parse_choice(rule, "check", checks), _read_words(rule, lists)))
    )


def find_mixed(forms: AddressWords, prose: Prose) -> Iterator[Span | None]:
    """«вы» where most say «Вы», or the other way round."""
    spelt = {"вы": Spans(), "Вы": Spans()}
    for found in _find_pronouns(prose, forms.formal):
        if found is None:
            yield None
        elif spelling := _spelling(found[1], found[0]):
            spelt[spelling].append(found[1].start, found[1].stop)
    yield from _rarer(spelt["вы"], spelt["Вы"])


def find_familiar(forms: AddressWords, prose: Prose) -> Iterator[Span | None]:
    """«ты» where most say «Вы», or the other way round."""
    informal, formal = Spans(), Spans()
    for found in _find_pronouns(prose, forms.informal | forms.formal):
        if found is None:
            yield None
        else:
            (informal if found[1].norm in forms.informal else formal).append(found[1].start, found[1].stop)
    yield from _rarer(informal, formal)


def find_named(forms: AddressWords, prose: Prose) -> Iterator[Span | None]:
    """The reader's name, or the slot for it, in each salutation."""
    for greeting in _find_greetings(prose):
        slot = _find_slot(prose, greeting)
        names = [token for token in _find_words(prose, greeting) if _is_name(token, forms)]
        if names:
            yield names[0].start, names[-1].stop
        elif slot:
            yield slot


def find_bare(forms: AddressWords, prose: Prose) -> Iterator[Span | None]:
    """Each salutation that says «Здравствуйте» and no more."""
    for greeting in _find_greetings(prose):
        words = list(_find_words(prose, greeting))
        if words and not _find_slot(prose, greeting) and all(token.norm in forms.formulas for token in words):
            yield words[0].start, words[-1].stop


CHECKS: Mapping[str, Callable[[AddressWords, Prose], Iterator[Span | None]]] = {
    "mixed": find_mixed,
    "familiar": find_familiar,
    "named": find_named,
    "bare": find_bare,
}


def _read_words(rule: Rule, lists: Mapping[str, tuple[Source, ...]]) -> AddressWords:
    words = (
        frozenset(norm(word) for word in parse_words(rule, key, lists)) for key in ("formal", "informal", "formulas")
    )
    return AddressWords(*words)


def _find_pronouns(prose: Prose, forms: frozenset[str]) -> Iterator[tuple[Token | None, Token] | None]:
    """Each pronoun of the author's own with the token before it in its sentence; None is a pause."""
    foreign: list[Span] | None = None
    for sentence in with_pauses(prose.sentences):
        if sentence is None:
            yield None
            continue
        if sentence.regions & _FOREIGN or forms.isdisjoint(find_norms(sentence.tokens)):
            continue
        foreign = _find_foreign(prose) if foreign is None else foreign
        for before, token in find_forms(sentence.tokens, forms):
            if not _is_within(token, foreign):
                yield before, token


def _find_foreign(prose: Prose) -> list[Span]:
    quoted = [(region.start, region.stop) for region in prose.regions if region.kind in _FOREIGN]
    return _join([*quoted, *(line.span() for line in _SAID.finditer(str(prose.text)))])


def _join(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, nested and overlapping ones joined."""
    joined: list[Span] = []
    for start, stop in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], stop))
        else:
            joined.append((start, stop))
    return joined


def _is_within(token: Token, spans: Sequence[Span]) -> bool:
    at = bisect_right(spans, token.start, key=lambda span: span[0])
    return at > 0 and token.start < spans[at - 1][1]


def _spelling(token: Token, before: Token | None) -> str:
    """«Вы», «вы», or nothing where the capital is due anyway."""
    if token.text[0].islower():
        return "вы"
    due = before is None or not (is_word(before) or is_number(before) or before.norm in _WITHIN)
    return "" if due or token.text.isupper() else "Вы"


def _rarer(doubtful: Spans, proper: Spans) -> Iterator[Span]:
    if doubtful and proper:
        yield from min(doubtful, proper, key=len)


def _find_greetings(prose: Prose) -> Iterator[Region]:
    return (region for region in prose.regions if region.kind == "greeting")


def _find_slot(prose: Prose, region: Region) -> Span | None:
    slot = _SLOT.search(prose.text[region.start : region.stop])
    return (region.start + slot.start(), region.start + slot.end()) if slot else None


def _find_words(prose: Prose, region: Region) -> Iterator[Token]:
    for sentence in prose.sentences:
        if sentence.start < region.stop and region.start < sentence.stop:
            yield from _words_within(sentence, region)


def _words_within(sentence: Sentence, region: Region) -> Iterator[Token]:
    return (token for token in sentence.tokens if is_word(token) and region.start <= token.start < region.stop)


def _is_name(token: Token, forms: AddressWords) -> bool:
    if not token.text[0].isupper() or token.text.isascii() or token.norm in forms.formulas:
        return False
    return not is_known(token.norm) or any(reading.grams & _PERSON for reading in readings(token.norm))
