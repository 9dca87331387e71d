"""Which fields an actor may read, and so filter and sort by, and which it may write."""

from contacts.access.actor import Actor
from contacts.fields import Field, catalogue


def may_read(actor: Actor, field: Field) -> bool:
    """Tell whether an actor may read a field at all."""
    if actor.is_administrator:
        return True
    if field.access == "administrators":
        return False
    return not field.project_ids or bool(field.project_ids & actor.rights.keys())


def readable_fields(actor: Actor, kind: str = "contact") -> list[Field]:
    """Return the fields of a kind of record that an actor may read, in order."""
    return [field for field in catalogue(kind) if may_read(actor, field)]


def readable_custom_fields(actor: Actor, kind: str = "contact") -> list[Field]:
    """Return the custom fields that an actor may read, in order."""
    return [field for field in catalogue(kind).custom() if may_read(actor, field)]


def find_readable(actor: Actor, kind: str, key: str) -> Field | None:
    """Return a field by its key, or None: missing and unreadable look the same."""
    field = catalogue(kind).find(key)
    return field if field is not None and may_read(actor, field) else None
