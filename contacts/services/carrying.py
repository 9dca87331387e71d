"""Let a change of one contact reach others that name it, with their derived data and history."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from contacts import history, index
from contacts.access import Actor
from contacts.index import Document
from contacts.models import Contact
from contacts.services import companies


def carry_name(actor: Actor, contact: Contact, document: Document, *, renamed_from: str) -> None:
    """Let people know the new name of their company, where the contact is one."""
    if contact.kind != Contact.Kind.ORGANIZATION:
        return
    contact.display_name = str(document["display_name"])
    if contact.display_name != renamed_from:
        people = companies.people_to_rename(contact)
        carry(actor, people, lambda: companies.rename_employer(contact, people))


def carry_new_names(actor: Actor, contacts: Iterable[Contact]) -> None:
    """Tie people to new companies whose names were only text until now."""
    new = [each for each in contacts if each.kind == Contact.Kind.ORGANIZATION]
    for company in companies.named_by_people(new):
        people = companies.people_to_adopt(actor, company)
        carry(actor, people, partial(companies.adopt_people, company, people))


def carry(actor: Actor, contact_ids: Sequence[int], change: Callable[[], object]) -> None:
    """Make a change that also changes other contacts, with their derived data and history."""
    before = index.locked_documents(contact_ids)
    change()
    if not contact_ids:
        return
    after = index.refresh(contact_ids)
    entries = ((pk, "updated", before[pk], after[pk]) for pk in before)
    history.record_many(actor, "contact", entries)
