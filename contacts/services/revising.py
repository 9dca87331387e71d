"""Change a contact whichever shelf it stands on, and put it onto another, in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction

from contacts.access import Actor
from contacts.index import Document
from contacts.services.contacts import (
    archive_contact,
    create_contact,
    restore_contact,
    update_contact,
)


@dataclass(frozen=True, slots=True)
class Revision:
    """Values to store, and whether the contact shall be in the trash (None: where it is)."""

    values: Mapping[str, object]
    archived: bool | None = None


def add_contact(actor: Actor, revision: Revision) -> Document:
    """Create a contact, in the trash where that is asked for.

    Raises ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        document = create_contact(actor, revision.values)
        return _shelved(actor, document, revision.archived)


def revise_contact(
    actor: Actor, contact_id: int, change: Callable[[Document], Revision]
) -> Document:
    """Change a contact, living or archived, as `change` says of its present document.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    archived: list[bool | None] = []

    def values_of(document: Document) -> Mapping[str, object]:
        revision = change(document)
        archived.append(revision.archived)
        return revision.values

    with transaction.atomic():
        document = update_contact(actor, contact_id, values_of, archived=None)
        return _shelved(actor, document, archived[-1])


def _shelved(actor: Actor, document: Document, archived: bool | None) -> Document:
    if archived is None or archived == ("archived_at" in document):
        return document
    move = archive_contact if archived else restore_contact
    return move(actor, int(str(document["id"])))
