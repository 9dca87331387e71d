"""The rows by which somebody sees a contact, whoever it is.

Whose numbers are meant stands in the statement, or is bound when it runs: then one statement that
the database keeps prepared serves all who ask.
"""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet
from django.db.models.lookups import In

from contacts.access.ids import AmongIds, IdSlot
from contacts.fields.storage.lookups import Compared, PerRow
from contacts.models import ContactAccess, ContactProject

Numbers = Collection[int] | IdSlot


class Eyes(NamedTuple):
    """By what somebody sees contacts."""

    shared: Numbers  # principals that one has through projects
    personal: Numbers  # those that count only with one of the projects
    projects: Numbers  # where one may view contacts


# Anybody's.
GIVEN = Eyes(*map(IdSlot, Eyes._fields))


def rows_seen_by(eyes: Eyes) -> QuerySet[ContactAccess]:
    """Return the rows by which contacts are seen, to be looked up by contact."""
    # One question for both ways to see it: PostgreSQL takes half the time of asking for each.
    links = ContactProject.objects.filter(contact_id=OuterRef("contact_id"))
    there = PerRow(links.filter(_one_of("project_id", eyes.projects)))
    personal = _one_of("principal", eyes.personal)
    return ContactAccess.objects.filter(_one_of("principal", eyes.shared) | (personal & Q(there)))


def _one_of(column: str, numbers: Numbers) -> Q:
    """Return "one of such numbers", checked of the few rows of one contact."""
    compared = Compared(column, output_field=BigIntegerField())
    if isinstance(numbers, IdSlot):
        return Q(AmongIds(compared, numbers))
    return Q(In(compared, numbers))
