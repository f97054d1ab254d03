"""The page types of the site: a list of letters, a letter of blocks, a note of rich text."""

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from vipcopy.contrib.wagtail.pages import CopyCheckMixin
from vipcopy.contrib.wagtail.panels import CopyCheckPanel


class OfferBlock(blocks.StructBlock):
    """A thing and what is known of it."""

    name = blocks.CharBlock(label="Вещь")
    details = blocks.ListBlock(blocks.CharBlock(label="Факт"), label="Факты")

    class Meta:
        """Its looks."""

        icon = "tag"
        label = "Предложение"
        template = "letters/offer.html"


class LetterIndexPage(Page):
    """All letters; its own text is a title."""

    subpage_types = ("letters.LetterPage", "letters.NotePage")

    class Meta:
        """Names for people."""

        verbose_name = "Список писем"


class LetterPage(CopyCheckMixin, Page):
    """A letter to a client: its text is checked block by block."""

    preheader = models.CharField("Прехедер", max_length=160, blank=True)
    body = StreamField(
        [
            ("greeting", blocks.CharBlock(label="Обращение")),
            ("paragraph", blocks.RichTextBlock(label="Абзац", features=["bold", "italic", "link", "ul"])),
            ("offer", OfferBlock()),
            ("quote", blocks.BlockQuoteBlock(label="Цитата")),
            ("signature", blocks.TextBlock(label="Подпись", rows=2)),
        ],
        verbose_name="Письмо",
    )

    content_panels = (*Page.content_panels, FieldPanel("preheader"), FieldPanel("body"), CopyCheckPanel())
    parent_page_types = ("letters.LetterIndexPage",)
    subpage_types = ()

    class Meta:
        """Names for people."""

        verbose_name = "Письмо"


class NotePage(CopyCheckMixin, Page):
    """A note for the site: the settings ask less of it than of a letter."""

    text = RichTextField("Текст", features=["bold", "italic", "link", "ul"])

    content_panels = (*Page.content_panels, FieldPanel("text"), CopyCheckPanel())
    parent_page_types = ("letters.LetterIndexPage",)
    subpage_types = ()

    class Meta:
        """Names for people."""

        verbose_name = "Заметка"
