"""What the admin of Wagtail learns of us: addresses, report, permission, words of the audit log, bulk actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # Wagtail's own arguments are passed on as they come

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from vipcopy.contrib.wagtail import views
from vipcopy.contrib.wagtail.gatekeeper import find_refusal, write_refusal
from vipcopy.contrib.wagtail.pages import CopyCheckMixin


class ScoreReportMenuItem(MenuItem):
    """The way to the report, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user has anything to do with pages."""
        needed = views.ScoreReportView.any_permission_required
        return page_permission_policy.user_has_any_permission(request.user, needed)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    """The panel's recheck, and the report."""
    names: list[URLPattern] = [
        path("recheck/<int:page_id>/", views.recheck, name="recheck"),
        path("recheck/<int:parent_id>/<slug:app_label>/<slug:model_name>/", views.recheck_new, name="recheck_new"),
        path("scores/", views.ScoreReportView.as_view(), name="scores"),
        path("scores/results/", views.ScoreReportView.as_view(results_only=True), name="scores_results"),
    ]
    return [path("vipcopy/", include((names, "vipcopy_wagtail")))]


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    """«Оценки текстов» among the reports."""
    address = reverse("vipcopy_wagtail:scores")
    return ScoreReportMenuItem("Оценки текстов", address, name="vipcopy-scores", icon_name="glasses", order=1200)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet:
    """The permission to override, for the editor of groups."""
    return Permission.objects.filter(content_type__app_label="vipcopy_wagtail", codename="override_copy")


class OverrideFormatter(LogFormatter):
    """A text that went out as it was."""

    label = "Разрешение текста"

    def format_message(self, entry: Any) -> str:
        """The reason and what the check had said."""
        return f"Текст разрешён вопреки проверке. Причина: {entry.data['reason']} Проверка: {entry.data['summary']}"


class PostponeFormatter(LogFormatter):
    """A schedule that was cancelled."""

    label = "Публикация отложена"

    def format_message(self, entry: Any) -> str:
        """What the check had said."""
        return f"Публикация по расписанию отложена. Проверка: {entry.data['summary']}"


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """The words for our entries of the audit log."""
    actions.register_action("vipcopy.override")(OverrideFormatter)
    actions.register_action("vipcopy.postpone")(PostponeFormatter)


@hooks.register("before_bulk_action")
def refuse_bulk_publishing(
    request: HttpRequest, action_type: str, objects: Sequence[Page], action: Any
) -> HttpResponseRedirect | None:
    """Many pages are published together or not at all; those in the way are named."""
    if action_type != "publish":
        return None
    pages = [page.specific for page in objects if isinstance(page, Page)]
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in pages for below in page.get_descendants().not_live().specific()]
    drafts = [page.get_latest_revision_as_object() for page in pages if isinstance(page, CopyCheckMixin)]
    refused = [(draft, refusal) for draft in drafts if (refusal := find_refusal(draft))]
    for draft, refusal in refused:
        messages.error(request, write_refusal(draft, refusal))
    return redirect(action.next_url) if refused else None
