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

_SEEN: Mapping[str, Callable[[Actor], Records]] = {
    "contact": visible_contacts,
    "company": visible_contacts,
    "deal": visible_deals,
    "ticket": visible_tickets,
    "note": visible_notes,
    "activity": visible_activities,
    "project": visible_projects,
}
# Records that nobody sees without what they point to.
_TOGETHER = frozenset(
    {
        *("email", "phone", "address", "website", "messenger"),
        *("contact_tag", "group_member", "relationship", "activity_part", "activity_tag"),
    }
)


def seen(actor: Actor, field: Field) -> Field:
    """Return the field as if only what the actor sees were there to point to."""
    records = _SEEN.get(field.target)
    if records is None or actor.is_administrator or field.kind in _TOGETHER:
        return field
    if not isinstance(field.storage, Pointing):
        return field
    return replace(field, storage=field.storage.within(records(actor)))
