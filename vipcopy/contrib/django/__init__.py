"""Texts of Django models and forms, held back until they are fit for a VIP.

    INSTALLED_APPS = [..., "vipcopy.contrib.django"]
    VIPCOPY = {"MIN_SCORE": 7.0, "FAIL_ON": "error"}

    class Letter(models.Model):
        body = models.TextField(validators=[VipCopyValidator(format="html")])

`python manage.py check_copy letters.Letter.body` checks the rows that are there already.
"""

from vipcopy.contrib.django.validators import VipCopyValidator

__all__ = ["VipCopyValidator"]
