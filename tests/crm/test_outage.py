"""A database that goes away is said to be away, and is used again when it is back."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server
from tools.temporary_postgres import TemporaryPostgres

pytestmark = pytest.mark.postgres


@pytest.fixture
def server_on_postgres(postgres: TemporaryPostgres, tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path, postgres.url)
    running.manage("migrate", "--verbosity=0")
    running.start()
    yield running
    running.stop()


def status_and_retry(address: str) -> tuple[int, str | None]:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.headers["Retry-After"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Retry-After"]


def test_readiness_follows_the_database_without_a_restart(
    server_on_postgres: Server, postgres: TemporaryPostgres
) -> None:
    ready = f"{server_on_postgres.base_url}/health/ready"
    assert status_and_retry(ready) == (200, None)

    postgres.stop()
    assert status_and_retry(ready) == (503, "5")
    assert status_and_retry(f"{server_on_postgres.base_url}/health/live") == (200, None)

    postgres.start()
    assert status_and_retry(ready) == (200, None)
