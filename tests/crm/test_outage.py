"""A database that goes away is said to be away, and is used again when it is back."""

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.postgres import lent_postgres
from tests.replication import add, ask
from tests.serving import Server
from tools.temporary_postgres import TemporaryPostgres

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[TemporaryPostgres]:
    with lent_postgres() as server:
        yield server


@pytest.fixture(scope="module")
def server_on_postgres(
    own_postgres: TemporaryPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("outage"), own_postgres.url)
    running.prepare()
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
    server_on_postgres: Server, own_postgres: TemporaryPostgres
) -> None:
    ready = f"{server_on_postgres.base_url}/health/ready"
    assert status_and_retry(ready) == (200, None)

    own_postgres.stop()
    assert status_and_retry(ready) == (503, "5")
    assert status_and_retry(f"{server_on_postgres.base_url}/health/live") == (200, None)

    own_postgres.start()
    assert status_and_retry(ready) == (200, None)


def test_a_contact_is_answered_while_its_tables_change_and_connections_end(
    server_on_postgres: Server, own_postgres: TemporaryPostgres
) -> None:
    psycopg = pytest.importorskip("psycopg")
    key = server_on_postgres.credentials["redmineup"]["api_key"]
    add(server_on_postgres, key, "Ann")
    (found,) = ask(server_on_postgres, key, "/contacts.json")["contacts"]

    def answered() -> set[str]:
        # More often than there are workers: each has its statements prepared.
        path = f"/contacts/{found['id']}.json"
        answers = [ask(server_on_postgres, key, path) for _each in range(5)]
        return {answer["contact"]["first_name"] for answer in answers}

    assert answered() == {"Ann"}
    with psycopg.connect(own_postgres.url, autocommit=True) as connection:
        for statement in (
            "ALTER TABLE contacts_contactdocument ALTER body TYPE varchar(1000000)",
            "ALTER TABLE contacts_user ALTER first_name TYPE text",
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE application_name = 'rosetta-crm'",
        ):
            connection.execute(statement)
            assert answered() == {"Ann"}
