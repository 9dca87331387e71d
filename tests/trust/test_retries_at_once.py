"""A creating request that several send at once with one Idempotency-Key acts once.

The requests are those of the permission matrix: every operation that is registered is tried, in
every dialect, against the real server.
"""

import json
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.serving import Server
from tests.trust.figures import LONG, tell
from tests.trust.outages import Answer, answer_to

CLIENTS = 4
# Of each dialect so many operations that do something are enough among all other tests.
ENOUGH = 3
TELL = "from tests.trust.probing import tell_requests; tell_requests()"
CONFLICT = 409
AWAY = 503

Request = dict[str, Any]


@pytest.fixture(scope="module")
def requests(running: Server) -> dict[str, list[Request]]:
    """Return what is tried, by dialect."""
    told = running.manage("shell", "--verbosity=0", "-c", TELL)
    found: dict[str, list[Request]] = defaultdict(list)
    for line in told.splitlines():
        if line.startswith("{"):
            request = json.loads(line)
            found[request["dialect"]].append(request)
    return found


@pytest.mark.parametrize("dialect", ["redmineup", "concord", "wildapricot", "vtiger", "civicrm"])
def test_what_is_sent_at_once_acts_once(
    dialect: str, running: Server, requests: dict[str, list[Request]]
) -> None:
    tried, conflicts, faults = 0, 0, []
    for number, request in enumerate(requests[dialect]):
        answers = at_once(running, request, f"{dialect}-at-once-{number}")
        done = [each for each in answers if each.is_success and not is_refusal(each)]
        if not done:
            continue
        tried += 1
        conflicts += sum(each.status == CONFLICT for each in answers)
        faults += [f"{request['kind']}: {fault}" for fault in faults_in(answers, done)]
        if not LONG and tried == ENOUGH:
            break
    assert faults == []
    assert tried >= ENOUGH
    tell(
        f"Idempotency-Key at once: {dialect}",
        f"{tried} operations sent {CLIENTS} times at once, each acted once,"
        f" {conflicts} told of the other",
    )


def faults_in(answers: list[Answer], done: list[Answer]) -> list[str]:
    """Return what is wrong with answers of which some are a success."""
    others = [each for each in answers if each not in done]
    # On a busy machine one may also be told to come back later.
    faults = [f"{each}" for each in others if each.status != CONFLICT and not is_put_off(each)]
    if len({(each.status, each.body) for each in done}) != 1:
        faults.append(f"different answers: {done}")
    acted = sum(not each.is_replayed for each in done)
    if acted != 1:
        faults.append(f"acted {acted} times")
    return faults


def is_put_off(answer: Answer) -> bool:
    """Say whether an answer asks to try again later, and says when."""
    return answer.status == AWAY and bool(answer.wait)


def is_refusal(answer: Answer) -> bool:
    """Say whether an answer with the status of a success is a no."""
    body = answer.body.replace(b" ", b"")
    return b'"success":false' in body or b'"is_error":1' in body


def at_once(server: Server, request: Request, key: str) -> list[Answer]:
    """Send one request several times at the same moment; return the answers."""
    start = Barrier(CLIENTS)
    headers = {**request["headers"], "Idempotency-Key": key}

    def send(_client: int) -> Answer:
        start.wait()
        return answer_to(
            urllib.request.Request(
                server.base_url + request["path"],
                data=request["body"].encode(),
                headers=headers,
                method="POST",
            )
        )

    with ThreadPoolExecutor(CLIENTS) as clients:
        return list(clients.map(send, range(CLIENTS)))
