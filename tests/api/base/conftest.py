"""A user with a token, and a client that knocks at the probe."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from contacts.access import make_credential
from contacts.models import User


@pytest.fixture(autouse=True)
def _probe_addresses(settings: Settings) -> Iterator[None]:
    """Mount the probe alone, with counters that begin at nothing."""
    settings.ROOT_URLCONF = "tests.api.base.probe"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client(alice: User) -> Client:
    """Return a client with the token of alice, which reports errors as answers."""
    _, token = make_credential("probe", alice)
    return Client(headers={"X-Token": token}, raise_request_exception=False)


@pytest.fixture
def stranger() -> Client:
    """Return a client without credentials."""
    return Client(raise_request_exception=False)
