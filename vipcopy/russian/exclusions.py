"""What a word's neighbours rule out: a table of small rules, each with the example that it is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from vipcopy.model import Reading, Token
from vipcopy.records import NamedTuple
from vipcopy.russian.dictionary import readings

Readings = tuple[Reading, ...]

REMEMBERED = 1 << 14  # words

NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})

_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct", "voct"})
_NUMBERS = frozenset({"sing", "plur"})
_GENDERS = frozenset({"masc", "femn", "neut"})
_ANIMACY = frozenset({"anim", "inan"})
_NOMINAL = frozenset({"NOUN", "ADJF", "PRTF", "NPRO", "NUMR"})
_VERBAL = frozenset({"VERB", "INFN", "GRND", "ADJS", "PRTS"})
_MODAL = frozenset({"VERB", "PRED", "ADJS", "PRTS"})
_GOVERNED = {
    preposition: frozenset(cases.split())
    for cases, prepositions in (
        ("gent", "без безо для до из изо из-за из-под кроме от ото у возле около после вместо среди ради против"),
        ("datv", "к ко"),
        ("accs", "про через сквозь"),
        ("ablt", "над"),
        ("loct", "при"),
        ("accs loct", "в во на о об обо"),
        ("accs ablt", "за под подо"),
        ("gent ablt", "между перед передо"),
        ("gent accs ablt", "с со"),
        ("datv accs loct", "по"),
    )
    for preposition in prepositions.split()
}
_SUBJECTS = frozenset({"я", "ты", "он", "она", "оно", "мы", "вы", "они", "кто", "все", "двое", "трое", "многие"})
_DEGREES = frozenset({"еще", "намного", "гораздо", "значительно", "немного", "чуть", "куда", "заметно", "несколько"})
_LINKS = frozenset({"быть", "стать", "казаться", "оказаться", "становиться", "бывать", "являться"})
_GRADED = (frozenset({"ADJF", "nomn"}), frozenset({"ADJS"}), frozenset({"COMP"}))
_READY = frozenset({"готовый", "способный", "рад", "должный", "вынужденный", "призванный"})


class Around(NamedTuple):
    """A word with its neighbours and their readings; a neighbour behind a punctuation mark has none."""

    token: Token
    before: Token | None
    after: Token | None
    readings: Readings
    left: Readings
    right: Readings


Excludes = Callable[[Reading, Around], bool]


def _is_small_name(reading: Reading, around: Around) -> bool:
    """«роза пахнет»: with a small letter nobody's name."""
    return around.token.text.islower() and bool(reading.grams & NAMES)


def _is_used_preposition(reading: Reading, around: Around) -> bool:
    """«при входе»: a preposition with its case behind it is no imperative of «переть»."""
    cases = _GOVERNED.get(around.token.norm)
    if cases is None or "PREP" in reading.grams:
        return False
    return any(right.grams & _NOMINAL and right.grams & cases for right in around.right)


def _is_ungoverned(reading: Reading, around: Around) -> bool:
    """«из стали»: after a preposition neither a verb nor another case."""
    cases = _GOVERNED.get(around.before.norm) if around.before else None
    if cases is None or not any("PREP" in left.grams for left in around.left[:1]):
        return False
    if reading.grams & _VERBAL:
        return True
    return bool(reading.grams & _NOMINAL) and not reading.grams & cases


def _is_discordant(reading: Reading, around: Around) -> bool:
    """«нержавеющей стали»: a noun agrees with the adjective before it, a verb does not follow an oblique one."""
    adjectives = [left for left in around.left if left.grams & {"ADJF", "PRTF"}]
    if not adjectives or any(not left.grams & {"ADJF", "PRTF", "V-ej"} for left in around.left):
        return False
    if "NOUN" in reading.grams:
        return any(map(_is_noun, around.readings)) and not any(_agrees(reading, left) for left in adjectives)
    if "INFN" in reading.grams:
        return not any(left.lemma in _READY for left in adjectives)
    return "VERB" in reading.grams and not any("nomn" in left.grams for left in adjectives)


def _is_unlike_next(reading: Reading, around: Around) -> bool:
    """«мой мастер»: where the word agrees with the noun behind it, it is an adjective and nothing else."""
    if not around.right or not all(map(_is_noun, around.right)):
        return False
    if not any(_heads(own, around.right) for own in around.readings):
        return False
    return ("impr" in reading.grams or "ADJF" in reading.grams) and not _heads(reading, around.right)


def _is_no_numeral(reading: Reading, around: Around) -> bool:
    """«три века»: a numeral before a genitive is no imperative of «тереть»."""
    if "NUMR" in reading.grams or not any("NUMR" in own.grams for own in around.readings):
        return False
    return any("gent" in right.grams for right in around.right)


def _is_counted(reading: Reading, around: Around) -> bool:
    """«два стекла», «3 стекла»: after a number a noun in the genitive, not a verb."""
    counts = around.before is not None and (
        around.before.text[-1].isdecimal() or any("NUMR" in r.grams for r in around.left[:1])
    )
    if not counts or around.before is None or around.before.norm in _SUBJECTS:
        return False
    return "VERB" in reading.grams and any({"NOUN", "gent"} <= own.grams for own in around.readings)


def _has_subject(reading: Reading, around: Around) -> bool:
    """«мы пили кофе», «они стали»: after a subject a finite verb, neither a noun nor an order."""
    if around.before is None or not any("past" in own.grams for own in around.readings):
        return False
    plural_subject = any({"NOUN", "nomn", "plur"} <= left.grams for left in around.left[:1])
    if around.before.norm in _SUBJECTS:
        return "past" not in reading.grams and bool(reading.grams & {"NOUN", "impr"})
    return plural_subject and "impr" in reading.grams


