"""The form of a page: publishing waits for the text, a draft never does."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from vipcopy.contrib.wagtail.form_errors import find_field_errors, find_page_errors, find_unseen_errors
from vipcopy.contrib.wagtail.overrides import may_override, propose
from vipcopy.contrib.wagtail.verdicts import PageVerdict, check_form

REASON = "vipcopy-reason"  # the panel's own input: no field of the page
SHORTEST_REASON = 10


class CopyCheckFormMixin(WagtailAdminPageForm):
    """Refuses to publish a text below the threshold, unless a user who may gives a reason."""

    copy_verdict: PageVerdict | None = None

    def clean(self) -> dict[str, object]:
        """Adds the findings as errors when the form publishes; a saved draft is never looked at."""
        values: dict[str, object] = super().clean()
        if not self.is_publishing():
            return values
        self.copy_verdict = check_form(self, values)
        if not self.copy_verdict.passes and not self._is_overridden():
            for name, errors in list(find_field_errors(self.copy_verdict, values)):
                self.add_error(name, errors)
            unseen = find_unseen_errors(self.copy_verdict, self.fields)
            for error in (*unseen, *find_page_errors(self.copy_verdict)):
                self.add_error(None, error)
        return values

    def is_publishing(self) -> bool:
        """Whether the page goes out when this form is valid: at once, by schedule or by the last approval."""
        if self.data.get("action-publish"):
            return self._may_publish()
        approves = self.data.get("action-workflow-action") and self.data.get("workflow-action-name") != "reject"
        state = self.instance.current_workflow_state if approves and self.instance.pk else None
        return state is not None and state.is_at_final_task

    def _may_publish(self) -> bool:
        """What a user who may not publish sends is saved as a draft, whichever button it came from."""
        if self.instance.pk:
            return self.instance.permissions_for_user(self.for_user).can_publish()
        return self.parent_page.permissions_for_user(self.for_user).can_publish_subpage()

    def _is_overridden(self) -> bool:
        reason = self.data.get(REASON, "").strip()
        if not reason or not may_override(self.for_user):
            return False
        if len(reason) < SHORTEST_REASON:
            message = "Причина слишком коротка: её прочтут в журнале через год."
            self.add_error(None, ValidationError(message, code="reason"))
            return False
        propose(self.instance, self.for_user, reason)
        return True


class CopyCheckPageForm(CopyCheckFormMixin):
    """The form of pages that have no form of their own."""
