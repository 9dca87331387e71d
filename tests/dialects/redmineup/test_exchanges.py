"""The documented examples, byte for byte: a request and the answer that it gets.

``exchanges/*.http`` holds a request, a line ``---``, and the answer. ``{key}`` stands for alice's
key, ``{tom}`` for the id of a contact that is there, ``{alice}`` for her id; ``{now}`` for any
moment and ``{id}`` for any id of what is made.
"""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.models import Contact, Project
from tests.dialects.redmineup.calling import Caller

FOLDER = Path(__file__).parent / "exchanges"
EXCHANGES = sorted(FOLDER.glob("*.http"))
SHOWN_HEADERS = ("Content-Type", "Location", "WWW-Authenticate")


def parts(text: str) -> tuple[str, dict[str, str], str]:
    """Return the first line, the headers and the body of a message."""
    head, _, body = text.strip("\n").partition("\n\n")
    first, *lines = head.split("\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return first, headers, body


def told(answer: HttpResponse) -> str:
    """Return an answer as the files write it."""
    headers = [f"{name}: {answer[name]}" for name in SHOWN_HEADERS if name in answer]
    lines = [f"{answer.status_code} {answer.reason_phrase}", *headers]
    return "\n".join(lines) + "\n\n" + answer.content.decode()


def pattern_of(expected: str) -> re.Pattern[str]:
    """Return a pattern in which ``{now}`` and ``{id}`` stand for what changes."""
    escaped = re.escape(expected)
    for name, words in {"now": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "id": r"\d+"}.items():
        escaped = escaped.replace(re.escape("{" + name + "}"), words)
    return re.compile(escaped)


def test_there_are_exchanges() -> None:
    assert len(EXCHANGES) > 5


@pytest.mark.parametrize("path", EXCHANGES, ids=lambda path: path.stem)
def test_exchange(path: Path, as_alice: Caller, tom: Contact, project: Project) -> None:
    text = path.read_text()
    facts = {"key": as_alice.key, "tom": str(tom.pk), "alice": str(tom.author_id)}
    for name, value in facts.items():
        text = text.replace("{" + name + "}", value)
    request, expected = text.split("\n---\n")
    first, headers, body = parts(request)
    method, address = first.split(" ", 1)
    if headers.get("Content-Type", "").startswith("multipart"):
        body = body.replace("\n", "\r\n")

    answer = Client(raise_request_exception=False).generic(
        method, address, body, headers.pop("Content-Type", ""), headers=headers
    )

    found = told(answer).strip()
    wanted = expected.strip()
    assert pattern_of(wanted).fullmatch(found), f"{found}\n\nis not\n\n{wanted}"
