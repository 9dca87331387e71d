"""Store the small records that administrators set up, all in the same way."""

from collections.abc import Mapping

from django.db.models import Model

from contacts import history
from contacts.access import Actor
from contacts.errors import Fault
from contacts.fields import catalogue
from contacts.fields.text import fold
from contacts.services.records import Document, assign, trail_of, written

Values = Mapping[str, object]


def store_new(actor: Actor, row: Model, kind: str, cleaned: Values) -> Document:
    """Save a new row with its entry in the history; returns its document."""
    assign(row, kind, cleaned)
    row.save(force_insert=True)
    link(row, kind, cleaned)
    history.record(actor, kind, row.pk, "created", after=trail_of(row, kind))
    return written(actor, row, kind)


def store_change(actor: Actor, row: Model, kind: str, cleaned: Values) -> Document:
    """Save what changes in a row with its entry in the history; returns its document."""
    before = trail_of(row, kind)
    assign(row, kind, cleaned)
    row.save()
    link(row, kind, cleaned)
    history.record(actor, kind, row.pk, "updated", before=before, after=trail_of(row, kind))
    return written(actor, row, kind)


def delete_setup(actor: Actor, row: Model, kind: str) -> None:
    """Delete a row; the history keeps what it was."""
    before = trail_of(row, kind)
    record_id = row.pk
    row.delete()
    history.record(actor, kind, record_id, "deleted", before=before)


def link(row: Model, kind: str, cleaned: Values) -> None:
    """Store the lists of ids among the values: each is a relation of the row."""
    for field in catalogue(kind):
        if field.is_multiple and not field.column and field.key in cleaned:
            relation = str(getattr(field.storage, "name", field.key))
            getattr(row, relation).set(cleaned[field.key])


def taken_faults(
    row: Model, column: str, cleaned: Values, *, scope: Values | None = None
) -> list[Fault]:
    """Return a fault where another row of the scope has the same name, whatever its case."""
    name = fold(str(cleaned.get(column) or ""))
    if not name:
        return []
    others = type(row)._default_manager.filter(**(scope or {})).exclude(pk=row.pk)
    if any(fold(other) == name for other in others.values_list(column, flat=True)):
        return [Fault(column, "taken", {"value": cleaned[column]})]
    return []


def keep_one_default(row: Model, cleaned: Values, *, scope: Values | None = None) -> None:
    """Take the default mark off the other rows of the scope before this one gets it."""
    if cleaned.get("is_default"):
        others = type(row)._default_manager.filter(**(scope or {}), is_default=True)
        others.exclude(pk=row.pk).update(is_default=False)
