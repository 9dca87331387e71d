"""Levels of membership: what one can be a member as."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column, records_of
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.site import site
from contacts.models import MembershipLevel
from contacts.services.membership_levels import (
    create_membership_level,
    delete_membership_level,
    update_membership_level,
)

CONFLICTS = {
    "in_use": gettext_lazy("Contacts are members at this level, so it stays."),
    "default": gettext_lazy("This is the default level. Make another one the default first."),
}


@admin.register(MembershipLevel, site=site)
class MembershipLevelAdmin(CatalogueAdmin):
    """The levels, their fees and how often they are renewed."""

    kind: ClassVar[str] = "membership_level"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 45
    icon: ClassVar[str] = "people"
    view_right: ClassVar[str] = ADMINISTRATOR
    intro = gettext_lazy(
        "What one can be a member as. At a level for bundles several contacts share a membership."
    )
    add_label = gettext_lazy("New level")
    keys = (
        "name",
        "description",
        "type",
        "bundle_limit",
        "fee",
        "renewal_months",
        "is_open",
        "is_default",
        "changes_to",
        "position",
    )
    columns = (
        column("membership_level", "name"),
        column("membership_level", "type", can_sort=False),
        column("membership_level", "fee", is_number=True),
        column("membership_level", "renewal_months", is_number=True),
        column("membership_level", "is_default", can_sort=False),
    )

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return the other levels, to change to."""
        own = record["id"] if record else None
        others = [each for each in records_of(actor, self.kind) if each["id"] != own]
        return {"changes_to": [(each["id"], each["name"]) for each in others]}

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return {"is_open": True}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new level."""
        return int(str(create_membership_level(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_membership_level(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a level at which nobody is a member."""
        delete_membership_level(actor, record_id)

    def conflict_message(self, name: str, reason: str) -> str:
        """Say why a level stays."""
        return str(CONFLICTS.get(reason, reason))
