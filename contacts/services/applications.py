"""Decide on memberships that wait for it: new ones, renewals, changes of level."""

from contacts.access import Actor
from contacts.errors import ConflictError
from contacts.index import Document
from contacts.models import Membership
from contacts.services.contacts import update_contact

Status = Membership.Status

# What becomes of a membership that is refused; who asked to join is no member then.
REFUSED: dict[str, dict[str, object]] = {
    Status.PENDING_NEW: {"membership_level": None},
    Status.PENDING_RENEWAL: {"membership_status": Status.LAPSED.value},
    Status.PENDING_UPGRADE: {"membership_status": Status.ACTIVE.value},
}


def approve_membership(actor: Actor, contact_id: int) -> Document:
    """Make a membership that waits active.

    Raises ConflictError ("not_pending"), NotFoundError, ForbiddenError.
    """

    def approved(now: Document) -> dict[str, object]:
        _waiting(now)
        return {"membership_status": Status.ACTIVE.value}

    return update_contact(actor, contact_id, approved)


def reject_membership(actor: Actor, contact_id: int) -> Document:
    """Refuse what a membership waits for: joining, renewing, another level.

    Raises ConflictError ("not_pending"), NotFoundError, ForbiddenError.
    """
    return update_contact(actor, contact_id, lambda now: REFUSED[_waiting(now)])


def _waiting(document: Document) -> str:
    status = str(document.get("membership_status", ""))
    if status not in REFUSED:
        raise ConflictError("not_pending")
    return status
