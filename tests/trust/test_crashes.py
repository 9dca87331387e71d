"""A server that is killed at any instant loses nothing that it has acknowledged.

Programs of all five dialects create contacts, each with an Idempotency-Key, and a visitor sends the
public form, while the server is killed (``kill -9``, all its processes) and started again. Whoever
gets no answer sends the same request again. In the end every contact is there once.
"""

import json
import os
import random
import signal
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.serving import Server
from tests.trust.creating import WRITERS, Creator, creators, visitor
from tests.trust.figures import enough, tell
from tests.trust.recounting import assert_whole

PATIENCE_IN_SECONDS = 120
LAST_NAME = "Crashproof"
SENDERS = (*WRITERS, "form")
# What a form takes is a submission; of who shows no sign of a page somebody looks at it first.
SUBMITTED = (
    "import json; from contacts.models import Submission; "
    "print(json.dumps(list(Submission.objects.values_list('prepared__first_name', flat=True))))"
)


@dataclass
class Work:
    """What the writers have sent and what was acknowledged."""

    is_over: threading.Event = field(default_factory=threading.Event)
    sent: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def write(self, creator: Creator, writer: int) -> None:
        """Create contacts until told to stop; repeat each until it is acknowledged."""
        number = 0
        while not self.is_over.is_set():
            number += 1
            name = f"{creator.dialect}-{writer}-{number}"
            self.sent.append(name)
            give_up = time.monotonic() + PATIENCE_IN_SECONDS
            while not self._created(creator, name):
                if time.monotonic() > give_up:
                    self.faults.append(f"{name} was never answered")
                    return
                time.sleep(0.05)
            self.acknowledged.append(name)

    def _created(self, creator: Creator, name: str) -> bool:
        try:
            creator.create(name, LAST_NAME, key=f"crash-{name}")
        except urllib.error.HTTPError as error:
            with error:
                if error.code != 503:
                    self.faults.append(f"{name}: {error.code} {error.read()[:200]!r}")
            return False
        except (OSError, HTTPException):
            return False
        return True


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(running: Server) -> None:
    work, chance, kills = Work(), random.Random(7), enough(2, 100)
    threads = [
        threading.Thread(target=work.write, args=(creator, writer), daemon=True)
        for writer, creator in enumerate([*creators(running), visitor(running)])
    ]
    for thread in threads:
        thread.start()
    for _ in range(kills):
        time.sleep(chance.uniform(0.2, 1.5))
        kill(running)
        running.start()
    time.sleep(1)
    work.is_over.set()
    for thread in threads:
        thread.join()
    assert work.faults == []
    assert set(SENDERS) == {name.partition("-")[0] for name in work.acknowledged}
    stored = names_in(running)
    submitted = json.loads(running.manage("shell", "--verbosity=0", "-c", SUBMITTED))
    # A form knows a repetition for a minute, which a start on a busy machine may outlast.
    stored.update(set(submitted))
    assert [name for name in work.acknowledged if stored[name] != 1] == []
    assert sorted(set(stored) - set(work.sent)) == []
    running.stop()
    assert_whole(running)
    tell(
        "kill -9 under mixed writes",
        f"{kills} kills, {len(work.acknowledged):,} acknowledged, 0 lost, 0 twice",
    )


def kill(server: Server) -> None:
    """Kill all processes of a server at once."""
    assert server.process is not None
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server.process = None


def names_in(server: Server) -> Counter[str]:
    """Return how often each first name that a writer has sent is there."""
    found: Counter[str] = Counter()
    headers = {"X-Redmine-API-Key": server.credentials["redmineup"]["api_key"]}
    offset = 0
    while True:
        path = f"/contacts.json?limit=100&offset={offset}&sort=id"
        request = urllib.request.Request(server.base_url + path, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            contacts = json.load(answer)["contacts"]
        names = (contact["first_name"] for contact in contacts)
        found.update(name for name in names if name.partition("-")[0] in SENDERS)
        offset += 100
        if len(contacts) < 100:
            return found
