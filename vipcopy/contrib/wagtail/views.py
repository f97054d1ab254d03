"""Views of the admin: the panel written anew while an editor types, and the report of all pages by score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import django_filters
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.db.models.functions import Floor
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from vipcopy.contrib.wagtail import display
from vipcopy.contrib.wagtail.pages import CopyCheckMixin
from vipcopy.contrib.wagtail.verdicts import check_form


@require_POST
def recheck(request: HttpRequest, page_id: int) -> HttpResponse:
    """The panel for what the editor of a page has typed; nothing is stored."""
    page = get_object_or_404(Page, pk=page_id).get_latest_revision_as_object()
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return _render_panel(request, page, page.get_parent())


@require_POST
def recheck_new(request: HttpRequest, parent_id: int, app_label: str, model_name: str) -> HttpResponse:
    """The panel for a page that is not there yet."""
    parent = get_object_or_404(Page, pk=parent_id)
    if not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    return _render_panel(request, model(), parent)


def _render_panel(request: HttpRequest, page: Page, parent: Page) -> HttpResponse:
    if not isinstance(page, CopyCheckMixin):
        raise Http404
    page.locale = page.locale if page.locale_id else parent.locale  # a new page has none yet
    form_class = type(page).get_edit_handler().get_form_class()
    form = form_class(request.POST, request.FILES, instance=page, parent_page=parent, for_user=request.user)
    form.defer_required_fields()
    form.is_valid()
    found = check_form(form, form.cleaned_data)
    return render(request, "vipcopy_wagtail/verdict.html", {"verdict": display.build_panel(found)})


class ScoreFilterSet(WagtailFilterSet):
    """By readiness, by what is live, by type."""

    copy_score__passes = django_filters.BooleanFilter(label="Готова к публикации")
    content_type = ContentTypeFilter(label="Тип", queryset=lambda _: find_content_types())

    class Meta:
        """The fields of a page to filter by."""

        model = Page
        fields = ("copy_score__passes", "live", "content_type")


class ScoreReportView(PageReportView):
    """All checked pages, the weakest text first; pages that were never saved since the app came are last."""

    page_title = "Оценки текстов"
    header_icon = "glasses"
    results_template_name = "vipcopy_wagtail/report.html"
    filterset_class = ScoreFilterSet
    index_url_name = "vipcopy_wagtail:scores"
    index_results_url_name = "vipcopy_wagtail:scores_results"
    permission_policy = page_permission_policy
    any_permission_required = ("add", "change", "publish")
    list_export = ("title", "copy_points", "copy_weakest", "copy_findings", "copy_blocking", "copy_passes", "live")
    export_headings: ClassVar[Mapping[str, str]] = {
        "title": "Страница",
        "copy_points": "Оценка",
        "copy_weakest": "Слабее всего",
        "copy_findings": "Замечаний",
        "copy_blocking": "Мешают публикации",
        "copy_passes": "Готова",
        "live": "Опубликована",
    }

    def get_queryset(self) -> QuerySet:
        """The checked pages that the user may change."""
        pages = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        self.queryset = (
            pages.filter(content_type__in=find_content_types())
            .select_related("content_type")
            .annotate_approved_schedule()
            .annotate(
                copy_points=Floor(F("copy_score__score") / 10.0) / 10.0,  # 6,99 is not the 7,0 that was asked for
                copy_weakest=F("copy_score__weakest"),
                copy_findings=F("copy_score__findings"),
                copy_blocking=F("copy_score__blocking"),
                copy_passes=F("copy_score__passes"),
                copy_checked_at=F("copy_score__checked_at"),
            )
            .order_by(F("copy_score__score").asc(nulls_last=True), "title")
        )
        return super().get_queryset()


def find_content_types() -> QuerySet:
    """The content types of all checked page types."""
    models = [model for model in apps.get_models() if issubclass(model, CopyCheckMixin)]
    return ContentType.objects.filter(pk__in=[each.pk for each in ContentType.objects.get_for_models(*models).values()])
