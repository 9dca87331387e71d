"""Activities: meetings, calls and tasks."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts import query
from contacts.access import Actor
from contacts.admin.catalogue_screens import Document, column
from contacts.admin.messages import said
from contacts.admin.site import site
from contacts.admin.tables import Cell, Column, Pick
from contacts.admin.visitors import actor_of_request
from contacts.admin.work.records import WorkAdmin
from contacts.fields import reference
from contacts.models import Activity
from contacts.services.activities import (
    archive_activity,
    create_activity,
    restore_activity,
    update_activity,
)

DONE = "completed"


def people_cell(document: Document) -> Cell:
    """Return with whom it is."""
    return Cell(", ".join(contact["name"] for contact in document["contacts"]))


def status_cell(document: Document) -> Cell:
    """Return whether it is done."""
    option = reference.options().by_id.get(document["status_id"])
    if option is None:
        return Cell()
    return Cell(option.label, tone="good" if option.traits.get("is_closed") else "on")


@admin.register(Activity, site=site)
class ActivityAdmin(WorkAdmin):
    """What is to be done, or was."""

    kind: ClassVar[str] = "activity"
    order: ClassVar[int] = 30
    icon: ClassVar[str] = "activity"
    view_right: ClassVar[str] = "view_activities"
    empty = gettext_lazy("Nothing is planned. Write down the next call, meeting or task.")
    add_label = gettext_lazy("New activity")
    page_template: ClassVar[str] = "admin/work/activity.html"
    keys = (
        "subject",
        "type",
        "contacts",
        "starts_at",
        "ends_at",
        "is_all_day",
        "duration",
        "location",
        "status",
        "priority",
        "outcome",
        "owner",
        "project",
        "reminder_minutes",
        "details",
    )
    columns = (
        column("activity", "subject"),
        column("activity", "type", can_sort=False),
        Column(gettext_lazy("With"), people_cell),
        column("activity", "starts_at"),
        Column(gettext_lazy("Status"), status_cell),
        column("activity", "owner", can_sort=False),
    )

    def screens(self) -> list[URLPattern]:
        """Add the button that says it is done."""
        done = require_POST(self.done_screen)
        return [*super().screens(), self.screen("<int:record_id>/done/", done, "done")]

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer types and statuses too."""
        options = reference.options()
        return [
            Pick("type", _("Type"), [(str(o.pk), o.label) for o in options.of("activity_type")]),
            Pick(
                "status", _("Status"), [(str(o.pk), o.label) for o in options.of("activity_status")]
            ),
            *super().picks(request),
        ]

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return the usual type, status and priority."""
        options = reference.options()
        usual = {
            key: default.pk
            for key in ("type", "status", "priority")
            if (default := options.default_of(f"activity_{key}")) is not None
        }
        return {**usual, **super().first_values(request)}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new activity."""
        return int(str(create_activity(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_activity(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Put an activity into the trash."""
        archive_activity(actor, record_id)

    def restore(self, actor: Actor, record_id: int) -> object:
        """Take an activity out of the trash."""
        return restore_activity(actor, record_id)

    def more_of_page(self, request: HttpRequest, document: Document) -> dict[str, object]:
        """Return the button that says it is done."""
        option = reference.options().by_id.get(document["status_id"])
        is_open = option is None or not option.traits.get("is_closed")
        may = self.may_change(request, document)
        deals = [self._deal(request, pk) for pk in document["deal_ids"]]
        return {
            "done_url": self.address("done", document["id"]) if is_open and may else "",
            "deals": [deal for deal in deals if deal],
        }

    def _deal(self, request: HttpRequest, deal_id: int) -> dict[str, object] | None:
        return query.find_record(actor_of_request(request), "deal", deal_id)

    def done_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Say that it is done now."""
        values: dict[str, object] = {"completed_at": timezone.now()}
        option = reference.options().named("activity_status", DONE)
        if option is not None:
            values["status"] = option.pk
        update_activity(actor_of_request(request), record_id, values)
        said(request, _("Done."))
        return HttpResponseRedirect(self.address("page", record_id))
