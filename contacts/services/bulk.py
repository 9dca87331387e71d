"""Do the same to many contacts; what an actor may not change is left alone and counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contacts.access import Actor
from contacts.errors import DomainError
from contacts.services.contacts import Change, archive_contact, restore_contact, update_contact

# More would keep a browser waiting; it narrows its list instead.
MOST_CONTACTS = 200


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """How many contacts were changed, and how many were left alone."""

    changed: int
    refused: int


def change_contacts(actor: Actor, contact_ids: Sequence[int], change: Change) -> BulkOutcome:
    """Apply one change to each contact."""
    return _each(contact_ids, lambda pk: update_contact(actor, pk, change))


def archive_contacts(actor: Actor, contact_ids: Sequence[int]) -> BulkOutcome:
    """Put each contact into the trash."""
    return _each(contact_ids, lambda pk: archive_contact(actor, pk))


def restore_contacts(actor: Actor, contact_ids: Sequence[int]) -> BulkOutcome:
    """Take each contact out of the trash."""
    return _each(contact_ids, lambda pk: restore_contact(actor, pk))


def _each(contact_ids: Sequence[int], action: Callable[[int], object]) -> BulkOutcome:
    changed = refused = 0
    for contact_id in list(dict.fromkeys(contact_ids))[:MOST_CONTACTS]:
        try:
            action(contact_id)
        except DomainError:
            refused += 1
        else:
            changed += 1
    return BulkOutcome(changed, refused)
