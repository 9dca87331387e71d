"""Send requests in JSON, as the dialects with plain resources take them."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client


@dataclass
class JsonCaller:
    """Somebody with a key; without one, a stranger.

    A subclass says with `credentials` how its dialect takes the key.
    """

    key: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def credentials(self) -> dict[str, str]:
        """Return the headers that carry the key."""
        raise NotImplementedError

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
        headers = self.credentials() if self.key else {}
        headers |= {name.replace("_", "-"): value for name, value in more_headers.items()}
        return self.client.generic(method, path, ready, content_type, headers=headers)

    def get(self, path: str) -> HttpResponse:
        """Read."""
        return self.send("GET", path)

    def read(self, path: str) -> Any:
        """Read and return the JSON of a success."""
        return content(self.get(path), 200)

    def post(self, path: str, body: object = None, content_type: str = "application/json") -> Any:
        """Create."""
        return self.send("POST", path, body, content_type)

    def make(self, path: str, body: object) -> Any:
        """Create and return the JSON of a success."""
        return content(self.post(path, body), 201)

    def put(self, path: str, body: object = None) -> HttpResponse:
        """Change."""
        return self.send("PUT", path, body)

    def change(self, path: str, body: object) -> Any:
        """Change and return the JSON of a success."""
        return content(self.put(path, body), 200)

    def delete(self, path: str, body: object = None) -> HttpResponse:
        """Delete."""
        return self.send("DELETE", path, body)


def content(answer: HttpResponse, status: int) -> Any:
    """Return the JSON of an answer that has this status, else fail with what it says."""
    assert answer.status_code == status, (answer.status_code, answer.content[:500])
    return json.loads(answer.content)
