"""A person's own key for a protocol that needs the secret itself: looked at again, and renewed."""

from contacts.access import Actor
from contacts.access.visible_setup import visible_credentials
from contacts.models import Credential
from contacts.services.credentials import create_credential, find_own_secret, rotate_credential


def find_access_key(actor: Actor, kind: str) -> str:
    """Return the person's own key of a kind, "" where there is none yet."""
    return find_own_secret(actor, kind) or ""


def renew_access_key(actor: Actor, kind: str, *, name: str = "") -> str:
    """Make the person's key of a kind anew; whoever has the old one is locked out at once.

    Raises ForbiddenError for whoever may not write.
    """
    actor.require_write()
    own = visible_credentials(actor).filter(user_id=actor.user_id or 0, kind=kind, revoked_at=None)
    present = own.exclude(ciphertext=None).order_by("pk").first()
    if isinstance(present, Credential):
        return rotate_credential(actor, present.pk)[1]
    return create_credential(actor, kind, {"name": name}, is_recoverable=True)[1]
