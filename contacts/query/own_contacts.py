"""Tell which user a contact stands for: every user has a contact of its own."""

from contacts.access import Actor
from contacts.access.memberships import memberships_of
from contacts.errors import NotFoundError
from contacts.fields import reference
from contacts.index import Document
from contacts.models import ContactDocument
from contacts.query.decoding import document_for
from contacts.query.records import find_record


def own_contact_of(user_id: int | None) -> int | None:
    """Return the id of the contact that a user has of its own, or None."""
    user = reference.users().by_id.get(user_id or 0)
    return (user.number or None) if user else None


def get_own_contact(actor: Actor) -> Document:
    """Return the document of the contact that the actor has of its own.

    One may read about oneself without the right to view contacts anywhere. Raises NotFoundError
    for somebody without such a contact, and for one in the trash.
    """
    number = own_contact_of(actor.user_id) or 0
    own = ContactDocument.objects.filter(contact_id=number, contact__archived_at=None)
    body = own.values_list("body", flat=True).first()
    if body is None:
        raise NotFoundError("contact", "own")
    return document_for(actor, body)


def find_user_behind(actor: Actor, contact_id: int) -> Document | None:
    """Return the document of the user whose own contact this is, or None.

    `rights` are those that the user holds in any project; like the rest of what is told of users
    only to themselves and to administrators, they are missing for others.
    """
    users = reference.users().by_id.values()
    user_id = next((user.id for user in users if user.number == contact_id), None)
    document = find_record(actor, "user", user_id) if user_id is not None else None
    if document is None or user_id is None or "is_administrator" not in document:
        return document
    held = memberships_of(user_id).rights.values()
    return {**document, "rights": sorted(frozenset[str]().union(*held))}
