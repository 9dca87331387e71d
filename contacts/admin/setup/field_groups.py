"""Titles under which custom fields stand."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from contacts.access import Actor
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.setup.field_cells import state_cell
from contacts.admin.setup.fields import RELATIVES
from contacts.admin.site import site
from contacts.admin.tables import Column
from contacts.models import CustomFieldGroup
from contacts.services.custom_fields import (
    create_custom_field_group,
    delete_custom_field_group,
    update_custom_field_group,
)


@admin.register(CustomFieldGroup, site=site)
class CustomFieldGroupAdmin(CatalogueAdmin):
    """Titles under which custom fields stand."""

    kind: ClassVar[str] = "custom_field_group"
    icon: ClassVar[str] = "field"
    view_right: ClassVar[str] = ADMINISTRATOR
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    intro = gettext_lazy("Titles under which custom fields stand together in forms.")
    empty = gettext_lazy("No groups yet. Custom fields stand together without a title.")
    add_label = gettext_lazy("New group")
    keys = ("title", "position", "is_active")
    columns = (
        column("custom_field_group", "title"),
        column("custom_field_group", "position", is_number=True),
        Column(gettext_lazy("State"), state_cell),
    )

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return {"is_active": True}

    def name_of(self, record: Document) -> str:
        """Return the title."""
        return str(record["title"])

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new group."""
        return int(str(create_custom_field_group(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_custom_field_group(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a group; its fields stay."""
        delete_custom_field_group(actor, record_id)
