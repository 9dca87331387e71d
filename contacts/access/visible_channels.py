"""Who sees the e-mails, phones, addresses, websites and messengers: who sees their contact."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from contacts.access.actor import Actor
from contacts.access.visibility import contact_condition
from contacts.models import EmailAddress, Messenger, Phone, PostalAddress, Website

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


def _seen(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    living = rows.filter(contact__archived_at=None).order_by()
    return living.filter(contact_condition(actor, "contact_id"))
