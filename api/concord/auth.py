"""Find out who asks: a personal access token in the Authorization header.

A token is written ``7|secret``. The number is the credential's id and may be left out.
"""

import re
from typing import TYPE_CHECKING

from api.base.dialect import Credentials
from api.base.requests import DialectRequest
from contacts.access import (
    Actor,
    CredentialOptions,
    actor_of_credential,
    ensure_credential,
    find_credential,
)
from contacts.errors import AuthenticationError

if TYPE_CHECKING:
    from contacts.models import Project, User

DIALECT_NAME = "concord"
KEY = "concord_token"

_BEARER = re.compile(r"bearer\s+(\S.*)", re.IGNORECASE)


def find_actor(request: DialectRequest) -> Actor | None:
    """Return the actor of the request, or None without a token."""
    found = _BEARER.fullmatch(request.headers.get("Authorization", "").strip())
    if found is None:
        return None
    number, bar, secret = found[1].strip().partition("|")
    credential = find_credential(secret if bar else number, [KEY])
    if credential is None or (bar and str(credential.pk) != number):
        raise AuthenticationError("unknown")
    return actor_of_credential(credential, dialect=DIALECT_NAME, request_id=request.request_id)


def written(credential_id: int, secret: str) -> str:
    """Return a token as clients send it."""
    return f"{credential_id}|{secret}"


def issue_credentials(user: "User", project: "Project") -> Credentials:
    """Return the user's token for trying the dialect, made where it is missing."""
    credential, secret = ensure_credential(KEY, user, CredentialOptions(name="API token"))
    return {"token": written(credential.pk, secret)}
