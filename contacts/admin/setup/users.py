"""Users: everybody who signs in."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts import query
from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column
from contacts.admin.messages import said, warned
from contacts.admin.record_forms import RecordForm
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.site import site
from contacts.admin.tables import Cell, Column, Pick
from contacts.admin.visitors import actor_of_request
from contacts.admin.zones import zone_options
from contacts.errors import ConflictError
from contacts.fields import reference
from contacts.models import User
from contacts.services.passwords import change_password
from contacts.services.records import together
from contacts.services.users import (
    create_user,
    delete_user,
    lock_user,
    unlock_user,
    update_user,
)

RELATIVES = ("user", "usergroup", "role")

CONFLICTS = {
    "last_administrator": gettext_lazy(
        "This is the last administrator who can sign in. Make somebody else one first."
    ),
    "self": gettext_lazy("You cannot delete yourself."),
    "in_use": gettext_lazy(
        "This user has left traces in the CRM and stays. Lock the account instead."
    ),
}


def state_cell(document: Document) -> Cell:
    """Return whether somebody may sign in."""
    if document["is_active"]:
        return Cell(_("active"), tone="good")
    return Cell(_("locked"), tone="bad")


@admin.register(User, site=site)
class UserAdmin(CatalogueAdmin):
    """Everybody who signs in."""

    kind: ClassVar[str] = "user"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 20
    icon: ClassVar[str] = "people"
    view_right: ClassVar[str] = ADMINISTRATOR
    can_search: ClassVar[bool] = True
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    intro = gettext_lazy("Everybody who signs in. What they may do follows from their roles.")
    add_label = gettext_lazy("New user")
    keys = (
        "username",
        "first_name",
        "last_name",
        "email",
        "language",
        "time_zone",
        "is_administrator",
        "may_use_api",
        "must_change_password",
        "user_groups",
    )
    columns = (
        Column(gettext_lazy("Name"), lambda user: Cell(user["name"])),
        column("user", "username"),
        column("user", "email"),
        column("user", "is_administrator", can_sort=False),
        Column(gettext_lazy("State"), state_cell),
        column("user", "last_seen_at"),
    )

    def screens(self) -> list[URLPattern]:
        """Add locking."""
        lock = require_POST(self.lock_screen)
        return [*super().screens(), self.screen("<int:record_id>/lock/", lock, "lock")]

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer the locked and the active."""
        states = [("true", _("active")), ("false", _("locked"))]
        return [Pick("is_active", _("State"), states)]

    def condition(self, actor: Actor, name: str, value: str) -> query.Condition | None:
        """Return what the choice above the list means."""
        return query.where(actor, name, "eq", value == "true", kind=self.kind)

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return languages, zones and groups."""
        groups = [(group.id, group.name) for group in reference.user_groups().by_id.values()]
        return {
            "language": list(settings.LANGUAGES),
            "time_zone": zone_options(),
            "user_groups": groups,
        }

    def form_of(self, request: HttpRequest, record: Document | None) -> RecordForm:
        """Add the password."""
        form = super().form_of(request, record)
        form.explain({"is_administrator": _("May do everything, in every project.")})
        if record is not None and record["id"] == actor_of_request(request).user_id:
            return form
        hint = _("At least 8 characters, not only digits, no common word.")
        if record is not None:
            hint = _("Leave it empty to keep the present one.")
        form.fields["password"] = forms.CharField(
            label=_("Password") if record is None else _("New password"),
            help_text=hint,
            required=False,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        )
        return form

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return {"may_use_api": True}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new user with a contact of its own."""
        password = str(values.pop("password") or "") or None
        return int(str(create_user(actor, values, password=password)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        password = str(values.pop("password", "") or "")
        with together():
            update_user(actor, record_id, values)
            if password:
                change_password(actor, record_id, password)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a user who has left no traces."""
        delete_user(actor, record_id)

    def conflict_message(self, name: str, reason: str) -> str:
        """Say why a user stays."""
        return str(CONFLICTS.get(reason, reason))

    def more_of_form(self, request: HttpRequest, record: Document | None) -> dict[str, object]:
        """Return where locking is sent to."""
        if record is None:
            return {}
        return {"user_document": record, "lock_url": self.address("lock", record["id"])}

    form_template: ClassVar[str] = "admin/setup/user.html"

    def lock_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Lock a user out, or let one in again."""
        actor = actor_of_request(request)
        try:
            if "unlock" in request.POST:
                unlock_user(actor, record_id)
                said(request, _("The account is open again."))
            else:
                lock_user(actor, record_id)
                said(request, _("The account is locked, with all of its keys. Nothing is lost."))
        except ConflictError as error:
            warned(request, self.conflict_message("", error.reason))
        return HttpResponseRedirect(self.address("change", record_id))
