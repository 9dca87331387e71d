"""One world for all tests of a module: it is never changed for good."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from contacts.fields import reference
from tests.trust.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Lend the world; nothing of it stays."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel("2026-11-28T12:00:00Z", tick=False),
        transaction.atomic(),
    ):
        reference.forget()
        yield build()
        transaction.set_rollback(True)
    reference.forget()
