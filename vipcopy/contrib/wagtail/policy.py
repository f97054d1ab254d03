"""What each page type asks of its text: `VIPCOPY["PAGES"]` before the class's `copy_check` before `VIPCOPY`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import CharField, EmailField, Field, FilePathField, SlugField, TextField, URLField
from wagtail.fields import StreamField
from wagtail.models import Page

from vipcopy.contrib.django.conf import FAIL_ON, Option, is_names, is_score, is_severity, read_settings
from vipcopy.contrib.django.gate import Policy, build_policy

PAGE_OPTIONS: Mapping[str, Option] = {
    "MIN_SCORE": Option(is_score, "напишите число от 0 до 9 или None"),
    "FAIL_ON": Option(is_severity, f"напишите одно из: {', '.join(FAIL_ON)}"),
    "FIELDS": Option(is_names, "напишите список полей с текстом"),
    "LOCALES": Option(is_names, "напишите список кодов языков"),
    "ENABLED": Option(lambda value: isinstance(value, bool), "напишите True или False"),
}


@dataclass(frozen=True, slots=True)
class PagePolicy:
    """The thresholds of a page type and the fields that readers read, in their order."""

    policy: Policy
    fields: tuple[str, ...]
    enabled: bool = True
    locales: tuple[str, ...] = ()  # of the languages that are checked; empty for all

    def covers(self, page: Page) -> bool:
        """Whether the page is checked; a translation into a language of no rules is not."""
        is_read = not self.locales or not page.locale_id or page.locale.language_code in self.locales
        return self.enabled and is_read


def read_policy(page_class: type[Page]) -> PagePolicy:
    """What holds for pages of this class."""
    site = read_settings()
    own = {**getattr(page_class, "copy_check", {}), **site.pages.get(page_class._meta.label, {})}
    return PagePolicy(
        build_policy(own.get("MIN_SCORE", site.min_score), own.get("FAIL_ON", site.fail_on)),
        tuple(own.get("FIELDS", ())) or find_text_fields(page_class),
        own.get("ENABLED", True),
        tuple(own.get("LOCALES", site.locales)),
    )


def find_text_fields(page_class: type[Page]) -> tuple[str, ...]:
    """The title and every field with text that the page type adds to Wagtail's own, in their order."""
    inherited = {field.name for field in Page._meta.get_fields()}
    own = [field for field in page_class._meta.concrete_fields if field.name not in inherited]
    return ("title", *(field.name for field in own if _is_text(field)))


def _is_text(field: Field) -> bool:
    """Whether readers read what it holds: choices and links are no copy."""
    is_address = isinstance(field, EmailField | FilePathField | SlugField | URLField)
    return isinstance(field, CharField | TextField | StreamField) and not is_address and not field.choices
