"""Rules of the kind `phrase` compiled: trees, programs, guards. Runs where no compiled rules are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vipcopy.kinds.phrase_finder import Guards, PhraseFinder
from vipcopy.model import Rule, RuleError, Source
from vipcopy.phrases import set_bits
from vipcopy.phrases.anchors import needs_a_word
from vipcopy.phrases.branches import Branch
from vipcopy.phrases.build import build_index, find_words
from vipcopy.phrases.tree import Lists, Settings, build_tree
from vipcopy.phrases.vocabulary import build_lexicon


def compile_rules(rules: Sequence[Rule], lists: Lists) -> PhraseFinder:
    """Compile the rules' phrases. Raises RuleError with a line for every mistake in any of them."""
    compiler = _Compiler(Settings(lists), [], {})
    phrases: list[Branch] = []
    owners: list[str] = []
    for rule in rules:
        branches = [branch for source in rule.phrase for branch in compiler.phrase(source, rule)]
        phrases.extend(branches)
        owners.extend([rule.id] * len(branches))
    guards: list[Branch] = []
    vetoes = {rule.id: compiler.guards(rule.unless, rule, guards) for rule in rules if rule.unless}
    needs = {rule.id: compiler.guards(rule.when, rule, guards) for rule in rules if rule.when}
    text_guards = {rule.id: compiler.numbers(rule.unless_text, rule, phrases) for rule in rules if rule.unless_text}
    near = {rule.id: compiler.numbers(rule.when_near, rule, phrases) for rule in rules if rule.when_near}
    conditions = {rule.id: compiler.numbers(rule.when_text, rule, phrases) for rule in rules if rule.when_text}
    if compiler.mistakes:
        raise RuleError("\n".join(compiler.mistakes))
    lexicon = build_lexicon(find_words((*phrases, *guards)))
    indexes = build_index(phrases, lexicon), build_index(guards, lexicon)
    return PhraseFinder(
        *indexes, tuple(owners), _find_bound(rules, owners), vetoes, needs, text_guards, near, conditions
    )


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
    settings: Settings
    mistakes: list[str]
    trees: dict[tuple[Source, str], Branch | None]

    def phrase(self, source: Source, rule: Rule) -> Iterator[Branch]:
        branch = self._tree(source, rule)
        if branch is None:
            return
        if not needs_a_word(branch):
            self.mistakes.append(f"{source.origin}: «{source.text}»: нет ни одного обязательного слова; добавьте его")
            return
        yield branch

    def guards(self, sources: Sequence[Source], rule: Rule, guards: list[Branch]) -> Guards:
        """These guards, their phrases put behind the others."""
        branches = [(_manner(source), self._tree(source, rule)) for source in self._opened(sources)]
        known = [(manner, branch) for manner, branch in branches if branch is not None]
        found = Guards(len(guards), tuple(manner for manner, _ in known))
        guards.extend(branch for _, branch in known)
        return found

    def numbers(self, sources: Sequence[Source], rule: Rule, phrases: list[Branch]) -> tuple[int, ...]:
        """These phrases put behind the others; their numbers there."""
        branches = [self._tree(source, rule) for source in self._opened(sources)]
        first = len(phrases)
        phrases.extend(branch for branch in branches if branch is not None)
        return tuple(range(first, len(phrases)))

    def _opened(self, sources: Sequence[Source]) -> Iterator[Source]:
        """A guard that is a bare `@list` stands for the guards of the list."""
        for source in sources:
            listed = self.settings.lists.get(source.text.removeprefix("@")) if source.text.startswith("@") else None
            yield from self._opened(listed) if listed else (source,)

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


def _manner(source: Source) -> str:
    if "⟦⟧" in source.text:
        return "around"
    return "over" if "⟦" in source.text else "anywhere"
