"""The score of a page's latest draft, kept in a table so that a report can sort thousands of pages."""

from __future__ import annotations

from wagtail.models import Page

from vipcopy.contrib.wagtail.models import CopyScore
from vipcopy.contrib.wagtail.overrides import is_overridden
from vipcopy.contrib.wagtail.verdicts import check_page
from vipcopy.scoring.score import lowest


def keep_score(page: Page) -> CopyScore:
    """Check the page as it stands in memory and write what it got."""
    found = check_page(page)
    report = found.verdict.report
    weakest = lowest(report.score)
    values = {
        "score": report.score.total * 900 // report.score.max if report.score.max else None,
        "findings": len(report.findings),
        "blocking": len(found.verdict.find_blocking()),
        "passes": found.passes or is_overridden(page, found),
        "weakest": weakest.title if weakest and weakest.points < weakest.max else "",
    }
    kept, _ = CopyScore.objects.update_or_create(page_id=page.pk, defaults=values)
    return kept
