"""Kind `phrase`: lines of the phrase language, with guards.

    phrase: ["цена …2 (упасть|снизиться)"]
    unless: ["⟦⟧ на бирже"]
    unless_text: ["дивиденд"]

A guard with ⟦⟧ looks around the hit, one with ⟦words⟧ vetoes hits that its marked part overlaps, one without marks
looks at the whole sentence; `when_near` looks at the sentence and its two neighbours, `unless_text` and its contrary,
`when_text`, look at the whole document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vipcopy.model import Hit, Prose, Rule, RuleError, Source
from vipcopy.phrases import (
    Branch,
    Index,
    Lists,
    Program,
    Settings,
    Span,
    Stream,
    build_index,
    build_program,
    build_stream,
    build_tree,
    needs_a_word,
    run,
)

OPTIONS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Guard:
    """One line of `unless` or `when`: around the hit, over it, or anywhere in the sentence."""

    manner: str
    program: Program

    def holds(self, stream: Stream, hit: Span) -> bool:
        """Whether the sentence is as the guard says of this hit."""
        return _MANNERS[self.manner](self.program, stream, hit)


def _runs(program: Program, stream: Stream, before: int, hit: Span | None = None) -> Iterator[Span]:
    for at in range(min(before, len(stream.tokens))):
        if program.may_start(stream, at):
            span = run(program, stream, at, hit)
            if span:
                yield span


def _around(program: Program, stream: Stream, hit: Span) -> bool:
    return any(_runs(program, stream, stream.at(hit.start) + 1, hit))


def _over(program: Program, stream: Stream, hit: Span) -> bool:
    spans = _runs(program, stream, len(stream.tokens))
    return any(span.start < hit.stop and hit.start < span.stop for span in spans)


def _anywhere(program: Program, stream: Stream, _: Span | None = None) -> bool:
    return any(_runs(program, stream, len(stream.tokens)))


_MANNERS: Mapping[str, Callable[[Program, Stream, Span], bool]] = {
    "around": _around,
    "over": _over,
    "anywhere": _anywhere,
}


def _any_in(programs: Sequence[Program], streams: Sequence[Stream]) -> bool:
    return any(_anywhere(program, stream) for program in programs for stream in streams)


@dataclass(frozen=True, slots=True, eq=False)
class PhraseFinder:
    """All phrase rules of a checker behind one index."""

    index: Index
    rules: tuple[str, ...]  # the rule of each phrase of the index
    vetoes: Mapping[str, tuple[Guard, ...]]
    needs: Mapping[str, tuple[Guard, ...]]
    text_guards: Mapping[str, tuple[Program, ...]]
    near: Mapping[str, tuple[Program, ...]]  # one of them must be in the sentence or beside it
    conditions: Mapping[str, tuple[Program, ...]]  # one of them must be somewhere in the document

    def find(self, prose: Prose) -> Iterator[Hit]:
        """Every hit that no guard vetoes, sentence by sentence."""
        streams = [build_stream(sentence.tokens, self.index.vocabulary) for sentence in prose.sentences]
        silenced: dict[str, bool] = {}
        for at, stream in enumerate(streams):
            for number, span in self.index.find_in(stream):
                rule = self.rules[number]
                if not self._is_meant(rule, stream, span) or not self._is_near(rule, streams, at):
                    continue
                if rule not in silenced:
                    silenced[rule] = self._is_silenced(rule, streams)
                if not silenced[rule]:
                    yield Hit(rule, span.start, span.stop)

    def _is_meant(self, rule: str, stream: Stream, span: Span) -> bool:
        if any(veto.holds(stream, span) for veto in self.vetoes.get(rule, ())):
            return False
        return rule not in self.needs or any(need.holds(stream, span) for need in self.needs[rule])

    def _is_near(self, rule: str, streams: Sequence[Stream], at: int) -> bool:
        return rule not in self.near or _any_in(self.near[rule], streams[max(0, at - 1) : at + 2])

    def _is_silenced(self, rule: str, streams: Sequence[Stream]) -> bool:
        if _any_in(self.text_guards.get(rule, ()), streams):
            return True
        return rule in self.conditions and not _any_in(self.conditions[rule], streams)


def build(rules: Sequence[Rule], lists: Lists) -> PhraseFinder:
    """Compile the rules' phrases. Raises RuleError with a line for every mistake in any of them."""
    compiler = _Compiler(Settings(lists), [], {})
    phrases: list[Branch] = []
    owners: list[str] = []
    for rule in rules:
        branches = [branch for source in rule.phrase for branch in compiler.phrase(source, rule)]
        phrases.extend(branches)
        owners.extend([rule.id] * len(branches))
    vetoes = {rule.id: tuple(compiler.guards(rule.unless, rule)) for rule in rules if rule.unless}
    needs = {rule.id: tuple(compiler.guards(rule.when, rule)) for rule in rules if rule.when}
    text_guards = {rule.id: compiler.programs(rule.unless_text, rule) for rule in rules if rule.unless_text}
    near = {rule.id: compiler.programs(rule.when_near, rule) for rule in rules if rule.when_near}
    conditions = {rule.id: compiler.programs(rule.when_text, rule) for rule in rules if rule.when_text}
    if compiler.mistakes:
        raise RuleError("\n".join(compiler.mistakes))
    guards = (guard.program for each in (*vetoes.values(), *needs.values()) for guard in each)
    others = (program for each in (*text_guards.values(), *near.values(), *conditions.values()) for program in each)
    index = build_index(phrases, (*guards, *others))
    return PhraseFinder(index, tuple(owners), vetoes, needs, text_guards, near, conditions)


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

    def guards(self, sources: Sequence[Source], rule: Rule) -> Iterator[Guard]:
        for source in self._opened(sources):
            branch = self._tree(source, rule)
            if branch is not None:
                yield Guard(_manner(source), build_program(branch))

    def programs(self, sources: Sequence[Source], rule: Rule) -> tuple[Program, ...]:
        branches = (self._tree(source, rule) for source in self._opened(sources))
        return tuple(build_program(branch) for branch in branches if branch is not None)

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
