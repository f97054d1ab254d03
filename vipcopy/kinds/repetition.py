"""Repetition: a word, a sentence's first word or a phrase that comes back too soon.

options:
  of: word (the same noun, adjective or verb, in any form, within `window` words), start (sentences of one paragraph
    in a row that begin alike) or phrase (the same row of `length` words, anywhere in the text)
  times: how often it stands before it is too often; the last of them is found
  window: words within which a word is looked for
  length: words of a phrase
  allow: words that may come back
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from vipcopy.kinds.interleave import interleave, name_hits, with_pauses
from vipcopy.kinds.options import build_each, parse_choice, parse_number, parse_words
from vipcopy.model import Hit, Prose, Rule, Sentence, Source, Token
from vipcopy.records import NamedTuple
from vipcopy.russian import find_words as find_words_of
from vipcopy.russian import find_written, norm, readings
from vipcopy.storage.digests import blake2b

OPTIONS = frozenset({"of", "times", "window", "length", "allow"})

_CONTENT = frozenset({"NOUN", "ADJF", "VERB", "INFN", "PRTF"})
_NAMES = frozenset({"Name", "Patr", "Surn", "Geox", "Orgn", "Trad", "Abbr", "Apro", "Anum"})
_CONTENT_WORDS = 2  # of a phrase
_BEGINNING = 3  # letters: forms of one word that don't begin alike are not heard as one («люди», «человек»)
_LOW = (1 << 32) - 1
_FEWEST_PLACES = 1 << 13  # bytes of bits for the rows of a letter, of which hardly two fall on one
_LETTERS = 5  # a shorter word comes back unnoticed

Span = tuple[int, int]


class Bound(NamedTuple):
    """The numbers and words of one rule."""

    times: int
    window: int
    length: int
    allow: frozenset[str]


class Repetition(NamedTuple):
    """All rules of the kind: id, what comes back, its bounds."""

    rules: tuple[tuple[str, str, Bound], ...]

    def find(self, prose: Prose) -> Iterator[Hit]:
        """The hits of all rules."""
        return interleave(name_hits(rule, REPEATED[what](bound, prose)) for rule, what, bound in self.rules)


def build(rules: Sequence[Rule], lists: Mapping[str, tuple[Source, ...]]) -> Repetition:
    """Compile the rules of this kind. Raises RuleError for an unknown choice or a bound that is no number."""
    choices = tuple(REPEATED)
    return Repetition(build_each(rules, lambda rule: (rule.id, parse_choice(rule, "of", choices), _bound(rule, lists))))


def find_words(bound: Bound, prose: Prose) -> Iterator[Span | None]:
    """The word that stands once too often within the window."""
    seen: dict[str, tuple[int, ...]] = {}  # where each stood lately: a long text has many
    enough = bound.times - 1
    for found in _find_crowded(prose.sentences, bound):
        if found is None:
            yield None
            continue
        at, token = found
        lemma = _content_lemma(token)
        if lemma and lemma not in bound.allow:
            before = seen.get(lemma, ())
            if len(before) == enough and at - before[0] < bound.window:
                yield token.start, token.stop
            seen[lemma] = (*before, at)[-enough:]


def _find_crowded(sentences: Sequence[Sentence], bound: Bound) -> Iterator[tuple[int, Token] | None]:
    """The words that begin like enough of their neighbours, numbered: the dictionary is asked about no others.

    A sentence waits until no word behind it can be such a neighbour. None is a pause.
    """
    flags = bytearray()  # of each word of the text: there may be millions
    lately: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=bound.times))
    waiting: deque[tuple[int, int, Sentence]] = deque()
    for sentence in with_pauses(sentences):
        if sentence is None:
            yield None
            continue
        first = len(flags)
        for word in find_written(sentence.tokens):
            flags.append(0)
            if len(word) >= _LETTERS:
                _flag(lately[word[:_BEGINNING]], flags, bound)
        waiting.append((first, len(flags), sentence))
        while waiting[0][1] + bound.window <= len(flags):
            yield from _find_flagged(flags, *waiting.popleft())
    for each in waiting:
        yield from _find_flagged(flags, *each)


def _flag(alike: deque[int], flags: bytearray, bound: Bound) -> None:
    alike.append(len(flags) - 1)
    if len(alike) == bound.times and alike[-1] - alike[0] < bound.window:
        for at in alike:
            flags[at] = 1


def _find_flagged(flags: bytearray, first: int, behind: int, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    if flags.find(1, first, behind) >= 0:  # other sentences are not cut
        yield from ((at, token) for at, token in enumerate(_find_words([sentence]), first) if flags[at])


def find_starts(bound: Bound, prose: Prose) -> Iterator[Span | None]:
    """The first word of a sentence that begins like those right before it."""
    stops = iter(prose.block_stops)
    block, run, last = 0, 0, ""
    for sentence in with_pauses(prose.sentences):
        if sentence is None:
            yield None
            continue
        first = next(iter(find_written(sentence.tokens)), "")
        while sentence.start >= block:
            block, run = next(stops, len(prose.text) + 1), 0
        word = first if any(map(str.isalpha, first)) else ""
        run = run + 1 if word == last and run else 1
        last = word
        if word and word not in bound.allow and run >= bound.times:
            token = next(_find_words([sentence]))
            yield token.start, token.stop


def find_phrases(bound: Bound, prose: Prose) -> Iterator[Span | None]:
    """Each row of words that stood in the text before, as long as it goes on alike."""
    seen: Counter[bytes] = Counter()  # by digest: a text may have a million rows
    start = stop = 0
    for row in _find_again(prose, bound.length):
        if row is None:
            yield None
            continue
        if sum(len(token.norm) >= _LETTERS for token in row) < _CONTENT_WORDS:
            continue
        key = blake2b(" ".join(token.norm for token in row).encode("utf-8", "surrogatepass"), digest_size=12).digest()
        seen[key] += 1
        if seen[key] < bound.times or not _says_something(row):
            continue
        if start < stop <= row[0].start:
            yield start, stop
        if stop <= row[0].start:
            start = row[0].start
        stop = row[-1].stop
    if start < stop:
        yield start, stop


def _find_again(prose: Prose, length: int) -> Iterator[Sequence[Token] | None]:
    """The rows that stand in the text more than once, and perhaps a few others; None is a pause.

    Of each row 32 bits of its hash are kept, and two bits that tell whether such a one was met, and met again: a text
    may have millions.
    """
    rows, counts = array("I"), array("I")  # of the text, of each sentence
    met, again = (bytearray(max(len(prose.text) // 4, _FEWEST_PLACES)) for _ in range(2))
    for sentence in with_pauses(prose.sentences):
        if sentence is None:
            yield None
            continue
        counts.append(len(rows))
        for row in _find_rows(sentence, length):
            number = hash(row) & _LOW
            at, bit = number // 8 % len(met), 1 << number % 8
            again[at] |= met[at] & bit
            met[at] |= bit
            rows.append(number)
    counts.append(len(rows))
    for at, (first, behind) in enumerate(pairwise(counts)) if any(again) else ():
        known = [again[number // 8 % len(again)] >> number % 8 & 1 for number in rows[first:behind]]
        words = list(_find_words([prose.sentences[at]])) if any(known) else []
        yield from (words[each : each + length] for each, is_known in enumerate(known) if is_known)


def _find_rows(sentence: Sentence, length: int) -> Iterator[tuple[str, ...]]:
    words = find_written(sentence.tokens)
    return zip(*(words[at:] for at in range(length)), strict=False)


REPEATED: Mapping[str, Callable[[Bound, Prose], Iterator[Span | None]]] = {
    "word": find_words,
    "start": find_starts,
    "phrase": find_phrases,
}


def _bound(rule: Rule, lists: Mapping[str, tuple[Source, ...]]) -> Bound:
    return Bound(
        times=max(2, parse_number(rule, "times", 2)),
        window=parse_number(rule, "window", 30),
        length=parse_number(rule, "length", 5),
        allow=frozenset(norm(word) for word in parse_words(rule, "allow", lists)),
    )


def _find_words(sentences: Sequence[Sentence]) -> Iterator[Token]:
    return chain.from_iterable(find_words_of(sentence.tokens) for sentence in sentences)


def _content_lemma(token: Token) -> str:
    """The lemma of a noun, adjective or verb; empty for other words, names and short words."""
    if len(token.norm) < _LETTERS or not token.text[1:].islower():
        return ""
    likeliest = readings(token.norm)[:1]
    if not likeliest or not likeliest[0].grams & _CONTENT or likeliest[0].grams & _NAMES:
        return ""
    return likeliest[0].lemma


def _says_something(row: Sequence[Token]) -> bool:
    return sum(bool(_content_lemma(token)) for token in row) >= _CONTENT_WORDS
