"""The application as Django sees it."""

from django.apps import AppConfig
from django.core import checks


class VipCopyConfig(AppConfig):
    """Registers the system checks; has no models."""

    name = "vipcopy.contrib.django"
    label = "vipcopy"
    verbose_name = "Тексты для VIP"

    def ready(self) -> None:
        """Let Django check our settings when it starts, and the packs on `check --deploy`."""
        from vipcopy.contrib.django.checks import check_packs, check_settings

        checks.register(check_settings, "vipcopy")
        checks.register(check_packs, "vipcopy", deploy=True)
