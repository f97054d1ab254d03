"""The tables: the score of each page's latest draft, the overrides, and the workflow task."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from wagtail.models import Page, Task, TaskState, WorkflowState


class CopyScore(models.Model):
    """What the latest draft of a page got; the report view lists these."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="copy_score", verbose_name="страница")
    score = models.PositiveSmallIntegerField("оценка в сотых", null=True)  # of 900; null: nothing could be judged
    findings = models.PositiveIntegerField("замечания")
    blocking = models.PositiveIntegerField("мешают публикации")
    passes = models.BooleanField("готова")
    weakest = models.CharField("слабее всего", max_length=100, blank=True)
    checked_at = models.DateTimeField("проверена", auto_now=True)

    class Meta:
        """Names for people."""

        verbose_name = "оценка страницы"
        verbose_name_plural = "оценки страниц"

    def __str__(self) -> str:
        return f"{self.page}: {self.score}"


class CopyOverride(models.Model):
    """A text that may go out as it is. It holds for exactly this text of this page, by schedule and script too."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="copy_overrides", verbose_name="страница")
    digest = models.CharField("отпечаток текста", max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="кто разрешил")
    reason = models.TextField("причина")
    created_at = models.DateTimeField("когда", auto_now_add=True)

    class Meta:
        """Names for people, and the permission that an override needs."""

        verbose_name = "разрешение текста"
        verbose_name_plural = "разрешения текстов"
        default_permissions = ()
        permissions = (("override_copy", "Публиковать текст вопреки проверке"),)
        constraints = (models.UniqueConstraint(fields=("page", "digest"), name="vipcopy_one_override_a_text"),)

    def __str__(self) -> str:
        return f"{self.page}: {self.reason}"


class CopyCheckTask(Task):
    """A task that nobody has to do: a text that is fit goes on at once, another goes back with what to correct.

    Pages without CopyCheckMixin go on unchecked.
    """

    class Meta:
        """Names for people."""

        verbose_name = "Проверка текста"
        verbose_name_plural = "Проверки текста"

    def start(self, workflow_state: WorkflowState, user: AbstractBaseUser | None = None) -> TaskState:
        """The state of the task, approved or rejected already."""
        state = super().start(workflow_state, user=user)
        page = state.revision.as_object()
        refusal = page.find_copy_refusal() if hasattr(page, "find_copy_refusal") else None  # CopyCheckMixin has it
        if refusal is None:
            state.approve(user=user, update=False)
        else:
            state.reject(user=user, update=False, comment=refusal.summary)
        return state

    @classmethod
    def get_description(cls) -> str:
        """What editors read when they choose a task."""
        return "Пропускает текст, который прошёл проверку vipcopy; другой возвращает автору с замечаниями."