def _is_followed_by_verb(reading: Reading, around: Around) -> bool:
    """«дари нашли»: an order has no finite verb right behind it."""
    named = any({"NOUN", "nomn"} <= own.grams for own in around.readings)
    told = any("VERB" in right.grams and "impr" not in right.grams for right in around.right)
    return named and told and {"VERB", "impr"} <= reading.grams


def _is_commanded(reading: Reading, around: Around) -> bool:
    """«надо знать», «может стать»: after a modal word an infinitive, not a noun."""
    if "NOUN" not in reading.grams or not any("INFN" in own.grams for own in around.readings):
        return False
    return any(left.grams & _MODAL for left in around.left[:1])


def _is_not_eaten(reading: Reading, around: Around) -> bool:
    """«у нас есть дом»: «есть» is a meal only behind a verb."""
    if around.token.norm != "есть" or "INFN" not in reading.grams:
        return False
    return not any(left.grams & (_MODAL | {"INFN"}) for left in around.left)


def _is_no_parenthesis(reading: Reading, around: Around) -> bool:
    """«мастер может приехать»: with an infinitive behind it a verb; «может быть» stays open."""
    if around.token.norm != "может" or "CONJ" not in reading.grams:
        return False
    return any("INFN" in right.grams and right.lemma != "быть" for right in around.right)


def _is_never_meant(reading: Reading, around: Around) -> bool:
    """«стой» is not an order to cost, «уже» is rarely a snake or narrower."""
    if around.token.norm == "стой":
        return reading.lemma == "стоить"
    if around.token.norm != "уже":
        return False
    compared = (around.after is not None and around.after.norm == "чем") or (
        around.before is not None and around.before.norm in _DEGREES
    )
    return "NOUN" in reading.grams or ("COMP" in reading.grams) != compared


def _is_other_better(reading: Reading, around: Around) -> bool:
    """«лучше позвоните» advises, «стало лучше, чем» compares."""
    if around.token.norm != "лучше":
        return False
    advises = around.before is None and any(right.grams & {"INFN", "impr"} for right in around.right)
    compares = (around.after is not None and around.after.norm == "чем") or (
        around.before is not None and (around.before.norm in _DEGREES or any("VERB" in r.grams for r in around.left))
    )
    return ("COMP" in reading.grams and advises and not compares) or ("PRCL" in reading.grams and compares)


def _is_other_adverb(reading: Reading, around: Around) -> bool:
    """«стоит дорого» has an adverb, «это дорого» a short adjective, «это невероятно тихий двор» either."""
    if not {"ADVB", "ADJS"} <= {gram for own in around.readings for gram in own.grams}:
        return False
    if around.before is not None and around.before.norm in {"это", "все", "оно"}:
        return "ADVB" in reading.grams and not any(grams <= right.grams for right in around.right for grams in _GRADED)
    verbs = [near for near in (*around.left[:1], *around.right[:1]) if near.grams & {"VERB", "INFN"}]
    return "ADJS" in reading.grams and bool(verbs) and not any(verb.lemma in _LINKS for verb in verbs)


def _agrees(noun: Reading, adjective: Reading) -> bool:
    """Whether two readings agree in case, number, gender and, where both tell it, in animacy."""
    for category in (_CASES, _NUMBERS, _GENDERS):
        own, other = noun.grams & category, adjective.grams & category
        if own and other and not own & other:
            return False
    if not noun.grams & adjective.grams & _CASES:
        return False
    own, other = noun.grams & _ANIMACY, adjective.grams & _ANIMACY
    return not (own and other and "accs" in noun.grams & adjective.grams) or bool(own & other)


def _heads(reading: Reading, nouns: Readings) -> bool:
    return bool(reading.grams & {"ADJF", "PRTF"}) and any(_agrees(noun, reading) for noun in nouns)


def _is_noun(reading: Reading) -> bool:
    return "NOUN" in reading.grams


class Exclusion(NamedTuple):
    """A rule, and of which words it can say anything."""

    excludes: Excludes
    grams: frozenset[str] = frozenset()  # each of which some reading of the word has
    words: frozenset[str] = frozenset()  # one of which the word is; any word where there are none


_EXCLUSIONS = (
    Exclusion(_is_small_name),
    Exclusion(_is_used_preposition, words=frozenset(_GOVERNED)),
    Exclusion(_is_ungoverned),
    Exclusion(_is_discordant),
    Exclusion(_is_unlike_next),
    Exclusion(_is_no_numeral, frozenset({"NUMR"})),
    Exclusion(_is_counted, frozenset({"NOUN", "VERB"})),
    Exclusion(_has_subject, frozenset({"past"})),
    Exclusion(_is_followed_by_verb, frozenset({"NOUN", "impr"})),
    Exclusion(_is_commanded, frozenset({"NOUN", "INFN"})),
    Exclusion(_is_not_eaten, words=frozenset({"есть"})),
    Exclusion(_is_no_parenthesis, words=frozenset({"может"})),
    Exclusion(_is_never_meant, words=frozenset({"стой", "уже"})),
    Exclusion(_is_other_better, words=frozenset({"лучше"})),
    Exclusion(_is_other_adverb, frozenset({"ADVB", "ADJS"})),
)


@lru_cache(maxsize=REMEMBERED)
def find_exclusions(norm: str) -> tuple[Excludes, ...]:
    """The rules that may say something of a word, in order."""
    grams = frozenset[str]().union(*(reading.grams for reading in readings(norm)))
    return tuple(
        each.excludes for each in _EXCLUSIONS if each.grams <= grams and (not each.words or norm in each.words)
    )
