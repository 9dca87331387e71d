"""What programs ask: each request of some days with its outcome, and what is asked in vain."""

from collections.abc import Sequence
from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from contacts.access import Actor
from contacts.access.request_log import refusals, touched_contacts, visible_requests
from contacts.admin.address_book.rows import contact_url
from contacts.admin.doors import doors, title_of_door
from contacts.admin.records import Found, RecordAdmin
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.site import site
from contacts.admin.tables import PAGE_SIZE, Asked, Cell, Column, Pick
from contacts.admin.visitors import actor_of_request
from contacts.errors import NotFoundError
from contacts.fields import reference
from contacts.models import Credential, RequestLogEntry

# Nobody waits for so many to be counted.
MOST_COUNTED = 10_000
SLOW_IN_MILLISECONDS = 500


def asked_of_entry(entry: RequestLogEntry) -> str:
    """Return what was asked for: the operation, where addresses say nothing."""
    return entry.operation or f"{entry.method} {entry.path}"


def outcome_cell(entry: RequestLogEntry) -> Cell:
    """Return the status with what it means: some protocols refuse with 200."""
    if entry.is_failed:
        return Cell(_("%(status)s, refused") % {"status": entry.status}, tone="bad")
    return Cell(str(entry.status), tone="good")


def names_of_keys(entries: Sequence[RequestLogEntry]) -> dict[int, str]:
    """Return the names of the keys that programs have shown."""
    ids = {entry.credential_id for entry in entries if entry.credential_id}
    return {pk: str(key) for pk, key in Credential.objects.in_bulk(ids).items()}


def who(entry: RequestLogEntry, keys: dict[int, str]) -> str:
    """Return the key, or the user where there was none."""
    if entry.credential_id:
        return keys.get(entry.credential_id) or f"#{entry.credential_id}"
    return reference.users().name_of(entry.user_id) if entry.user_id else _("nobody")


@admin.register(RequestLogEntry, site=site)
class TrafficAdmin(RecordAdmin):
    """Administrators see all requests of programs."""

    view_right: ClassVar[str] = ADMINISTRATOR
    section: ClassVar[str] = "doors"
    order: ClassVar[int] = 45
    icon: ClassVar[str] = "history"
    heading = gettext_lazy("Traffic")
    can_add: ClassVar[bool] = False
    can_remove: ClassVar[bool] = False
    is_deep: ClassVar[bool] = True
    list_template: ClassVar[str] = "admin/doorways/traffic.html"
    intro = gettext_lazy(
        "What programs have asked, the newest first. Values that they sent or got are not kept."
    )
    empty = gettext_lazy("No program has asked for anything of late, or nothing is kept.")
    columns = (
        Column(gettext_lazy("Asked"), lambda entry: Cell(asked_of_entry(entry))),
        Column(gettext_lazy("Through"), lambda entry: Cell(title_of_door(entry.dialect))),
        Column(gettext_lazy("Answer"), outcome_cell),
        Column(gettext_lazy("Why"), lambda entry: Cell(entry.reason)),
        Column(
            gettext_lazy("Milliseconds"), lambda entry: Cell(entry.milliseconds), is_number=True
        ),
        Column(gettext_lazy("Who"), lambda entry: Cell(entry.shown_name)),
        Column(gettext_lazy("Time"), lambda entry: Cell(moment=entry.at)),
    )

    def screens(self) -> list[URLPattern]:
        """Return the list and the page of one request."""
        return [
            self.screen("", require_safe(self.list_screen), "changelist"),
            self.screen("<int:record_id>/", require_safe(self.record_screen), "page"),
        ]

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer the protocols, what failed, what was slow, and the keys."""
        keys = Credential.objects.filter(revoked_at=None).order_by("name", "pk")[:200]
        slow = _("longer than %(milliseconds)s ms") % {"milliseconds": SLOW_IN_MILLISECONDS}
        return [
            Pick("door", _("Through"), [(door.name, door.title) for door in doors()]),
            Pick("only", _("Answer"), [("failed", _("refused")), ("slow", slow)]),
            Pick("key", _("Key"), [(str(key.pk), str(key)) for key in keys]),
        ]

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Return one page; beyond ten thousand nothing is counted."""
        rows = visible_requests(actor_of_request(request))
        if "door" in asked.chosen:
            rows = rows.filter(dialect=asked.chosen["door"])
        if asked.chosen.get("only") == "failed":
            rows = rows.filter(is_failed=True)
        if asked.chosen.get("only") == "slow":
            rows = rows.filter(milliseconds__gt=SLOW_IN_MILLISECONDS)
        if "key" in asked.chosen:
            rows = rows.filter(credential_id=int(asked.chosen["key"]))
        found = list(rows[asked.offset : asked.offset + PAGE_SIZE])
        keys = names_of_keys(found)
        for entry in found:
            entry.shown_name = who(entry, keys)  # type: ignore[attr-defined]  # for the columns
        return Found(found, rows[:MOST_COUNTED].count())

    def more_of_list(self, request: HttpRequest) -> dict[str, object]:
        """Return what is asked in vain, above the list of everything."""
        found = refusals(actor_of_request(request)) if not request.GET else []
        return {"refusals": [(title_of_door(each.dialect), each) for each in found]}

    def get(self, actor: Actor, record_id: int) -> RequestLogEntry:
        """Return one request; raises NotFoundError."""
        found = visible_requests(actor).filter(pk=record_id).first()
        if found is None:
            raise NotFoundError("request", record_id)
        return found

    def name_of(self, record: RequestLogEntry) -> str:
        """Return what was asked."""
        return asked_of_entry(record)

    def record_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show one request with the contacts that it touched."""
        actor = actor_of_request(request)
        entry = self.get(actor, record_id)
        touched = touched_contacts(actor, entry)
        context: dict[str, object] = {
            "title": self.name_of(entry),
            "entry": entry,
            "outcome": outcome_cell(entry),
            "door": title_of_door(entry.dialect),
            "who": who(entry, names_of_keys([entry])),
            "key_url": reverse("admin:contacts_credential_page", args=[entry.credential_id])
            if entry.credential_id
            else "",
            "touched": [(name, contact_url(pk)) for pk, name in touched],
            "steps": self.steps(None),
        }
        return self.page(request, "admin/doorways/request.html", context)
