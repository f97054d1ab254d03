"""The example site as a Django of the tests: its own settings, a database in memory that is migrated once a run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings

ROOT = Path(__file__).parent.parent
SITE = ROOT / "examples" / "wagtail_site"
TINY = str(ROOT / "tests" / "packs" / "tiny")


def start_django() -> None:
    """Set up the site once a process; rules are those of the tiny pack."""
    if settings.configured:
        return
    sys.path.insert(0, str(SITE))
    from house import settings as house

    values = {name: getattr(house, name) for name in dir(house) if name.isupper()}
    values["DATABASES"] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    values["INSTALLED_APPS"] = ["djangonotes", *values["INSTALLED_APPS"]]
    values["MIGRATION_MODULES"] = {"djangonotes": None}
    values["PASSWORD_HASHERS"] = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    values["VIPCOPY"] = {"PACKS": [TINY]}
    values["DEBUG"] = False
    settings.configure(**values)
    django.setup()


@contextmanager
def open_database() -> Iterator[None]:
    """A migrated database."""
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment

    setup_test_environment(debug=False)
    old = setup_databases(verbosity=0, interactive=False)
    yield
    teardown_databases(old, verbosity=0)
    teardown_test_environment()


@contextmanager
def roll_back() -> Iterator[None]:
    """Whatever is written inside is gone after it."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
