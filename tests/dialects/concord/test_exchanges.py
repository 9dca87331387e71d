"""The documented examples, byte for byte: a request and the answer that it gets.

``exchanges/*.http`` holds a request, a line ``---``, and the answer as JSON with its keys in order,
indented for reading. ``{key}`` stands for ada's token, ``{tom}`` for the id of a contact that is
there, ``{ada}`` for her id; ``{now}`` for any moment, ``{id}`` for any id, ``{svg}`` for a picture
of initials.
"""

import json
import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.models import Project, User
from tests.builders import actor_for, make_contact
from tests.dialects.concord.calling import Caller

FOLDER = Path(__file__).parent / "exchanges"
EXCHANGES = sorted(FOLDER.glob("*.http"))
SHOWN_HEADERS = ("Allow", "X-Ignored-Ids")
CHANGING = {
    "now": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
    "id": r"\d+",
    "svg": r"data:image/svg\+xml,[^\"]+",
}


def parts(text: str) -> tuple[str, dict[str, str], str]:
    """Return the first line, the headers and the body of a message."""
    head, _, body = text.strip("\n").partition("\n\n")
    first, *lines = head.split("\n")
    return first, dict(line.split(": ", 1) for line in lines), body


def told(answer: HttpResponse) -> str:
    """Return an answer as the files write it."""
    names = SHOWN_HEADERS if answer.status_code == 405 else SHOWN_HEADERS[1:]
    headers = [f"{name}: {answer[name]}" for name in names if name in answer]
    lines = [f"{answer.status_code} {answer.reason_phrase}", *headers]
    body = answer.content.decode()
    shown = json.dumps(json.loads(body), indent=2, ensure_ascii=False) if body else ""
    return "\n".join(lines) + "\n\n" + shown


def pattern_of(expected: str) -> re.Pattern[str]:
    """Return a pattern in which the words between braces stand for what changes."""
    escaped = re.escape(expected)
    for name, words in CHANGING.items():
        escaped = escaped.replace(re.escape("{" + name + "}"), words)
    return re.compile(escaped)


def test_there_are_exchanges() -> None:
    assert len(EXCHANGES) > 9


@pytest.mark.django_db
@pytest.mark.parametrize("path", EXCHANGES, ids=lambda path: path.stem)
def test_exchange(path: Path, as_ada: Caller, ada: User, project: Project) -> None:
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    tom = make_contact(actor_for(ada), emails=["tom@example.org"])
    text = path.read_text()
    facts = {"key": as_ada.key, "tom": str(tom.pk), "ada": str(ada.pk)}
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
