"""The same people, speaking each dialect in turn."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from api.base.dialect import Dialect
from contacts.models import Project, User
from tests.dialects.contract.driver import Driver, speakers

SPEAKERS = speakers()

# Returns somebody who speaks the dialect of the test; nobody's credentials without a user.
Speaking = Callable[[User | None], Driver]


@pytest.fixture(params=SPEAKERS, ids=[dialect.name for dialect, _ in SPEAKERS])
def speaker(request: pytest.FixtureRequest, settings: Settings) -> tuple[Dialect, type[Driver]]:
    """Return a dialect with its driver, and mount it."""
    dialect, driver = request.param
    settings.ROOT_URLCONF = driver.urlconf
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    return dialect, driver


@pytest.fixture
def dialect(speaker: tuple[Dialect, type[Driver]]) -> Dialect:
    """Return the dialect."""
    return speaker[0]


@pytest.fixture
def speaking(speaker: tuple[Dialect, type[Driver]], project: Project) -> Speaking:
    """Return a function that lets a user speak the dialect."""
    dialect, driver = speaker
    return lambda user: driver(dialect, user, project)


@pytest.fixture
def alice_speaks(speaking: Speaking, alice: User) -> Driver:
    """Return alice, who may do everything in the project."""
    return speaking(alice)


@pytest.fixture
def stranger(speaking: Speaking) -> Client:
    """Return a client without credentials."""
    return speaking(None).client
