"""A contact beside what it was on an earlier day."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from contacts import history, query
from contacts.admin.address_book.rows import contact_url, name_of
from contacts.admin.address_book.timeline import differences_of
from contacts.admin.visitors import actor_of_request
from contacts.fields.types import read_moment

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

Document = Mapping[str, Any]

USUAL = timedelta(days=30)


def compare(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Show in which fields a contact differs from what it was at the end of a day."""
    actor = actor_of_request(request)
    document: Document = query.get_contact(actor, contact_id, archived=None)
    typed = request.GET.get("day", "")
    day = _day_of(typed)
    faults = [] if day or not typed else [("day", _("This is no day. Write it as 2026-01-31."))]
    shown = day or timezone.localdate() - USUAL
    end = timezone.make_aware(datetime.combine(shown, time.max))
    existed = read_moment(str(document["created_at"])) <= end
    version = history.version_at("contact", contact_id, end)
    earlier = history.earlier("contact", contact_id, document, version)
    before, now = history.difference(earlier, document)
    context: dict[str, object] = {
        "title": _("%(name)s then and now") % {"name": name_of(document)},
        "day": shown,
        "typed": typed if faults else shown.isoformat(),
        "today": timezone.localdate().isoformat(),
        "faults": faults,
        "existed": existed,
        "differences": differences_of(actor, before, now) if existed else [],
        "back_url": contact_url(contact_id),
    }
    status = 422 if faults else 200
    return admin.page(request, "admin/contacts/compare.html", context, status=status)


def _day_of(typed: str) -> date | None:
    try:
        return parse_date(typed.strip())
    except ValueError:
        return None
