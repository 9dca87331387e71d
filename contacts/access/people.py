"""The users that an actor may name: for choosing an owner, a member, an assignee."""

from collections.abc import Collection

from django.db.models import Q

from contacts.access.actor import Actor
from contacts.access.visibility import (
    visible_activities,
    visible_contacts,
    visible_deals,
    visible_tickets,
    visible_users,
)
from contacts.fields import reference
from contacts.fields.reference import Named
from contacts.fields.text import fold


def people_of(actor: Actor) -> list[Named]:
    """Return the active users whom an actor sees, by name; kept in memory until people change."""
    seen = _seen(actor)
    active = [user for user in reference.users().by_id.values() if user.is_active]
    return sorted((user for user in active if user.id in seen), key=lambda user: fold(user.name))


def knows_users(actor: Actor, ids: Collection[int]) -> bool:
    """Tell whether an actor may name these users: it sees them, or a record at which they stand.

    The names of owners, authors and editors are told with every record, so that what was read can
    be sent back. Anybody else looks like a user who does not exist.
    """
    known = reference.users().by_id
    if any(pk not in known for pk in ids):
        return False
    if actor.is_administrator:
        return True
    seen = _seen(actor)
    return all(pk in seen or _stands_at_a_record(actor, pk) for pk in ids)


def _seen(actor: Actor) -> frozenset[int]:
    projects = ",".join(map(str, sorted(actor.rights)))
    part = f"people_of:{actor.user_id}:{actor.is_administrator}:{projects}"
    return reference.kept(
        part, "people", lambda: frozenset(visible_users(actor).values_list("pk", flat=True))
    )


def _stands_at_a_record(actor: Actor, user_id: int) -> bool:
    named = Q(owner_id=user_id) | Q(author_id=user_id) | Q(editor_id=user_id)
    return (
        visible_contacts(actor, archived=None).filter(named).exists()
        or visible_deals(actor).filter(named).exists()
        or visible_tickets(actor).filter(named).exists()
        or visible_activities(actor).filter(named).exists()
    )
