"""What users have in common: the groups they form, and the roles that they have in projects."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from contacts.access import Actor
from contacts.access.rights import MODULE_RIGHTS
from contacts.admin import inputs
from contacts.admin.catalogue_forms import users_of
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column
from contacts.admin.record_forms import RecordForm
from contacts.admin.right_words import ADMINISTRATOR, RIGHT_LABELS
from contacts.admin.site import site
from contacts.admin.tables import Cell, Column
from contacts.fields import reference
from contacts.models import Role, UserGroup
from contacts.models.projects import MODULES
from contacts.services.roles import create_role, delete_role, update_role
from contacts.services.user_groups import (
    create_user_group,
    delete_user_group,
    update_user_group,
)

RELATIVES = ("user", "usergroup", "role")


@admin.register(UserGroup, site=site)
class UserGroupAdmin(CatalogueAdmin):
    """Teams that own contacts and are members of projects together."""

    kind: ClassVar[str] = "user_group"
    icon: ClassVar[str] = "people"
    view_right: ClassVar[str] = ADMINISTRATOR
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    intro = gettext_lazy("Teams that own contacts and are members of projects together.")
    empty = gettext_lazy("No user groups yet.")
    add_label = gettext_lazy("New user group")
    keys = ("name", "users")
    columns = (
        column("user_group", "name"),
        Column(gettext_lazy("Users"), lambda group: names_cell(group["users"])),
    )

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return the users."""
        return {"users": users_of(actor)}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new group."""
        return int(str(create_user_group(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_user_group(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a group that owns nothing."""
        delete_user_group(actor, record_id)


def names_cell(user_ids: list[int]) -> Cell:
    """Return the names of users."""
    users = reference.users()
    return Cell(", ".join(users.name_of(pk) for pk in user_ids))


@admin.register(Role, site=site)
class RoleAdmin(CatalogueAdmin):
    """Sets of rights that members of projects have."""

    kind: ClassVar[str] = "role"
    icon: ClassVar[str] = "role"
    view_right: ClassVar[str] = ADMINISTRATOR
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    intro = gettext_lazy("What members may do in their projects. A member can have several roles.")
    empty = gettext_lazy("No roles yet. Members need one to see anything.")
    add_label = gettext_lazy("New role")
    keys = ("name", "position")
    columns = (
        column("role", "name"),
        Column(gettext_lazy("Rights"), lambda role: Cell(str(len(role["rights"]))), is_number=True),
    )

    def form_of(self, request: HttpRequest, record: Document | None) -> RecordForm:
        """Add the rights, by module."""
        form = super().form_of(request, record)
        held = set(record["rights"]) if record else set()
        for module, label in MODULES:
            rights = MODULE_RIGHTS[module]
            name = rights_name(module)
            options = [(right, RIGHT_LABELS[right]) for right in rights]
            form.fields[name] = inputs.wide(inputs.many_of(label, options))
            form.initial[name] = [right for right in rights if right in held]
        return form

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new role."""
        return int(str(create_role(actor, with_rights(values, ()))["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        stored: Any = self.get(actor, record_id)["rights"]
        update_role(actor, record_id, with_rights(values, stored))

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a role that nobody has."""
        delete_role(actor, record_id)


def rights_name(module: str) -> str:
    """Return the name of the form's field for the rights of a module."""
    return f"rights_{module}"


def with_rights(values: dict[str, object], stored: Iterable[str]) -> dict[str, object]:
    """Return the values with the rights of all modules as one; an unnamed module's stay."""
    rights: list[str] = []
    for module, module_rights in MODULE_RIGHTS.items():
        chosen: Any = values.pop(rights_name(module), None)
        own = [right for right in stored if right in module_rights]
        rights += own if chosen is None else chosen
    return {**values, "rights": rights}
