"""Who sees the e-mails, phones, addresses, websites and messengers: who sees their contact."""

from typing import TypeVar

from django.db.models import Model, OuterRef, Q, QuerySet

from contacts.access.actor import Actor
from contacts.access.visibility import contact_condition
from contacts.fields.storage.lookups import PerRow
from contacts.models import Contact, EmailAddress, Messenger, Phone, PostalAddress, Website

Row = TypeVar("Row", bound=Model)


def visible_emails(actor: Actor) -> QuerySet[EmailAddress]:
    """Return the e-mail addresses of the living contacts that an actor sees."""
    return _seen(actor, EmailAddress.objects.all())


def visible_phones(actor: Actor) -> QuerySet[Phone]:
    """Return the phones of the living contacts that an actor sees."""
    return _seen(actor, Phone.objects.all())


def visible_addresses(actor: Actor) -> QuerySet[PostalAddress]:
    """Return the postal addresses of the living contacts that an actor sees."""
    return _seen(actor, PostalAddress.objects.all())


def visible_websites(actor: Actor) -> QuerySet[Website]:
    """Return the websites of the living contacts that an actor sees."""
    return _seen(actor, Website.objects.all())


def visible_messengers(actor: Actor) -> QuerySet[Messenger]:
    """Return the messengers of the living contacts that an actor sees."""
    return _seen(actor, Messenger.objects.all())


def of_living(actor: Actor, outer: str = "contact_id") -> Q:
    """Return the condition that a row hangs on a living contact that the actor sees.

    Who sees a living contact is told by rows of its own shelf. Joined with the contacts instead,
    SQLite would read all of them to begin with.
    """
    if actor.is_administrator:
        return Q(PerRow(Contact.objects.filter(pk=OuterRef(outer), archived_at=None)))
    return contact_condition(actor, outer)


def _seen(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.filter(of_living(actor)).order_by()
