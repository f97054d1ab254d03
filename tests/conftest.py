"""Settings that all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

collect_ignore = [
    "djangonotes",  # no tests: modules that need a Django that is set up
    "djangosite.py",
    "poison",  # has a module that Python may know by the same name
]

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)  # the same run gives the same result
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def django_site() -> Iterator[None]:
    """The example site on a migrated database; migrations take seconds, so it is one for all tests of a run."""
    from djangosite import open_database, start_django

    start_django()
    with open_database():
        yield


@pytest.fixture
def django_rows(django_site: None) -> Iterator[None]:
    """What a test writes into the database is gone after it."""
    from djangosite import roll_back

    with roll_back():
        yield
