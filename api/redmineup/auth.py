"""Find out who asks: a key, or a user name with a password.

In this order, and the first kind that is there decides: the parameter ``key``, the header
``X-Redmine-API-Key``, HTTP Basic with a password, HTTP Basic with a key as the user name.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from api.base.dialect import Credentials
from api.base.requests import DialectRequest
from api.redmineup.errors import UnknownUserError
from contacts.access import (
    FORM_KEY,
    Actor,
    CredentialOptions,
    actor_of,
    actor_of_credential,
    actor_of_password,
    ensure_credential,
    find_credential,
    find_form,
    find_user,
    form_actor,
)
from contacts.access.guessing import guarded_sign_in
from contacts.errors import AuthenticationError

if TYPE_CHECKING:
    from contacts.models import Project, User

DIALECT_NAME = "redmineup"
KEY = "redmineup_key"
KEY_HEADER = "X-Redmine-API-Key"
SWITCH_HEADER = "X-Redmine-Switch-User"
# Names of people are shorter; looking for a key first spares a key the slow check of a password.
LEAST_KEY = 32


def find_actor(request: DialectRequest) -> Actor | None:
    """Return the actor of the request, or None when it carries no credential at all."""
    actor = _found(request)
    login = request.headers.get(SWITCH_HEADER)
    if actor is None or not login or not actor.is_administrator:
        return actor
    return _switched(actor, login, request)


def issue_credentials(user: "User", project: "Project") -> Credentials:
    """Return the user's key, made where it is missing, and the project to try it in."""
    _credential, secret = ensure_credential(KEY, user, CredentialOptions(name="API key"))
    return {"api_key": secret, "project": project.identifier}


def key_of(request: DialectRequest) -> str | None:
    """Return the key of the request, or None; the parameter counts more than the header.

    A blank one is none, as in the original: clients without a key still send its name.
    """
    for key in (request.params.get("key"), request.headers.get(KEY_HEADER)):
        text = "" if key is None else str(key).strip()
        if text:
            return text
    return None


def shown_key(request: DialectRequest, user: Mapping[str, Any]) -> str | None:
    """Return the key that the document of a user is shown with, or None.

    Whoever came with a key sees that key and no stronger one of the same user. A password, and an
    administrator, get the user's key, made where it is missing.
    """
    actor = request.actor
    if user["id"] == actor.user_id and actor.credential_id is not None:
        pair = _basic(request.headers.get("Authorization", ""))
        return key_of(request) or (pair[0] if pair else None)
    if actor.is_read_only or "username" not in user:
        return None
    owner = find_user(str(user["username"]))
    if owner is None:
        return None
    _credential, secret = ensure_credential(KEY, owner, CredentialOptions(name="API key"))
    return secret


def _found(request: DialectRequest) -> Actor | None:
    key = key_of(request)
    if key is not None:
        return _of_key(key, request)
    pair = _basic(request.headers.get("Authorization", ""))
    return _of_pair(*pair, request) if pair else None


def _of_key(key: str, request: DialectRequest) -> Actor:
    credential = find_credential(key, [KEY, FORM_KEY])
    if credential is None:
        raise AuthenticationError("unknown")
    if credential.kind != FORM_KEY:
        return actor_of_credential(credential, dialect=DIALECT_NAME, request_id=request.request_id)
    form = find_form(key)
    if form is None:
        raise AuthenticationError("revoked")
    return form_actor(form, request_id=request.request_id)


def _of_pair(username: str, password: str, request: DialectRequest) -> Actor:
    with guarded_sign_in(request, username):
        if len(username) >= LEAST_KEY:
            return _of_key(username, request)
        try:
            return actor_of_password(
                username, password, dialect=DIALECT_NAME, request_id=request.request_id
            )
        except AuthenticationError as refused:
            if refused.reason != "unknown":
                raise
            return _of_key(username, request)


def _basic(header: str) -> tuple[str, str] | None:
    scheme, _, encoded = header.strip().partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise AuthenticationError("unknown") from None
    username, _, password = text.partition(":")
    return username, password


def _switched(actor: Actor, login: str, request: DialectRequest) -> Actor:
    """Return the actor of somebody else, who may do no more than the key of the administrator."""
    user = find_user(login)
    if user is None or not user.is_active:
        raise UnknownUserError
    return replace(
        actor_of(user, dialect=DIALECT_NAME, request_id=request.request_id),
        key_id=actor.key_id,
        is_read_only=actor.is_read_only,
        per_minute=actor.per_minute,
    )
