"""The cast with tokens, speaking this dialect."""

from typing import Any

import pytest
from django.core.cache import cache

from contacts.models import Project, User
from tests.builders import join, make_user
from tests.dialects.concord.calling import Caller, caller


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
def as_ada(ada: User) -> Caller:
    return caller(ada)


@pytest.fixture
def as_reader(project: Project) -> Caller:
    """Return rita, who may read in the project and do little else."""
    user = make_user("rita", first_name="Rita", last_name="Reporter")
    join(user, project, "Reporter")
    return caller(user)


@pytest.fixture
def as_nobody(db: None) -> Caller:
    return Caller()
