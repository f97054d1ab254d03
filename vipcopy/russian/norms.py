"""`norm`: a word as the rules see it, without the tricks of typography that hide it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from vipcopy.patterns import compile_later
from vipcopy.russian.dictionary import LONGEST_WORD, is_known

SPACED = (  # «с к и д к а», «С К И Д К И   Д Н Я», «с-к-и-д-к-а»
    r"[^\W\d_](?:(?P<gap>[._·•|*-])[^\W\d_](?:(?P=gap)[^\W\d_]){2,}"
    r"|(?:[ \u00a0\u2000-\u200a\u202f]{1,4}\u2005*[^\W\d_]){3,})"  # a line end too, `wrapping.FILLER` in it
)

_SPACED_WORD = compile_later(SPACED)
_PLAIN = compile_later(r"[а-я]+|[a-z]+")
_INVISIBLE_SIGNS = r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]"
_ODD_BLANK = r"[\u00a0\u2000-\u200a\u202f]"  # `wrapping.FILLER` too
_INVISIBLE = compile_later(rf"{_INVISIBLE_SIGNS}+")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "’": "'", "ʼ": "'", "`": "'"})
_MARK = compile_later(_MARKS)
_CYRILLIC = compile_later(r"[\u0400-\u04ff]")
_LATIN = compile_later(r"[A-Za-z]")
_STRETCH = compile_later(r"([а-яё])\1{2,}")
_DISGUISED = compile_later(r"[а-яё]*[0-9@$][а-яё0-9@$]*")
_NUMBERED_WORD = compile_later(r"[0-9]*([а-яё]+)[0-9]*")

_LOOK_ALIKES = str.maketrans(
    dict(zip("aceopxykmtuniABCEHKMOPTXY", "асеорхукмтипиАВСЕНКМОРТХУ", strict=True)) | {"і": "и", "І": "И"}
)
_LATIN_LOOK_ALIKES = str.maketrans("асеорхукмАВСЕНКМОРТХУіІ", "aceopxykmABCEHKMOPTXYiI")
_STAND_INS = {"0": "о", "1": "ил", "3": "зе", "4": "ч", "6": "б", "8": "в", "9": "д", "@": "а", "$": "с"}
_CHUNK = compile_later(r"\S(?:[^\w\s]\S|_\S|\s\u2005*\S)*")  # letters with one character between; two spaces end a word
_LETTER = compile_later(r"[^\W\d_]")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_TYPOGRAPHY = compile_later(rf"{_INVISIBLE_SIGNS}|{_MARKS}|{_ODD_BLANK}")
_BLANKS = compile_later(rf"[ \t]*{_ODD_BLANK}[ \t\u2005]*")
_UNTYPED = compile_later(rf"(?:{_INVISIBLE_SIGNS}|{_MARKS})+|(?<=\s)\s+")
_LITTLE_WORDS = frozenset("авикосуя")
_SHORTEST_SPACED = 4  # letters: «я и о в» are words
_LONGEST_RUN = 120
_MOST_STRETCHES = 4
_MOST_GUESSES = 64


def norm(word: str) -> str:
    """The folded word: lower case, ё as е, no stress marks, disguises of its letters taken off."""
    if len(word) > LONGEST_WORD * 2:
        return word.lower().replace("ё", "е")
    return _fold(word)


def write_bare(text: str) -> str:
    """The text as it comes from a keyboard: no stress marks, no soft hyphens, each blank a space. Offsets don't count.

    >>> write_bare("По\\u00a0сло\\u00adва́м")
    'По словам'
    """
    if not _TYPOGRAPHY.search(text):
        return text
    composed = unicodedata.normalize("NFC", _BLANKS.sub(" ", _INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFC", _MARK.sub("", composed)) if _MARK.search(composed) else composed


def count_typed(text: str) -> int:
    """How many characters it has but for typography: the same however it is wrapped, hyphenated or spaced."""
    return len(text) - sum(len(each[0]) for each in _UNTYPED.finditer(text))


def join_spaced(run: str) -> tuple[tuple[int, str, str], ...]:
    """The words of a letter-spaced run as (offset, written, norm); empty when its letters make no words."""
    chunks = [chunk for chunk in _CHUNK.finditer(run) if len(run) <= _LONGEST_RUN]
    if len(chunks) > 1 and all(len(chunk[0]) == 1 for chunk in chunks):  # «с  к  и  д  к  а»
        chunks = list(re.finditer(r".+", run))
    words = [word for chunk in chunks for word in _read_chunk(chunk.start(), chunk[0])]
    if any(len(folded) >= _SHORTEST_SPACED for _, _, folded in words) and all(folded for _, _, folded in words):
        return tuple(words)
    return ()


def _read_chunk(start: int, written: str) -> Iterator[tuple[int, str, str]]:
    letters = [match.start() for match in _LETTER.finditer(written)]
    joined = _fold_part("".join(written[at] for at in letters))
    at = 0
    for word in _split_joined(joined, shouted=written.isupper()) if len(joined) == len(letters) else ("",):
        last = letters[at + len(word) - 1] + 1 if word else len(written)
        yield start + letters[at], written[letters[at] : last], word
        at += len(word)


@lru_cache(maxsize=1 << 10)  # «с л о н с л о н ъ ь»: each way to begin comes to the same rests
def _split_joined(joined: str, *, shouted: bool) -> tuple[str, ...]:
    """The known words that these letters make, the fewest first; ("",) when they make none."""
    if is_known(joined) or (joined.isascii() and shouted and joined not in _ALPHABET):  # «S A L E», not «A B C D»
        return (joined,)
    if joined[-1:] in _LITTLE_WORDS and len(joined) > _SHORTEST_SPACED and is_known(joined[:-1]):
        return (joined[:-1], joined[-1])  # «с к и д к а в мае»
    for size in range(len(joined) - 3, 0, -1):
        first, rest = joined[:size], joined[size:]
        if (size >= 3 or (size == 1 and len(rest) >= _SHORTEST_SPACED)) and is_known(first):
            words = _split_joined(rest, shouted=shouted)
            if words != ("",):
                return (first, *words)
    return ("",)


@lru_cache(maxsize=1 << 13)
def _fold(word: str) -> str:
    plain = word.lower().replace("ё", "е")
    if _PLAIN.fullmatch(plain) and not _STRETCH.search(plain):
        return plain
    bare = _strip_marks(word)
    if _SPACED_WORD.fullmatch(bare):
        words = join_spaced(bare)
        if words:
            return " ".join(folded for _, _, folded in words)
    return "-".join(_fold_part(part) for part in bare.split("-"))


def _strip_marks(word: str) -> str:
    composed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", word))
    if _MARK.search(composed):  # a stress mark that has no composed letter; й and é have one and stay
        composed = unicodedata.normalize("NFC", _MARK.sub("", composed))
    return composed.replace("ѐ", "е").replace("ѝ", "и").translate(_HYPHENS)


def _fold_part(part: str) -> str:
    if _LATIN.search(part) and _CYRILLIC.search(part):
        part = _unify_script(part)
    part = part.lower().replace("ё", "е")
    if _STRETCH.search(part):
        part = _shrink(part)
    if _DISGUISED.fullmatch(part):
        part = _unmask(part)
    return part


def _unify_script(part: str) -> str:
    """One alphabet for «cкидкa» and «sаle»; «PRщик» has letters of its own in both and stays."""
    for table, foreign in ((_LOOK_ALIKES, _LATIN), (_LATIN_LOOK_ALIKES, _CYRILLIC)):
        unified = part.translate(table)
        if not foreign.search(unified):
            return unified
    return part


def _shrink(part: str) -> str:
    """«скиииидка» is «скидка»; each stretch becomes two letters or one, a known word wins."""
    if is_known(part) or len(set(part)) == 1:  # «длинношеее», «ООО»
        return part
    guesses = [_STRETCH.sub(r"\1", part)]
    if len(_STRETCH.findall(part)) <= _MOST_STRETCHES:
        guesses = list(_shrunk(part))
    return next((guess for guess in guesses if is_known(guess)), guesses[-1])


def _shrunk(part: str) -> Iterator[str]:
    pieces = _STRETCH.split(part)
    choices = [(letter * 2, letter) for letter in pieces[1::2]]
    for letters in product(*choices):
        yield "".join(a + b for a, b in zip(pieces[::2], (*letters, ""), strict=True))


def _unmask(part: str) -> str:
    """«ск1дка» is «скидка» if that is a word; «8раз» is a number at a word."""
    numbered = _NUMBERED_WORD.fullmatch(part)
    if (numbered and is_known(numbered[1])) or sum(letter.isalpha() for letter in part) < 3:
        return part
    guesses = product(*(_STAND_INS.get(letter, letter) for letter in part))
    words = ("".join(letters) for letters in islice(guesses, _MOST_GUESSES))
    return next((word for word in words if is_known(word)), part)
