"""Words in capitals that shout.

A run of words in Cyrillic capitals is one finding, the punctuation and numbers between its words included: «ТОЛЬКО
СЕГОДНЯ», «ДОМ, В КОТОРЫЙ ХОЧЕТСЯ ВОЗВРАЩАТЬСЯ». One word shouts from four letters on, in a heading of its own from
two.

Left alone: abbreviations (of the dictionary, of the rule's list, and short words that no dictionary knows), Latin
words and roman numerals, codes with digits, the name after a legal form («ПАО СБЕРБАНК») or a label («по промокоду
ВЕСНА»), a surname with its initials or first name.
Quoted names are left out by the rule's `where`.

options:
  allow: abbreviations and brand names that a dictionary of words takes for words
  forms: legal forms and the like, in capitals, after which a name stands
  labels: lemmas of words after which a code stands
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vipcopy.kinds.options import build_each, parse_words
from vipcopy.model import Hit, Prose, Rule, Sentence, Source, Token
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple
from vipcopy.russian import is_emoji, is_known, is_punctuation, norm, readings, write_bare
from vipcopy.texts import Text

OPTIONS = frozenset({"allow", "forms", "labels"})
LONE_WORD = 4  # letters from which a word in capitals shouts alone
UNKNOWN_WORD = 7  # letters from which a word that no dictionary has is no abbreviation

_TWO_CAPITALS = compile_later(r"[А-ЯЁ][^а-яёa-z]*?[А-ЯЁ]")
_CYRILLIC = compile_later(r"[а-яё]+(?:-[а-яё]+)*")
_AROUND = 24  # characters in which initials stand, an indented line end among them
_INITIAL_BEFORE = compile_later(r"(?:^|[^\w])[А-ЯЁ]\. *$")
_INITIAL_AFTER = compile_later(r" +[А-ЯЁ]\.(?: *[А-ЯЁ]\.)?(?!\w)")
_QUOTE = compile_later(r"[«»„“”\"]")
_NAMES = frozenset({"Abbr", "Orgn", "Geox"})  # «НДС», «ГАЗПРОМ», «МИД РОССИИ»


class Stretch(NamedTuple):
    """Neighbouring tokens without a small letter, and the tokens on either side of them."""

    tokens: tuple[Token, ...]
    before: Token | None
    after: Token | None


class Capitals(NamedTuple):
    """The words of one rule; `find` yields its runs of capitals."""

    rule: str
    allow: frozenset[str]
    forms: frozenset[str]
    labels: frozenset[str]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """One hit for each run of words in capitals that shouts."""
        for sentence in prose.sentences:
            for stretch in _find_stretches(prose.text, sentence):
                run = self._find_run(prose.text, stretch)
                if _shouts(run, alone="heading" in sentence.regions and _is_whole(run, sentence)):
                    yield Hit(self.rule, run[0].start, run[-1].stop)

    def _find_run(self, text: Text, stretch: Stretch) -> list[Token]:
        loud = [token for token in stretch.tokens if self._is_loud(text, token)]
        words = _words(loud)
        if not words or self._is_introduced(words[0], stretch) or (len(words) == 1 and _is_person(words[0], stretch)):
            return []
        return loud

    def _is_loud(self, text: Text, token: Token) -> bool:
        if not token.text.isupper() or not _CYRILLIC.fullmatch(token.norm):
            return False
        if all(part in self.allow or _is_abbreviation(part) for part in token.norm.split("-")):
            return False
        return not _has_initials(text, token)

    def _is_introduced(self, word: Token, stretch: Stretch) -> bool:
        before = (token for token in (stretch.before, *stretch.tokens) if token and token.start < word.start)
        return any(token.text in self.forms or _lemmas(token) & self.labels for token in before)


class Shouting(NamedTuple):
    """All rules of the kind."""

    rules: tuple[Capitals, ...]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """The hits of each rule in turn."""
        for rule in self.rules:
            yield from rule.find(prose)


def build(rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Shouting:
    """Compile the rules of this kind. Raises RuleError for an unknown list."""
    return Shouting(build_each(rules, lambda rule: _build_rule(rule, lists)))


def _build_rule(rule: Rule, lists: Mapping[str, tuple[Source, ...]]) -> Capitals:
    return Capitals(
        rule.id,
        allow=frozenset(norm(word) for word in parse_words(rule, "allow", lists)),
        forms=frozenset(parse_words(rule, "forms", lists)),
        labels=frozenset(norm(word) for word in parse_words(rule, "labels", lists)),
    )


def _find_stretches(text: Text, sentence: Sentence) -> Iterator[Stretch]:
    """Stretches with two capitals; words with small letters, emoji and quotation marks stand between them."""
    if not _TWO_CAPITALS.search(text[sentence.start : sentence.stop]):
        return
    words = list(_whole_words(sentence.tokens))
    first = 0
    for at in range(1, len(words) + 1):
        if at < len(words) and not _is_border(text, words[at - 1], words[at]):
            continue
        before, after = words[first - 1] if first else None, words[at] if at < len(words) else None
        yield Stretch(tuple(words[first:at]), before, after)
        first = at


def _is_border(text: Text, left: Token, right: Token) -> bool:
    return _is_calm(left) or _is_calm(right) or bool(_QUOTE.search(text[left.stop : right.start]))


def _is_calm(token: Token) -> bool:
    return any(map(str.islower, token.text)) or is_emoji(token)


def _whole_words(tokens: Sequence[Token]) -> Iterator[Token]:
    stop = 0
    for token in tokens:
        if token.start >= stop:  # the parts of a compound lie inside it
            stop = token.stop
            yield token


def _lemmas(token: Token) -> frozenset[str]:
    return frozenset(reading.lemma for reading in readings(token.norm))


def _is_person(word: Token, stretch: Stretch) -> bool:
    """«Илья РЕПИН», «РЕПИН Илья»: the surname of a programme or a list."""
    beside = [token for token in (stretch.before, stretch.after) if token and token.text[0].isupper()]
    return _has_gram(word, "Surn") and any(_has_gram(token, "Name") for token in beside)


def _has_gram(token: Token, gram: str) -> bool:
    return any(gram in reading.grams for reading in readings(token.norm))


def _is_abbreviation(word: str) -> bool:
    if len(word) == 1:
        return False
    if is_known(word):
        return all(reading.grams & _NAMES for reading in readings(word))
    return len(word) < UNKNOWN_WORD


def _has_initials(text: Text, token: Token) -> bool:
    before = write_bare(text[max(0, token.start - _AROUND) : token.start])
    after = write_bare(text[token.stop : token.stop + _AROUND])
    return bool(_INITIAL_BEFORE.search(before) or _INITIAL_AFTER.match(after))


def _shouts(run: Sequence[Token], *, alone: bool) -> bool:
    words = _words(run)
    return len(words) > 1 or any(alone or len(word.norm) >= LONE_WORD for word in words)


def _words(run: Sequence[Token]) -> list[Token]:
    return [token for token in run if len(token.norm) > 1]  # «В», «И», «К» only go with other words


def _is_whole(run: Sequence[Token], sentence: Sentence) -> bool:
    words = [token for token in _whole_words(sentence.tokens) if not is_punctuation(token)]
    return len(words) == len(run)
