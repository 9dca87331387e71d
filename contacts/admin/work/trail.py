"""What happened with a deal, an activity or a ticket, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.defaultfilters import date as written_date
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import history
from contacts.access import Actor, readable_fields
from contacts.admin.facts import cells_of
from contacts.admin.tables import Cell
from contacts.models import Change
from contacts.services.undoing import can_undo

SHOWN = 20
HEADINGS: dict[str, str | Promise] = {
    "created": gettext_lazy("Created"),
    "updated": gettext_lazy("Changed"),
    "archived": gettext_lazy("Deleted"),
    "restored": gettext_lazy("Restored"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as the page shows it."""

    id: int
    heading: str | Promise
    who: str
    door: str
    at: datetime
    differences: tuple[Difference, ...]
    can_undo: bool


def entries_of(actor: Actor, kind: str, record_id: int) -> list[Entry]:
    """Return the latest changes of a record that the actor sees."""
    changes = history.changes_of(kind, record_id).select_related("user")[:SHOWN]
    return [_entry(actor, kind, change) for change in changes if change.action in HEADINGS]


def _entry(actor: Actor, kind: str, change: Change) -> Entry:
    told = change.action == "updated"
    return Entry(
        id=change.pk,
        heading=HEADINGS[change.action],
        who=change.user.name if change.user else _("nobody signed in"),
        door=change.dialect,
        at=change.at,
        differences=differences_of(actor, kind, change.before, change.after) if told else (),
        can_undo=told and can_undo(change),
    )


def differences_of(
    actor: Actor, kind: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Difference, ...]:
    """Return the fields of a record that differ and that the actor may read."""
    found = []
    for field in readable_fields(actor, kind):
        # Whoever sees a deal need not see every contact that it had.
        if field.type.name == "contact" or field.traits.get("target") == "contact":
            continue
        old, new = (_text(cells_of(document, field)) for document in (before, after))
        if old != new:
            found.append(Difference(field.label, old, new))
    return tuple(found)


def _text(cells: list[Cell]) -> str:
    return ", ".join(_one(cell) for cell in cells)


def _one(cell: Cell) -> str:
    if cell.moment is not None:
        return str(written_date(timezone.localtime(cell.moment), "SHORT_DATETIME_FORMAT"))
    if cell.day is not None:
        return str(written_date(cell.day, "DATE_FORMAT"))
    return str(cell.text)
