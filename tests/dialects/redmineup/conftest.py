"""The cast with keys, speaking this dialect."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from contacts.models import User
from tests.builders import make_key

KIND = "redmineup_key"


class Speaker(Client):
    """A client with the key of one user in the header."""

    def __init__(self, user: User | None, **options: Any) -> None:
        self.user = user
        self.key = make_key(user, KIND, **options) if user else ""
        headers = {"X-Redmine-API-Key": self.key} if user else {}
        super().__init__(headers=headers, raise_request_exception=False)

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> HttpResponse:
        """Send JSON."""
        raw = b"" if body is None else json.dumps(body).encode()
        kind = more.pop("content_type", "application/json")
        return self.generic(method, path, raw, content_type=kind, **more)

    def send_xml(self, method: str, path: str, body: str, **more: Any) -> HttpResponse:
        """Send XML."""
        return self.generic(method, path, body.encode(), content_type="application/xml", **more)


Speak = Callable[..., Speaker]


@pytest.fixture(autouse=True)
def _local_cache(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def as_ada(ada: User) -> Speaker:
    return Speaker(ada)


@pytest.fixture
def as_alice(alice: User) -> Speaker:
    return Speaker(alice)


@pytest.fixture
def as_bob(bob: User) -> Speaker:
    return Speaker(bob)


@pytest.fixture
def as_charlie(charlie: User) -> Speaker:
    return Speaker(charlie)


@pytest.fixture
def as_nobody(db: None) -> Speaker:
    return Speaker(None)
