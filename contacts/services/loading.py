"""Write many new contacts at once, with everything that is derived from them.

Many times faster than saving one by one: ids are reserved in blocks, the rows of a batch go out as
a few statements or one COPY per table, in one transaction.
"""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import Model

from contacts import history, index
from contacts.access import Actor
from contacts.index import ContactParts, Document
from contacts.index.inserting import Inserts
from contacts.index.refresh import named_from
from contacts.index.reserving import Reserved
from contacts.models import (
    Contact,
    ContactFact,
    ContactProject,
    ContactTag,
    CustomValue,
    EmailAddress,
    Membership,
    Messenger,
    Phone,
    PostalAddress,
    Relationship,
    RelationshipType,
    Website,
)

CHANNELS: tuple[tuple[str, type[Model]], ...] = (
    ("emails", EmailAddress),
    ("phones", Phone),
    ("addresses", PostalAddress),
    ("websites", Website),
    ("messengers", Messenger),
    ("custom", CustomValue),
    ("facts", ContactFact),
)


def load_contacts(actor: Actor, batch: Sequence[ContactParts]) -> list[int]:
    """Store new contacts and return their ids; one transaction.

    The parts are complete rows without ids; their names are derived here.
    """
    with transaction.atomic():
        store_rows(batch)
        return list(settle_loaded(actor, batch))


def store_rows(batch: Sequence[ContactParts], reserved: Reserved | None = None) -> None:
    """Store the rows of new contacts; nothing that is derived but their names."""
    hanging = _numbered(batch, reserved or Reserved())
    with Inserts() as inserts:
        inserts.add_rows(Contact, [parts.contact for parts in batch])
        for model, rows in hanging.items():
            inserts.add_rows(model, rows)
        _add_memberships(batch, inserts)
        _add_links(batch, inserts)


def settle_loaded(actor: Actor, batch: Sequence[ContactParts]) -> dict[int, Document]:
    """Store what is derived of contacts whose rows were stored, and their history."""
    nothing: Document = {}
    with Inserts() as inserts:
        documents = index.write(batch, inserts)
        created = ((pk, "created", nothing, document) for pk, document in documents.items())
        history.record_many(actor, "contact", created, inserts=inserts)
    return documents


def _numbered(batch: Sequence[ContactParts], reserved: Reserved) -> dict[type[Model], list[Any]]:
    """Give names to new contacts, ids and owners to the rows that documents name.

    Returns those that hang on contacts by their tables.
    """
    rows = {model: [*chain.from_iterable(map(attrgetter(name), batch))] for name, model in CHANNELS}
    counts: dict[type[Model], int] = {model: len(each) for model, each in rows.items()}
    ids = reserved.take({Contact: len(batch), **counts})
    numbers = [(name, iter(ids[model])) for name, model in CHANNELS if rows[model]]
    for owner, parts in zip(ids[Contact], batch, strict=True):
        parts.contact.id = owner
        named_from(parts)
        for name, following in numbers:
            for row in getattr(parts, name):
                # Their `pk` and `contact_id` look for more before they set the same; these rows
                # were just made.
                held = row.__dict__
                held["id"], held["contact_id"] = next(following), owner
    return rows


def _add_memberships(batch: Sequence[ContactParts], inserts: Inserts) -> None:
    for parts in batch:
        if parts.membership is not None:
            parts.membership.contact_id = parts.contact.pk
    rows = [parts.membership for parts in batch if parts.membership is not None]
    inserts.add_rows(Membership, rows)


def _add_links(batch: Sequence[ContactParts], inserts: Inserts) -> None:
    tags, projects = [], []
    for parts in batch:
        contact_id, name = parts.contact.id, parts.contact.sort_name
        tags += [(contact_id, tag_id, name) for tag_id in parts.tag_ids]
        projects += [(contact_id, project_id, name) for project_id in parts.project_ids]
    inserts.add(ContactTag, ("contact_id", "tag_id", "sort_name"), tags)
    inserts.add(ContactProject, ("contact_id", "project_id", "sort_name"), projects)
    if any(parts.company_ids for parts in batch):
        _add_ties(batch, inserts)


def _add_ties(batch: Sequence[ContactParts], inserts: Inserts) -> None:
    employee = RelationshipType.objects.get(name_a_b=index.EMPLOYEE_OF)
    ties = [
        Relationship(
            type=employee,
            contact_a_id=parts.contact.pk,
            contact_b_id=company_id,
            position=position,
            created_at=parts.contact.created_at,
        )
        for parts in batch
        for position, company_id in enumerate(parts.company_ids)
    ]
    inserts.add_rows(Relationship, ties)
