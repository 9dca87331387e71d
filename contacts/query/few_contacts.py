"""A few contacts on PostgreSQL, found by a statement that all who ask share.

Its plan is the same for everybody: each contact by its key, and the few rows by which it is seen.
With the numbers of each in the text PostgreSQL would plan it each time, which takes several times
as long as to find one.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from django.db import connections
from django.db.models import OuterRef, QuerySet

from contacts.access import Actor
from contacts.access.eyes import GIVEN, Eyes, rows_seen_by
from contacts.access.ids import IdSlot, one_parameter
from contacts.access.visibility import eyes_of, shelves_of, standing
from contacts.fields.storage.lookups import PerRow
from contacts.models import Contact
from contacts.query.slots import Given, ValueSlot
from contacts.query.statements import NO_IDS, NO_VALUES, Rows, rows_of

KEEP_AT_MOST = 500
# A large part of all contacts might be found better by reading them in their order.
FEW = 100

# By what was seen before, as the statement is given it; None sees nothing.
_known: dict[Hashable, Mapping[str, str] | None] = {}


def is_few(using: str, count: int) -> bool:
    """Tell whether so many contacts are found best in this way."""
    return connections[using].vendor == "postgresql" and count <= FEW


def bodies_of_few(
    actor: Actor, contact_ids: Sequence[int], *, archived: bool | None, using: str
) -> Rows:
    """Return ids with the stored documents of those contacts that the actor sees; one statement."""
    eyes = NO_IDS if actor.is_administrator else _eyes(actor, archived=archived, using=using)
    if eyes is None:
        return []
    is_one = len(contact_ids) == 1

    def seen() -> QuerySet[Contact, Any]:
        contacts = standing(archived=archived, users=True, stage=None)
        if eyes:
            rows = rows_seen_by(GIVEN).filter(contact_id=OuterRef("pk"))
            contacts = contacts.filter(PerRow(rows))
        if is_one:
            contacts = contacts.filter(pk=Given(ValueSlot("pk"), Contact._meta.pk))
        else:
            contacts = contacts.filter(pk__among=IdSlot("ids"))
        return contacts.values_list("pk", "document__body")

    return rows_of(
        ("few", archived, not eyes, is_one),
        seen,
        using=using,
        ids=eyes if is_one else {**eyes, "ids": contact_ids},
        values={"pk": contact_ids[0]} if is_one else NO_VALUES,
        is_prepared=True,
    )


def _eyes(actor: Actor, *, archived: bool | None, using: str) -> Mapping[str, str] | None:
    """Return by what the actor sees contacts, written once for all who see the same."""
    key = actor.sight, archived
    try:
        return _known[key]
    except KeyError:
        shelves = shelves_of(archived=archived, users=True, stage=None)
        written = _written(eyes_of(actor, shelves), using)
    if len(_known) >= KEEP_AT_MOST:
        _known.clear()
    _known[key] = written
    return written


def _written(eyes: Eyes | None, using: str) -> Mapping[str, str] | None:
    if eyes is None:
        return None
    connection = connections[using]
    return {name: one_parameter(connection, ids) for name, ids in eyes._asdict().items()}
