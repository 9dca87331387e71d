"""Read contacts in each dialect, and open pages, as a program does over HTTP."""

import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from tests.serving import Server
from tests.trust.browsing import Browser
from tests.trust.creating import JSON, Creator, creators

# The address and the body with which each dialect lists a few contacts; None: no body.
_LISTS: dict[str, tuple[str, dict[str, str] | None]] = {
    "redmineup": ("?limit=5", None),
    "concord": ("?per_page=5", None),
    "wildapricot": ("?$async=false&$top=5", None),
    "vtiger": ("?", {"operation": "query", "query": "SELECT * FROM Contacts LIMIT 5;"}),
    "civicrm": ("", {"action": "get", "json": '{"options":{"limit":5}}'}),
}
PAGE = "/admin/contacts/contact/?q=outage"


@dataclass(frozen=True)
class Reader:
    """Whoever asks the same question again and again."""

    dialect: str
    request: Callable[[], urllib.request.Request]


def readers(server: Server) -> list[Reader]:
    """Return who lists contacts in each dialect, and somebody who looks at the list of them."""
    programs = [Reader(each.dialect, _listing(each)) for each in creators(server)]
    return [*programs, _looking(server)]


def _listing(program: Creator) -> Callable[[], urllib.request.Request]:
    path, headers, body = program.request("x", "y")
    words, fields = _LISTS[program.dialect]
    kept = {name: value for name, value in headers.items() if fields or value != JSON}
    address, data = program.server.base_url + path + words, None
    if fields is not None:
        sent = {**dict(urllib.parse.parse_qsl(body.decode())), **fields}
        if program.dialect == "vtiger":
            address += urllib.parse.urlencode(sent)
        else:
            data = urllib.parse.urlencode(sent).encode()
    return lambda: urllib.request.Request(address, data=data, headers=kept)


def _looking(server: Server) -> Reader:
    cookies = Browser(server).cookies
    return Reader(
        "browser",
        lambda: urllib.request.Request(server.base_url + PAGE, headers={"Cookie": cookies}),
    )
