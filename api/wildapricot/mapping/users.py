"""What the user behind a contact adds to it: it is told of single contacts, not in lists."""

from contacts.access import Actor
from contacts.query.own_contacts import find_user_behind

Document = dict[str, object]

ADMINISTRATOR = 256
MEMBERSHIP_MANAGER = 2


def with_user(actor: Actor, document: Document) -> Document:
    """Return a contact with what is known of its user, under keys of their own."""
    user = find_user_behind(actor, int(str(document["id"])))
    if user is None:
        return document
    return {
        **document,
        "own_is_administrator": user.get("is_administrator", False),
        "own_last_seen_at": user.get("last_seen_at"),
        "own_roles": _roles(user),
    }


def _roles(user: Document) -> list[int]:
    """Return the ids of the roles of upstream's that come nearest to what a user may do."""
    if user.get("is_administrator"):
        return [ADMINISTRATOR]
    rights = user.get("rights")
    manages = isinstance(rights, list) and "edit_contacts" in rights
    return [MEMBERSHIP_MANAGER] if manages else []
