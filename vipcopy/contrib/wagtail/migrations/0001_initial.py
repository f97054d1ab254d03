"""Scores of pages, overrides and the workflow task. Written for Wagtail 7.0; 8.0 finds nothing to add to it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables."""

    initial = True

    dependencies = (
        ("wagtailcore", "0094_alter_page_locale"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="CopyCheckTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
            ],
            options={"verbose_name": "Проверка текста", "verbose_name_plural": "Проверки текста"},
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="CopyScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.PositiveSmallIntegerField(null=True, verbose_name="оценка в сотых")),
                ("findings", models.PositiveIntegerField(verbose_name="замечания")),
                ("blocking", models.PositiveIntegerField(verbose_name="мешают публикации")),
                ("passes", models.BooleanField(verbose_name="готова")),
                ("weakest", models.CharField(blank=True, max_length=100, verbose_name="слабее всего")),
                ("checked_at", models.DateTimeField(auto_now=True, verbose_name="проверена")),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copy_score",
                        to="wagtailcore.page",
                        verbose_name="страница",
                    ),
                ),
            ],
            options={"verbose_name": "оценка страницы", "verbose_name_plural": "оценки страниц"},
        ),
        migrations.CreateModel(
            name="CopyOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, verbose_name="отпечаток текста")),
                ("reason", models.TextField(verbose_name="причина")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="когда")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copy_overrides",
                        to="wagtailcore.page",
                        verbose_name="страница",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто разрешил",
                    ),
                ),
            ],
            options={
                "verbose_name": "разрешение текста",
                "verbose_name_plural": "разрешения текстов",
                "default_permissions": (),
                "permissions": (("override_copy", "Публиковать текст вопреки проверке"),),
                "constraints": [models.UniqueConstraint(fields=("page", "digest"), name="vipcopy_one_override_a_text")],
            },
        ),
    )
