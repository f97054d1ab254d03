"""`manage.py check_pages`: the scores of all pages, for the report view."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand
from wagtail.models import Page

from vipcopy.contrib.wagtail.pages import CopyCheckMixin
from vipcopy.contrib.wagtail.scores import keep_score
from vipcopy.contrib.wagtail.views import find_content_types


class Command(BaseCommand):
    """For pages that were there before the app, and after a change of the rules."""

    help = "Проверяет последние черновики всех страниц и обновляет их оценки. Код завершения 1: не все готовы."

    def handle(self, **_: object) -> None:
        """Check page after page; leave with 1 when some do not pass."""
        pages = Page.objects.filter(content_type__in=find_content_types()).order_by("pk")
        total, refused = pages.count(), 0
        for number, page in enumerate(pages.specific().iterator(chunk_size=100), 1):
            if isinstance(page, CopyCheckMixin):
                refused += not keep_score(page.get_latest_revision_as_object()).passes
            if self.stderr.isatty():
                self.stderr.write(f"\r{number} из {total}", ending="\n" if number == total else "")
        self.stdout.write(f"Проверено страниц: {total}; не готовы: {refused}")
        if refused:
            sys.exit(1)
