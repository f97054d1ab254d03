"""The edits that a machine may make of a finding: its words go only where a whole text stays without them.

«Конечно, мы ждём» becomes «Мы ждём»; of «Это хит продаж: его выбирают» no machine can take anything.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import takewhile

from vipcopy import russian
from vipcopy.checking.clauses import (
    has,
    has_predicate,
    has_subject,
    is_aside,
    is_bound,
    is_clause_begun,
    is_relative,
    may_be_clause,
    may_have_predicate,
)
from vipcopy.document import Document, Edit, is_writable, locate
from vipcopy.model import Fix, Sentence, Token
from vipcopy.patterns import compile_later
from vipcopy.records import NamedTuple
from vipcopy.wrapped_text import WrappedText

_LONGEST = 1_000  # characters of a sentence that is looked at
_AROUND = 200  # characters on either side of it

_LOOSE = " \t\r\n\u00a0,"  # what a finding may have at its ends that is no word
_ENDS = ".!?…"
_PAIRS = (("«", "»"), ("(", ")"), ("“", "”"), ("[", "]"), ("{", "}"))
_COMMA_BEFORE = compile_later(r"(?<=\S),\s+\Z")
_COMMA_AFTER = compile_later(r",\s+(?=\S)")
_END = compile_later(rf"[{_ENDS}]*\Z")
_SENTENCE_BEFORE = compile_later(r"[^\W\d_]{3}[^\n]*[.!?…][»”\")]?\Z")  # «1.» is the mark of an item
_STARTS_SENTENCE = compile_later(r"[«„“\"(]?[A-ZА-ЯЁ]")
_LETTER = compile_later(r"[а-яё]")
_FIRST_WORD = compile_later(r"\W*(\w+)")


class Connectives(NamedTuple):
    """Words that bind what stands beside them, as norms in all their forms; lists of the pack `base`."""

    leading: frozenset[str] = frozenset()  # another word follows: «счёт вырос из-за»
    leaning: frozenset[str] = frozenset()  # go on from what stood before: «Мест мало, поэтому ответьте»
    relatives: frozenset[str] = frozenset()  # begin a clause that hangs on another: «сад, который»
    pointers: frozenset[str] = frozenset()  # wait for such a clause: «то, что лучше» can't end before its comma


class _Words(NamedTuple):
    """A finding's words without the commas at their ends, and what its sentence has before and after them."""

    written: WrappedText
    sentence: Sentence
    start: int
    stop: int
    connectives: Connectives

    @property
    def before(self) -> str:
        """The sentence before them."""
        return self.written[self.sentence.start : self.start]

    @property
    def after(self) -> str:
        """The sentence after them."""
        return self.written[self.stop : self.sentence.stop]

    @property
    def tokens(self) -> Sequence[Token]:
        """Their own tokens."""
        return [token for token in self.sentence.tokens if self.start <= token.start and token.stop <= self.stop]

    def left(self) -> Sequence[Token]:
        """What stands before them up to the next mark, but for the comma that parts them."""
        tokens = [token for token in self.sentence.tokens if token.stop <= self.start][:-1]
        return [*takewhile(lambda token: not russian.is_punctuation(token), reversed(tokens))][::-1]

    def right(self) -> Sequence[Token]:
        """What stands after them and after the comma up to the next mark."""
        tokens = [token for token in self.sentence.tokens if token.start >= self.stop][1:]
        return [*takewhile(lambda token: not russian.is_punctuation(token), tokens)]


class Editor(NamedTuple):
    """Finds the edits of one text."""

    written: WrappedText
    connectives: Connectives

    def find_deletion(self, document: Document, sentence: Sentence, start: int, stop: int) -> Fix | None:
        """What takes the words from `start` to `stop` out of their sentence, with commas, space and the next capital.

        None where that would leave no whole text, or where the source does not have these very characters.
        """
        edit = self.find_edit(sentence, start, stop)
        if edit is None or not is_writable(document, edit.start, edit.stop):
            return None
        return Fix(locate(document, edit.start, edit.stop), edit.text)

    def find_edit(self, sentence: Sentence, start: int, stop: int) -> Edit | None:
        """The same in the text of the document, whatever its source has."""
        if stop > sentence.stop or sentence.stop - sentence.start > _LONGEST:
            return None
        edit = _find_edit(self._trim(sentence, start, stop))
        return edit if edit and _is_balanced(self.written[edit.start : edit.stop]) else None

    def find_rough_edit(self, sentence: Sentence | None, start: int, stop: int) -> Edit:
        """What stands for a person's correction: the same where it can be, else the bare words go, and a stop stays."""
        if sentence and (edit := self.find_edit(sentence, start, stop)):
            return edit
        written = self.written
        quote = written[start:stop]
        if not quote.strip(_ENDS):
            return Edit(start, stop, ".")
        is_spaced = written[max(0, start - 1) : start] in ("", " ", "\n") and written[stop : stop + 1] == " "
        return Edit(start, stop + is_spaced, "")

    def _trim(self, sentence: Sentence, start: int, stop: int) -> _Words:
        quote = self.written[start:stop]
        start += len(quote) - len(quote.lstrip(_LOOSE))
        stop = max(start, start + len(quote.strip(_LOOSE).rstrip(_ENDS)))
        return _Words(self.written, sentence, start, stop, self.connectives)


