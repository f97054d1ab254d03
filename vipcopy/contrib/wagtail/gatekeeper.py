"""The one gate before every way out: the editor, a schedule, a workflow, the API, a script."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn

from django.core.exceptions import ValidationError
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from vipcopy.contrib.wagtail.form_errors import find_page_errors
from vipcopy.contrib.wagtail.overrides import is_overridden
from vipcopy.contrib.wagtail.verdicts import PageVerdict, check_page

_refused: ContextVar[list[PublishRefusedError] | None] = ContextVar("refused", default=None)  # of one request


class PublishRefusedError(PublishPagePermissionError, ValidationError):
    """A page that stays as it is. A script catches a ValidationError; Wagtail's admin and API take it for a denial."""

    def __init__(self, page: Page, refusal: PageVerdict) -> None:
        ValidationError.__init__(self, list(find_page_errors(refusal)))
        self.page = page
        self.refusal = refusal

    @property
    def line(self) -> str:
        """What an editor reads where no form shows the errors."""
        return write_refusal(self.page, self.refusal)


def find_refusal(page: Page) -> PageVerdict | None:
    """The verdict that keeps a page from going out; None when its text passes or is overridden."""
    verdict = check_page(page)
    return None if verdict.passes or is_overridden(page, verdict) else verdict


def refuse_unfit(page: Page) -> None:
    """Raises PublishRefusedError for a page whose text may not go out."""
    if refusal := find_refusal(page):
        refuse(page, refusal)


def refuse(page: Page, refusal: PageVerdict) -> NoReturn:
    """Raises PublishRefusedError, and remembers it while refusals are collected."""
    error = PublishRefusedError(page, refusal)
    collected = _refused.get()
    if collected is not None:
        collected.append(error)
    raise error


@contextmanager
def collect_refusals() -> Iterator[list[PublishRefusedError]]:
    """The refusals inside the block, those too that Wagtail has answered with a mere denial."""
    collected: list[PublishRefusedError] = []
    token = _refused.set(collected)
    try:
        yield collected
    finally:
        _refused.reset(token)


def write_refusal(page: Page, refusal: PageVerdict) -> str:
    """«Письмо» не опубликована: what the check has said."""
    return f"«{page}» не опубликована: {refusal.summary}."


def postpone(revision: Revision, refusal: PageVerdict) -> None:
    """Take a revision off the schedule and say so in the audit log: one page must not stop those after it."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    page = revision.content_object
    log(instance=page, action="vipcopy.postpone", revision=revision, data={"summary": refusal.summary})
    logging.getLogger("vipcopy").warning("%s: %s", page, refusal.summary)
