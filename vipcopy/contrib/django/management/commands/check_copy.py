"""`manage.py check_copy app.Model.field`: the texts of rows that are in the database already."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.models import CharField, Field, Manager, TextField

import vipcopy
from vipcopy.contrib.django import VipCopyValidator
from vipcopy.contrib.django.conf import FAIL_ON, is_score, load_checker, read_settings
from vipcopy.contrib.django.gate import Policy, Verdict

_UNCHECKED = vipcopy.Score(0, 0, ())


@dataclass(frozen=True, slots=True)
class Target:
    """A field of a model, and how its texts are checked."""

    label: str
    rows: Manager
    field: str
    format: str
    policy: Policy


@dataclass(slots=True)
class Tally:
    """How a run went: what the exit code says."""

    checked: int = 0
    refused: int = 0
    failed: int = 0

    @property
    def code(self) -> int:
        """0 clean, 1 some rows are refused, 2 some could not be checked."""
        return 2 if self.failed else 1 if self.refused else 0


class Command(BaseCommand):
    """Rows are read in batches; the list is for a person, or JSON as `vipcopy check --format json` writes it."""

    help = "Проверяет тексты, которые уже лежат в базе. Код завершения: 0 чисто, 1 есть отказы, 2 не проверено."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The fields and the ways to check them."""
        parser.add_argument("fields", nargs="+", metavar="app.Model.field", help="Поля с текстом.")
        parser.add_argument("--format", choices=("text", "markdown", "html"), help="Формат; иначе — как в валидаторе.")
        parser.add_argument("--min-score", type=float, help="Наименьшая оценка, от 0 до 9.")
        parser.add_argument("--fail-on", choices=FAIL_ON, help="С какой важности замечание — отказ.")
        parser.add_argument("--batch-size", type=int, default=500, help="Сколько строк читать за раз (500).")
        parser.add_argument("--database", default="default", choices=tuple(connections), help="База данных.")
        parser.add_argument("--json", action="store_true", help="Вывод в JSON.")

    def handle(self, **given: object) -> None:
        """Check every row that has a text; leave with the code of the tally."""
        options = argparse.Namespace(**given)
        if not is_score(options.min_score):
            raise CommandError(f"--min-score {options.min_score:g}: напишите число от 0 до 9", returncode=2)
        if options.batch_size < 1:
            raise CommandError(f"--batch-size {options.batch_size}: напишите число от 1", returncode=2)
        targets = [self._find_target(label, options) for label in options.fields]
        tally = Tally()
        reports = (report for target in targets for report in self._check(target, options, tally))
        if options.json:
            for line in vipcopy.write(reports, "json", vipcopy.Style(version=vipcopy.version())):
                self.stdout.write(line)
        else:
            for _ in reports:
                pass
            self.stdout.write(f"Проверено: {tally.checked}; отказов: {tally.refused}; не проверено: {tally.failed}")
        if tally.code:
            sys.exit(tally.code)

    def _find_target(self, label: str, options: argparse.Namespace) -> Target:
        """Raises CommandError for a field that is not there or holds no text."""
        model_label, _, name = label.rpartition(".")
        try:
            model = apps.get_model(model_label)
            field = model._meta.get_field(name)
        except (LookupError, ValueError, FieldDoesNotExist):
            raise CommandError(f"нет поля «{label}»; напишите app.Model.field", returncode=2) from None
        if not isinstance(field, CharField | TextField):
            raise CommandError(f"«{label}» — не текстовое поле; назовите поле с текстом", returncode=2)
        validator = _find_validator(field)
        chosen = VipCopyValidator(
            min_score=validator.min_score if options.min_score is None else options.min_score,
            fail_on=options.fail_on or validator.fail_on,
            format=options.format or validator.format,
        )
        rows = model._default_manager.using(options.database)
        return Target(label, rows, name, chosen.format, chosen.policy)

    def _check(self, target: Target, options: argparse.Namespace, tally: Tally) -> Iterator[vipcopy.Report]:
        rows = target.rows.exclude(**{target.field: ""}).exclude(**{f"{target.field}__isnull": True}).order_by("pk")
        total = rows.count() if self.stderr.isatty() else 0
        for pk, text in rows.values_list("pk", target.field).iterator(chunk_size=options.batch_size):
            report = _check_row(f"{target.label}:{pk}", text, target.format)
            self._count(report, target, tally, quiet=options.json)
            self._show_progress(target.label, tally.checked, total)
            yield report

    def _count(self, report: vipcopy.Report, target: Target, tally: Tally, *, quiet: bool) -> None:
        tally.checked += 1
        refused = report.error is None and not Verdict(report, target.policy).passes
        tally.failed += report.error is not None
        tally.refused += refused
        if (refused or report.error) and not quiet:
            summary = vipcopy.write_summary(report)
            self.stdout.write(summary if report.error else f"{report.name}: {summary}")

    def _show_progress(self, label: str, checked: int, total: int) -> None:
        if total:
            self.stderr.write(f"\r{label}: {checked} из {total}", ending="\n" if checked == total else "")


def _find_validator(field: Field) -> VipCopyValidator:
    own = [each for each in field.validators if isinstance(each, VipCopyValidator)]
    html = type(field).__name__ == "RichTextField"  # Wagtail's: its text is HTML
    return own[0] if own else VipCopyValidator(format="html" if html else "text")


def _check_row(name: str, text: str, format: str) -> vipcopy.Report:
    try:
        return load_checker().check_text(text, name=name, format=format, limits=read_settings().limits)
    except (vipcopy.LimitError, vipcopy.ReadError) as error:
        return vipcopy.Report(name, "", 0, (), _UNCHECKED, str(error))
