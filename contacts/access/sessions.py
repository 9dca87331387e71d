"""Sessions of programs: opened with a credential, ended by idleness, age or wish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from contacts.access.actor import Actor
from contacts.access.credentials import (
    CredentialOptions,
    actor_of_credential,
    make_credential,
    take_stamps,
    touch,
    with_stamps,
)
from contacts.access.prepared import PreparedRow
from contacts.access.secrets import digest_of
from contacts.errors import AuthenticationError
from contacts.models import Credential

# How exactly the last use is known. Written for each request, it would make each read a write.
TOUCH_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session may rest, and how long it may live."""

    idle: timedelta
    life: timedelta


def open_session(credential: Credential, kind: str, limits: SessionLimits) -> str:
    """Open a session that may do what the credential may; returns the secret that names it."""
    now = timezone.now()
    opened = Credential.objects.filter(parent=credential, kind=kind)
    over = Q(expires_at__lte=now) | Q(last_used_at__lt=now - limits.idle - TOUCH_AFTER)
    opened.filter(over).delete()
    options = CredentialOptions(parent=credential, expires_at=now + limits.life)
    session, secret = make_credential(kind, credential.user, options)
    touch(session, "")
    return secret


def find_session(secret: str, kind: str) -> Credential | None:
    """Return the session with this secret and the credential that opened it, or None."""
    if not secret:
        return None
    session = _BY_SECRET.find([digest_of(secret), kind])
    if session is not None:
        take_stamps(session)
    return session


def _by_secret(texts: Sequence[str]) -> QuerySet[Credential]:
    digest, kind = texts
    found = with_stamps(Credential.objects.select_related("parent__user"))
    return found.filter(digest=digest, kind=kind)


_BY_SECRET = PreparedRow(Credential, _by_secret)


def actor_of_session(
    session: Credential, limits: SessionLimits, *, dialect: str, request_id: str = ""
) -> Actor:
    """Return the actor of a session: the actor of the credential that opened it.

    Raises AuthenticationError: "expired" for one that is too old, "idle" for one that rested too
    long; either is gone then. Revoking the credential ends its sessions.
    """
    now = timezone.now()
    if session.expires_at is not None and session.expires_at <= now:
        session.delete()
        raise AuthenticationError("expired")
    rested = now - (session.last_used_at or session.created_at)
    if rested > limits.idle + TOUCH_AFTER:
        session.delete()
        raise AuthenticationError("idle")
    if session.parent is None or session.revoked_at is not None:
        raise AuthenticationError("revoked")
    touch(session, dialect, after=TOUCH_AFTER)
    return actor_of_credential(session.parent, dialect=dialect, request_id=request_id)


def extend_session(session: Credential, limits: SessionLimits) -> None:
    """Let a session live its whole time again."""
    now = timezone.now()
    Credential.objects.filter(pk=session.pk).update(last_used_at=now, expires_at=now + limits.life)


def close_session(session: Credential) -> None:
    """End a session."""
    session.delete()
