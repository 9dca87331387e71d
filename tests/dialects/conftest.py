"""What the tests of every dialect share: a cache of their own, the cast, a server for clients.

A dialect's folder says with the fixture `speak` how a user of the cast speaks to it.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from contacts.models import User
from tests.serving import Server, serving


@pytest.fixture(autouse=True)
def _local_cache(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def as_alice(speak: Callable[[User], Any], alice: User) -> Any:
    return speak(alice)


@pytest.fixture
def as_bob(speak: Callable[[User], Any], bob: User) -> Any:
    return speak(bob)


@pytest.fixture
def as_charlie(speak: Callable[[User], Any], charlie: User) -> Any:
    return speak(charlie)


@pytest.fixture
def as_ada(speak: Callable[[User], Any], ada: User) -> Any:
    return speak(ada)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve to the clients of one module alone: they count what they find."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running
