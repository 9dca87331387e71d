"""The cast with keys, speaking this dialect."""

from typing import Any

import pytest
from django.core.cache import cache

from contacts.models import Project, User
from tests.dialects.civicrm.calling import Caller, caller, site_key


@pytest.fixture(autouse=True)
def _local_cache(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def as_alice(alice: User) -> Caller:
    return caller(alice)


@pytest.fixture
def as_bob(bob: User) -> Caller:
    return caller(bob)


@pytest.fixture
def as_charlie(charlie: User) -> Caller:
    return caller(charlie)


@pytest.fixture
def as_ada(ada: User, project: Project) -> Caller:
    return caller(ada)


@pytest.fixture
def as_nobody(db: None) -> Caller:
    return Caller(site_key())
