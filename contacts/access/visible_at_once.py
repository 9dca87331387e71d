"""The rule of `visibility` started from the rows in which it is stored.

For questions about most contacts: asked contact by contact they cost several times as much.
"""

from django.db.models import OuterRef, Q, QuerySet

from contacts.access.actor import Actor
from contacts.access.visibility import (
    personal_principals,
    shared_principals,
    shelved,
    shelves_of,
    standing,
)
from contacts.fields.storage.lookups import PerRow
from contacts.models import Contact, ContactAccess, ContactProject


def access_rows(
    actor: Actor, *, archived: bool | None, users: bool, stage: str | None
) -> QuerySet[ContactAccess]:
    """Return the rows by which anybody but an administrator sees contacts, for counting them.

    The same rule as `contact_condition`, started from the rows instead of from the contacts.
    """
    viewing = actor.projects_with("view_contacts")
    if not viewing:
        return ContactAccess.objects.none()
    shelves = shelves_of(archived=archived, users=users, stage=stage)
    shared = Q(principal__in=shelved(shared_principals(actor), shelves))
    links = ContactProject.objects.filter(contact_id=OuterRef("contact_id"), project_id__in=viewing)
    own = Q(principal__in=shelved(personal_principals(actor), shelves)) & Q(PerRow(links))
    return ContactAccess.objects.filter(shared | own).order_by()


def all_visible_contacts(
    actor: Actor, *, archived: bool | None, users: bool, stage: str | None
) -> QuerySet[Contact]:
    """Return what `visible_contacts` returns; the better way to many of them, not to a few."""
    contacts = standing(archived=archived, users=users, stage=stage)
    if actor.is_administrator:
        return contacts
    rows = access_rows(actor, archived=archived, users=users, stage=stage)
    return contacts.filter(pk__in=rows.values("contact_id"))
