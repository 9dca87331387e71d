"""Requests of published clients with the answers that they get, byte for byte.

``exchanges/*.http`` holds a request, a line ``---``, and the answer. ``{token}`` stands for alice's
token, ``{basic}`` for the Basic header of her key, ``{tom}`` for the id of a contact that is there;
``{now}`` for any moment, ``{id}`` for any id and ``{text}`` for any text without quotes.
"""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.models import User
from tests.builders import actor_for, make_contact
from tests.dialects.wildapricot.calling import Caller, basic

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent / "exchanges"
EXCHANGES = sorted(FOLDER.glob("*.http"))
SHOWN_HEADERS = ("Content-Type", "WWW-Authenticate")
ANY = {
    "now": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00",
    "id": r"\d+",
    "text": '[^"]*',
}


def parts(text: str) -> tuple[str, dict[str, str], str]:
    """Return the first line, the headers and the body of a message."""
    head, _, body = text.strip("\n").partition("\n\n")
    first, *lines = head.split("\n")
    return first, dict(line.split(": ", 1) for line in lines), body


def told(answer: HttpResponse) -> str:
    """Return an answer as the files write it."""
    headers = [f"{name}: {answer[name]}" for name in SHOWN_HEADERS if name in answer]
    lines = [f"{answer.status_code} {answer.reason_phrase}", *headers]
    return "\n".join(lines) + "\n\n" + answer.content.decode()


def pattern_of(expected: str) -> re.Pattern[str]:
    """Return a pattern in which the names of `ANY` stand for what changes."""
    escaped = re.escape(expected)
    for name, words in ANY.items():
        escaped = escaped.replace(re.escape("{" + name + "}"), words)
    return re.compile(escaped)


def test_there_are_exchanges() -> None:
    assert len(EXCHANGES) > 5


@pytest.mark.parametrize("path", EXCHANGES, ids=lambda path: path.stem)
def test_exchange(path: Path, as_alice: Caller, alice: User) -> None:
    tom = make_contact(actor_for(alice), emails=["tom@example.test"])
    facts = {
        "token": as_alice.token,
        "basic": basic("APIKEY", as_alice.key),
        "tom": str(tom.pk),
    }
    text = path.read_text()
    for name, value in facts.items():
        text = text.replace("{" + name + "}", value)
    request, expected = text.split("\n---\n")
    first, headers, body = parts(request)
    method, address = first.split(" ", 1)

    answer = Client(raise_request_exception=False).generic(
        method, address, body, headers.pop("Content-Type", ""), headers=headers
    )

    found, wanted = told(answer).strip(), expected.strip()
    assert pattern_of(wanted).fullmatch(found), f"{found}\n\nis not\n\n{wanted}"
