"""Pin a note or an activity to the top of a timeline, and take it off again."""

from django.db import transaction

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visibility import (
    visible_activities,
    visible_contacts,
    visible_deals,
    visible_notes,
)
from contacts.models import Contact, Deal, Pin
from contacts.services.records import locked, projects_of


def pin(actor: Actor, owner: tuple[str, int], entry: tuple[str, int], *, pinned: bool) -> None:
    """Pin an entry (kind and id) to a contact or deal (kind and id), or take it off.

    Needs the right to change the contact or deal; doing it twice changes nothing. Raises
    NotFoundError, ForbiddenError.
    """
    actor.require_write()
    with transaction.atomic():
        row = _owner(actor, *owner)
        actor.require(NEEDED[owner[0], "update"], projects_of(row), owner[0])
        _see(actor, *entry)
        named = {f"{owner[0]}_id": owner[1], f"{entry[0]}_id": entry[1]}
        present = Pin.objects.filter(**named)
        if pinned == present.exists():
            return
        if pinned:
            Pin.objects.create(author_id=actor.user_id, **named)
        else:
            present.delete()
        history.record(actor, entry[0], entry[1], "pinned" if pinned else "unpinned")


def _owner(actor: Actor, kind: str, record_id: int) -> Contact | Deal:
    if kind == "deal":
        return locked(visible_deals(actor), kind, record_id)
    return locked(visible_contacts(actor), kind, record_id)


def _see(actor: Actor, kind: str, record_id: int) -> None:
    if kind == "note":
        locked(visible_notes(actor), kind, record_id)
    else:
        locked(visible_activities(actor), kind, record_id)
