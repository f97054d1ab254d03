"""A text that goes out as it is: who allowed it, why, and which text exactly."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from vipcopy.contrib.wagtail.models import CopyOverride
from vipcopy.contrib.wagtail.verdicts import PageVerdict, check_page

PERMISSION = "vipcopy_wagtail.override_copy"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An override that is not written yet: the page has no number, or its revision is still to come."""

    user: AbstractBaseUser
    reason: str


def may_override(user: AbstractBaseUser | None) -> bool:
    """Whether the user has the permission «Публиковать текст вопреки проверке»."""
    return user is not None and user.has_perm(PERMISSION)


def propose(page: Page, user: AbstractBaseUser, reason: str) -> None:
    """Let this page object go out; `record` writes it down with the page's next revision."""
    page.copy_proposal = Proposal(user, reason)


def is_overridden(page: Page, verdict: PageVerdict) -> bool:
    """Whether exactly this text of this page is allowed."""
    if getattr(page, "copy_proposal", None):
        return True
    return bool(page.pk) and CopyOverride.objects.filter(page_id=page.pk, digest=verdict.text.digest).exists()


def record(page: Page, revision: Revision | None = None) -> None:
    """Write the proposal of a page, if it has one, into the table and Wagtail's audit log."""
    proposal = page.__dict__.pop("copy_proposal", None)
    if proposal:
        override(page, user=proposal.user, reason=proposal.reason, revision=revision)


def override(page: Page, *, user: AbstractBaseUser, reason: str, revision: Revision | None = None) -> None:
    """Allow the page's text as it stands in memory. Raises PermissionDenied for a user who may not."""
    if not may_override(user):
        raise PermissionDenied("Нет разрешения публиковать текст вопреки проверке.")
    found = check_page(page)
    CopyOverride.objects.update_or_create(
        page_id=page.pk, digest=found.text.digest, defaults={"user": user, "reason": reason}
    )
    rules = sorted({finding.rule for finding in found.verdict.find_blocking()})
    data = {"reason": reason, "summary": found.summary, "rules": rules, "digest": found.text.digest}
    log(instance=page, action="vipcopy.override", user=user, revision=revision, data=data)
