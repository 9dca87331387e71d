"""Create, change, archive, restore and delete tickets."""

from collections.abc import Mapping

from django.db.models import QuerySet

from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_tickets
from contacts.errors import Fault
from contacts.fields import reference
from contacts.models import Ticket, TicketCategory
from contacts.services.facts import replace_facts
from contacts.services.linking import relink
from contacts.services.records import (
    Document,
    assign,
    project_faults,
)
from contacts.services.tags import tag_record
from contacts.services.work_records import WorkRecords, leave_category

Values = Mapping[str, object]

# What a ticket always has: the list's default where nothing is said.
WITH_DEFAULT = ("tracker", "status", "priority")


class _Tickets(WorkRecords[Ticket]):
    kind = "ticket"
    model = Ticket

    def visible(self, actor: Actor, *, archived: bool) -> QuerySet[Ticket]:
        return visible_tickets(actor, archived=archived)

    def require(self, actor: Actor, row: Ticket, action: str) -> None:
        actor.require(NEEDED["ticket", action], [row.project_id], "ticket")

    def faults(self, actor: Actor, row: Ticket, cleaned: Values) -> list[Fault]:
        faults = project_faults(actor, cleaned)
        category_id = cleaned.get("category")
        if category_id is not None:
            project_id = cleaned.get("project", row.project_id)
            categories = TicketCategory.objects.filter(pk=category_id, project_id=project_id)  # type: ignore[misc]  # cleaned ids
            if not categories.exists():
                faults.append(Fault("category", "unknown", {"value": category_id}))
        start, due = (cleaned.get(key, getattr(row, key)) for key in ("starts_on", "due_on"))
        if start and due and due < start:  # type: ignore[operator]  # cleaned days
            faults.append(Fault("due_on", "too_small", {"limit": start}))
        return faults

    def admit(self, actor: Actor, row: Ticket, cleaned: dict[str, object]) -> None:
        super().admit(actor, row, cleaned)
        leave_category(row, cleaned)

    def store(self, actor: Actor, row: Ticket, cleaned: Values) -> None:
        assign(row, "ticket", cleaned)
        for name in WITH_DEFAULT:
            if getattr(row, f"{name}_id") is None:
                option = reference.options().default_of(f"ticket_{name}")
                setattr(row, f"{name}_id", option.pk if option else None)
        if not is_closed(row.status_id):
            row.closed_at = None
        elif row.closed_at is None:
            row.closed_at = row.updated_at
        row.save()
        replace_facts("ticket", row.pk, cleaned)
        tag_record(row, cleaned)
        if "contacts" in cleaned:
            links = Ticket.contacts.through
            relink(
                actor,
                links._default_manager.filter(ticket=row),
                cleaned["contacts"],  # type: ignore[arg-type]  # cleaned ids
                lambda pk: links(ticket=row, contact_id=pk),
            )

    def contact_of(self, row: Ticket) -> int | None:
        return row.contact_id


_TICKETS = _Tickets()


def create_ticket(actor: Actor, values: Values) -> Document:
    """Create a ticket; without a project it goes to the actor's default one.

    Raises ForbiddenError, InvalidError.
    """
    return _TICKETS.create(actor, values)


def update_ticket(actor: Actor, ticket_id: int, values: Values) -> Document:
    """Change what the values name; a move to another project needs the right to add there.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    return _TICKETS.update(actor, ticket_id, values)


def archive_ticket(actor: Actor, ticket_id: int) -> Document:
    """Put a ticket into the trash; raises NotFoundError, ForbiddenError."""
    return _TICKETS.archive(actor, ticket_id)


def restore_ticket(actor: Actor, ticket_id: int) -> Document:
    """Take a ticket out of the trash; raises NotFoundError, ForbiddenError."""
    return _TICKETS.restore(actor, ticket_id)


def delete_ticket(actor: Actor, ticket_id: int) -> None:
    """Delete an archived ticket for good, with its notes and files.

    Raises NotFoundError for one that is not in the trash, ForbiddenError.
    """
    _TICKETS.delete(actor, ticket_id)


def is_closed(status_id: int | None) -> bool:
    """Tell whether a status ends a ticket."""
    status = reference.options().by_id.get(status_id or 0)
    return status is not None and bool(status.traits.get("is_closed"))
