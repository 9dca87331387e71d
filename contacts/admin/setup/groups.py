"""Groups of contacts: made, renamed, hidden, deleted."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import query
from contacts.access import NEEDED, Actor
from contacts.admin import inputs
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column
from contacts.admin.records import Found
from contacts.admin.site import site
from contacts.admin.tables import Asked, Cell, Column
from contacts.fields import reference
from contacts.models import Group
from contacts.services.groups import create_group, delete_group, update_group


def count_cell(group: Document) -> Cell:
    """Return how many contacts are in a group, as a link to them."""
    address = reverse("admin:contacts_contact_changelist")
    size = group["size"]
    return Cell(str(size), url=f"{address}?group={group['id']}" if size else "")


def state_cell(group: Document) -> Cell:
    """Return whether a group is in use."""
    if group["is_active"]:
        return Cell(_("in use"), tone="good")
    return Cell(_("switched off"), tone="warn")


@admin.register(Group, site=site)
class GroupAdmin(CatalogueAdmin):
    """Named lists of contacts."""

    kind: ClassVar[str] = "group"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 32
    icon: ClassVar[str] = "people"
    view_right: ClassVar[str] = NEEDED["group", "update"]
    change_right: ClassVar[str] = NEEDED["group", "update"]
    can_search: ClassVar[bool] = True
    intro = gettext_lazy("Named lists of contacts, such as members, volunteers or a mailing list.")
    empty = gettext_lazy("No groups yet.")
    add_label = gettext_lazy("New group")
    keys = (
        "title",
        "description",
        "visibility",
        "public_title",
        "public_description",
        "is_mailing_list",
        "is_active",
        "parents",
    )
    columns = (
        column("group", "title"),
        column("group", "description", can_sort=False),
        column("group", "visibility", can_sort=False),
        Column(gettext_lazy("Contacts"), count_cell, is_number=True),
        Column(gettext_lazy("State"), state_cell),
    )

    def found(self, actor: Actor, asked: Asked, condition: query.Condition | None) -> Found:
        """Return the groups with the numbers of their contacts."""
        found = super().found(actor, asked, condition)
        documents: list[dict[str, Any]] = list(found.records)
        sizes = query.sizes_of_groups(actor, [document["id"] for document in documents])
        return Found([{**each, "size": sizes[each["id"]]} for each in documents], found.total)

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return the groups that can stand above a group."""
        own = record["id"] if record else None
        others = [each for each in reference.groups().by_id.values() if each.id != own]
        return {"parents": [(each.id, each.name) for each in others]}

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return {"is_active": True, "visibility": Group.Visibility.STAFF}

    def name_of(self, record: Document) -> str:
        """Return the title."""
        return str(record["title"])

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new group."""
        return int(str(create_group(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_group(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a group; its contacts stay."""
        delete_group(actor, record_id)

    def more_of_form(self, request: HttpRequest, record: Document | None) -> dict[str, object]:
        """Say what deleting does."""
        return {"remove_hint": _("Its contacts stay.")} if record else {}
