"""Find out who asks: an access token, or for reading an API key.

An API key stands for one authorised application. Its client id is written ``app<number>``, its
client secret is the key itself; both open the token service (``grants.py``).
"""

import base64
import binascii
import re
from typing import TYPE_CHECKING

from django.conf import settings

from api.base.dialect import Credentials
from api.base.requests import DialectRequest
from api.wildapricot import client_id_of
from contacts.access import (
    Actor,
    CredentialOptions,
    actor_of,
    actor_of_credential,
    ensure_credential,
    find_credential,
    find_numbered,
    require_usable,
)
from contacts.access.credentials import require_program_use
from contacts.errors import AuthenticationError, ForbiddenError

if TYPE_CHECKING:
    from contacts.models import Credential, Project, User

DIALECT_NAME = "wildapricot"
KEY = "wildapricot_key"
TOKEN = "wildapricot_token"  # noqa: S105 -- the word for a kind of credential
REFRESH = "wildapricot_refresh"
CODE = "wildapricot_code"

KEY_USER = "apikey"
READING = frozenset({"GET", "HEAD"})

_CLIENT_ID = re.compile(r"app([1-9][0-9]{0,17})", re.IGNORECASE)
_OWN_PAGES = re.compile(r"/+sys/+api/", re.IGNORECASE)
_BEARER = re.compile(r"bearer\s+(\S+)", re.IGNORECASE)
_BASIC = re.compile(r"basic\s+(.+)", re.IGNORECASE | re.DOTALL)


def find_actor(request: DialectRequest) -> Actor | None:
    """Return the actor of the request, or None without any credential."""
    bearer = _BEARER.fullmatch(request.headers.get("Authorization", "").strip())
    if bearer is not None:
        return _actor(request, bearer[1], TOKEN)
    key = request.headers.get("APIKey") or request.query.get("apikey")
    # The key itself opens lists alone; docs/dialects/wildapricot.md, "Tokens".
    if key and request.method in READING:
        return _actor(request, str(key).strip(), KEY)
    client_id = request.headers.get("clientId")
    if client_id and _OWN_PAGES.match(request.path):
        return _person(request, client_id)
    return None


def _person(request: DialectRequest, client_id: str) -> Actor:
    """Return whoever is signed in, narrowed to what the application may.

    Only pages of this site can send the header with the session's cookie: other sites would have
    to ask first, and are refused.
    """
    application = find_application_by_id(client_id)
    user = request._request.user
    if application is None or not user.is_authenticated:
        raise AuthenticationError("unknown")
    require_program_use(user)
    return actor_of(
        user, credential=application, dialect=DIALECT_NAME, request_id=request.request_id
    )


def find_application_by_id(client_id: str) -> "Credential | None":
    """Return the usable application with this client id, or None."""
    found = _CLIENT_ID.fullmatch(client_id.strip())
    application = find_numbered(int(found[1]), KEY) if found else None
    if application is None:
        return None
    try:
        require_usable(application)
    except AuthenticationError:
        return None
    return application


def _actor(request: DialectRequest, secret: str, kind: str) -> Actor:
    credential = find_credential(secret, [kind])
    if credential is None:
        raise AuthenticationError("unknown")
    return actor_of_credential(credential, dialect=DIALECT_NAME, request_id=request.request_id)


def require_scope(actor: Actor, scope: str) -> None:
    """Raise ForbiddenError unless the token was given for this purpose, or for every."""
    if not has_scope(actor, scope):
        raise ForbiddenError(scope)


def has_scope(actor: Actor, scope: str) -> bool:
    """Tell whether the token was given for this purpose; a key itself is for every."""
    given = actor.traits.get("scopes")
    return not isinstance(given, list) or scope in given


def basic_pair(header: str) -> tuple[str, str] | None:
    """Return user and secret of a Basic header as the protocol's clients write it, or None.

    They send the URL-safe alphabet, no padding or too much of it, and line breaks in the middle.
    """
    found = _BASIC.fullmatch(header.strip())
    if found is None:
        return None
    text = re.sub(r"[\s=]+", "", found[1]).translate(str.maketrans("-_", "+/"))
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    user, colon, secret = raw.decode("utf-8", "replace").partition(":")
    return (user.strip(), secret.strip()) if colon else None


def names_application(user: str, credential: "Credential") -> bool:
    """Tell whether the user part of a Basic header names this application."""
    return user.casefold() in (KEY_USER, client_id_of(credential.pk))


def issue_credentials(user: "User", project: "Project") -> Credentials:
    """Return the user's key for trying the dialect, made where it is missing."""
    credential, secret = ensure_credential(KEY, user, CredentialOptions(name="API key"))
    return {
        "account_id": settings.WILDAPRICOT_ACCOUNT_ID,
        "api_key": secret,
        "client_id": client_id_of(credential.pk),
        "client_secret": secret,
    }
