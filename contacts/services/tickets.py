"""Create, change, archive, restore and delete tickets."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from contacts import history
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
    default_place,
    locked,
    project_faults,
    require_place,
    trail_of,
    written,
)
from contacts.services.tags import tag_record
from contacts.services.trash import delete_row, set_archived
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

# What a ticket always has: the list's default where nothing is said.
WITH_DEFAULT = ("tracker", "status", "priority")


def create_ticket(actor: Actor, values: Values) -> Document:
    """Create a ticket; without a project it goes to the actor's default one.

    Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    if not values.get("project"):
        values = {**values, "project": default_place(actor, NEEDED["ticket", "create"], "ticket")}
    with transaction.atomic():
        now = timezone.now()
        ticket = Ticket(author_id=actor.user_id, created_at=now, updated_at=now)
        ticket.entry_channel = actor.dialect
        cleaned, faults = check_values(actor, "ticket", values, creating=True)
        require_no_faults(faults + _faults(actor, ticket, cleaned))
        require_place(actor, cleaned["project"], NEEDED["ticket", "create"], "ticket")  # type: ignore[arg-type]  # a cleaned id
        _store(actor, ticket, cleaned)
        history.record(
            actor,
            "ticket",
            ticket.pk,
            "created",
            after=trail_of(ticket, "ticket"),
            contact_id=ticket.contact_id,
        )
        return written(actor, ticket, "ticket")


def update_ticket(actor: Actor, ticket_id: int, values: Values) -> Document:
    """Change what the values name; a move to another project needs the right to add there.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        ticket = _locked(actor, ticket_id, "update")
        before = trail_of(ticket, "ticket")
        project_before = ticket.project_id
        cleaned, faults = check_values(actor, "ticket", values, creating=False)
        require_no_faults(faults + _faults(actor, ticket, cleaned))
        if cleaned.get("project", project_before) != project_before:
            require_place(actor, cleaned["project"], NEEDED["ticket", "create"], "ticket")  # type: ignore[arg-type]  # a cleaned id
            # Categories belong to one project.
            cleaned.setdefault("category", None)
        ticket.updated_at = timezone.now()
        ticket.editor_id = actor.user_id
        _store(actor, ticket, cleaned)
        history.record(
            actor,
            "ticket",
            ticket.pk,
            "updated",
            before=before,
            after=trail_of(ticket, "ticket"),
            contact_id=ticket.contact_id,
        )
        return written(actor, ticket, "ticket")


def archive_ticket(actor: Actor, ticket_id: int) -> Document:
    """Put a ticket into the trash; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        ticket = _locked(actor, ticket_id, "archive")
        return set_archived(actor, ticket, "ticket", archived=True, contact_id=ticket.contact_id)


def restore_ticket(actor: Actor, ticket_id: int) -> Document:
    """Take a ticket out of the trash; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        ticket = _locked(actor, ticket_id, "restore", archived=True)
        return set_archived(actor, ticket, "ticket", archived=False, contact_id=ticket.contact_id)


def delete_ticket(actor: Actor, ticket_id: int) -> None:
    """Delete an archived ticket for good, with its notes and files.

    Raises NotFoundError for one that is not in the trash, ForbiddenError.
    """
    with transaction.atomic():
        ticket = _locked(actor, ticket_id, "delete", archived=True)
        delete_row(actor, ticket, "ticket", contact_id=ticket.contact_id)


def _locked(actor: Actor, ticket_id: int, action: str, *, archived: bool = False) -> Ticket:
    ticket = locked(visible_tickets(actor, archived=archived), "ticket", ticket_id)
    actor.require(NEEDED["ticket", action], [ticket.project_id], "ticket")
    return ticket


def _faults(actor: Actor, ticket: Ticket, cleaned: Values) -> list[Fault]:
    faults = project_faults(actor, cleaned)
    category_id = cleaned.get("category")
    if category_id is not None:
        project_id = cleaned.get("project", ticket.project_id)
        categories = TicketCategory.objects.filter(pk=category_id, project_id=project_id)  # type: ignore[misc]  # cleaned ids
        if not categories.exists():
            faults.append(Fault("category", "unknown", {"value": category_id}))
    start, due = (cleaned.get(key, getattr(ticket, key)) for key in ("starts_on", "due_on"))
    if start and due and due < start:  # type: ignore[operator]  # cleaned days
        faults.append(Fault("due_on", "too_small", {"limit": start}))
    return faults


def _store(actor: Actor, ticket: Ticket, cleaned: Values) -> None:
    assign(ticket, "ticket", cleaned)
    for name in WITH_DEFAULT:
        if getattr(ticket, f"{name}_id") is None:
            option = reference.options().default_of(f"ticket_{name}")
            setattr(ticket, f"{name}_id", option.pk if option else None)
    if not is_closed(ticket.status_id):
        ticket.closed_at = None
    elif ticket.closed_at is None:
        ticket.closed_at = ticket.updated_at
    ticket.save()
    replace_facts("ticket", ticket.pk, cleaned)
    tag_record(ticket, cleaned)
    if "contacts" in cleaned:
        links = Ticket.contacts.through
        relink(
            actor,
            links._default_manager.filter(ticket=ticket),
            cleaned["contacts"],  # type: ignore[arg-type]  # cleaned ids
            lambda pk: links(ticket=ticket, contact_id=pk),
        )


def is_closed(status_id: int | None) -> bool:
    """Tell whether a status ends a ticket."""
    status = reference.options().by_id.get(status_id or 0)
    return status is not None and bool(status.traits.get("is_closed"))
