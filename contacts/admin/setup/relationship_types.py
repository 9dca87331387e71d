"""Types of ties between contacts: made, renamed, switched off."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from contacts.access import Actor
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.setup.lists import state_cell
from contacts.admin.site import site
from contacts.admin.tables import Column
from contacts.models import RelationshipType
from contacts.services.relationship_types import (
    create_relationship_type,
    delete_relationship_type,
    update_relationship_type,
)

CONFLICTS = {
    "in_use": gettext_lazy("Contacts are tied by it, so it stays. Switch it off instead."),
    "built_in": gettext_lazy("By this type people belong to companies, so it stays."),
}


@admin.register(RelationshipType, site=site)
class RelationshipTypeAdmin(CatalogueAdmin):
    """How contacts can belong to each other."""

    kind: ClassVar[str] = "relationship_type"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 34
    icon: ClassVar[str] = "link"
    view_right: ClassVar[str] = ADMINISTRATOR
    intro = gettext_lazy("How contacts can belong to each other; one name in each direction.")
    empty = gettext_lazy("No types yet.")
    add_label = gettext_lazy("New type")
    keys = (
        *("name_a_b", "name_b_a", "label_a_b", "label_b_a", "kind_a", "kind_b"),
        *("description", "is_active"),
    )
    columns = (
        column("relationship_type", "label_a_b", can_sort=False),
        column("relationship_type", "label_b_a", can_sort=False),
        column("relationship_type", "kind_a", can_sort=False),
        column("relationship_type", "kind_b", can_sort=False),
        Column(gettext_lazy("State"), state_cell),
    )

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return {"is_active": True}

    def name_of(self, record: Document) -> str:
        """Return the name from the first to the second."""
        return str(record["label_a_b"])

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new type."""
        return int(str(create_relationship_type(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_relationship_type(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a type by which no contacts are tied."""
        delete_relationship_type(actor, record_id)

    def conflict_message(self, name: str, reason: str) -> str:
        """Say why a type stays."""
        return str(CONFLICTS.get(reason, reason))
