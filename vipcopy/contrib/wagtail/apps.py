"""The application as Wagtail sees it."""

from django.apps import AppConfig
from django.core import checks


class VipCopyWagtailConfig(AppConfig):
    """Scores of pages, overrides and the workflow task are its tables."""

    name = "vipcopy.contrib.wagtail"
    label = "vipcopy_wagtail"
    verbose_name = "Тексты страниц для VIP"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let Django check our settings and those of the page types when it starts."""
        from vipcopy.contrib.django.checks import check_packs, check_settings
        from vipcopy.contrib.wagtail.checks import check_page_types

        checks.register(check_settings, "vipcopy")
        checks.register(check_packs, "vipcopy", deploy=True)
        checks.register(check_page_types, "vipcopy")
