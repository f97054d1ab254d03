"""The page types of the site."""

import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

import vipcopy.contrib.wagtail.pages


class Migration(migrations.Migration):
    """Three page types."""

    initial = True

    dependencies = (("wagtailcore", "0094_alter_page_locale"),)

    operations = (
        migrations.CreateModel(
            name="LetterIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "Список писем",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="LetterPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("preheader", models.CharField(blank=True, max_length=160, verbose_name="Прехедер")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [("greeting", 0), ("paragraph", 1), ("offer", 5), ("quote", 6), ("signature", 7)],
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "Обращение"}),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link", "ul"], "label": "Абзац"},
                            ),
                            2: ("wagtail.blocks.CharBlock", (), {"label": "Вещь"}),
                            3: ("wagtail.blocks.CharBlock", (), {"label": "Факт"}),
                            4: ("wagtail.blocks.ListBlock", (3,), {"label": "Факты"}),
                            5: ("wagtail.blocks.StructBlock", [[("name", 2), ("details", 4)]], {}),
                            6: ("wagtail.blocks.BlockQuoteBlock", (), {"label": "Цитата"}),
                            7: ("wagtail.blocks.TextBlock", (), {"label": "Подпись", "rows": 2}),
                        },
                        verbose_name="Письмо",
                    ),
                ),
            ],
            options={
                "verbose_name": "Письмо",
            },
            bases=(vipcopy.contrib.wagtail.pages.CopyCheckMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="NotePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("text", wagtail.fields.RichTextField(verbose_name="Текст")),
            ],
            options={
                "verbose_name": "Заметка",
            },
            bases=(vipcopy.contrib.wagtail.pages.CopyCheckMixin, "wagtailcore.page"),
        ),
    )
