"""Lend tests a Redis that they may stop and start."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serving import PATIENCE_IN_SECONDS, free_port


@dataclass
class Redis:
    """A redis-server of the test's own, which writes nothing to the disk."""

    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    def __post_init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it answers."""
        words = [
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["redis-server", *words, "--dir", str(self.folder)], stdout=log, stderr=log
            )
        give_up = time.monotonic() + PATIENCE_IN_SECONDS
        while not self.is_up():
            assert time.monotonic() < give_up, "redis-server does not answer"
            time.sleep(0.05)

    def is_up(self) -> bool:
        """Tell whether it answers."""
        try:
            return len(self.names()) >= 0
        except OSError:
            return False

    def names(self) -> set[str]:
        """Return the names of everything that is kept."""
        redis = pytest.importorskip("redis")
        try:
            with redis.Redis.from_url(self.url) as client:
                return {name.decode() for name in client.keys("*")}
        except redis.exceptions.ConnectionError as error:
            raise ConnectionError from error

    def stop(self) -> None:
        """Kill it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    """Lend a Redis to one test."""
    if shutil.which("redis-server") is None:
        if os.environ.get("REQUIRE_REDIS"):
            pytest.fail("redis-server is not installed")
        pytest.skip("redis-server is not installed. Run: sudo apt install redis-server")
    running = Redis(tmp_path)
    running.start()
    yield running
    running.stop()
