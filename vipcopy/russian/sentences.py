"""Sentences: razdel inside a block, then rules for what razdel gets wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from vipcopy.bounded_cache import memoize
from vipcopy.patterns import compile_later
from vipcopy.russian.blocks import find_blocks
from vipcopy.russian.dictionary import is_known, readings
from vipcopy.russian.lazy_sentences import LazySentences
from vipcopy.russian.tabs import Span, strip
from vipcopy.russian.tokens import PICTURES

_REMEMBERED = 512  # blocks: those of a letter of 300,000 characters
_LONGEST_STRETCH = 20_000  # characters that razdel reads at once
_CUT = compile_later(r".*[.!?…]\s|.*\s", re.DOTALL)
_MARK = compile_later(rf"[.!?…;»”“\"')\]=:{PICTURES}\ufe0f]")  # every border has one before it
_BORDER = compile_later(  # razdel sees borders nowhere else
    r"[.!?…;»”“\"')\]=:](?:(?<![=:])\s+[^\sа-яёa-z]|(?<=[=:;])-?[()])"
)
_SHORT = (  # words that razdel takes for shortened before a capital too, those of a line equally long
    "лат исп кат укр нем евр кит рус арх зав зам ред тов нач пол стр абз гор обл пом ауд ком каб лит пос пер обр доп",
    "физ тел гос отм",
    "букв трад венг итал греч англ латв хорв араб слав проф акад корр корп комн откр напр дифф",
    "русск просп внутр повел",
    "словацк",
    "домовлад",
)
_NOT_SHORT = "".join(r"(?<!(?<![^\W\d])(?i:{})\.)".format(words.replace(" ", "|")) for words in _SHORT)
_SURE = compile_later(  # and here it does see one
    rf"""
    [.!?] (?: (?<=\S[!?])
            | (?<=[а-яё]{{3}}\.) {_NOT_SHORT}
            | (?<=[^.!?…;"'„»”’)}}\]]{{20}}[\d%₽]\.) )      # nothing so long is the number of an item
    \s+ (?=[А-ЯЁ][а-яё])
    """,
    re.VERBOSE,
)

_JOINED = tuple(  # left end, right start: what razdel takes for two sentences
    (compile_later(left), compile_later(right))
    for left, right in (
        (r"[!?…][»“”\"]$", r"[—–-]\s"),  # «Лучший отель года!» — Forbes
        (r"\b(?:долл|руб)\.$", r"США\b"),
        (r"\b(?:St|Mt|Ft|Dr|Mr|Mrs|Jr|Sr|Vol|No|feat|Ltd|Co)\.$", r"[A-Z0-9]"),
        (r"(?:^|[:;]\s)\(?\d{1,2}[.)]$", r""),  # Порядок: 1. Осмотр
    )
)
_DOT = compile_later(r"\.(?<=\w\.)\s+(?=[А-ЯЁ])")
_SHORTENED = compile_later(  # before that dot: a border where the next word has a capital and is nobody's name
    r"""
    (?: \d\s?(?:гг?|ч|см|мм|км|м|кв|р|руб|эт|стр|с|л|кг|т|мин|сек|шт|экз|дн|°\s?С|[а-я]+/[а-я]+)      # 180 см. Вес
      | [а-яё](?:[ыио]й|ая|ого|ом)\s(?:ул|пр|просп|пер|пл|наб|бул|ш)                              # на Тверской ул. Дом
      | \bи\s(?:пр|др|т\.\s?[дп])
      | \b(?i:витамин|класс|групп|категори|корпус|секци|блок|зон|план|вариант|литер|сери|тип|подъезд|башн|сектор)\w*
        \s[A-ZА-Я]                                                                                # класс А. Дом
    )\Z
    """,
    re.VERBOSE,
)
_GLUED = compile_later(  # здесь.Приходите; придите. мы
    r"[.!?…](?<=[а-яё]{3}.)(?:[.!?…]*(?=[А-ЯЁ][а-яё]{2})|(?<=\.)\s+(?=[а-яё]))"
)
_PICTURE = compile_later(rf"[{PICTURES}\ufe0f]\s(?=[А-ЯЁ][а-яё])")  # до пятницы 🔥 Звоните
_LETTER = compile_later(r"[^\W_]")
_MARKS = r"\u0300-\u036f\u0483-\u0489\u00ad\u200b\u200c\u2060\ufeff"  # of stress, soft hyphens: borders don't mind them
_TYPOGRAPHY = compile_later(rf"[{_MARKS}]")
_CHARACTER = compile_later(rf"[{_MARKS}]*([^{_MARKS}][{_MARKS}]*)")
_LAST_WORD = compile_later(r"[А-ЯЁа-яё]{4,}\Z")
_NEXT_WORD = compile_later(r"[А-ЯЁа-яё-]+")
_LONG_SHORTENINGS = frozenset(
    {"корп", "комн", "просп", "долл", "проц", "букв", "прим", "напр", "внутр", "соц", "акад", "проф", "куб", "домовлад"}
    | {"тысяч", "экземп", "издат", "назв", "англ", "франц", "итал", "русск", "мест"}
)
_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Trad"})
_TAIL = 40  # characters before a dot that tell what it ends
_SHORT_ADVERBIAL = 4  # spaces: «Весной 2024 г. Большой театр…» goes on


def find_sentences(text: str, blocks: Sequence[Span] = ()) -> LazySentences:
    """The sentences of the blocks of a text, their tokens to be cut when asked for; their regions are left empty."""
    split = ((start, _split_block(text[start:stop])) for start, stop in blocks or find_blocks(text))
    return LazySentences(text, ((at + start, at + stop) for at, block in split for start, stop in block))


def _split(block: str) -> tuple[Span, ...]:
    if not _TYPOGRAPHY.search(block):
        return tuple(_find_spans(block))
    letters = [(each.start(), normalize("NFC", each[1])[0]) for each in _CHARACTER.finditer(block)]
    starts = [0, *(start for start, _ in letters[1:]), len(block)]
    return tuple((starts[at], starts[to]) for at, to in _find_spans("".join(letter for _, letter in letters)))


_split_block = memoize(_split, _REMEMBERED)


def _find_spans(block: str) -> Iterator[Span]:
    mark = _MARK.search(block)
    if not mark or not _LETTER.search(block, mark.end()):
        yield from strip(block, 0, len(block))
        return
    start = 0
    while len(block) - start > _LONGEST_STRETCH:
        match = _CUT.match(block, start, start + _LONGEST_STRETCH)
        cut = match.end() if match else start + _LONGEST_STRETCH
        yield from _split_stretch(block, start, cut)
        start = cut
    yield from _split_stretch(block, start, len(block))


def _split_stretch(text: str, start: int, stop: int) -> Iterator[Span]:
    for first, last in _join(text, tuple(_ask_razdel(text, start, stop))):
        at = first
        for border in _find_borders(text, first, last):
            yield from strip(text, at, border)
            at = border
        yield from strip(text, at, last)


def _ask_razdel(text: str, start: int, stop: int) -> Iterator[Span]:
    """Spans by razdel, which is asked only about what is not plain: it takes ten times as long as a search."""
    for sure in _SURE.finditer(text, start, stop):
        yield from _split_doubtful(text, start, sure.end())
        start = sure.end()
    yield from _split_doubtful(text, start, stop)


def _split_doubtful(text: str, start: int, stop: int) -> Iterator[Span]:
    if not _BORDER.search(text, start, stop):
        yield from strip(text, start, stop)
        return
    from razdel import sentenize

    yield from ((start + span.start, start + span.stop) for span in sentenize(text[start:stop]))


def _join(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    held = spans[:1]
    for start, stop in spans[1:]:
        tail, head = text[max(held[0][0], held[0][1] - _TAIL) : held[0][1]], text[start : start + 10]
        wordless = not _LETTER.search(text, start, stop)  # Приходите! 🎉
        if wordless or any(right.match(head) and left.search(tail) for left, right in _JOINED):
            held = ((held[0][0], stop),)
            continue
        yield held[0]
        held = ((start, stop),)
    yield from held


def _find_borders(text: str, start: int, stop: int) -> Iterator[int]:
    borders = [match.end() for match in _DOT.finditer(text, start, stop) if _ends(text, start, match)]
    borders += [match.end() for match in _GLUED.finditer(text, start, stop) if _is_full_word(text, match.start())]
    borders += [match.end() for match in _PICTURE.finditer(text, start, stop) if _is_after_words(text, start, match)]
    return iter(sorted(set(borders)))


def _ends(text: str, start: int, dot: re.Match[str]) -> bool:
    if not _SHORTENED.search(text, max(start, dot.start() - _TAIL), dot.start()) or not _is_common(text, dot.end()):
        return False
    adverbial = text[start : dot.end()].count(" ") <= _SHORT_ADVERBIAL and text[dot.start() - 1] == "г"
    return not adverbial or _starts_with_noun(text, start)


def _is_after_words(text: str, start: int, picture: re.Match[str]) -> bool:
    return _LETTER.search(text, start, picture.start()) is not None and _is_common(text, picture.end())


def _starts_with_noun(text: str, start: int) -> bool:
    """«Издание 1998 г. Тираж…», unlike «В 2024 г. Большой театр…» and «Весной 2024 г. Большой театр…»."""
    word = _NEXT_WORD.match(text, start)
    return word is not None and any({"NOUN", "nomn"} <= reading.grams for reading in readings(word[0].lower())[:1])


def _is_common(text: str, start: int) -> bool:
    word = _NEXT_WORD.match(text, start)
    if not word or not is_known(word[0].lower()):
        return False
    return not any(reading.grams & _NAMES for reading in readings(word[0].lower().replace("ё", "е"))[:1])


def _is_full_word(text: str, stop: int) -> bool:
    word = _LAST_WORD.search(text, max(0, stop - _TAIL), stop)
    return word is not None and word[0].lower() not in _LONG_SHORTENINGS and is_known(word[0].lower())
