"""One world for all tests of a module: it is never changed for good."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from contacts.fields import reference
from tests.serving import Server, own_database
from tests.trust.figures import LONG
from tests.trust.recounting import assert_whole
from tests.trust.world import World, build

# So that what is tested is neither how often one may ask nor how long a token works: a long run on
# a busy machine outlives the usual half hour.
UNLIMITED = {
    **dict.fromkeys(("ADDRESS_RATE", "CREDENTIAL_RATE"), "1000000/min"),
    "WILDAPRICOT_TOKEN_SECONDS": "86400",
}


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


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve to the tests of one module, without limits on how often one asks."""
    with serving_unlimited(tmp_path_factory.mktemp("running")) as server:
        yield server


@contextmanager
def serving_unlimited(folder: Path, **settings: str) -> Iterator[Server]:
    """Serve without limits on how often one asks.

    A long run looks at the database when the tests are through.
    """
    with own_database(folder) as address:
        server = Server(folder, address, {**UNLIMITED, **settings})
        server.prepare()
        server.start()
        yield server
        server.stop()
        if LONG:
            assert_whole(server)
