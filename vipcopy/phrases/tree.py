"""From the phrase as written to the phrase as meant: lemmas become word forms, lists and orders become choices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import permutations

from vipcopy import russian
from vipcopy.errors import RuleError
from vipcopy.model import Source
from vipcopy.phrases import syntax
from vipcopy.phrases.branches import Branch, Choice, Mark, Node, merge
from vipcopy.phrases.grammemes import Grammemes, has_grammemes
from vipcopy.phrases.impossible import find_fault, find_loose_end, has_words, is_token
from vipcopy.phrases.lexicon import FORM
from vipcopy.phrases.parser import mistake, parse_phrase
from vipcopy.phrases.vocabulary import grams_of, is_word, lemma_of
from vipcopy.phrases.words import CASES, CLASSES, WordTest

_CYRILLIC = re.compile(r"[а-я]")
_SEPARATE = "отделите знаки препинания пробелами"

Lists = Mapping[str, tuple[Source, ...]]
AtomKey = tuple[str, str, Grammemes | None, str, bool, str]  # all that an atom is but its place; its readings


@dataclass(frozen=True, slots=True)
class PhraseContext:
    """What holds for all atoms of a phrase: the lists that may be named and the default way with readings."""

    lists: Lists
    readings: str = "any"
    inside: tuple[str, ...] = ()  # the lists being read, against a list that names itself
    known: dict[tuple[str, str], tuple[Branch, ...]] = field(default_factory=dict)  # lists compiled before, by readings
    tests: dict[AtomKey, WordTest] = field(default_factory=dict)  # and atoms


def build_tree(source: Source, context: PhraseContext) -> Branch:
    """The phrase with every word compiled. Raises RuleError at the place of the first mistake."""
    series = parse_phrase(source)
    branch = _Builder(source, context).branch(series)
    fault = find_fault(branch) or (None if context.inside else find_loose_end(series))
    if fault:
        raise mistake(source, 0, *fault)
    return branch


def _build_list(name: str, context: PhraseContext) -> tuple[Branch, ...]:
    key = (name, context.readings)
    if key not in context.known:
        inner = replace(context, inside=(*context.inside, name))
        context.known[key] = tuple(build_tree(source, inner) for source in context.lists[name])
    return context.known[key]


@dataclass(frozen=True, slots=True)
class _Builder:
    source: Source
    context: PhraseContext

    def branch(self, series: syntax.Series) -> Branch:
        return tuple(node for item in series.items for node in self._nodes(item))

    def _nodes(self, item: syntax.Item) -> Iterator[Node]:
        if isinstance(item, syntax.Atom):
            yield self._atom(item)
        elif isinstance(item, syntax.Named):
            yield self._named(item.name, item)
        elif isinstance(item, syntax.Choice):
            yield self._choice(item)
        elif isinstance(item, syntax.AnyOrder):
            yield self._any_order(item)
        elif isinstance(item, syntax.Mark):
            yield Mark(self.branch(item.content) if item.content else None)
        else:
            yield item

    def _choice(self, item: syntax.Choice) -> Choice:
        branches = [self.branch(branch) for branch in item.branches]
        handed = [self._hand_down(branch, item) for branch in branches]
        for branch, mine in zip(branches, handed, strict=True):
            if mine is None:
                names = " ".join(node.text for node in branch if isinstance(node, WordTest))
                raise self._mistake(item.at, f"у «{names}» нет таких форм", "проверьте граммемы группы")
        kept = tuple(mine for mine in handed if mine is not None)
        return merge((*kept, ()) if item.optional else kept)

    def _any_order(self, item: syntax.AnyOrder) -> Choice:
        members = [self.branch(member) for member in item.members]
        gap: Branch = (item.gap,) if item.gap.words or item.gap.punctuation else ()
        return Choice(tuple(_joined(order, gap) for order in permutations(members)))

    def _named(self, name: str, item: syntax.Named | syntax.Atom) -> Choice | WordTest:
        if name not in self.context.lists:
            raise self._mistake(item.at, f"нет списка @{name}", "опишите его в lists или проверьте имя")
        if name in self.context.inside:
            raise self._mistake(item.at, f"список @{name} ссылается сам на себя", "уберите ссылку")
        handed = [self._hand_down(branch, item) for branch in _build_list(name, self.context)]
        choice = merge(tuple(branch for branch in handed if branch is not None))
        if not choice.branches:
            raise self._mistake(item.at, f"в списке @{name} ни у чего нет таких форм", "проверьте граммемы")
        if not item.negated:
            return choice
        return self._negated(choice, item)

    def _negated(self, choice: Choice, item: syntax.Named | syntax.Atom) -> WordTest:
        only = choice.branches[0] if len(choice.branches) == 1 else ()
        if len(only) != 1 or not isinstance(only[0], WordTest):
            raise self._mistake(item.at, "отрицать можно список отдельных слов", "вынесите слова в свой список")
        return only[0]._replace(negated=True)

    def _hand_down(self, branch: Branch, item: syntax.Choice | syntax.Named | syntax.Atom) -> Branch | None:
        """The branch with a group's grammemes and «~» put on its first word that can have them; None if none can."""
        if item.grammemes is None and not item.agrees:
            return branch
        for at, node in enumerate(branch):
            handed = self._handed(node, item)
            if handed is not None:
                return (*branch[:at], handed, *branch[at + 1 :])
        return None

    def _handed(self, node: Node, item: syntax.Choice | syntax.Named | syntax.Atom) -> Node | None:
        if isinstance(node, Choice):
            handed = [self._hand_down(inner, item) for inner in node.branches if inner]
            kept = tuple(branch for branch in handed if branch is not None)
            return Choice((*kept, *(() for inner in node.branches if not inner))) if kept else None
        if not isinstance(node, WordTest) or node.negated or node.kind == "sign":
            return None
        grammemes = _both(node.grammemes, self._known(item.grammemes, item.at))
        test = node._replace(grammemes=grammemes, agrees=item.agrees or node.agrees)
        return test if _is_possible(test) else None

    def _atom(self, atom: syntax.Atom) -> Choice | WordTest:
        if atom.test == "class" and atom.text not in CLASSES:
            return self._class(atom)
        key = (atom.test, atom.text, atom.grammemes, atom.agrees, atom.negated, self.context.readings)
        known = self.context.tests.get(key)
        if known is None:
            known = self.context.tests[key] = self._test(atom)
        return known

    def _test(self, atom: syntax.Atom) -> WordTest:
        keys = self._keys(atom)
        if atom.test not in ("any", "class", "sign") and not is_token(atom.text, atom.test):
            raise self._mistake(atom.at, f"«{atom.text}» — не одно слово: фраза не сработает никогда", _SEPARATE)
        text = atom.text if atom.test in ("exact", "class", "sign") else russian.norm(atom.text)
        test = WordTest(
            kind={"lemma": "forms", "form": "forms"}.get(atom.test, atom.test),
            text=text,
            keys=keys,
            beginnings=(text,) if atom.test == "prefix" else (),
            lemmas=frozenset(filter(None, map(lemma_of, keys))) if atom.test == "lemma" else frozenset(),
            grammemes=self._known(atom.grammemes, atom.at),
            readings=self.context.readings,
            agrees=atom.agrees,
            negated=atom.negated,
        )
        return self._possible(test, atom.at)

    def _class(self, atom: syntax.Atom) -> Choice | WordTest:
        name = f"{{{atom.text}}}"
        if name not in self.context.lists:
            known = ", ".join(CLASSES)
            raise self._mistake(atom.at, f"нет класса {name}", f"бывают {known} и описанные в lists")
        return self._named(name, atom)

    def _keys(self, atom: syntax.Atom) -> frozenset[str]:
        """The words of the vocabulary that an atom names."""
        norm = russian.norm(atom.text)
        if atom.test in ("form", "exact"):
            return frozenset({FORM + norm})
        if atom.test != "lemma":
            return frozenset()
        if is_word(norm):
            return frozenset({norm})
        if not _CYRILLIC.search(norm):
            return frozenset({FORM + norm})  # «sale», «24»
        raise self._mistake(atom.at, f"«{atom.text}» — не словарная форма", _lemma_remedy(atom.text))

    def _known(self, grammemes: Grammemes | None, at: int) -> Grammemes | None:
        for wanted, barred in grammemes.alternatives if grammemes else ():
            for gram in sorted(gram for gram in wanted | barred if not russian.is_grammeme(gram)):
                remedy = "возьмите имя из OpenCorpora, например <ADJF,Supr>"
                raise self._mistake(at, f"неизвестная граммема «{gram}»", remedy)
        return grammemes

    def _possible(self, test: WordTest, at: int) -> WordTest:
        if not _is_possible(test):
            what = f"у «{test.text}» нет таких форм" if test.text else "слов с такими граммемами нет"
            raise self._mistake(at, f"{what}: фраза не сработает никогда", "проверьте граммемы")
        return test

    def _mistake(self, at: int, problem: str, remedy: str) -> RuleError:
        return mistake(self.source, at, problem, remedy)


