"""The documents of e-mails, phones, addresses, websites and messengers as records of their own.

Each is what stands in the document of its contact, with the contact's id.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from contacts.access import Actor
from contacts.index import documents
from contacts.models import EmailAddress, Messenger, Phone, PostalAddress, Website
from contacts.query.custom_documents import custom_of

Document = dict[str, object]
Row = TypeVar("Row", EmailAddress, Phone, PostalAddress, Website, Messenger)


def emails(actor: Actor, rows: Sequence[EmailAddress]) -> list[Document]:
    """Return the documents of e-mail addresses."""
    return _owned(rows, documents.email_document)


def phones(actor: Actor, rows: Sequence[Phone]) -> list[Document]:
    """Return the documents of phones, with the digits by which they are found."""
    return [
        {**document, "digits": row.digits}
        for row, document in zip(rows, _owned(rows, documents.phone_document), strict=True)
    ]


def addresses(actor: Actor, rows: Sequence[PostalAddress]) -> list[Document]:
    """Return the documents of postal addresses, with the values of their custom fields."""
    custom = custom_of("address", rows)
    return [
        {**document, "custom": custom.get(row.pk, {})}
        for row, document in zip(rows, _owned(rows, documents.address_document), strict=True)
    ]


def websites(actor: Actor, rows: Sequence[Website]) -> list[Document]:
    """Return the documents of websites."""
    return _owned(rows, documents.website_document)


def messengers(actor: Actor, rows: Sequence[Messenger]) -> list[Document]:
    """Return the documents of messengers."""
    return _owned(rows, documents.messenger_document)


def _owned(rows: Sequence[Row], write: Callable[[Row], Document]) -> list[Document]:
    return [{**write(row), "contact_id": row.contact_id} for row in rows]
