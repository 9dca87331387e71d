"""Find out who asks: a session, opened by answering a challenge with the user's access key.

The access key is a recoverable credential of the user. A client asks for a token by the user's
name and sends back the MD5 of token and key, so neither key nor password travels.
"""

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from api.base.dialect import Credentials
from api.base.requests import DialectRequest
from api.vtiger.calls import operation_of, session_name_of
from api.vtiger.errors import SessionError, VtigerError
from contacts.access import (
    Actor,
    CredentialOptions,
    SessionLimits,
    actor_of_credential,
    actor_of_password,
    actor_of_session,
    challenges,
    credential_answered_with,
    ensure_credential,
    find_session,
    find_user,
    open_session,
    pose_challenge,
)
from contacts.access.guessing import guarded_sign_in
from contacts.errors import AuthenticationError
from contacts.fields import reference
from contacts.fields.text import fold
from contacts.query import get_record
from contacts.services.credentials import find_own_secret

if TYPE_CHECKING:
    from contacts.models import Credential, Project, User

DIALECT_NAME = "vtiger"
ACCESS_KEY = "vtiger_access_key"
CHALLENGE = "vtiger_challenge"
SESSION = "vtiger_session"

CHALLENGE_LIFE = challenges.LIFE
LIMITS = SessionLimits(idle=timedelta(seconds=1800), life=timedelta(seconds=86_400))

# What a failed answer to a challenge is called, by the reason that the domain gives.
REFUSALS = {
    "expired": ("INVALID_AUTH_TOKEN", "Specified token is invalid or expired"),
    "missing": ("ACCESSKEY_UNDEFINED", "Access key for the user is undefined"),
}
WRONG = ("INVALID_USER_CREDENTIALS", "Invalid username or password")


def find_actor(request: DialectRequest) -> Actor | None:
    """Return the actor of the request's session; None where the operation needs no session.

    The name of the operation is looked at first; docs/dialects/vtiger.md, "Sessions".
    """
    if operation_of(request).is_prelogin:
        return None
    session = session_of(request)
    if session is None:
        raise SessionError("unknown" if session_name_of(request) else "missing")
    return actor_of(session, request)


def session_of(request: DialectRequest) -> "Credential | None":
    """Return the session that the request names, or None."""
    return find_session(session_name_of(request), SESSION)


def actor_of(session: "Credential", request: DialectRequest) -> Actor:
    """Return the actor of a session; raises SessionError for one that is over."""
    try:
        return actor_of_session(
            session, LIMITS, dialect=DIALECT_NAME, request_id=request.request_id
        )
    except AuthenticationError as error:
        raise SessionError(error.reason) from None


def issue_credentials(user: "User", project: "Project") -> Credentials:
    """Return the user's name and access key, made where it is missing."""
    return {"username": user.username, "access_key": access_key_of(user)}


def access_key_of(user: "User") -> str:
    """Return the user's access key, made where it is missing."""
    found = ensure_credential(ACCESS_KEY, user, CredentialOptions(name="Access key"))
    return found[1]


def access_key_shown(actor: Actor) -> str:
    """Return the actor's own access key; whoever came with a key sees that and no stronger one."""
    if actor.credential_id is not None:
        return find_own_secret(actor, ACCESS_KEY) or ""
    user = find_user(actor.username)
    return access_key_of(user) if user is not None else ""


def challenge(request: DialectRequest, username: str) -> tuple[str, int]:
    """Return a token for the user of this name and the second in which it was made.

    Names that do not exist are counted as guesses; one that does is no proof of anything.
    """
    if not username.strip():
        raise VtigerError("ACCESS_DENIED", "No username given")
    try:
        with guarded_sign_in(request, username, is_proof=False):
            user = _user_called(username)
            if user is None:
                raise AuthenticationError("unknown")
    except AuthenticationError:
        raise VtigerError("ACCESS_DENIED", "username does not exists") from None
    return pose_challenge(user, CHALLENGE)


def sign_in(request: DialectRequest, username: str, answer: str) -> tuple[Actor, str]:
    """Return the actor and the name of a new session; raises VtigerError."""
    try:
        with guarded_sign_in(request, username):
            user = _user_called(username)
            if user is None:
                raise AuthenticationError("expired")
            key = credential_answered_with(
                user, CHALLENGE, answer.strip().lower(), secrets=ACCESS_KEY, digest=_digest
            )
            actor = actor_of_credential(key, dialect=DIALECT_NAME, request_id=request.request_id)
    except AuthenticationError as error:
        raise VtigerError(*REFUSALS.get(error.reason, WRONG)) from None
    return actor, open_session(key, SESSION, LIMITS)


def access_key_for(request: DialectRequest, username: str, password: str) -> str:
    """Return the access key of a user by the password; raises VtigerError."""
    try:
        with guarded_sign_in(request, username):
            actor = actor_of_password(
                username.strip(), password, dialect=DIALECT_NAME, request_id=request.request_id
            )
    except AuthenticationError:
        raise VtigerError(*WRONG) from None
    return access_key_shown(actor)


def about_user(actor: Actor) -> dict[str, object]:
    """Return what newer clients want to know of the user who has signed in."""
    user = get_record(actor, "user", actor.user_id or 0)
    return {
        "username": user["username"],
        "first_name": user["first_name"],
        "last_name": user["last_name"],
        "email": user["email"],
        "time_zone": user["time_zone"] or settings.TIME_ZONE,
        "hour_format": "12",
        "date_format": "yyyy-mm-dd",
        "is_admin": "on" if actor.is_administrator else "off",
        "call_duration": "5",
        "other_event_duration": "5",
    }


def _digest(token: str, key: str) -> str:
    # The protocol's digest; what it protects is good for 300 seconds.
    return hashlib.md5(f"{token}{key}".encode()).hexdigest()  # noqa: S324  # as the protocol says


def _user_called(username: str) -> "User | None":
    """Return the user of this name whatever its case; one written exactly so comes first."""
    name = username.strip()
    exact = find_user(name)
    if exact is not None:
        return exact
    wanted = fold(name)
    known = (user.key for user in reference.users().by_id.values())
    return next((find_user(key) for key in known if fold(key) == wanted), None)
