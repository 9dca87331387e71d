"""Ask a served instance the same questions in all five dialects."""

import base64
import hashlib
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

from tests.serving import Server

# What belongs to one exchange alone.
_PASSING = re.compile(rb"http://127\.0\.0\.1:\d+|\"time\":[0-9.]+")


def ask(
    server: Server,
    path: str,
    fields: Mapping[str, str] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return the body of an answer, without what differs each time; a refusal after its status."""
    data = urllib.parse.urlencode(fields).encode() if fields is not None else None
    request = urllib.request.Request(server.base_url + path, data=data, headers=dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            body: bytes = answer.read()
    except urllib.error.HTTPError as error:
        with error:
            body = b"%d %s" % (error.code, error.read())
    return _PASSING.sub(b"#", body)


def ask_everything(server: Server) -> dict[str, bytes]:
    """Return the answers to lists, records and descriptions in every dialect."""
    return {
        **_redmineup(server),
        **_concord(server),
        **_wildapricot(server),
        **_vtiger(server),
        **_civicrm(server),
    }


def _redmineup(server: Server) -> dict[str, bytes]:
    headers = {"X-Redmine-API-Key": server.credentials["redmineup"]["api_key"]}
    paths = [
        "/contacts.json?limit=100&include=notes,deals,tags",
        "/contacts.json?search=a&sort=-updated_on",
        "/contacts/5.json?include=notes,contacts,deals,projects",
        "/contacts.xml?limit=20",
        "/deals.json?limit=100",
        "/contacts/5/notes.json",
        "/projects.json",
        "/custom_fields.json",
        "/issues.json",
        "/users.json",
    ]
    return {f"redmineup {path}": ask(server, path, headers=headers) for path in paths}


def _concord(server: Server) -> dict[str, bytes]:
    headers = {"Authorization": f"Bearer {server.credentials['concord']['token']}"}
    paths = [
        f"/api/{name}?per_page=100"
        for name in ("contacts", "companies", "deals", "activities", "notes", "pipelines", "users")
    ]
    return {f"concord {path}": ask(server, path, headers=headers) for path in paths}


def _wildapricot(server: Server) -> dict[str, bytes]:
    key = server.credentials["wildapricot"]["api_key"]
    form = {"grant_type": "client_credentials", "scope": "auto"}
    secret = _basic("APIKEY", key)
    token = json.loads(ask(server, "/auth/token", form, headers={"Authorization": secret}))
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    root = f"/v2.2/accounts/{server.credentials['wildapricot']['account_id']}"
    paths = ["/contacts?$async=false", "/contactfields", "/membershiplevels", "/contacts/5"]
    return {f"wildapricot {path}": ask(server, root + path, headers=headers) for path in paths}


def _basic(user: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


def vtiger_session(server: Server) -> str:
    """Return the name of a new session."""
    username = server.credentials["vtiger"]["username"]
    path = "/webservice.php?operation=getchallenge&username=" + username
    token = json.loads(ask(server, path))["result"]["token"]
    secret = token + server.credentials["vtiger"]["access_key"]
    proof = hashlib.md5(secret.encode()).hexdigest()  # noqa: S324 -- as the protocol says
    fields = {"operation": "login", "username": username, "accessKey": proof}
    found: Any = json.loads(ask(server, "/webservice.php", fields))
    return str(found["result"]["sessionName"])


def _vtiger(server: Server) -> dict[str, bytes]:
    session = vtiger_session(server)
    queries = {
        f"query {module}": {"operation": "query", "query": f"SELECT * FROM {module} LIMIT 100;"}  # noqa: S608 -- VTQL
        for module in ("Contacts", "Accounts", "Potentials", "Calendar", "Events", "HelpDesk")
    }
    queries["describe"] = {"operation": "describe", "elementType": "Contacts"}
    return {
        f"vtiger {name}": ask(
            server, "/webservice.php?" + urllib.parse.urlencode({**query, "sessionName": session})
        )
        for name, query in queries.items()
    }


def _civicrm(server: Server) -> dict[str, bytes]:
    keys = server.credentials["civicrm"]
    found = {}
    for entity in ("Contact", "Email", "Phone", "Address", "Tag", "EntityTag", "Note", "Activity"):
        fields = {
            "key": keys["site_key"],
            "api_key": keys["api_key"],
            "entity": entity,
            "action": "get",
            "json": json.dumps({"options": {"limit": 100}}),
        }
        found[f"civicrm {entity}"] = ask(server, "/civicrm/extern/rest.php", fields)
    return found
