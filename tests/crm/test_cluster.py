"""Two web servers, a worker of its own, a primary, a streaming replica and a Redis, as one CRM.

Replay on the replica is halted where an old answer shows that it was the replica's.
"""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from contacts.access import replica as replica_rules
from tests.redis_server import Redis
from tests.replication import add, ask, catch_up, key_of, names, sql, wait_for
from tests.serving import ROOT, Server
from tools.temporary_postgres import TemporaryPostgres

pytestmark = pytest.mark.postgres

LOOK = "/admin/contacts/duplicate/"
DONE = '<span class="chip good">done</span>'


@dataclass
class Cluster:
    """Everything that serves one CRM together."""

    first: Server
    second: Server
    primary: TemporaryPostgres
    replica: TemporaryPostgres
    redis: Redis


@pytest.fixture
def cluster(
    postgres: TemporaryPostgres, replica: TemporaryPostgres, redis: Redis, tmp_path: Path
) -> Iterator[Cluster]:
    settings = {
        "CACHE_URL": redis.url,
        "DATABASE_REPLICA_URL": replica.url,
        "SECRET_KEY": "the same on every machine, as the documentation says",
        "WEB_CONCURRENCY": "1",
    }
    servers = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        shared = {**settings, "MEDIA_ROOT": str(tmp_path / "media")}
        servers.append(Server(tmp_path / name, postgres.url, settings=shared))
    first, second = servers
    first.prepare()
    catch_up(postgres, replica)
    first.start()
    second.start()
    with working(first):
        yield Cluster(first, second, postgres, replica, redis)
    second.stop()
    first.stop()


@contextmanager
def working(server: Server) -> Iterator[None]:
    """Run `make worker` on the database of a server."""
    with (server.folder / "worker.log").open("ab") as log:
        worker = subprocess.Popen(
            ["make", "worker", f"BIN={Path(sys.executable).parent}"],
            cwd=ROOT,
            env=server.environment,
            stdout=log,
            stderr=log,
            # A group of its own, so that it can be ended with what it started.
            start_new_session=True,
        )
    try:
        yield
    finally:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait()


class Administrator:
    """A person whose browser is sent now to one server and now to the other."""

    def __init__(self, server: Server) -> None:
        """Sign in."""
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        fields = {"username": "admin", "password": str(server.credentials["password"])}
        self.send(server, "/admin/login/", "/admin/login/", fields)

    def read(self, server: Server, path: str) -> str:
        """Return a page."""
        with self.opener.open(f"{server.base_url}{path}", timeout=60) as page:
            return str(page.read().decode())

    def send(self, server: Server, page: str, path: str, fields: dict[str, str]) -> str:
        """Send a form of a page and return the path that the server leads to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.read(server, page))
        assert token is not None
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token[1]}).encode()
        headers = {"Referer": f"{server.base_url}{page}"}
        request = urllib.request.Request(f"{server.base_url}{path}", body, headers)
        with self.opener.open(request, timeout=60) as answer:
            return urllib.parse.urlsplit(answer.url).path

    def look_for_duplicates(self, server: Server) -> str:
        """Start a job and return the path of its page."""
        return self.send(server, LOOK, f"{LOOK}look/", {})


def test_two_servers_a_worker_and_a_replica_are_one_crm_and_go_on_without_redis_and_replica(
    cluster: Cluster,
) -> None:
    first, second = cluster.first, cluster.second
    writer, reader = first.credentials["redmineup"]["api_key"], key_of(first, "reader")
    add(first, writer, "Ann")
    catch_up(cluster.primary, cluster.replica)
    assert [names(server, reader) for server in (first, second)] == [{"Ann"}, {"Ann"}]

    sql(cluster.replica, "SELECT pg_wal_replay_pause()")
    written = write_and_read_elsewhere(cluster, writer)
    assert any("wrote:" in name for name in cluster.redis.names())
    # Others are answered by the replica, whichever server they ask.
    assert [names(server, reader) for server in (first, second)] == [{"Ann"}, {"Ann"}]
    sql(cluster.replica, "SELECT pg_wal_replay_resume()")
    catch_up(cluster.primary, cluster.replica)
    assert names(second, reader) == {"Ann", *written}

    # A job that one server takes is done by the worker, and the other server shows it.
    person = Administrator(first)
    path = person.look_for_duplicates(first)
    wait_for(lambda: DONE in person.read(second, path))
    assert "job done" in (first.folder / "worker.log").read_text()

    cluster.redis.stop()
    add(first, writer, "Cid")
    add(second, writer, "Dan")
    catch_up(cluster.primary, cluster.replica)
    everybody = {"Ann", *written, "Cid", "Dan"}
    assert [names(server, reader) for server in (first, second)] == [everybody, everybody]
    path = person.look_for_duplicates(second)
    wait_for(lambda: DONE in person.read(first, path))

    cluster.replica.stop()
    assert [names(server, reader) for server in (first, second)] == [everybody, everybody]
    add(second, writer, "Eve")
    assert "Eve" in names(first, reader)
    assert ask(second, reader, "/health/ready") == {"status": "ok", "replica": "away"}


def write_and_read_elsewhere(cluster: Cluster, writer: str) -> set[str]:
    """Let somebody write through one server and read that through the other; returns the names.

    Once more where the machine was so busy that what was written is no longer fresh.
    """
    written: set[str] = set()
    for name in ("Bob", "Bill", "Ben", "Beth", "Bea"):
        written.add(name)
        before = time.monotonic()
        add(cluster.first, writer, name)
        shown = names(cluster.second, writer)
        if time.monotonic() - before < replica_rules.FRESH_FOR_SECONDS:
            assert shown == {"Ann", *written}
            return written
    pytest.fail("reading took too long each time")
