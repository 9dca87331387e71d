"""Create contacts in each dialect as a program does, over HTTP."""

import base64
import json
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.serving import Server
from tests.trust.conversations import vtiger_session

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
# A path with headers and body for a first and a last name.
Request = tuple[str, Mapping[str, str], bytes]


@dataclass
class Creator:
    """A program that creates contacts in one dialect."""

    dialect: str
    server: Server
    request: Callable[[str, str], Request]
    # What a success says in its body, whatever its status.
    sign: bytes

    def create(self, first_name: str, last_name: str, *, key: str) -> bytes:
        """Create a contact; raises what urllib raises, and AssertionError for a refusal."""
        path, headers, body = self.request(first_name, last_name)
        request = urllib.request.Request(
            self.server.base_url + path, data=body, headers={**headers, "Idempotency-Key": key}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            told: bytes = answer.read()
        assert self.sign in told.replace(b" ", b""), told[:500]
        return told


def creators(server: Server) -> list[Creator]:
    """Return a program for each dialect, signed in."""
    return [make(server) for make in WRITERS.values()]


def _redmineup(server: Server) -> Creator:
    keys = server.credentials["redmineup"]
    headers = {"X-Redmine-API-Key": keys["api_key"], "Content-Type": JSON}

    def request(first: str, last: str) -> Request:
        values = {"first_name": first, "last_name": last, "project_id": keys["project"]}
        return "/contacts.json", headers, json.dumps({"contact": values}).encode()

    return Creator("redmineup", server, request, b'"contact":')


def _concord(server: Server) -> Creator:
    token = server.credentials["concord"]["token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": JSON, "Accept": JSON}

    def request(first: str, last: str) -> Request:
        body = {"first_name": first, "last_name": last}
        return "/api/contacts", headers, json.dumps(body).encode()

    return Creator("concord", server, request, b'"id":')


def _wildapricot(server: Server) -> Creator:
    keys = server.credentials["wildapricot"]
    secret = base64.b64encode(f"APIKEY:{keys['api_key']}".encode()).decode()
    form = urllib.parse.urlencode({"grant_type": "client_credentials", "scope": "auto"})
    asked = urllib.request.Request(
        f"{server.base_url}/auth/token",
        data=form.encode(),
        headers={"Authorization": f"Basic {secret}", "Content-Type": FORM},
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        token = json.load(answer)["access_token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": JSON}

    def request(first: str, last: str) -> Request:
        body = {"FirstName": first, "LastName": last}
        path = f"/v2.2/accounts/{keys['account_id']}/contacts"
        return path, headers, json.dumps(body).encode()

    return Creator("wildapricot", server, request, b'"Id":')


def _vtiger(server: Server) -> Creator:
    session = vtiger_session(server)

    def request(first: str, last: str) -> Request:
        element = {"firstname": first, "lastname": last, "assigned_user_id": "19x1"}
        fields = {
            "operation": "create",
            "sessionName": session,
            "elementType": "Contacts",
            "element": json.dumps(element),
        }
        return "/webservice.php", {"Content-Type": FORM}, urllib.parse.urlencode(fields).encode()

    return Creator("vtiger", server, request, b'"success":true')


def _civicrm(server: Server) -> Creator:
    keys = server.credentials["civicrm"]

    def request(first: str, last: str) -> Request:
        values = {"contact_type": "Individual", "first_name": first, "last_name": last}
        fields = {
            "key": keys["site_key"],
            "api_key": keys["api_key"],
            "entity": "Contact",
            "action": "create",
            "json": json.dumps(values),
        }
        body = urllib.parse.urlencode(fields).encode()
        return "/civicrm/extern/rest.php", {"Content-Type": FORM}, body

    return Creator("civicrm", server, request, b'"is_error":0')


_UNLIMITED_FORMS = "from contacts.models import WebForm; WebForm.objects.update(per_hour=100_000)"


def visitor(server: Server) -> Creator:
    """Return a visitor of the public form, which takes any number of sendings from an address."""
    server.manage("shell", "--verbosity=0", "-c", _UNLIMITED_FORMS)
    key = server.credentials["webform"]["key"]

    def request(first: str, last: str) -> Request:
        # A form knows a double click by what was sent, and a person by the address.
        address = f"{first}@{last}.example".replace(" ", "-").lower()
        fields = {"first_name": first, "last_name": last, "emails": address}
        headers = {"Content-Type": FORM, "Accept": JSON}
        return f"/forms/{key}", headers, urllib.parse.urlencode(fields).encode()

    return Creator("form", server, request, b'"status":"ok"')


WRITERS: Mapping[str, Callable[[Server], Creator]] = {
    "redmineup": _redmineup,
    "concord": _concord,
    "wildapricot": _wildapricot,
    "vtiger": _vtiger,
    "civicrm": _civicrm,
}
