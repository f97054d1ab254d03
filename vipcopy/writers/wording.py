"""Russian numbers and nouns, and texts of others made fit for one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vipcopy.model import Changes, Finding, Place, Report, Severity
from vipcopy.patterns import compile_later
from vipcopy.scoring.score import lowest
from vipcopy.scoring.scorecard import Score

Forms = tuple[str, str, str]

FINDINGS: Forms = ("замечание", "замечания", "замечаний")
TEXTS: Forms = ("текст", "текста", "текстов")
PLACES: Forms = ("место", "места", "мест")
PROOFS: Forms = ("доказательство", "доказательства", "доказательств")
RULES: Forms = ("правило", "правила", "правил")
WAIVED: Forms = ("замечание разрешено", "замечания разрешены", "замечаний разрешено")
LEFT_OUT: Forms = ("прежнее замечание не показано", "прежних замечания не показаны", "прежних замечаний не показано")
FILES: Forms = ("файл не прочитан", "файла не прочитаны", "файлов не прочитаны")
SEVERITIES: dict[Severity, Forms] = {
    Severity.ERROR: ("ошибка", "ошибки", "ошибок"),
    Severity.WARNING: ("предупреждение", "предупреждения", "предупреждений"),
    Severity.INFO: ("подсказка", "подсказки", "подсказок"),
}
_COUNTED_PLACES = {1: "это место", 2: "эти два места", 3: "эти три места"}

_BLANK = compile_later(r"\s+")
_UNPRINTABLE = compile_later(  # controls, and marks that turn the line
    r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)
_SURROGATE = compile_later(r"[\ud800-\udfff]")
_TIED = compile_later(
    r"""
    (?<= [№§] )\ (?= \d )  # № 5
  | (?<= \d )\ (?= \d{3} (?!\d) )  # 41 600
  | (?<= \d )\ (?= [₽€$£%°] | (?:млн|млрд|тыс|руб|г|кг|см|км|м²?) \b )
  | \ (?= [—–]\  )
    """,
    re.VERBOSE,
)
_LONGEST_QUOTE = 120
_PLAIN_ENCODINGS = ("", "utf-8", "utf-8-sig")


def write_count(number: int, forms: Forms) -> str:
    """A number with its noun.

    >>> [write_count(number, FINDINGS) for number in (1, 3, 11, 25)]
    ['1 замечание', '3 замечания', '11 замечаний', '25 замечаний']
    """
    if number % 10 == 1 and number % 100 != 11:
        return f"{number} {forms[0]}"
    few = 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14
    return f"{number} {forms[1 if few else 2]}"


def write_points(centipoints: int) -> str:
    """Points with two decimals: 82 is «0,82»."""
    return f"{centipoints // 100},{centipoints % 100:02}"


def write_total(total: int, most: int) -> str:
    """Points with one decimal; what is short of the most never looks like it.

    >>> write_total(897, 900), write_total(900, 900), write_total(735, 900)
    ('8,9', '9,0', '7,4')
    """
    tenths = min((total + 5) // 10, (most - 1) // 10) if total < most else total // 10
    return f"{tenths // 10},{tenths % 10}"


def write_score(score: Score) -> str:
    """The total beside its most: «7,4 из 9», or «н/д»."""
    return f"{write_total(score.total, score.max)} из {score.max // 100}" if score.max else "н/д"


def write_weakest(score: Score) -> str:
    """The guideline with the fewest points: «слабее всего — «Краткость», 0,31»; empty when none has lost any."""
    weakest = lowest(score)
    if weakest is None or weakest.points == weakest.max:
        return ""
    return f"слабее всего — «{weakest.title}», {write_points(weakest.points)}"


def write_promise(report: Report) -> str:
    """«Исправьте эти три места — будет 8,1»; empty when that wins nothing."""
    changes = report.changes
    if changes is None or not changes.findings or changes.total <= report.score.total:
        return ""
    count = len(find_places(changes))
    places = _COUNTED_PLACES.get(count, f"эти {write_count(count, PLACES)}")
    return f"Исправьте {places} — будет {write_total(changes.total, report.score.max)}"


def find_places(changes: Changes | None) -> list[list[Finding]]:
    """The findings to correct, those that mark the same words together."""
    places: dict[tuple[str, int, int, int], list[Finding]] = {}
    for finding in changes.findings if changes else ():
        words = (finding.place.part, finding.offset, finding.start, finding.stop)
        places.setdefault(words, []).append(finding)
    return list(places.values())


def write_waived(report: Report) -> str:
    """«2 замечания разрешены, без разрешений — 6,9 из 9»; empty when nothing is waived."""
    if not report.waived or not report.unwaived:
        return ""
    return f"{write_count(len(report.waived), WAIVED)}, без разрешений — {write_score(report.unwaived)}"


def write_left_out(report: Report) -> str:
    """«5 прежних замечаний не показано»; empty when all are shown."""
    return write_count(report.left_out, LEFT_OUT) if report.left_out else ""


def write_encoding(report: Report) -> str:
    """«кодировка cp1251»; empty for UTF-8."""
    return "" if report.encoding in _PLAIN_ENCODINGS else f"кодировка {report.encoding}"


def write_notes(report: Report) -> list[str]:
    """What was not checked, a line each: «вложение «прайс.pdf» не проверено»."""
    return [clean(note) for note in report.notes]


def write_choice(suggestions: Sequence[str]) -> str:
    """Suggestions in one line: «Назовите срок; или: уберите эти слова.»"""
    *others, last = suggestions or ("",)
    return "".join(f"{other.removesuffix('.')}; или: " for other in others) + last


def write_place(place: Place) -> str:
    """Where a finding starts: «3:14», in a part of a file «тема 1:5».

    >>> (
    ...     write_place(Place("", 40, 47, 3, 14, 3, 21)),
    ...     write_place(Place("a.xml", 40, 47, 3, 14, 3, 21, "Условия, абзац 2")),
    ... )
    ('3:14', 'Условия, абзац 2')
    """
    is_whole = place.path and not place.path[-1].isalpha()  # «абзац 2»: Word counts neither lines nor letters
    return place.path if is_whole else f"{place.path or place.part} {place.line}:{place.column}".lstrip()


def write_quote(finding: Finding) -> str:
    """The finding's words in quotation marks, on one line, the middle left out when they are many."""
    return f"«{shorten(clean(finding.quote).strip())}»"


def shorten(text: str) -> str:
    """The text without its middle when it is long."""
    if len(text) <= _LONGEST_QUOTE:
        return text
    return f"{text[: _LONGEST_QUOTE // 2].rstrip()} … {text[-_LONGEST_QUOTE // 3 :].lstrip()}"


def tie(text: str, by: str = "\u00a0") -> str:
    """The text with spaces that no line ends at: between the digits of a number, before its unit and before a dash.

    >>> tie("Цена — 41 600 ₽, дом № 5.", "_")
    'Цена_— 41_600_₽, дом №_5.'
    """
    return _TIED.sub(by, text)


def clean(text: str) -> str:
    """The text on one line, without what a terminal would obey or cannot show."""
    if text.isprintable() and "  " not in text:
        return text
    return _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", _BLANK.sub(" ", text)))
