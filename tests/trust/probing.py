"""Tell, as lines of JSON, the creating requests of the permission matrix for a served world.

Run beside a server, in its environment: the world is built for good there.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.test.utils import setup_test_environment

from tests.dialects.contract.driver import Driver, speakers
from tests.trust.people import speak
from tests.trust.rows import rows_of
from tests.trust.rows.filling import hidden_in
from tests.trust.world import World, build


def tell_requests() -> None:
    """Build the world and print every request that an administrator could send twice."""
    setup_test_environment()
    world = build()
    for dialect, driver in speakers():
        if dialect.name == "toy":
            continue
        speaking = speak("administrator", dialect, driver, world)
        for request in _requests(dialect.name, speaking, world):
            sys.stdout.write(json.dumps(request) + "\n")


def _requests(name: str, speaking: Driver, world: World) -> Iterator[dict[str, Any]]:
    session = getattr(getattr(speaking, "caller", None), "session", "")
    seen: set[str] = set()
    for probe in rows_of(name).probes():
        if probe.method != "POST" or probe.is_about_session or probe.kind in seen:
            continue
        seen.add(probe.kind)
        path, body = hidden_in(world, probe, session)
        yield {
            "dialect": name,
            "kind": probe.kind,
            "path": path,
            "body": body,
            "headers": {**speaking.headers(), "Content-Type": probe.content_type},
        }
