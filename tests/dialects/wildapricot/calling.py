"""Send requests as a program with a key does: get a token, then call with it."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from api.wildapricot.auth import KEY
from contacts.models import User
from tests.builders import make_key

ROOT = "/v2.2/accounts/1"


def basic(user: str, secret: str) -> str:
    """Return the value of a Basic header."""
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


@dataclass
class Caller:
    """Somebody with a key and a token for it; without a key, a stranger."""

    key: str = ""
    token: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def ask_token(self, **fields: str) -> HttpResponse:
        """Ask the token service."""
        body = urlencode({"grant_type": "client_credentials", "scope": "auto", **fields})
        return self.client.generic(
            "POST",
            "/auth/token",
            body,
            "application/x-www-form-urlencoded",
            headers={"Authorization": basic("APIKEY", self.key)},
        )

    def send(
        self, method: str, path: str, body: object = None, **more_headers: str
    ) -> HttpResponse:
        """Send one request below the account, or to a whole path."""
        ready = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {name.replace("_", "-"): value for name, value in more_headers.items()}
        is_whole = path.lower().startswith(("/v", "/auth", "//", "/sys", "/pub"))
        # With the host, or two slashes at the beginning would be taken for one.
        whole = "http://testserver" + (path if is_whole else ROOT + path)
        return self.client.generic(method, whole, ready, "application/json", headers=headers)

    def get(self, path: str, **query: str) -> HttpResponse:
        """Read."""
        return self.send("GET", f"{path}?{urlencode(query)}" if query else path)

    def read(self, path: str, **query: str) -> Any:
        """Read and return the JSON of a success."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, (answer.status_code, answer.content[:500])
        return json.loads(answer.content)

    def list(self, text: str | None = None, **query: str) -> "list[Any]":
        """Return the contacts that a filter finds, at once."""
        asked = {"$async": "false", **query}
        if text is not None:
            asked["$filter"] = text
        found: list[Any] = self.read("/contacts", **asked)["Contacts"]
        return found

    def found(self, text: str) -> "list[int]":
        """Return the ids that a filter finds."""
        ids: list[int] = self.read("/contacts", **{"$filter": text, "idsOnly": "true"})[
            "ContactIdentifiers"
        ]
        return ids

    def make(self, body: object) -> Any:
        """Create a contact and return it."""
        return self._done(self.send("POST", "/contacts", body))

    def change(self, contact_id: int, body: object) -> Any:
        """Change a contact and return it."""
        return self._done(self.send("PUT", f"/contacts/{contact_id}", body))

    def _done(self, answer: HttpResponse) -> Any:
        assert answer.status_code == 200, (answer.status_code, answer.content[:500])
        return json.loads(answer.content)


def caller(user: User, **options: Any) -> Caller:
    """Return a caller with a new key of a user and a token for it."""
    made = Caller(make_key(user, KEY, **options))
    answer = made.ask_token()
    assert answer.status_code == 200, answer.content
    made.token = answer.json()["access_token"]
    return made


def value_of(contact: Any, name: str) -> Any:
    """Return the value of a field of a contact by its name or code."""
    for entry in contact["FieldValues"]:
        if name in (entry["FieldName"], entry["SystemCode"]):
            return entry["Value"]
    raise KeyError(name)
