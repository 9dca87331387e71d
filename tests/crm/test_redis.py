"""Servers that share a Redis count limits together, and serve on when it dies."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.shared_cache import SharedCache
from tests.redis_server import Redis
from tests.serving import PATIENCE_IN_SECONDS, Server, free_port, own_database

LIMIT = 6


@pytest.fixture
def pair(redis: Redis, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Lend two servers of one installation, as two machines would be."""
    settings = {
        "CACHE_URL": redis.url,
        "CREDENTIAL_RATE": f"{LIMIT}/day",
        "SECRET_KEY": "the same on every machine, as the documentation says",
        "WEB_CONCURRENCY": "2",
    }
    with own_database(tmp_path) as database_url:
        first, second = (Server(tmp_path, database_url, settings=settings) for _ in range(2))
        first.prepare()
        first.start()
        second.start()
        yield first, second
        second.stop()
        first.stop()


def test_without_redis_a_process_counts_and_remembers_on_its_own() -> None:
    cache = SharedCache(f"redis://127.0.0.1:{free_port()}/0", {})
    assert cache.add("tries", 1, 60)
    assert not cache.add("tries", 1, 60)
    assert [cache.incr("tries") for _ in range(2)] == [2, 3]
    assert cache.get_many(["tries", "others"]) == {"tries": 3}
    assert cache.delete("tries")
    assert cache.get("tries") is None


def status(server: Server, key: str) -> int:
    """Ask for contacts and return the status of the answer."""
    request = urllib.request.Request(
        f"{server.base_url}/contacts.json?limit=1", headers={"X-Redmine-API-Key": key}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_processes_and_machines_share_limits_in_redis_and_serve_on_when_it_dies(
    redis: Redis, pair: tuple[Server, Server]
) -> None:
    first, second = pair
    key = first.credentials["redmineup"]["api_key"]
    each = [status(server, key) for _ in range(LIMIT // 2) for server in pair]
    assert each == [200] * LIMIT
    assert [status(server, key) for server in pair] == [429, 429]
    assert any("throttle_credential" in name for name in redis.names())

    redis.stop()
    assert [status(server, key) for server in pair] == [200, 200]
    assert "redis away" in second.log.read_text()

    # Once it is back it counts again, after it was left alone for a while.
    redis.start()
    give_up = time.monotonic() + PATIENCE_IN_SECONDS
    while status(first, key) == 200:
        assert time.monotonic() < give_up, "limits are not counted again"
        time.sleep(0.2)
