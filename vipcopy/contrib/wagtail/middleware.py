"""Why a page was not published, where Wagtail says only that something is not allowed: the last approval of a workflow
on the dashboard ends so."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.messages import add_message, get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from vipcopy.contrib.wagtail.gatekeeper import PublishRefusedError, collect_refusals


class RefusalMiddleware:
    """Stands behind MessageMiddleware. The editor is led to the page, with the verdict in place of the denial."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or ours where a refusal was answered with a denial."""
        with collect_refusals() as refused:
            response = self.get_response(request)
        return _explain(request, response, refused[-1]) if refused and _is_denial(response) else response


def _is_denial(response: HttpResponse) -> bool:
    """Wagtail answers a denial with 403 to a script, and to others with a message on the dashboard."""
    if isinstance(response, HttpResponseRedirect):
        return response.url == reverse("wagtailadmin_home")
    return isinstance(response, HttpResponseForbidden)


def _explain(request: HttpRequest, response: HttpResponse, error: PublishRefusedError) -> HttpResponse:
    address = reverse("wagtailadmin_pages:edit", args=[error.page.pk])
    told = list(get_messages(request))
    for message in told if isinstance(response, HttpResponseForbidden) else told[:-1]:  # the last one is the denial
        add_message(request, message.level, message.message, message.extra_tags)
    messages.error(request, error.line)
    if isinstance(response, HttpResponseForbidden):
        return JsonResponse({"step": "success", "redirect": address})  # so the windows of Wagtail's admin close
    return redirect(address)
