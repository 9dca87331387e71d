"""Read and change one contact in each dialect, and in the form of the browser, over HTTP."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from django.http import HttpResponse

from tests.contacts.admin.reading import Page
from tests.serving import Server
from tests.trust.browsing import Browser
from tests.trust.creating import FORM, WRITERS, Creator

PATIENCE_IN_SECONDS = 120
Values = Mapping[str, str]


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes
    tag: str


class Known(NamedTuple):
    """A contact as somebody has read it, with what tells this version from others."""

    values: Mapping[str, Any]
    version: str


class Changer(ABC):
    """Somebody who changes contacts; ``names`` are four fields that hold text."""

    names: ClassVar[tuple[str, str, str, str]]
    # What the refusal of a version that is no more says.
    refusal: ClassVar[bytes]
    stale: ClassVar[int] = 412

    @abstractmethod
    def read(self, contact_id: int) -> Known:
        """Read a contact."""

    @abstractmethod
    def change(self, contact_id: int, values: Values, known: Known | None = None) -> Answer:
        """Change what is named; with what was read before, only if nobody has changed it since."""


class Program(Changer):
    """One that speaks a dialect."""

    dialect: ClassVar[str]

    def __init__(self, server: Server) -> None:
        self.creator: Creator = WRITERS[self.dialect](server)
        self.path, self.headers, self.body = self.creator.request("x", "y")
        self.base_url = server.base_url

    def send(
        self, method: str, path: str, body: bytes | None = None, known: Known | None = None
    ) -> Answer:
        """Send one request, and what it demands of the version."""
        demanded = {"If-Match": known.version} if known else {}
        headers = {**self.headers, **demanded}
        asked = urllib.request.Request(
            self.base_url + path, data=body, headers=headers, method=method
        )
        return answer_to(asked)


def answer_to(asked: urllib.request.Request) -> Answer:
    """Return whatever comes back."""
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE_IN_SECONDS) as answer:
            return Answer(answer.status, answer.read(), answer.headers.get("ETag", ""))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read(), "")


class RedmineUp(Program):
    """Redmine's refusals have no body."""

    dialect = "redmineup"
    names = ("first_name", "last_name", "job_title", "background")
    refusal = b""

    def read(self, contact_id: int) -> Known:
        """Show a contact."""
        answer = self.send("GET", f"/contacts/{contact_id}.json")
        return Known(json.loads(answer.body)["contact"], answer.tag)

    def change(self, contact_id: int, values: Values, known: Known | None = None) -> Answer:
        """Put."""
        body = json.dumps({"contact": values}).encode()
        return self.send("PUT", f"/contacts/{contact_id}.json", body, known)


class Concord(Program):
    """Values stand at the top of the body."""

    dialect = "concord"
    names = ("first_name", "last_name", "job_title", "email")
    refusal = b'"message"'

    def read(self, contact_id: int) -> Known:
        """Show a contact."""
        answer = self.send("GET", f"{self.path}/{contact_id}")
        return Known(json.loads(answer.body), answer.tag)

    def change(self, contact_id: int, values: Values, known: Known | None = None) -> Answer:
        """Put."""
        return self.send("PUT", f"{self.path}/{contact_id}", json.dumps(values).encode(), known)


class WildApricot(Concord):
    """The same in other words."""

    dialect = "wildapricot"
    names = ("FirstName", "LastName", "Organization", "Email")
    refusal = b'"PreconditionFailed"'


class Vtiger(Program):
    """Revises what is named."""

    dialect = "vtiger"
    names = ("firstname", "lastname", "title", "description")
    refusal = b'"success":false'

    def read(self, contact_id: int) -> Known:
        """Retrieve a contact."""
        fields = {**self._session, "operation": "retrieve", "id": f"12x{contact_id}"}
        answer = self.send("GET", f"{self.path}?{urllib.parse.urlencode(fields)}")
        return Known(json.loads(answer.body)["result"], answer.tag)

    def change(self, contact_id: int, values: Values, known: Known | None = None) -> Answer:
        """Revise a contact."""
        element = json.dumps({"id": f"12x{contact_id}", **values})
        fields = {**self._session, "operation": "revise", "element": element}
        return self.send("POST", self.path, urllib.parse.urlencode(fields).encode(), known)

    @property
    def _session(self) -> dict[str, str]:
        return {"sessionName": dict(urllib.parse.parse_qsl(self.body.decode()))["sessionName"]}


class CiviCrm(Program):
    """To create with an id is to change."""

    dialect = "civicrm"
    names = ("first_name", "last_name", "job_title", "nick_name")
    refusal = b'"is_error":1'

    def read(self, contact_id: int) -> Known:
        """Get a contact."""
        answer = self._call("getsingle", {"id": contact_id})
        return Known(json.loads(answer.body), answer.tag)

    def change(self, contact_id: int, values: Values, known: Known | None = None) -> Answer:
        """Create with an id."""
        return self._call("create", {"id": contact_id, **values}, known)

    def _call(self, action: str, params: Mapping[str, Any], known: Known | None = None) -> Answer:
        sent = {**dict(urllib.parse.parse_qsl(self.body.decode())), "action": action}
        body = urllib.parse.urlencode({**sent, "json": json.dumps(params)}).encode()
        return self.send("POST", self.path, body, known)


class Person(Changer):
    """Somebody who opens the form of a contact, types into it and sends it."""

    names = ("first_name", "last_name", "job_title", "background")
    refusal = b"keep-"
    stale = 422

    def __init__(self, server: Server) -> None:
        self.cookies = Browser(server).cookies
        self.base_url = server.base_url

    def read(self, contact_id: int) -> Known:
        """Open the form."""
        asked = urllib.request.Request(self._address(contact_id), headers=self._headers())
        page = Page(HttpResponse(answer_to(asked).body))
        form = page.posting_form()
        values = form.filled(**{name: form.fields.get(name, [""])[0] for name in self.names})
        return Known(values, values["version"])

    def change(self, contact_id: int, values: Values, known: Known | None = None) -> Answer:
        """Send the form as it was opened, with other values in some fields."""
        form = known or self.read(contact_id)
        address = self._address(contact_id)
        asked = urllib.request.Request(
            address,
            data=urllib.parse.urlencode({**form.values, **values}, doseq=True).encode(),
            headers={**self._headers(), "Content-Type": FORM, "Referer": address},
        )
        return answer_to(asked)

    def _address(self, contact_id: int) -> str:
        return f"{self.base_url}/admin/contacts/contact/{contact_id}/change/"

    def _headers(self) -> dict[str, str]:
        return {"Cookie": self.cookies}


CHANGERS: Mapping[str, type[Program] | type[Person]] = {
    **{each.dialect: each for each in (RedmineUp, Concord, WildApricot, Vtiger, CiviCrm)},
    "browser": Person,
}


def made(server: Server, name: str) -> int:
    """Create a contact and return its id."""
    creator = WRITERS["redmineup"](server)
    told = creator.create(name, "Changed", key=f"changed-{name}")
    return int(json.loads(told)["contact"]["id"])


def squeezed(body: bytes) -> bytes:
    """Return JSON without its blanks."""
    return re.sub(rb":\s+", b":", body)
