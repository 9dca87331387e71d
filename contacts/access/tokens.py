"""Access tokens: short-lived credentials that a program gets for a lasting one.

A token is a credential like any other (hashed, revocable, with a scope) whose parent is the key
that it was made from; revoking the key revokes its tokens. They come by the thousand, so the
history does not record them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from contacts.access.credentials import CredentialOptions, find_credential, make_credential, touch
from contacts.errors import AuthenticationError
from contacts.models import Credential, User


@dataclass(frozen=True, slots=True)
class TokenTerms:
    """What a new token is: how long it works, and what it may do beyond its parent's limits."""

    kind: str
    seconds: int
    is_read_only: bool = False
    traits: Mapping[str, object] = field(default_factory=dict)


def issue_token(parent: Credential, user_id: int, terms: TokenTerms, *, dialect: str) -> str:
    """Make a token of a user from a key and return its secret.

    It ends no later than the key, may write only if the key may, and is bound to its project.
    """
    end = timezone.now() + timedelta(seconds=terms.seconds)
    if parent.expires_at is not None:
        end = min(end, parent.expires_at)
    may_write = not terms.is_read_only and parent.scope == Credential.Scope.WRITE
    options = CredentialOptions(
        name=parent.name,
        scope=Credential.Scope.WRITE if may_write else Credential.Scope.READ,
        project_id=parent.project_id,
        expires_at=end,
        parent=parent,
        per_minute=parent.per_minute,
        traits=terms.traits,
    )
    ended = Credential.objects.filter(parent=parent, kind=terms.kind, expires_at__lt=timezone.now())
    ended.delete()
    _token, secret = make_credential(terms.kind, User.objects.get(pk=user_id), options)
    touch(parent, dialect)
    return secret


def find_token(secret: str, kind: str, parent: Credential) -> Credential:
    """Return a usable token that was made from this key; raises AuthenticationError."""
    token = find_credential(secret, [kind])
    if token is None or token.parent_id != parent.pk or token.user is None:
        raise AuthenticationError("unknown")
    if token.revoked_at is not None or not token.user.is_active:
        raise AuthenticationError("revoked")
    if token.expires_at is None or token.expires_at <= timezone.now():
        raise AuthenticationError("expired")
    return token


def end_token(token: Credential) -> bool:
    """Stop a token at once; tells whether it worked until now."""
    working = Credential.objects.filter(pk=token.pk, revoked_at=None)
    return bool(working.update(revoked_at=timezone.now()))
