"""The validator of text fields, in models and in forms."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible

import vipcopy
from vipcopy.contrib.django.conf import FAIL_ON, is_score, load_checker, read_settings
from vipcopy.contrib.django.errors import build_errors
from vipcopy.contrib.django.gate import Policy, Verdict, build_policy


@deconstructible(path="vipcopy.contrib.django.VipCopyValidator")
class VipCopyValidator:
    """Refuses a text with a grave finding or a low score; what is not said here is taken from `VIPCOPY`.

    Each finding is a ValidationError whose code is the rule's id; a low score has the code `score`, a text that is
    too long to check `limit`, one that cannot be read `unreadable`. `format` is "text", "markdown" or "html".
    """

    def __init__(self, *, min_score: float | None = None, fail_on: str | None = None, format: str = "text") -> None:
        if not is_score(min_score):
            raise ValueError(f"min_score={min_score!r}: напишите число от 0 до 9")
        if fail_on is not None and fail_on not in FAIL_ON:
            raise ValueError(f"fail_on={fail_on!r}: напишите одно из: {', '.join(FAIL_ON)}")
        if format not in ("text", "markdown", "html"):
            raise ValueError(f"format={format!r}: напишите одно из: text, markdown, html")
        self.min_score, self.fail_on, self.format = min_score, fail_on, format

    @property
    def policy(self) -> Policy:
        """The thresholds, completed from the site's settings."""
        site = read_settings()
        least = site.min_score if self.min_score is None else self.min_score
        return build_policy(least, self.fail_on or site.fail_on)

    def __call__(self, value: object) -> None:
        """Raises ValidationError with all that stands in the way, TypeError for bytes."""
        if isinstance(value, bytes | bytearray | memoryview):
            raise TypeError("VipCopyValidator: это байты, а не текст; поставьте его на поле со строкой")
        try:
            report = load_checker().check_text(str(value), format=self.format, limits=read_settings().limits)
        except (vipcopy.LimitError, vipcopy.ReadError) as error:
            code = "limit" if isinstance(error, vipcopy.LimitError) else "unreadable"
            raise ValidationError("%(message)s", code=code, params={"message": str(error)}) from error
        if errors := list(build_errors(Verdict(report, self.policy))):
            raise ValidationError(errors)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VipCopyValidator) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[float | None, str | None, str]:
        return self.min_score, self.fail_on, self.format
