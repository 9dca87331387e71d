"""Send calls as somebody with both keys, in JSON unless the test says otherwise."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from api.civicrm.auth import API_KEY, SITE_KEY
from contacts.access import CredentialOptions, ensure_credential
from contacts.models import User
from tests.builders import make_key

REST = "/civicrm/extern/rest.php"
AJAX = "/civicrm/ajax/rest"


@dataclass
class Caller:
    """Somebody with the key of the site and one of their own."""

    site_key: str = ""
    api_key: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def rest(
        self, method: str, fields: dict[str, Any], path: str = REST, **headers: str
    ) -> HttpResponse:
        """Send one request with keys: as a query string by GET, as a form by POST."""
        keys = {"key": self.site_key, "api_key": self.api_key}
        sent = {name: value for name, value in {**keys, **fields}.items() if value is not None}
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if method == "GET":
            return self.client.get(path, sent, headers=headers)
        return self.client.post(path, sent, headers=headers)

    def call(self, entity: str, action: str, params: Any = None, **more: Any) -> Any:
        """Make a call with JSON parameters and return the JSON of the answer."""
        fields = {
            "entity": entity,
            "action": action,
            "json": json.dumps(params if params is not None else more),
        }
        answer = self.rest("POST", fields)
        assert answer.status_code == 200, (answer.status_code, answer.content[:500])
        assert answer["Content-Type"] == "application/json", answer["Content-Type"]
        return json.loads(answer.content)

    def ok(self, entity: str, action: str, params: Any = None, **more: Any) -> Any:
        """Make a call that succeeds."""
        answer = self.call(entity, action, params, **more)
        assert not answer.get("is_error"), answer
        return answer

    def make(self, entity: str, **params: Any) -> int:
        """Create a record and return its id."""
        number: int = self.ok(entity, "create", params)["id"]
        return number

    def person(self, first: str = "Alice", last: str = "Roberts", **more: Any) -> int:
        """Create a person and return the id."""
        names = {"contact_type": "Individual", "first_name": first, "last_name": last}
        return self.make("Contact", **names, **more)


def caller(user: User, **options: Any) -> Caller:
    """Return a caller with a new key of a user."""
    return Caller(site_key(), make_key(user, API_KEY, **options))


def site_key() -> str:
    """Return the key of the site, made where it is missing."""
    _credential, secret = ensure_credential(SITE_KEY, None, CredentialOptions(name="Site key"))
    return secret
