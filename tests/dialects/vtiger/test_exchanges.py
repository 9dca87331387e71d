"""The documented examples, byte for byte: a request and the answer that it gets.

``exchanges/*.http`` holds a request, a line ``---``, and the answer. ``{session}`` stands for
alice's session, ``{tom}`` for the id of a contact that is there, ``{alice}`` for her id; ``{now}``
for any moment and ``{id}`` for any id of what is made.
"""

import re
from pathlib import Path

import pytest
from django.test import Client

from contacts.models import Contact
from tests.dialects.vtiger.calling import Caller

EXCHANGES = sorted((Path(__file__).parent / "exchanges").glob("*.http"))
MOVING = {"now": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "id": r"\d+"}


def pattern_of(expected: str) -> re.Pattern[str]:
    """Return a pattern in which ``{now}`` and ``{id}`` stand for what changes."""
    escaped = re.escape(expected)
    for name, words in MOVING.items():
        escaped = escaped.replace(re.escape("{" + name + "}"), words)
    return re.compile(escaped)


def test_there_are_exchanges() -> None:
    assert len(EXCHANGES) > 5


@pytest.mark.django_db
@pytest.mark.parametrize("path", EXCHANGES, ids=lambda path: path.stem)
def test_exchange(path: Path, as_alice: Caller, tom: Contact) -> None:
    text = path.read_text()
    facts = {"session": as_alice.session, "tom": str(tom.pk), "alice": str(tom.author_id)}
    for name, value in facts.items():
        text = text.replace("{" + name + "}", value)
    request, expected = text.split("\n---\n")
    head, _, body = request.partition("\n\n")
    first, *headers = head.split("\n")
    method, address = first.split(" ", 1)
    content_type = headers[0].partition(": ")[2] if headers else ""

    client = Client(raise_request_exception=False)
    answer = client.generic(method, address, body.strip(), content_type)

    found = "\n".join(
        [
            f"{answer.status_code} {answer.reason_phrase}",
            f"Content-Type: {answer['Content-Type']}",
            "",
            answer.content.decode(),
        ]
    )
    assert pattern_of(expected.strip()).fullmatch(found), f"{found}\n\nis not\n\n{expected}"
