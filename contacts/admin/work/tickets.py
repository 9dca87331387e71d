"""Tickets: requests that somebody is to answer."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contacts import query
from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.catalogue_screens import Document, column, records_of
from contacts.admin.facts import contact_cell
from contacts.admin.site import site
from contacts.admin.tables import Cell, Column, Pick
from contacts.admin.work.records import WorkAdmin
from contacts.fields import reference
from contacts.models import Ticket
from contacts.services.tickets import (
    archive_ticket,
    create_ticket,
    restore_ticket,
    update_ticket,
)

OPEN, CLOSED = "open", "closed"


def status_cell(document: Document) -> Cell:
    """Return the status of a ticket."""
    option = reference.options().by_id.get(document["status_id"])
    if option is None:
        return Cell()
    return Cell(option.label, tone="good" if option.traits.get("is_closed") else "on")


def contact_of(document: Document) -> Cell:
    """Return whose request it is, where one sees the contact."""
    return contact_cell(document["contact"]) if document["contact"] else Cell()


@admin.register(Ticket, site=site)
class TicketAdmin(WorkAdmin):
    """Requests of contacts."""

    kind: ClassVar[str] = "ticket"
    order: ClassVar[int] = 40
    icon: ClassVar[str] = "ticket"
    view_right: ClassVar[str] = "view_tickets"
    takes_notes: ClassVar[bool] = True
    open_ones: ClassVar[tuple[str, str]] = ("state", OPEN)
    empty = gettext_lazy("No tickets yet. Write down what somebody asks for.")
    add_label = gettext_lazy("New ticket")
    keys = (
        "subject",
        "project",
        "contact",
        "contacts",
        "tracker",
        "status",
        "priority",
        "category",
        "owner",
        "starts_on",
        "due_on",
        "done_ratio",
        "is_private",
        "description",
    )
    columns = (
        column("ticket", "subject"),
        Column(gettext_lazy("Contact"), contact_of),
        Column(gettext_lazy("Status"), status_cell),
        column("ticket", "priority", can_sort=False),
        column("ticket", "due_on"),
        column("ticket", "owner", can_sort=False),
        column("ticket", "updated_at"),
    )

    def open_label(self, count: int) -> str:
        """Return what open tickets are called."""
        return ngettext("open ticket", "open tickets", count)

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return the categories with their projects."""
        projects = reference.projects()
        categories = [
            (each["id"], f"{projects.name_of(each['project_id'])}: {each['name']}")
            for each in records_of(actor, "ticket_category")
        ]
        return {**super().options(actor, record), "category": categories}

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer open and closed ones, and statuses."""
        options = reference.options()
        states = [(OPEN, _("open")), (CLOSED, _("closed"))]
        statuses = [(str(each.pk), each.label) for each in options.of("ticket_status")]
        return [
            Pick("state", _("State"), states),
            Pick("status", _("Status"), statuses),
            *super().picks(request),
        ]

    def condition(self, actor: Actor, name: str, value: str) -> query.Condition | None:
        """Return what a choice above the list means."""
        if name == "state":
            return query.where(actor, "closed_at", "is_empty", value == OPEN, kind="ticket")
        return super().condition(actor, name, value)

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return the usual tracker, status and priority."""
        options = reference.options()
        usual = {
            key: default.pk
            for key in ("tracker", "status", "priority")
            if (default := options.default_of(f"ticket_{key}")) is not None
        }
        return {**usual, **super().first_values(request)}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new ticket."""
        return int(str(create_ticket(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_ticket(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Put a ticket into the trash."""
        archive_ticket(actor, record_id)

    def restore(self, actor: Actor, record_id: int) -> object:
        """Take a ticket out of the trash."""
        return restore_ticket(actor, record_id)