def is_broken_off(words: str, leading: Container[str]) -> bool:
    """Whether words wait for more: «кредит без», «недёшево, но».

    >>> is_broken_off("счёт вырос из-за", ["из-за"]), is_broken_off("только сегодня", ["из-за"])
    (True, False)
    """
    return " " in words and russian.norm(words.rpartition(" ")[2]) in leading


def _find_edit(words: _Words) -> Edit | None:
    is_first, is_last = not words.before, _END.match(words.after) is not None
    if is_first and is_last:
        return _remove_sentence(words)
    comma, following = _COMMA_BEFORE.search(words.before), _COMMA_AFTER.match(words.after)
    if is_first and following:
        return _remove_start(words, words.stop + following.end()) if _may_lead(words) else None
    if comma and is_last:
        start = words.sentence.start + comma.start()
        return Edit(start, words.stop, "") if _may_end(words) else None
    if comma and following:
        commas = _count_commas(words)
        if commas == 1:
            return Edit(words.start, words.stop + following.end(), "")
        return Edit(words.sentence.start + comma.start(), words.stop + 1, "") if commas else None
    return None


def _remove_sentence(words: _Words) -> Edit | None:
    """The sentence goes with the blank space before or after it, whichever parts less."""
    written, start, stop = words.written, words.sentence.start, words.sentence.stop
    before, after = written[max(0, start - _AROUND) : start], written[stop : stop + _AROUND]
    left, right = before[len(before.rstrip()) :], after[: len(after) - len(after.lstrip())]
    is_top, is_bottom = left == before, right == after
    if (is_top and is_bottom) or not (_ends_well(before, left) and _begins_well(after, right)):
        return None
    if (following := _FIRST_WORD.match(after)) and russian.norm(following[1]) in words.connectives.leaning:
        return None
    if is_top or (not is_bottom and left.count("\n") >= right.count("\n")):
        return Edit(start, stop + len(right), "")
    return Edit(start - len(left), stop, "")


def _ends_well(before: str, blank: str) -> bool:
    """Whether what stands before a sentence can stand without it."""
    return blank == before or "\n" in blank or (blank != "" and _SENTENCE_BEFORE.search(before.rstrip()) is not None)


def _begins_well(after: str, blank: str) -> bool:
    """Whether what stands after a sentence can stand without it."""
    return blank == after or "\n" in blank or (blank != "" and _STARTS_SENTENCE.match(after.lstrip()) is not None)


def _remove_start(words: _Words, stop: int) -> Edit | None:
    """The start of a sentence goes, and its capital passes to the next word."""
    following = words.written[stop : stop + 2]
    if _STARTS_SENTENCE.match(following):
        return Edit(words.start, stop, "")
    if not _LETTER.match(following):  # «{{ имя }}», «iPhone»
        return None
    has_capital = words.written[words.start : words.start + 1].isupper()
    return Edit(words.start, stop + 1, following[0].upper()) if has_capital else Edit(words.start, stop, "")


def _is_balanced(text: str) -> bool:
    return text.count('"') % 2 == 0 and all(text.count(left) == text.count(right) for left, right in _PAIRS)


# What a clause can do without


def _may_lead(words: _Words) -> bool:
    """Whether a sentence may begin after these words and a comma: «Надеемся, Вы придёте», not «Надеемся, что»."""
    rest = words.right()
    if not rest or is_bound(rest, words.connectives.relatives):
        return False
    if is_aside(words.tokens):
        return True
    if rest[0].norm in words.connectives.leaning:
        return False
    is_clause = has_predicate(rest) and not has(rest[:1], "INFN")  # «Надо понимать, ставить Вас в план или нет»
    return is_clause and (has_predicate(words.tokens) or not has(words.tokens, "nomn"))


def _may_end(words: _Words) -> bool:
    """Whether a sentence may end before the comma and these words: «Приходите, пока не поздно»."""
    left, (_, _, relatives, pointers) = words.left(), words.connectives
    if len(left) < 2 or left[0].start != words.sentence.start or not has_predicate(left):
        return False
    if is_bound(left, relatives) or is_relative(left, relatives):
        return False
    return left[-1].norm not in pointers and words.tokens[0].norm != "а"


def _count_commas(words: _Words) -> int:
    """How many of the commas beside an aside go with it: both in one clause, one where two meet; 0 where none tells."""
    left, right, relatives = words.left(), words.right(), words.connectives.relatives
    if not is_aside(words.tokens) or not left or not right or is_bound(right, relatives):
        return 0
    if has(left, "NOUN", "nomn") and has(right, "NPRO", "nomn"):  # «Дорогой друг, конечно, мы ждём»
        return 0
    if not may_have_predicate(right):  # «Мы можем, конечно, перенести встречу»
        return 2
    is_first = left[0].start == words.sentence.start
    if has(left, "GRND") or (not is_first and has(left[:1], "PRTF")):  # «Гости, пришедшие к нам, увы, уйдут»
        return 1
    if has_predicate(left):  # «Мы ждём, конечно, скоро весна придёт», but «Вы будете, наверное, рады»
        return int(len(left) > 1 and has(right, "VERB"))
    if not (is_first or is_clause_begun(left)) or (len(left) > 2 and is_bound(left, relatives)):
        return 0
    return 0 if may_be_clause(left) and has_subject(right) else 2
