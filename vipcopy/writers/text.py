"""A report for a person: each finding in its sentence, why and what to write instead, then the nine guidelines."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from vipcopy.excerpts import cut_after, cut_before
from vipcopy.model import Finding, Report, Severity
from vipcopy.writers import wording
from vipcopy.writers.bars import write_bars
from vipcopy.writers.style import BOLD, CYAN, RED, UNDERLINE, YELLOW, Style

_COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: CYAN}
_OPEN, _CLOSE, _TIE = "\x01", "\x02", "\x03"  # no text has them once it is clean
_AROUND = 120  # characters of the sentence shown on either side of a finding


def write(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """Lines of the reports, and a summary when there are several. Reports that have an error are only counted."""
    explained: set[str] = set()
    seen: list[Report] = []
    for report in reports:
        seen.append(report)
        if report.error is None:
            yield from _write_short(report) if style.short else _write_report(report, style, explained)
    if len(seen) > 1:
        yield from _write_summary(seen, style)


def _write_short(report: Report) -> Iterator[str]:
    found = wording.write_count(len(report.findings), wording.FINDINGS)
    told = (wording.write_waived(report), wording.write_left_out(report), wording.write_encoding(report))
    others = (*told, *wording.write_notes(report))
    said = (wording.write_score(report.score), found, wording.write_weakest(report.score), *others)
    yield f"{_name(report)}: {'; '.join(part for part in said if part)}"


def _write_report(report: Report, style: Style, explained: set[str]) -> Iterator[str]:
    yield style.paint(_title(report), BOLD)
    yield from wording.write_notes(report)
    yield ""
    for finding in report.findings:
        yield from _write_finding(finding, style, with_why=finding.why not in explained)
        explained.add(finding.why)
        yield ""
    yield from write_bars(report.score, style)
    yield from _write_total(report, style)
    yield ""


def _title(report: Report) -> str:
    encoding = f" ({told})" if (told := wording.write_encoding(report)) else ""
    found = wording.write_count(len(report.findings), wording.FINDINGS) if report.findings else "замечаний нет"
    return f"{_name(report)}{encoding}: {found}"


def _name(report: Report) -> str:
    return wording.clean(report.name) or "текст"


def _write_finding(finding: Finding, style: Style, *, with_why: bool) -> Iterator[str]:
    severity = style.paint(wording.SEVERITIES[finding.severity][0], BOLD, _COLOURS[finding.severity])
    lost = f"  −{wording.write_points(finding.lost)}" if finding.lost else ""
    yield f"{wording.write_place(finding.place)}  {severity}  {finding.rule}{lost}"
    yield from _mark(_wrap(_quote_in_sentence(finding), style), style)
    yield from _wrap(finding.message, style)
    if with_why and finding.why:
        yield from _wrap(f"Почему: {finding.why}", style)
    if advice := _advice(finding):
        yield from _wrap(f"Лучше: {advice}", style)


def _quote_in_sentence(finding: Finding) -> str:
    stop = finding.context_start + len(finding.quote)
    before = wording.clean(finding.context[: finding.context_start]).lstrip()
    after = wording.clean(finding.context[stop:]).rstrip()
    quote = wording.shorten(wording.clean(finding.quote))
    return f"{cut_before(before, _AROUND)}{_OPEN}{quote}{_CLOSE}{cut_after(after, _AROUND)}"


def _advice(finding: Finding) -> str:
    removal = ("убрать эти слова",) if finding.is_removable else ()
    return wording.write_choice(removal + finding.suggestions)


def _wrap(text: str, style: Style) -> list[str]:
    line = text if _OPEN in text else wording.clean(text)
    lines = textwrap.wrap(
        wording.tie(line, _TIE),
        style.width,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_TIE, " ") for line in lines]


def _mark(lines: Iterable[str], style: Style) -> Iterator[str]:
    """Brackets around the finding, or colour; a finding that goes on in the next line is opened there again."""
    opened = False
    for line in lines:
        if not style.colour:
            yield line.replace(_OPEN, "⟦").replace(_CLOSE, "⟧")
            continue
        body = line.lstrip()
        before, open_mark, rest = ("", _OPEN, body) if opened else body.partition(_OPEN)
        inside, close_mark, after = rest.partition(_CLOSE)
        opened = bool(open_mark) and not close_mark
        yield line[: len(line) - len(body)] + before + style.paint(inside, BOLD, UNDERLINE, RED) + after


def _write_total(report: Report, style: Style) -> Iterator[str]:
    said = (f"Итог: {wording.write_score(report.score)}", wording.write_weakest(report.score))
    yield style.paint("; ".join(part for part in said if part), BOLD)
    yield from filter(None, (wording.write_waived(report), wording.write_left_out(report)))
    if promise := wording.write_promise(report):
        yield f"{promise}:"
        for finding, *_ in wording.find_places(report.changes):
            yield f"    {wording.write_place(finding.place)}  {wording.write_quote(finding)}"


def _write_summary(reports: Sequence[Report], style: Style) -> Iterator[str]:
    read = [report for report in reports if report.error is None]
    severities = Counter(finding.severity for report in read for finding in report.findings)
    found = wording.write_count(severities.total(), wording.FINDINGS)
    detail = ", ".join(
        wording.write_count(severities[each], wording.SEVERITIES[each]) for each in _COLOURS if severities[each]
    )
    said = [wording.write_count(len(read), wording.TEXTS), f"{found} ({detail})" if detail else found]
    if unread := len(reports) - len(read):
        said.append(wording.write_count(unread, wording.FILES))
    yield style.paint(f"Всего: {', '.join(said)}.", BOLD)
    judged = [report for report in read if report.score.max]
    if len(judged) > 1:
        worst = min(judged, key=lambda report: report.score.total / report.score.max)
        yield f"Ниже всех — {_name(worst)}: {wording.write_score(worst.score)}."
