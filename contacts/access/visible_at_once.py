"""The rule of `visibility` started from the rows in which it is stored.

For questions about most contacts: asked contact by contact they cost several times as much.
"""

from django.db import connections
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value

from contacts.access.actor import Actor
from contacts.access.visibility import (
    EVERYBODY,
    personal_principals,
    shared_principals,
    shelved,
    shelves_of,
    standing,
)
from contacts.fields.storage.lookups import PerRow
from contacts.models import Contact, ContactAccess, ContactProject
from contacts.models.contacts import STANDS_APART

# Whoever sees contacts through more principals sees a large part of them all.
MANY = 30


def access_rows(
    actor: Actor, *, archived: bool | None, users: bool, stage: str | None
) -> QuerySet[ContactAccess]:
    """Return the rows by which anybody but an administrator sees contacts.

    The same rule as `contact_condition`, started from the rows instead of from the contacts.
    """
    shelves = shelves_of(archived=archived, users=users, stage=stage)
    return _rows_of(actor, shared_principals(actor), shelves)


def count_visible(
    actor: Actor, *, archived: bool | None, users: bool, stage: str | None, using: str
) -> int:
    """Return how many contacts anybody but an administrator sees; one statement.

    Who is seen by everybody has no other row: most contacts are counted without telling them apart.
    """
    shelves = shelves_of(archived=archived, users=users, stage=stage)
    shared = shared_principals(actor)
    if not shared:
        return 0
    if len(shared) > MANY and connections[using].vendor == "sqlite":
        # It reads the rows of all contacts, in their order, and has nothing to tell apart.
        rows = _rows_of(actor, shared, shelves).using(using)
        return rows.values("contact_id").distinct().count()
    others = _rows_of(actor, [each for each in shared if each != EVERYBODY], shelves)
    each_once = others.values(all=Value(1)).annotate(found=Count("contact_id", distinct=True))
    public = ContactAccess.objects.using(using).filter(principal__in=shelved([EVERYBODY], shelves))
    found = public.aggregate(found=Count("*") + Subquery(each_once.values("found")))
    return int(found["found"])


def count_standing(*, archived: bool | None, users: bool, stage: str | None, using: str) -> int:
    """Return how many contacts there are for somebody who sees all of them; one statement.

    Most stand among the living, so those that stand apart are counted and taken off.
    """
    apart = standing_apart(archived=archived, users=users, stage=stage)
    if apart is None:
        return standing(archived=archived, users=users, stage=stage).using(using).count()
    each = apart.values(all=Value(1))
    taken_off = Subquery(each.annotate(found=Count("pk")).values("found"))
    found = Contact.objects.using(using).order_by().aggregate(found=Count("*") - taken_off)
    return int(found["found"])


def standing_apart(
    *, archived: bool | None, users: bool, stage: str | None
) -> QuerySet[Contact] | None:
    """Return whom a list of all contacts leaves out; None where these are most of them."""
    if (archived, users, stage) != (False, False, Contact.Stage.CONTACT):
        return None
    return Contact.objects.filter(STANDS_APART).order_by()


def _rows_of(actor: Actor, shared: list[int], shelves: list[str]) -> QuerySet[ContactAccess]:
    """Return the rows of these principals and of those that are the actor's own."""
    viewing = actor.projects_with("view_contacts")
    if not viewing:
        return ContactAccess.objects.none()
    links = ContactProject.objects.filter(contact_id=OuterRef("contact_id"), project_id__in=viewing)
    own = Q(principal__in=shelved(personal_principals(actor), shelves)) & Q(PerRow(links))
    return ContactAccess.objects.filter(Q(principal__in=shelved(shared, shelves)) | own).order_by()


def all_visible_contacts(
    actor: Actor, *, archived: bool | None, users: bool, stage: str | None
) -> QuerySet[Contact]:
    """Return what `visible_contacts` returns; the better way to many of them, not to a few."""
    contacts = standing(archived=archived, users=users, stage=stage)
    if actor.is_administrator:
        return contacts
    rows = access_rows(actor, archived=archived, users=users, stage=stage)
    return contacts.filter(pk__in=rows.values("contact_id"))
