"""Two posts at the same moment, to the real server with its several workers, are one contact."""

import json
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.serving import Server


def test_posts_at_the_same_moment_make_one_contact(server: "Server") -> None:
    key = server.credentials["webform"]["key"]
    values = {"first_name": "Twice", "emails": "twice@example.com"}

    with ThreadPoolExecutor(8) as people:
        sent = list(people.map(lambda _each: post(server, f"/forms/{key}", values), range(8)))

    assert sent == [201] * 8
    count = "from contacts.models import Submission; print(Submission.objects.filter("
    printed = server.manage("shell", "-v0", "-c", count + "prepared__first_name='Twice').count())")
    assert printed.split() == ["1"]


def post(server: "Server", path: str, values: dict[str, str]) -> int:
    """Post a form as a script does and return the status."""
    request = urllib.request.Request(
        server.base_url + path,
        data=urllib.parse.urlencode(values).encode(),
        headers={"Accept": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert json.load(answer)["status"] == "ok"
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code
