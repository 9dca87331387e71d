"""Lists to choose from: one list at a time, with its options in order."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import query
from contacts.access import NEEDED, Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import projects_of
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column
from contacts.admin.record_forms import RecordForm
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.site import site
from contacts.admin.tables import Cell, Column, Pick
from contacts.fields import reference
from contacts.models import Option, TicketCategory
from contacts.services.options import create_option, delete_option, update_option
from contacts.services.ticket_categories import (
    create_ticket_category,
    delete_ticket_category,
    update_ticket_category,
)

LISTS: dict[str, str | Promise] = {
    "activity_type": gettext_lazy("Types of activity"),
    "activity_status": gettext_lazy("Statuses of activities"),
    "activity_medium": gettext_lazy("Media of activities"),
    "activity_priority": gettext_lazy("Priorities of activities"),
    "call_outcome": gettext_lazy("Outcomes of calls"),
    "gender": gettext_lazy("Genders"),
    "industry": gettext_lazy("Industries"),
    "lead_source": gettext_lazy("How we met"),
    "location_type": gettext_lazy("Places of addresses and phones"),
    "lost_reason": gettext_lazy("Reasons of losses"),
    "messenger_service": gettext_lazy("Messenger services"),
    "phone_type": gettext_lazy("Types of phone"),
    "ticket_tracker": gettext_lazy("Kinds of ticket"),
    "ticket_status": gettext_lazy("Statuses of tickets"),
    "ticket_priority": gettext_lazy("Priorities of tickets"),
    "website_type": gettext_lazy("Types of website"),
}
CLOSING = frozenset({"activity_status", "ticket_status"})
RELATIVES = ("option", "ticketcategory")
CONFLICTS = {
    "in_use": gettext_lazy("Records have this option, so it stays. Switch it off instead."),
    "default": gettext_lazy("This is the default of its list. Make another one the default first."),
}


def list_cell(option: Document) -> Cell:
    """Return which list an option belongs to."""
    name = str(option["list_name"])
    return Cell(dict(all_lists()).get(name, name))


def all_lists() -> list[tuple[str, str | Promise]]:
    """Return the lists with their titles: ours in the reader's language, then those of others."""
    others = (each for each in reference.option_lists().by_id.values() if each.key not in LISTS)
    return [*LISTS.items(), *((each.key, each.name) for each in others)]


def state_cell(option: Document) -> Cell:
    """Return whether an option may be chosen."""
    if option["is_active"]:
        return Cell(_("may be chosen"), tone="good")
    return Cell(_("switched off"), tone="warn")


@admin.register(Option, site=site)
class OptionAdmin(CatalogueAdmin):
    """What there is to choose from in the lists of the CRM."""

    kind: ClassVar[str] = "option"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 60
    icon: ClassVar[str] = "list"
    view_right: ClassVar[str] = ADMINISTRATOR
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    heading = gettext_lazy("Lists to choose from")
    intro = gettext_lazy("Statuses, types and the like. Choose a list to see only its options.")
    add_label = gettext_lazy("New option")
    keys = ("label", "color", "position", "is_default", "is_active", "is_closed")
    columns = (
        Column(
            gettext_lazy("Label"),
            lambda option: Cell(option["label"], color=option["color"]),
        ),
        Column(gettext_lazy("List"), list_cell),
        column("option", "is_default", can_sort=False),
        Column(gettext_lazy("State"), state_cell),
    )

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer the lists."""
        return [Pick("list_name", _("List"), all_lists())]

    def condition(self, actor: Actor, name: str, value: str) -> query.Condition | None:
        """Return what the choice above the list means."""
        return query.where(actor, name, "eq", value, kind=self.kind)

    def form_of(self, request: HttpRequest, record: Document | None) -> RecordForm:
        """Add the list to a new option; only some lists know what is closed."""
        form = super().form_of(request, record)
        form.fields["is_active"].label = _("May be chosen")
        if record is None:
            lists = inputs.asked(inputs.one_of(_("List"), all_lists()))
            form.fields = {"list_name": lists, **form.fields}
        elif record["list_name"] not in CLOSING:
            form.fields.pop("is_closed", None)
        if "is_closed" in form.fields:
            form.fields["is_closed"].label = _("Means that something is closed or done")
        return form

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual; the list that was looked at."""
        return {"is_active": True, "list_name": request.GET.get("list_name", "")}

    def name_of(self, record: Document) -> str:
        """Return the label."""
        return str(record["label"])

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new option."""
        return int(str(create_option(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_option(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete an option that no record has."""
        delete_option(actor, record_id)

    def conflict_message(self, name: str, reason: str) -> str:
        """Say why an option stays."""
        return str(CONFLICTS.get(reason, reason))


@admin.register(TicketCategory, site=site)
class TicketCategoryAdmin(CatalogueAdmin):
    """Categories of tickets within a project."""

    kind: ClassVar[str] = "ticket_category"
    icon: ClassVar[str] = "ticket"
    view_right: ClassVar[str] = NEEDED["ticket_category", "manage"]
    change_right: ClassVar[str] = NEEDED["ticket_category", "manage"]
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    intro = gettext_lazy("Each project has categories of its own.")
    empty = gettext_lazy("No categories yet.")
    add_label = gettext_lazy("New category")
    keys = ("name", "project")
    columns = (
        column("ticket_category", "name"),
        column("ticket_category", "project", can_sort=False),
    )

    def keys_of(self, record: Document | None) -> tuple[str, ...]:
        """Leave out the project: a category stays in its own."""
        return self.keys if record is None else ("name",)

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return the projects in which the person may make categories."""
        return {"project": projects_of(actor, self.change_right)}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new category."""
        return int(str(create_ticket_category(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Rename a category."""
        update_ticket_category(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a category; its tickets have none then."""
        delete_ticket_category(actor, record_id)
