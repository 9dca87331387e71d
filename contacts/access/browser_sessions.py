"""Sessions of the browser that were opened with a key: they end when the key would open none."""

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q
from django.utils import timezone

from contacts.access.actor import Actor
from contacts.models import Credential

_KEPT = "credential_id"


def tie_session(session: SessionBase, actor: Actor) -> None:
    """Let a session end with the key that was shown; a password ends its sessions by itself."""
    if actor.credential_id is not None:
        session[_KEPT] = actor.credential_id


def is_session_over(session: SessionBase) -> bool:
    """Tell whether the key of a session is revoked, expired, deleted or narrowed by now.

    One statement for a session that a key has opened, none for any other.
    """
    number = session.get(_KEPT)
    if number is None:
        return False
    lasting = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    opening = Credential.objects.filter(
        lasting, pk=number, revoked_at=None, scope=Credential.Scope.WRITE, project=None
    )
    return not opening.exists()
