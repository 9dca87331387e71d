"""Take back one change of what hangs on contacts: work, notes, files, relationships.

As with contacts, what somebody else has changed since stays as it is now, and the same rights are
needed as for any other change.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.fields import Catalogue, Field, catalogue
from contacts.models import Activity, Change, Deal, Note, Ticket
from contacts.services.activities import archive_activity, restore_activity, update_activity
from contacts.services.attachments import delete_attachment
from contacts.services.deals import archive_deal, restore_deal, update_deal
from contacts.services.notes import delete_note, update_note
from contacts.services.records import trail_of
from contacts.services.relationships import untie_contacts
from contacts.services.tickets import archive_ticket, restore_ticket, update_ticket
from contacts.services.wastebasket import bring_back, find_kept

Values = Mapping[str, Any]
Way = Callable[[Actor, int], object]

# Of each kind: into the trash or the wastebasket, and out of the trash.
TRASH: dict[str, tuple[Way, Way]] = {
    "activity": (archive_activity, restore_activity),
    "deal": (archive_deal, restore_deal),
    "ticket": (archive_ticket, restore_ticket),
}
REMOVALS: dict[str, Way] = {
    **{kind: ways[0] for kind, ways in TRASH.items()},
    "note": delete_note,
    "attachment": delete_attachment,
    "relationship": untie_contacts,
}
CHANGES: dict[str, tuple[type, Callable[[Actor, int, Values], object]]] = {
    "activity": (Activity, update_activity),
    "deal": (Deal, update_deal),
    "note": (Note, update_note),
    "ticket": (Ticket, update_ticket),
}
# What a note is about never changes, and what is shown of its thread follows.
FIXED = frozenset({"id"})


def can_undo_record(change: Change) -> bool:
    """Tell whether a change is of a kind that can be taken back."""
    kind, action = change.record_kind, change.action
    if action == "updated":
        return kind in CHANGES and bool(_values(catalogue(kind), change.after, change))
    if action in ("created", "restored"):
        return kind in REMOVALS
    return (action == "archived" and kind in TRASH) or (
        action == "deleted" and kind in REMOVALS and kind not in TRASH
    )


def undo_record_change(actor: Actor, change: Change) -> bool:
    """Take back one change; tell whether there was anything left to take back.

    Raises NotFoundError, ForbiddenError, InvalidError; ConflictError where what it belonged to is
    gone.
    """
    kind, record_id = change.record_kind, change.record_id
    if not can_undo_record(change):
        return False
    if change.action == "updated":
        return _take_back(actor, change)
    if change.action == "deleted":
        with transaction.atomic():
            bring_back(actor, find_kept(kind, record_id))
    elif change.action == "archived":
        TRASH[kind][1](actor, record_id)
    else:
        REMOVALS[kind](actor, record_id)
    return True


def _take_back(actor: Actor, change: Change) -> bool:
    model, update = CHANGES[change.record_kind]
    with transaction.atomic():
        rows = model._default_manager.select_for_update()  # type: ignore[attr-defined]  # every model has one
        row = rows.filter(pk=change.record_id).first()
        if row is None:
            raise NotFoundError(change.record_kind, change.record_id)
        now = trail_of(row, change.record_kind)
        values = _values(catalogue(change.record_kind), now, change)
        if values:
            update(actor, change.record_id, values)
        return bool(values)


def _values(fields: Catalogue, now: Values, change: Change) -> dict[str, object]:
    """Return the values that lead back, as far as nothing moved since."""
    before, after = change.before, change.after
    unmoved = {key for key in before.keys() | after.keys() if now.get(key) == after.get(key)}
    found = {}
    for key in unmoved - FIXED:
        field = _field(fields, key)
        if field is not None and field.is_writable:
            found[field.key] = _plain(before.get(key))
    return found | _custom(fields, now, change)


def _field(fields: Catalogue, key: str) -> Field | None:
    """Return the field behind a key of a document: `status_id`, `contact_ids` or its own."""
    several = key.removesuffix("_ids") + "s" if key.endswith("_ids") else key
    for name in (several, key.removesuffix("_id")):
        field = fields.find(name)
        if field is not None:
            return field
    return None


def _plain(value: Any) -> object:  # noqa: ANN401  # any value of a document
    """Return a value as a service takes it: of what is named with its id, the id alone."""
    if isinstance(value, dict):
        return value.get("id")
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value


def _custom(fields: Catalogue, now: Values, change: Change) -> dict[str, object]:
    old, new, present = (
        dict(document.get("custom") or {}) for document in (change.before, change.after, now)
    )
    return {
        f"custom_{pk}": old.get(pk)
        for pk in old.keys() | new.keys()
        if fields.find(f"custom_{pk}")
        and old.get(pk) != new.get(pk)
        and present.get(pk) == new.get(pk)
    }
