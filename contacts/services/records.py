"""What the services of all records besides contacts do in the same way."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from contacts.access import Actor, system_actor
from contacts.errors import NotFoundError
from contacts.fields import catalogue
from contacts.query.record_documents import with_links
from contacts.query.records import KINDS

Document = dict[str, object]
Row = TypeVar("Row", bound=Model)


def together() -> AbstractContextManager[None]:
    """Make the calls of several services one change: all of them are stored, or none."""
    return transaction.atomic()


def locked(visible: QuerySet[Row], kind: str, record_id: int) -> Row:
    """Return a row locked for a change; raises NotFoundError for what is not among the visible."""
    row = visible.filter(pk=record_id).select_for_update(of=("self",)).first()
    if row is None:
        raise NotFoundError(kind, record_id)
    return row


def assign(row: Model, kind: str, cleaned: Mapping[str, object]) -> None:
    """Set the columns of a row from cleaned values; a cleared column gets its default."""
    for field in catalogue(kind):
        if field.column and field.key in cleaned:
            value = cleaned[field.key]
            column = row._meta.get_field(field.column)
            if value is None and not column.null:
                value = column.get_default()  # type: ignore[union-attr]  # a column of its own
            setattr(row, field.column, value)


def written(actor: Actor, row: Model, kind: str) -> Document:
    """Return the document of a stored row as the actor reads it, seen by it or not any more."""
    rows = with_links(kind, type(row)._default_manager.filter(pk=row.pk))
    (document,) = KINDS[kind].write(actor, list(rows))
    return document


def trail_of(row: Model, kind: str) -> Document:
    """Return what the history keeps of a row: ids of contacts, never their names.

    Whoever reads the history of a deal need not see all of its contacts.
    """
    rows = list(with_links(kind, type(row)._default_manager.filter(pk=row.pk)))
    (document,) = KINDS[kind].write(system_actor(), rows)
    for key in ("contact", "contacts", "about"):
        document.pop(key, None)
    document["contact_id"] = getattr(row, "contact_id", None)
    linked = getattr(rows[0], "linked", None)
    if linked:
        document["contact_ids"] = sorted(linked)
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}
