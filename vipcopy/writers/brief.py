"""A report in one line, for a log, a notice or a cell of a table; and why its score is not enough."""

from __future__ import annotations

from vipcopy.model import Report
from vipcopy.thresholds import is_low
from vipcopy.writers import wording

MIN_SCORE = "min-score"  # the rule that a score under the asked one breaks


def write_summary(report: Report) -> str:
    """The score, the findings and the weakest guideline; or why the text was not read.

    >>> import vipcopy
    >>> write_summary(vipcopy.check("Часы готовы. Мастер ждёт Вас в четверг, в 11:00, с паспортом механизма."))
    '9,0 из 9; замечаний нет'
    """
    if report.error is not None:
        return report.error
    found = wording.write_count(len(report.findings), wording.FINDINGS) if report.findings else "замечаний нет"
    said = (
        wording.write_score(report.score),
        found,
        wording.write_weakest(report.score),
        wording.write_waived(report),
    )
    return "; ".join(part for part in said if part)


def write_shortfall(report: Report) -> str:
    """«оценка 8,9 ниже порога 9», in hundredths where tenths would hide it; empty when the score is enough.

    >>> import vipcopy
    >>> write_shortfall(vipcopy.check("Скидка 20 %. Часы готовы.")._replace(min_score=870))
    'оценка 7,6 из 8, то есть 8,6 из 9, ниже порога 8,7'
    """
    if report.min_score is None or not is_low(report, report.min_score):
        return ""
    score, most = report.score, 900
    total = score.total * most // score.max  # for nine guidelines, as the asked one
    tenths = wording.write_total(total, most)
    told = tenths if int(tenths.replace(",", "")) * 10 < report.min_score else wording.write_points(total)
    judged = f"{wording.write_score(score)}, то есть {told} из 9," if score.max < most else told
    return f"оценка {judged} ниже порога {_write_asked(report.min_score)}"


def _write_asked(points: int) -> str:
    return wording.write_points(points).rstrip("0").rstrip(",")
