"""One contact on PostgreSQL, found by a statement that all who ask share.

Its plan is the same for everybody: the contact by its key, and the few rows by which it is seen.
With the numbers of each in the text PostgreSQL would plan it each time, which takes several times
as long as to find it.
"""

from collections.abc import Hashable, Mapping
from typing import Any

from django.db import connections
from django.db.models import OuterRef, QuerySet

from contacts.access import Actor
from contacts.access.eyes import GIVEN, Eyes, rows_seen_by
from contacts.access.ids import one_parameter
from contacts.access.visibility import eyes_of, shelves_of, standing
from contacts.fields.storage.lookups import PerRow
from contacts.models import Contact
from contacts.query.slots import Given, ValueSlot
from contacts.query.statements import NO_IDS, rows_of

KEEP_AT_MOST = 500

# By what was seen before, as the statement is given it; None sees nothing.
_known: dict[Hashable, Mapping[str, str] | None] = {}


def body_of(actor: Actor, contact_id: int, *, archived: bool | None, using: str) -> str | None:
    """Return the stored document of a contact that the actor sees; one statement."""
    eyes = NO_IDS if actor.is_administrator else _eyes(actor, archived=archived, using=using)
    if eyes is None:
        return None

    def seen() -> QuerySet[Contact, Any]:
        contacts = standing(archived=archived, users=True, stage=None)
        if eyes:
            rows = rows_seen_by(GIVEN).filter(contact_id=OuterRef("pk"))
            contacts = contacts.filter(PerRow(rows))
        key = Given(ValueSlot("pk"), Contact._meta.pk)
        return contacts.filter(pk=key).values_list("document__body")

    rows = rows_of(
        ("one", archived, not eyes),
        seen,
        using=using,
        ids=eyes,
        values={"pk": contact_id},
        is_prepared=True,
    )
    return rows[0][0] if rows else None


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
