"""Reports as one page of HTML that needs nothing else: the text with its findings marked, their list, nine bars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from vipcopy.model import Finding, Report, Severity
from vipcopy.records import NamedTuple
from vipcopy.scoring.scorecard import GuidelineScore
from vipcopy.writers import wording
from vipcopy.writers.brief import write_shortfall
from vipcopy.writers.page import SCRIPT, STYLE
from vipcopy.writers.style import Style

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")


class Segment(NamedTuple):
    """A stretch of the text, the numbers of the findings that cover it and of those that end with it."""

    text: str
    findings: tuple[int, ...]
    ended: tuple[int, ...] = ()


def write(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """Lines that are one page together; with several texts an index stands at its top."""
    seen = list(reports)
    title = f"{seen[0].name or 'текст'} — vipcopy" if len(seen) == 1 else "Тексты — vipcopy"
    yield "<!doctype html>"
    yield '<html lang="ru"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<title>{_text(title)}</title><style>{STYLE}</style></head><body>"
    if len(seen) > 1:
        yield from _write_index(seen)
    for number, report in enumerate(seen):
        yield from _write_report(number, report)
    version = f" {_text(style.version)}" if style.version else ""
    yield f"<footer>vipcopy{version}. Клавиши: j и k — следующее и предыдущее замечание.</footer>"
    yield f"<script>{SCRIPT}</script></body></html>"


def find_segments(text: str, findings: Sequence[Finding]) -> Iterator[Segment]:
    """The text cut where findings start and stop; those that are nowhere in it are left out."""
    spans = [(each.offset, each.offset + len(each.quote)) for each in findings]
    placed = [at for at, (start, stop) in enumerate(spans) if 0 <= start < stop <= len(text)]
    cuts = sorted({0, len(text), *(cut for at in placed for cut in spans[at])})
    opening = sorted(placed, key=lambda at: spans[at])
    opened: list[int] = []
    for start, stop in pairwise(cuts):
        while opening and spans[opening[0]][0] <= start:
            opened.append(opening.pop(0))
        opened = [at for at in opened if spans[at][1] > start]
        yield Segment(text[start:stop], tuple(opened), tuple(at for at in opened if spans[at][1] == stop))


def _write_index(reports: Sequence[Report]) -> Iterator[str]:
    found = sum(len(report.findings) for report in reports)
    counted = f"{wording.write_count(len(reports), wording.TEXTS)}, {wording.write_count(found, wording.FINDINGS)}"
    yield f'<nav class="index" id="index"><h1>{_text(counted)}</h1><table>'
    yield "<thead><tr><th>Текст<th>Оценка<th>Замечаний<th>Слабее всего</tr></thead><tbody>"
    for number, report in enumerate(reports):
        name = f'<a href="#r{number}">{_text(report.name)}</a>'
        if report.error is not None:
            yield f'<tr><td>{name}<td colspan="3">не прочитан</tr>'
            continue
        weakest = wording.write_weakest(report.score).removeprefix("слабее всего — ")
        score = wording.write_score(report.score)
        yield f"<tr><td>{name}<td>{score}<td>{len(report.findings)}<td>{_text(weakest)}</tr>"
    yield "</tbody></table></nav>"


def _write_report(number: int, report: Report) -> Iterator[str]:
    yield f'<article id="r{number}"><header><h2>{_text(report.name or "текст")}</h2>'
    if report.error is not None:
        yield f'<p class="error">{_text(report.error)}</p></header></article>'
        return
    yield from _write_total(report)
    yield from _write_changes(number, report)
    yield "</header>"
    yield '<section class="bars" aria-label="Девять принципов">'
    yield from map(_write_bar, report.score.guidelines)
    yield '</section><div class="columns">'
    yield f'<section class="text" aria-label="Текст"><p>{_write_text(number, report)}</p></section>'
    yield '<section class="list" aria-label="Замечания">'
    yield from _write_list(number, report)
    yield "</section></div></article>"


def _write_total(report: Report) -> Iterator[str]:
    score = report.score
    total, most = (wording.write_total(score.total, score.max), f" из {score.max // 100}") if score.max else ("н/д", "")
    yield f'<p class="score"><b>{total}</b>{most}</p><ul class="facts">'
    facts = [
        wording.write_count(len(report.findings), wording.FINDINGS) if report.findings else "замечаний нет",
        write_shortfall(report),
        wording.write_weakest(score),
        wording.write_waived(report),
        wording.write_left_out(report),
        wording.write_encoding(report),
        *wording.write_notes(report),
    ]
    yield from (f"<li>{_text(fact)}</li>" for fact in facts if fact)
    yield "</ul>"


def _write_changes(number: int, report: Report) -> Iterator[str]:
    """What to correct first, with links to where it is told."""
    promise = wording.write_promise(report)
    if not promise:
        return
    numbers = {(finding.rule, finding.offset): at for at, finding in enumerate(report.findings)}
    yield f'<p class="changes">{_text(promise)}:</p><ul class="changes">'
    for finding, *_ in wording.find_places(report.changes):
        told = _text(f"{wording.write_place(finding.place)} {wording.write_quote(finding)}")
        at = numbers.get((finding.rule, finding.offset))  # none where graver findings alone are shown
        yield f"<li>{told}</li>" if at is None else f'<li><a href="#f{number}-{at}">{told}</a></li>'
    yield "</ul>"


def _write_bar(row: GuidelineScore) -> str:
    title = f"<span>{row.number}. {_text(row.title)}</span>"
    if not row.max:
        return f'<div class="bar none">{title}<i></i><b>н/д</b></div>'
    share = row.points * 100 // row.max
    look = "good" if share >= 80 else "fair" if share >= 50 else "poor"
    points = wording.write_points(row.points)
    return f'<div class="bar {look}">{title}<i><s style="width:{share}%"></s></i><b>{points}</b></div>'


def _write_text(number: int, report: Report) -> str:
    findings, named = tuple(report.findings), set[int]()  # of very many each place would be found anew from the first
    segments = find_segments(report.text, findings)
    return "".join(_write_segment(number, segment, findings, named) for segment in segments)


def _write_segment(number: int, segment: Segment, findings: Sequence[Finding], named: set[int]) -> str:
    """A stretch in the looks of the gravest finding that covers it; the list links to where each finding is named."""
    text = _BLANK_LINES.sub("\n\n", _text(segment.text))
    if not segment.findings:
        return text
    gravest = findings[max(segment.findings, key=lambda at: findings[at].severity.rank)]
    fresh = [at for at in segment.findings if at not in named]
    named.update(fresh)
    anchors = "".join(f'<span id="m{number}-{at}"></span>' for at in fresh)
    places = " ".join(f"f{number}-{at}" for at in segment.findings)
    hint = escape("\n".join(_clean(findings[at].message) for at in segment.findings))
    ended = ", ".join(str(at + 1) for at in segment.ended)
    label = f'<sup aria-hidden="true">{ended}</sup>' if ended else ""
    return f'{anchors}<mark class="{gravest.severity}" data-for="{places}" title="{hint}">{text}</mark>{label}'


def _write_list(number: int, report: Report) -> Iterator[str]:
    if not report.findings:
        yield '<p class="clean">Замечаний нет.</p>'
        return
    explained: set[str] = {""}
    yield "<ol>"
    for at, finding in enumerate(report.findings):
        yield _write_finding(f"{number}-{at}", finding, with_why=finding.why not in explained)
        explained.add(finding.why)
    yield "</ol>"


def _write_finding(name: str, finding: Finding, *, with_why: bool) -> str:
    kind = wording.SEVERITIES[finding.severity][0]
    lost = f'<span class="lost">−{wording.write_points(finding.lost)}</span>' if finding.lost else ""
    removal = ("Убрать эти слова.",) if finding.is_removable else ()
    advice = wording.write_choice(removal + finding.suggestions)
    where = wording.write_place(finding.place)
    target = ("m" if finding.quote and finding.offset >= 0 else "f") + name  # a waiver is nowhere in the text
    parts = [
        f'{lost}<a href="#{target}"><span class="kind {finding.severity}">{kind}</span>{_text(_quote(finding))}</a>',
        f"<p>{_text(wording.tie(finding.message))}</p>",
        f'<p class="why">{_text(wording.tie(finding.why))}</p>' if with_why else "",
        f'<p class="advice">Лучше: {_text(wording.tie(advice))}</p>' if advice else "",
        f'<p class="rule">{_text(finding.rule)} · {_text(where)}</p>',
    ]
    return f'<li id="f{name}" class="{finding.severity}">{"".join(parts)}</li>'


def _quote(finding: Finding) -> str:
    return wording.shorten(wording.clean(finding.quote).strip()) or Severity(finding.severity).value


def _text(text: str) -> str:
    return escape(_clean(text), quote=False)


def _clean(text: str) -> str:
    """Without what a page would hide or obey; line ends of one kind."""
    return _UNSEEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
