"""The verdict on a page, by what is stored or by what an editor has just sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.forms import ModelForm
from wagtail.models import Page

import vipcopy
from vipcopy.contrib.django.conf import load_checker, read_settings
from vipcopy.contrib.django.gate import Verdict
from vipcopy.contrib.wagtail.policy import read_policy
from vipcopy.contrib.wagtail.texts import PageText, build_text

_UNCHECKED = vipcopy.Score(0, 0, ())


@dataclass(frozen=True, slots=True)
class PageVerdict:
    """A page's text, its report and whether it may go out."""

    text: PageText
    verdict: Verdict
    enabled: bool

    @property
    def passes(self) -> bool:
        """Whether the page may go out. A text over the limits is not checked, so it may not."""
        return not self.enabled or self.verdict.passes

    @property
    def summary(self) -> str:
        """The verdict in one line."""
        return vipcopy.write_summary(self.verdict.report)


def check_page(page: Page) -> PageVerdict:
    """The verdict on a page as it stands in memory: for a revision, its object."""
    return _check(page, lambda name: getattr(page, name, None))


def check_form(form: ModelForm, values: Mapping[str, object]) -> PageVerdict:
    """The verdict on the values that a form has read; what the form does not ask for is as its page has it."""
    page = form.instance
    return _check(page, lambda name: values.get(name) if name in form.fields else getattr(page, name, None))


def _check(page: Page, read: Callable[[str], object]) -> PageVerdict:
    policy = read_policy(type(page))
    text = build_text((page._meta.get_field(name), read(name)) for name in policy.fields)
    return PageVerdict(text, Verdict(_report(load_checker(), text.html), policy.policy), policy.covers(page))


def _report(checker: vipcopy.Checker, html: str) -> vipcopy.Report:
    """A check that ran out of time is no report to keep: the next one may have it. What can't be read is an error."""
    try:
        return _check_once(checker, html)
    except (vipcopy.LimitError, vipcopy.ReadError) as error:
        return vipcopy.Report("", "", 0, (), _UNCHECKED, str(error))


@lru_cache(maxsize=64)  # form, draft, publication and panel ask for the same text within a second
def _check_once(checker: vipcopy.Checker, html: str) -> vipcopy.Report:
    return checker.check_text(html, format="html", limits=read_settings().limits)
