"""Many programs change the same contact at once, and no change is lost in silence."""

import json
import threading
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from tests.serving import Server
from tests.trust.conversations import ask
from tests.trust.creating import creators
from tests.trust.figures import enough, tell

CLIENTS = 4


def test_two_who_count_with_if_match_lose_nothing(running: Server) -> None:
    contact, each = made(running, "Counted"), enough(5, 100)
    refusals: Counter[int] = Counter()

    def count(_client: int) -> None:
        for _ in range(each):
            while (status := add_one(running, contact)) != 200:
                refusals[status] += 1

    together(count)
    total = int(read(running, contact)[0]["background"])
    assert total == CLIENTS * each
    # Whoever was too late was told so, and nobody anything else.
    assert set(refusals) <= {412}
    tell(
        "no lost update (If-Match)",
        f"{total} of {total} counted by {CLIENTS} clients, {refusals[412]} refused by 412",
    )


def test_changes_of_different_fields_all_survive(running: Server) -> None:
    contact, rounds = made(running, "Shared"), enough(5, 100)
    fields = ("first_name", "last_name", "job_title", "background")

    def change(client: int) -> None:
        for number in range(rounds):
            assert put(running, contact, {fields[client]: f"x{number}"}) in (200, 204)

    together(change)
    stored, _tag = read(running, contact)
    assert {name: stored[name] for name in fields} == dict.fromkeys(fields, f"x{rounds - 1}")
    tell(
        "partial updates of different fields",
        f"{CLIENTS * rounds} changes at once, all {len(fields)} last values there",
    )


def test_the_same_request_sent_at_once_has_one_effect_in_every_dialect(running: Server) -> None:
    rounds = enough(1, 20)
    for creator in creators(running):
        for number in range(rounds):
            name, key = f"{creator.dialect}-{number}", f"once-{creator.dialect}-{number}"
            answers: list[bytes] = []
            together(
                lambda _client, creator=creator, name=name, key=key, answers=answers: (
                    answers.append(creator.create(name, "Once", key=key))
                )
            )
            assert len(set(answers)) == 1
    headers = {"X-Redmine-API-Key": running.credentials["redmineup"]["api_key"]}
    found = json.loads(ask(running, "/contacts.json?last_name=%3DOnce", headers=headers))
    assert found["total_count"] == len(creators(running)) * rounds
    tell(
        "Idempotency-Key",
        f"{found['total_count']} creates sent {CLIENTS} times at once in 5 dialects, 0 twice",
    )


def test_nobody_was_told_of_a_locked_database(running: Server) -> None:
    log = running.log.read_text(errors="replace")
    assert "database is locked" not in log
    assert '"status": 500' not in log


def together(work: Callable[[int], object]) -> None:
    """Let every client do the work, all from the same moment on."""
    start = threading.Barrier(CLIENTS)

    def begin(client: int) -> None:
        start.wait()
        work(client)

    with ThreadPoolExecutor(CLIENTS) as clients:
        for done in [clients.submit(begin, client) for client in range(CLIENTS)]:
            done.result()


def made(server: Server, name: str) -> int:
    """Create a contact and return its id."""
    keys = server.credentials["redmineup"]
    values = {"first_name": name, "background": "0", "project_id": keys["project"]}
    status, body, _tag = send(server, "POST", "/contacts.json", {"contact": values})
    assert status == 201, body
    return int(json.loads(body)["contact"]["id"])


def read(server: Server, contact: int) -> tuple[dict[str, str], str]:
    """Return a contact with its tag."""
    status, body, tag = send(server, "GET", f"/contacts/{contact}.json")
    assert status == 200, body
    found: dict[str, str] = json.loads(body)["contact"]
    return found, tag


def add_one(server: Server, contact: int) -> int:
    """Read a number, write it one higher if nothing has changed; return the status."""
    found, tag = read(server, contact)
    values = {"background": str(int(found["background"]) + 1)}
    status = put(server, contact, values, {"If-Match": tag})
    return 200 if status == 204 else status


def put(
    server: Server,
    contact: int,
    values: Mapping[str, str],
    headers: Mapping[str, str] | None = None,
) -> int:
    """Change a contact and return the status."""
    path = f"/contacts/{contact}.json"
    return send(server, "PUT", path, {"contact": dict(values)}, headers)[0]


def send(
    server: Server,
    method: str,
    path: str,
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, bytes, str]:
    """Send one request; return status, body and tag."""
    key = server.credentials["redmineup"]["api_key"]
    request = urllib.request.Request(
        server.base_url + path,
        data=json.dumps(body).encode() if body is not None else None,
        headers={"X-Redmine-API-Key": key, "Content-Type": "application/json", **(headers or {})},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read(), answer.headers.get("ETag", "")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), ""
