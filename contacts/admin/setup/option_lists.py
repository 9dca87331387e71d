"""The lists of options themselves: made, named, deleted while they are empty."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from contacts.access import Actor
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.setup.lists import state_cell
from contacts.admin.site import site
from contacts.admin.tables import Cell, Column
from contacts.fields import reference
from contacts.models import OptionList
from contacts.services.option_lists import (
    create_option_list,
    delete_option_list,
    update_option_list,
)

CONFLICTS = {
    "in_use": gettext_lazy("The list has options. Delete them first, or switch the list off."),
    "built_in": gettext_lazy("The CRM itself asks with this list, so it stays."),
}


def options_cell(option_list: Document) -> Cell:
    """Return how many options a list has, as a link to them."""
    name = str(option_list["name"])
    count = len(reference.options().of(name))
    address = reverse("admin:contacts_option_changelist")
    return Cell(str(count), url=f"{address}?list_name={name}" if count else "")


@admin.register(OptionList, site=site)
class OptionListAdmin(CatalogueAdmin):
    """What there is to choose from, list by list."""

    kind: ClassVar[str] = "option_list"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 41
    icon: ClassVar[str] = "list"
    view_right: ClassVar[str] = ADMINISTRATOR
    can_search: ClassVar[bool] = True
    intro = gettext_lazy("Lists of options that fields and integrations ask with.")
    empty = gettext_lazy("No lists yet.")
    add_label = gettext_lazy("New list")
    keys = ("title", "name", "description", "is_active")
    columns = (
        column("option_list", "title"),
        column("option_list", "name"),
        Column(gettext_lazy("Options"), options_cell, is_number=True),
        Column(gettext_lazy("State"), state_cell),
    )

    def keys_of(self, record: Document | None) -> tuple[str, ...]:
        """Leave out the machine name of a stored list: it stays."""
        return self.keys if record is None else ("title", "description", "is_active")

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return {"is_active": True}

    def name_of(self, record: Document) -> str:
        """Return the title."""
        return str(record["title"])

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new list."""
        return int(str(create_option_list(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_option_list(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete an empty list."""
        delete_option_list(actor, record_id)

    def conflict_message(self, name: str, reason: str) -> str:
        """Say why a list stays."""
        return str(CONFLICTS.get(reason, reason))
