"""The rule of `visibility` started from the rows in which it is stored.

For questions about most contacts: asked contact by contact they cost several times as much.
"""

from collections.abc import Collection

from django.db.models import OuterRef, Q, QuerySet

from contacts.access.actor import Actor
from contacts.access.circles import KINDS, Seen, count_everything, count_seen, natures_of
from contacts.access.visibility import (
    ADMINISTRATORS,
    personal_principals,
    shared_principals,
    shelved,
    shelves_of,
    standing,
    tells_all,
)
from contacts.fields.storage.lookups import PerRow
from contacts.models import Contact, ContactAccess, ContactProject
from contacts.models.contacts import STANDS_APART


def access_rows(
    actor: Actor, *, archived: bool | None, users: bool, stage: str | None
) -> QuerySet[ContactAccess]:
    """Return the rows by which anybody but an administrator sees contacts.

    The same rule as `contact_condition`, started from the rows instead of from the contacts.
    """
    viewing = actor.projects_with("view_contacts")
    if not viewing:
        return ContactAccess.objects.none()
    shelves = shelves_of(archived=archived, users=users, stage=stage)
    links = ContactProject.objects.filter(contact_id=OuterRef("contact_id"), project_id__in=viewing)
    own = Q(principal__in=shelved(personal_principals(actor), shelves)) & Q(PerRow(links))
    shared = Q(principal__in=shelved(shared_principals(actor), shelves))
    return ContactAccess.objects.filter(shared | own).order_by()


def count_visible(
    actor: Actor,
    *,
    archived: bool | None,
    users: bool,
    stage: str | None,
    using: str,
    kinds: Collection[str] = KINDS,
) -> Seen:
    """Return how many contacts of the kinds anybody but an administrator sees; one statement."""
    shelves = shelves_of(archived=archived, users=users, stage=stage)
    viewing = sorted(actor.projects_with("view_contacts"))
    if not viewing:
        return Seen(0, 0)
    shared = shelved(shared_principals(actor), shelves)
    personal = shelved(personal_principals(actor), shelves)
    return count_seen(shared, personal, viewing, natures=natures_of(kinds, stage), using=using)


def count_standing(
    *,
    archived: bool | None,
    users: bool,
    stage: str | None,
    using: str,
    kinds: Collection[str] = KINDS,
) -> int:
    """Return the same of somebody who sees all of them."""
    shelves = shelves_of(archived=archived, users=users, stage=stage)
    standing_there = shelved([ADMINISTRATORS], shelves)
    return count_everything(standing_there, natures=natures_of(kinds, stage), using=using)


def standing_apart(
    *, archived: bool | None, users: bool, stage: str | None
) -> QuerySet[Contact] | None:
    """Return whom a list of all contacts leaves out; None where these are most of them."""
    if (archived, users, stage) != (False, False, Contact.Stage.CONTACT):
        return None
    return Contact.objects.filter(STANDS_APART).order_by()


def all_visible_contacts(
    actor: Actor, *, archived: bool | None, users: bool, stage: str | None
) -> QuerySet[Contact]:
    """Return what `visible_contacts` returns; the better way to many of them, not to a few."""
    if actor.is_administrator:
        return standing(archived=archived, users=users, stage=stage)
    rows = access_rows(actor, archived=archived, users=users, stage=stage)
    if tells_all(actor, archived=archived, users=users, stage=stage):
        contacts = Contact.objects.order_by()
    else:
        contacts = standing(archived=archived, users=users, stage=stage)
    return contacts.filter(pk__in=rows.values("contact_id"))
