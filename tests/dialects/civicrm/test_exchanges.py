"""Requests and the answers that they get, byte for byte.

``exchanges/*.http`` holds a request, a line ``---``, and the answer. ``{key}`` stands for alice's
key and ``{site}`` for that of the site, ``{tom}`` for a contact that is there, ``{alice}`` for one
with an e-mail, ``{vip}`` for a tag, ``{choir}`` for a group; in answers ``{id}`` for any id.
"""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse

from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db

EXCHANGES = sorted((Path(__file__).parent / "exchanges").glob("*.http"))


def parts(text: str) -> tuple[str, dict[str, str], str]:
    """Return the first line, the headers and the body of a message."""
    head, _, body = text.strip("\n").partition("\n\n")
    first, *lines = head.split("\n")
    return first, dict(line.split(": ", 1) for line in lines), body


def told(answer: HttpResponse) -> str:
    """Return an answer as the files write it."""
    lines = [
        f"{answer.status_code} {answer.reason_phrase}",
        f"Content-Type: {answer['Content-Type']}",
    ]
    return "\n".join(lines) + "\n\n" + answer.content.decode()


def test_there_are_exchanges() -> None:
    assert len(EXCHANGES) > 5


@pytest.mark.parametrize("path", EXCHANGES, ids=lambda path: path.stem)
def test_exchange(path: Path, as_alice: Caller) -> None:
    facts = {
        "key": as_alice.api_key,
        "site": as_alice.site_key,
        "alice": str(as_alice.person(email="alice@example.org")),
        "tom": str(as_alice.person("Tom", "Smith")),
        "vip": str(as_alice.make("Tag", name="VIP")),
        "choir": str(as_alice.make("Group", title="Choir")),
    }
    text = path.read_text()
    for name, value in facts.items():
        text = text.replace("{" + name + "}", value)
    request, expected = text.split("\n---\n")
    first, headers, body = parts(request)
    method, address = first.split(" ", 1)
    kind = headers.pop("Content-Type", "application/octet-stream")
    answer = as_alice.client.generic(method, address, body, content_type=kind, headers=headers)
    pattern = re.escape(expected.strip()).replace(re.escape("{id}"), r"\d+")
    assert re.fullmatch(pattern, told(answer).strip()), f"{told(answer)}\n\nis not\n\n{expected}"
