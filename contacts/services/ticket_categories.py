"""Set up the categories of tickets in a project, by whoever may change tickets there."""

from collections.abc import Mapping

from django.db import transaction

from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_ticket_categories
from contacts.errors import Fault
from contacts.models import Ticket, TicketCategory
from contacts.services.records import Document, locked, project_faults
from contacts.services.setup import delete_setup, store_change, store_new, taken_faults
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "ticket_category"


def create_ticket_category(actor: Actor, values: Values) -> Document:
    """Create a category in a project; raises ForbiddenError, InvalidError."""
    actor.require_write()
    with transaction.atomic():
        row = TicketCategory()
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        scope = {"project_id": cleaned.get("project")}
        faults += project_faults(actor, cleaned) + taken_faults(row, "name", cleaned, scope=scope)
        require_no_faults(faults)
        actor.require(NEEDED[KIND, "manage"], [cleaned["project"]], KIND)  # type: ignore[list-item]  # a cleaned id
        return store_new(actor, row, KIND, cleaned)


def update_ticket_category(actor: Actor, category_id: int, values: Values) -> Document:
    """Rename a category; it stays in its project.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, category_id)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        if cleaned.get("project", row.project_id) != row.project_id:
            faults.append(Fault("project", "read_only"))
        scope = {"project_id": row.project_id}
        require_no_faults(faults + taken_faults(row, "name", cleaned, scope=scope))
        return store_change(actor, row, KIND, cleaned)


def delete_ticket_category(actor: Actor, category_id: int, *, move_to: int | None = None) -> None:
    """Delete a category; its tickets get the category `move_to` of the same project, or none.

    Raises NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, category_id)
        if move_to is not None:
            siblings = visible_ticket_categories(actor).filter(project_id=row.project_id)
            target = locked(siblings, KIND, move_to)
            Ticket.objects.filter(category=row).update(category=target)
        delete_setup(actor, row, KIND)


def _locked(actor: Actor, category_id: int) -> TicketCategory:
    row = locked(visible_ticket_categories(actor), KIND, category_id)
    actor.require(NEEDED[KIND, "manage"], [row.project_id], KIND)
    return row
