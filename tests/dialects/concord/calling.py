"""Send requests as somebody with a token, in JSON unless the test says otherwise."""

from typing import Any

from django.http import HttpResponse

from api.concord.auth import KEY
from contacts.models import User
from tests.builders import make_key
from tests.dialects.calling import JsonCaller, content


class Caller(JsonCaller):
    """Somebody with a token; without one, a stranger."""

    def credentials(self) -> dict[str, str]:
        """Return the header that carries the token."""
        return {"Authorization": f"Bearer {self.key}"}


def caller(user: User, **options: Any) -> Caller:
    """Return a caller with a new token of a user."""
    return Caller(make_key(user, KEY, **options))


def errors_of(answer: HttpResponse) -> dict[str, list[str]]:
    """Return the messages of a refusal of values by key."""
    found: dict[str, list[str]] = content(answer, 422)["errors"]
    return found
