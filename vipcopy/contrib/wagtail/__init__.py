"""Pages of Wagtail 7 and 8, held back until they are fit for a VIP.

    INSTALLED_APPS = [..., "vipcopy.contrib.wagtail", "vipcopy.contrib.django", ...]
    VIPCOPY = {"MIN_SCORE": 7.0, "PAGES": {"letters.LetterPage": {"FIELDS": ["body"]}}}

    from vipcopy.contrib.wagtail.pages import CopyCheckMixin
    from vipcopy.contrib.wagtail.panels import CopyCheckPanel

    class LetterPage(CopyCheckMixin, Page):
        body = StreamField([("paragraph", RichTextBlock())])
        content_panels = [*Page.content_panels, "body", CopyCheckPanel()]

Every draft is saved; what is published passes, or is overridden with a reason that the audit log keeps.
"""
