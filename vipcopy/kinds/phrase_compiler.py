"""Rules of the kind `phrase` compiled: trees, programs, guards. Runs where no compiled rules are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vipcopy.errors import RuleError
from vipcopy.kinds.phrase_finder import PhraseFinder
from vipcopy.model import Rule, Source
from vipcopy.phrases import Index, set_bits
from vipcopy.phrases.anchors import needs_a_word
from vipcopy.phrases.branches import Branch
from vipcopy.phrases.build import build_index, find_words
from vipcopy.phrases.prefilter_builder import keep_words as _keep
from vipcopy.phrases.tree import Lists, PhraseContext, build_tree
from vipcopy.phrases.vocabulary import build_lexicon

Numbers = dict[tuple[str, Branch], int]  # phrases, each once, with where they look at the sentence

FIELDS = "{поле}"  # of the pack `base`
_ASKS_OF_TEXT: tuple[Callable[[Rule], Sequence[Source]], ...] = (
    lambda rule: rule.unless_text,
    lambda rule: rule.when_near,
    lambda rule: rule.when_text,
)


def compile_rules(rules: Sequence[Rule], lists: Lists) -> PhraseFinder:
    """Compile the rules' phrases. Raises RuleError with a line for every mistake in any of them."""
    compiler = _Compiler(PhraseContext(lists), [], {})
    phrases: list[Branch] = []
    owners: list[str] = []
    for rule in rules:
        branches = [branch for source in rule.phrase for branch in compiler.phrase(source, rule)]
        phrases.extend(branches)
        owners.extend([rule.id] * len(branches))
    guards: Numbers = {}
    vetoes = {rule.id: set_bits(compiler.numbers(rule.unless, rule, guards)) for rule in rules if rule.unless}
    needs = {rule.id: set_bits(compiler.numbers(rule.when, rule, guards)) for rule in rules if rule.when}
    asked: Numbers = {}
    text_guards, near, conditions = (
        {rule.id: compiler.numbers(ask(rule), rule, asked, len(phrases)) for rule in rules if ask(rule)}
        for ask in _ASKS_OF_TEXT
    )
    fields = frozenset(find_words(compiler.listed(FIELDS)))
    if compiler.mistakes:
        raise RuleError("\n".join(compiler.mistakes))
    phrases.extend(branch for _, branch in asked)
    lexicon = build_lexicon(find_words((*phrases, *(branch for _, branch in guards))), fields)
    indexes = build_index(phrases, lexicon), build_index([branch for _, branch in guards], lexicon)
    manners = tuple(manner for manner, _ in guards)
    return PhraseFinder(
        *indexes, tuple(owners), _find_bound(rules, owners), manners, vetoes, needs, text_guards, near, conditions
    )


def keep_words(finder: PhraseFinder, words: Sequence[str]) -> PhraseFinder:
    """The finder with all that its filters tell of these words."""
    phrases, guards = (Index(each.phrases, _keep(each.tables, words)) for each in (finder.phrases, finder.guards))
    return finder._replace(phrases=phrases, guards=guards)


def _find_bound(rules: Sequence[Rule], owners: Sequence[str]) -> Mapping[str, int]:
    """The phrases of rules with a `where` that names regions, as bits by the region's kind."""
    wanted = {rule.id: [kind for kind in rule.where if not kind.startswith("!")] for rule in rules}
    bound: dict[str, list[int]] = {}
    for number, owner in enumerate(owners):
        for kind in wanted[owner]:
            bound.setdefault(kind, []).append(number)
    return {kind: set_bits(numbers) for kind, numbers in bound.items()}


@dataclass(frozen=True, slots=True)
class _Compiler:
    settings: PhraseContext
    mistakes: list[str]
    trees: dict[tuple[Source, str], Branch | None]

    def phrase(self, source: Source, rule: Rule) -> Iterator[Branch]:
        branch = self._tree(source, rule)
        if branch is None:
            return
        problem = _find_problem(source, branch)
        if problem:
            self.mistakes.append(f"{source.origin}: «{source.text}»: {problem}")
        else:
            yield branch

    def numbers(self, sources: Sequence[Source], rule: Rule, known: Numbers, first: int = 0) -> tuple[int, ...]:
        """The numbers of these phrases, counted from the first one; those that another rule has as well are its own."""
        branches = ((_manner(source), self._tree(source, rule)) for source in self._opened(sources))
        return tuple(
            first + known.setdefault((manner, branch), len(known)) for manner, branch in branches if branch is not None
        )

    def listed(self, name: str) -> Iterator[Branch]:
        """The phrases of a list that the language itself asks for; none where no pack has it."""
        trees = (self._parsed(source, self.settings.readings) for source in self.settings.lists.get(name, ()))
        return (tree for tree in trees if tree is not None)

    def _opened(self, sources: Sequence[Source], above: tuple[str, ...] = ()) -> Iterator[Source]:
        """A guard that is a bare `@list` stands for the guards of the list; one in a circle is refused as a phrase."""
        for source in sources:
            listed = self.settings.lists.get(source.text.removeprefix("@")) if source.text.startswith("@") else None
            is_open = listed and source.text not in above
            yield from self._opened(listed or (), (*above, source.text)) if is_open else (source,)

    def _tree(self, source: Source, rule: Rule) -> Branch | None:
        """The phrase parsed, once for all that share it: the self-test builds a rule without each of its guards."""
        key = (source, rule.readings)
        if key not in self.trees:
            self.trees[key] = self._parsed(source, rule.readings)
        return self.trees[key]

    def _parsed(self, source: Source, readings: str) -> Branch | None:
        try:
            return build_tree(source, replace(self.settings, readings=readings))
        except RuleError as error:
            if str(error) not in self.mistakes:
                self.mistakes.append(str(error))
            return None


def _find_problem(source: Source, branch: Branch) -> str:
    """What a phrase may not be, though a guard may."""
    if not needs_a_word(branch):
        return "нет ни одного обязательного слова; добавьте его"
    if _manner(source) == "around":
        return "«⟦⟧» значит находку только в unless и when; уберите его"
    return ""


def _manner(source: Source) -> str:
    if "⟦⟧" in source.text:
        return "around"
    return "over" if "⟦" in source.text else "anywhere"
