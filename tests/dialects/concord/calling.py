"""Send requests as somebody with a token, in JSON unless the test says otherwise."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from api.concord.auth import KEY
from contacts.models import User
from tests.builders import make_key


@dataclass
class Caller:
    """Somebody with a token; without one, a stranger."""

    key: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        content_type: str = "application/json",
        **more_headers: str,
    ) -> HttpResponse:
        """Send one request; a body that is not text or bytes becomes JSON."""
        ready = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        headers |= {name.replace("_", "-"): value for name, value in more_headers.items()}
        return self.client.generic(method, path, ready, content_type, headers=headers)

    def get(self, path: str) -> HttpResponse:
        """Read."""
        return self.send("GET", path)

    def read(self, path: str) -> Any:
        """Read and return the JSON of a success."""
        answer = self.get(path)
        assert answer.status_code == 200, (answer.status_code, answer.content[:500])
        return json.loads(answer.content)

    def post(self, path: str, body: object = None, content_type: str = "application/json") -> Any:
        """Create."""
        return self.send("POST", path, body, content_type)

    def make(self, path: str, body: object) -> Any:
        """Create and return the JSON of a success."""
        answer = self.post(path, body)
        assert answer.status_code == 201, (answer.status_code, answer.content[:500])
        return json.loads(answer.content)

    def put(self, path: str, body: object = None) -> HttpResponse:
        """Change."""
        return self.send("PUT", path, body)

    def delete(self, path: str, body: object = None) -> HttpResponse:
        """Delete."""
        return self.send("DELETE", path, body)

    def change(self, path: str, body: object) -> Any:
        """Change and return the JSON of a success."""
        answer = self.put(path, body)
        assert answer.status_code == 200, (answer.status_code, answer.content[:500])
        return json.loads(answer.content)


def caller(user: User, **options: Any) -> Caller:
    """Return a caller with a new token of a user."""
    return Caller(make_key(user, KEY, **options))


def errors_of(answer: HttpResponse) -> dict[str, list[str]]:
    """Return the messages of a refusal of values by key."""
    assert answer.status_code == 422, (answer.status_code, answer.content[:500])
    found: dict[str, list[str]] = json.loads(answer.content)["errors"]
    return found