def _lemma_remedy(word: str) -> str:
    norm = russian.norm(word)
    if not norm.replace("-", "").isalnum():
        return _SEPARATE
    lemmas = dict.fromkeys(reading.lemma for reading in russian.readings(norm))
    return f"напишите {' или '.join([*lemmas, f'={word}'])}"


def _joined(order: Sequence[Branch], gap: Branch) -> Branch:
    first, *others = order
    return (*first, *(node for branch in others for node in (*gap, *branch)))


def _is_possible(test: WordTest) -> bool:
    """Whether any form can ever meet the grammemes, and has a case where it must agree."""
    if test.kind != "forms":
        return test.grammemes is None or has_words(test.grammemes)
    is_free = test.grammemes is None and not test.agrees
    return is_free or any(_can_be(key, test.grammemes, has_case=bool(test.agrees)) for key in test.keys)


@cache
def _can_be(key: str, grammemes: Grammemes | None, *, has_case: bool) -> bool:
    return any(
        (not has_case or bool(grams & CASES)) and (grammemes is None or has_grammemes(grams, grammemes.alternatives))
        for grams in grams_of(key)
    )


def _both(one: Grammemes | None, other: Grammemes | None) -> Grammemes | None:
    """What meets the one and the other."""
    if one is None or other is None:
        return one or other
    pairs = [(a, b) for a in one.alternatives for b in other.alternatives]
    alternatives = tuple((a[0] | b[0], a[1] | b[1]) for a, b in pairs)
    return Grammemes(alternatives, other.readings or one.readings)
