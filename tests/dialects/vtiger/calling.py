"""Call operations as a program does: sign in with the access key, then send the session's name."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from api.vtiger.auth import ACCESS_KEY
from contacts.models import User
from tests.builders import make_key

ADDRESS = "/webservice.php"
FORM = "application/x-www-form-urlencoded"

Params = Mapping[str, Any]


@dataclass
class Caller:
    """Somebody with a session; without one, a stranger."""

    session: str = ""
    user_id: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def send(
        self, method: str, params: Params, body: Params | str | bytes = "", **headers: str
    ) -> HttpResponse:
        """Send one request: parameters in the query string, a mapping as a form in the body."""
        address = f"{ADDRESS}?{urlencode(params)}" if params else ADDRESS
        ready = urlencode(body) if isinstance(body, Mapping) else body
        return self.client.generic(method, address, ready, FORM, headers=headers)

    def envelope(self, operation: str, method: str, params: Params) -> dict[str, Any]:
        """Return the envelope of an operation, whose parameters are sent where they belong."""
        whole = {"operation": operation, "sessionName": self.session, **_written(params)}
        answer = self.send(method, whole) if method == "GET" else self.send(method, {}, whole)
        return envelope_of(answer)

    def get(self, operation: str, **params: Any) -> Any:
        """Return the result of a GET operation."""
        return result_of(self.envelope(operation, "GET", params))

    def post(self, operation: str, **params: Any) -> Any:
        """Return the result of a POST operation."""
        return result_of(self.envelope(operation, "POST", params))

    def query(self, text: str) -> Any:
        """Return the rows of a query."""
        return self.get("query", query=text)

    def create(self, module: str, **element: Any) -> Any:
        """Create a record assigned to the caller and return it."""
        element = {"assigned_user_id": self.user_id, **element}
        return self.post("create", elementType=module, element=element)

    def refusal(self, operation: str, method: str = "GET", **params: Any) -> tuple[str, str]:
        """Return code and message of an operation that is refused."""
        return error_of(self.envelope(operation, method, params))


def _written(params: Params) -> dict[str, Any]:
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
        for name, value in params.items()
    }


def envelope_of(answer: HttpResponse) -> dict[str, Any]:
    """Return the envelope, having looked at what every answer has to be."""
    assert answer.status_code == 200, (answer.status_code, answer.content[:500])
    assert answer.reason_phrase == "OK"
    assert answer.headers["Content-Type"].startswith("application/json")
    envelope: dict[str, Any] = json.loads(answer.content)
    assert envelope.keys() == {"success", "result" if envelope["success"] else "error"}
    return envelope


def result_of(envelope: Mapping[str, Any]) -> Any:
    """Return the result of a success."""
    assert envelope["success"] is True, envelope
    return envelope["result"]


def error_of(envelope: Mapping[str, Any]) -> tuple[str, str]:
    """Return code and message of a refusal."""
    assert envelope["success"] is False, envelope
    return envelope["error"]["code"], envelope["error"]["message"]


def proof(token: str, key: str) -> str:
    """Return what a client sends instead of its access key."""
    return hashlib.md5(f"{token}{key}".encode()).hexdigest()  # noqa: S324  # as the protocol says


def sign_in(client: Client, username: str, key: str) -> dict[str, Any]:
    """Return the result of a login with an access key."""
    nobody = Caller(client=client)
    token = nobody.get("getchallenge", username=username)["token"]
    return dict(nobody.post("login", username=username, accessKey=proof(token, key)))


def key_of(user: User, **options: Any) -> str:
    """Return a new access key of a user."""
    return make_key(user, ACCESS_KEY, is_recoverable=True, **options)


def caller(user: User, **options: Any) -> Caller:
    """Return a caller with a session of a user."""
    client = Client(raise_request_exception=False)
    opened = sign_in(client, user.username, key_of(user, **options))
    return Caller(opened["sessionName"], opened["userId"], client)
