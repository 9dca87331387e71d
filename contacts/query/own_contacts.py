"""Tell which user a contact stands for: every user has a contact of its own."""

from contacts.access import Actor
from contacts.access.memberships import memberships_of
from contacts.fields import reference
from contacts.query.records import find_record

Document = dict[str, object]


def own_contact_of(user_id: int | None) -> int | None:
    """Return the id of the contact that a user has of its own, or None."""
    user = reference.users().by_id.get(user_id or 0)
    return (user.number or None) if user else None


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
