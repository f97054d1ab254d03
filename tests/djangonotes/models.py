"""A model whose text is validated."""

from django.db import models

from vipcopy.contrib.django import VipCopyValidator


class Note(models.Model):
    """A note in HTML, and a plain subject that nobody validates."""

    body = models.TextField(validators=[VipCopyValidator(format="html")])
    subject = models.CharField(max_length=100, blank=True)
    pages = models.IntegerField(default=1)

    class Meta:
        """Named here, since the tests' folder is no package."""

        app_label = "djangonotes"
