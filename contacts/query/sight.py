"""Narrow fields that point to other records to those that somebody sees.

A contact names its employer, a deal its contacts, an activity its tickets. Whoever does not see
such a record must not find out its id, or that there is one, by filtering or ordering: what is
hidden counts as not set.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from contacts.access import Actor
from contacts.access.visibility import (
    visible_activities,
    visible_contacts,
    visible_deals,
    visible_notes,
    visible_projects,
    visible_tickets,
)
from contacts.fields import Field
from contacts.fields.field import Pointing, Records
from contacts.fields.storage import Tallies

_SEEN: Mapping[str, Callable[[Actor], Records]] = {
    "contact": visible_contacts,
    "company": visible_contacts,
    "deal": visible_deals,
    "ticket": visible_tickets,
    "note": visible_notes,
    "activity": visible_activities,
    "project": visible_projects,
}
# What is meant of the records of whoever asks, whatever else there is to see.
_OWN: Mapping[str, Callable[[Actor], Records]] = {
    "own_activity": lambda actor: visible_activities(actor).filter(owner_id=actor.user_id or 0),
}
# A number of records of several kinds.
SEVERAL = "several"
# Records that nobody sees without what they point to.
_TOGETHER = frozenset(
    {
        *("email", "phone", "address", "website", "messenger"),
        *("contact_tag", "group_member", "relationship", "activity_part", "activity_tag"),
    }
)


def seen(actor: Actor, field: Field) -> Field:
    """Return the field as if only what the actor sees were there to point to."""
    storage, own = field.storage, _OWN.get(field.target)
    if own is not None and isinstance(storage, Pointing):
        return replace(field, storage=storage.within(own(actor)))
    if actor.is_administrator or field.kind in _TOGETHER:
        return field
    if field.target == SEVERAL and isinstance(storage, Tallies):
        return replace(field, storage=storage.within_kinds(lambda kind: _SEEN[kind](actor)))
    records = _SEEN.get(field.target)
    if records is None or not isinstance(storage, Pointing):
        return field
    return replace(field, storage=storage.within(records(actor)))
