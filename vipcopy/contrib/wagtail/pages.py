"""The mixin of page types whose text is checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, ClassVar  # Any: Wagtail's own arguments are passed on as they come

from wagtail.models import Revision

from vipcopy.contrib.wagtail.forms import CopyCheckPageForm
from vipcopy.contrib.wagtail.gatekeeper import find_refusal, postpone, refuse, refuse_unfit
from vipcopy.contrib.wagtail.overrides import record
from vipcopy.contrib.wagtail.policy import read_policy
from vipcopy.contrib.wagtail.scores import keep_score
from vipcopy.contrib.wagtail.verdicts import PageVerdict, check_page

if TYPE_CHECKING:
    from wagtail.models import Page as _Base
else:
    _Base = object  # a mixin has no table of its own


class CopyCheckMixin(_Base):
    """Stands before Page among the bases. `copy_check` holds the type's own thresholds and fields.

    `before_publish_page` fires for a button of the editor alone, so the gate stands where every way out leads:
    `publish` for revisions, `save` for what sets a page live without them.
    """

    base_form_class = CopyCheckPageForm
    copy_check: ClassVar[Mapping[str, object]] = {}

    def publish(self, revision: Revision, *args: Any, **options: Any) -> None:
        """Publish or schedule a revision. Raises PublishRefusedError; a refused schedule is cancelled and logged."""
        refusal = find_refusal(revision.as_object())
        if refusal and options.get("log_action") == "wagtail.publish.scheduled":
            postpone(revision, refusal)
            return
        if refusal:
            refuse(self, refusal)
        super().publish(revision, *args, **options)

    def save(self, *, clean: bool = True, **options: Any) -> object:
        """Save the page. Raises PublishRefusedError where that would show readers a text that does not pass."""
        if clean and self.live and self._changes_text(options.get("update_fields")):
            refuse_unfit(self)
        return super().save(clean=clean, **options)

    def save_revision(self, **options: Any) -> Revision:
        """Save a draft, whatever its text; its score goes to the report, its override to the audit log."""
        revision = super().save_revision(**options)
        record(self, revision)
        keep_score(self)
        return revision

    def find_copy_refusal(self) -> PageVerdict | None:
        """The verdict that keeps this text, as it stands in memory, from readers; None when nothing does."""
        return find_refusal(self)

    def _changes_text(self, update_fields: Collection[str] | None) -> bool:
        """Whether readers will see another text than before: an old text may stay when something else is changed."""
        if update_fields is not None and not {"live", *read_policy(type(self)).fields} & set(update_fields):
            return False
        before = type(self)._default_manager.filter(pk=self.pk, live=True).first() if self.pk else None
        return before is None or check_page(before).text.html != check_page(self).text.html
