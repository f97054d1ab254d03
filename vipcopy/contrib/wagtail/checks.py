"""System checks of page types: what `copy_check` and `VIPCOPY["PAGES"]` say of them can be used."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist

from vipcopy.contrib.django.conf import find_faults, is_names
from vipcopy.contrib.wagtail.pages import CopyCheckMixin
from vipcopy.contrib.wagtail.policy import PAGE_OPTIONS


def check_page_types(**_: object) -> list[CheckMessage]:
    """E004 for each fault in the settings of a page type, E005 for settings of what is no checked page type."""
    guarded = {model._meta.label: model for model in apps.get_models() if issubclass(model, CopyCheckMixin)}
    found = [fault for model in guarded.values() for fault in _find_faults(model, model.copy_check, model._meta.label)]
    given = getattr(settings, "VIPCOPY", {})
    pages = given.get("PAGES", {}) if isinstance(given, dict) else {}
    for label, own in pages.items() if isinstance(pages, dict) else ():
        if label in guarded:
            found += _find_faults(guarded[label], own, f'VIPCOPY["PAGES"]["{label}"]')
        else:
            hint = f"напишите одно из: {', '.join(sorted(guarded)) or 'таких пока нет'}"
            found.append(Error(f'VIPCOPY["PAGES"]: «{label}» — не страница с проверкой', hint=hint, id="vipcopy.E005"))
    return found


def _find_faults(model: type[CopyCheckMixin], given: object, where: str) -> Iterator[CheckMessage]:
    for fault in find_faults(given, PAGE_OPTIONS, where):
        message, _, hint = fault.partition("; ")
        yield Error(message, hint=hint, obj=model, id="vipcopy.E004")
    names = given.get("FIELDS", ()) if isinstance(given, dict) else ()
    for name in names if is_names(names) else ():
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            yield Error(f"{where}: нет поля «{name}»", hint="назовите поле страницы", obj=model, id="vipcopy.E004")
