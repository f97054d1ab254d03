"""The panel of the editor: the score, nine bars, the findings, and the input for a reasoned override."""

from __future__ import annotations

from typing import Any  # Wagtail's own arguments are passed on as they come

from django.forms import Media
from django.urls import reverse
from wagtail.admin.panels import Panel

from vipcopy.contrib.wagtail import display
from vipcopy.contrib.wagtail.forms import REASON
from vipcopy.contrib.wagtail.overrides import may_override
from vipcopy.contrib.wagtail.verdicts import check_page


class CopyCheckPanel(Panel):
    """Stands among the `content_panels` of a page with CopyCheckMixin."""

    def __init__(self, heading: str = "Проверка текста", icon: str = "glasses", **options: Any) -> None:
        super().__init__(heading=heading, icon=icon, **options)

    class BoundPanel(Panel.BoundPanel):
        """The panel beside one page."""

        template_name = "vipcopy_wagtail/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, object]:
            """What is stored or, after a refused publication, what the editor has sent."""
            context = super().get_context_data(parent_context)
            found = getattr(self.form, "copy_verdict", None) or check_page(self.instance)
            user = self.request.user
            context["verdict"] = display.build_panel(found)
            context["url"] = self._address()
            context["reason_name"] = REASON if may_override(user) else ""
            context["reason"] = self.form.data.get(REASON, "") if self.form.is_bound else ""
            return context

        def _address(self) -> str:
            """Where the panel is written anew from what the editor has typed."""
            if self.instance.pk:
                return reverse("vipcopy_wagtail:recheck", args=[self.instance.pk])
            parent = getattr(self.form, "parent_page", None)
            names = [parent.pk, self.instance._meta.app_label, self.instance._meta.model_name] if parent else []
            return reverse("vipcopy_wagtail:recheck_new", args=names) if names else ""

        @property
        def media(self) -> Media:
            """The looks of the panel, and the script that marks the words in the editor."""
            return Media(css={"all": ["vipcopy_wagtail/panel.css"]}, js=["vipcopy_wagtail/panel.js"])
