"""Findings as Django's ValidationErrors: the rule is the code, all that is known of the place are the params."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from vipcopy import Finding, build_finding
from vipcopy.contrib.django.gate import Verdict
from vipcopy.excerpts import cut_after, cut_before
from vipcopy.scoring.score import lowest

_AROUND = 60  # characters of the sentence on either side of the finding
_LONGEST = 160


def build_errors(verdict: Verdict) -> Iterator[ValidationError]:
    """An error for each finding that stands in the way, in the order of the text; the score comes last."""
    yield from map(build_error, verdict.find_blocking())
    if verdict.is_low:
        yield build_score_error(verdict)


def build_error(finding: Finding, *, with_sentence: bool = True) -> ValidationError:
    """«… ⟦скидка⟧ 30 % …» and why, or the words alone; `code` is the rule's id."""
    params = {**build_finding(finding), "marked": mark(finding), "told": _tell(finding)}
    form = "%(marked)s — %(message)s" if with_sentence else "%(told)s"
    return ValidationError(form, code=finding.rule, params=params)


def build_score_error(verdict: Verdict) -> ValidationError:
    """«Оценка 6,4 из 9, нужно 7,0; слабее всего — …», for nine where fewer could be judged; the code is `score`."""
    score = verdict.report.score
    weakest = lowest(score)
    params = {
        "score": write_tenths(score.total * 900 // score.max),
        "judged": score.max // 100,
        "needed": write_tenths(verdict.policy.min_score or 0),
        "weakest": weakest.title if weakest else "",
    }
    message = "Оценка %(score)s из 9, нужно %(needed)s; слабее всего — «%(weakest)s»."
    return ValidationError(message, code="score", params=params)


def mark(finding: Finding) -> str:
    """The words in ⟦ ⟧ with some of their sentence around them, on one line."""
    start, stop = finding.context_start, finding.context_start + len(finding.quote)
    before, after = cut_before(finding.context[:start], _AROUND), cut_after(finding.context[stop:], _AROUND)
    quote = finding.quote if len(finding.quote) <= _LONGEST else finding.quote[: _LONGEST - 1] + "…"
    return " ".join(f"{before}⟦{quote}⟧{after}".split())


def _tell(finding: Finding) -> str:
    """«⟦скидка⟧ обесценивает…»: a message that quotes the words first has them marked, another stands after them."""
    words, rest = f"«{finding.quote}»", finding.message
    if rest.startswith(words):
        return f"⟦{finding.quote}⟧{rest.removeprefix(words)}"
    return f"⟦{' '.join(finding.quote[:_LONGEST].split())}⟧ — {rest}"


def write_tenths(centipoints: int) -> str:
    """A score with one decimal, cut and not rounded, so that 6,99 never looks like the 7,0 that it is refused for.

    >>> write_tenths(699)
    '6,9'
    """
    return f"{centipoints // 100},{centipoints % 100 // 10}"
