"""A report in one line, for a log, a notice or a cell of a table."""

from __future__ import annotations

from vipcopy.model import Report
from vipcopy.writers import wording


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
