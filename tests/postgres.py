"""Lend tests a PostgreSQL server that they may stop and start."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tools.temporary_postgres import (
    NoPostgresError,
    TemporaryPostgres,
    temporary_postgres,
    temporary_replica,
)


@contextmanager
def lent_postgres() -> Iterator[TemporaryPostgres]:
    """Start a server, or skip the tests that ask for it where PostgreSQL is not installed."""
    try:
        with temporary_postgres() as server:
            yield server
    except NoPostgresError as error:
        if os.environ.get("REQUIRE_POSTGRES"):
            raise
        pytest.skip(str(error))


@pytest.fixture
def postgres() -> Iterator[TemporaryPostgres]:
    """Lend a server to one test."""
    with lent_postgres() as server:
        yield server


@pytest.fixture
def replica(postgres: TemporaryPostgres) -> Iterator[TemporaryPostgres]:
    """Start a streaming replica of the test's server."""
    with temporary_replica(postgres) as server:
        yield server
