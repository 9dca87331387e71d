"""Show people what programs get as a status: the refusal of a form, the way to the browser UI."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from api.base.errors import Refusal
from api.base.requests import DialectRequest
from api.redmineup.auth import key_of
from api.redmineup.mapping.contact_values import entered_values
from contacts.access import find_form
from contacts.errors import InvalidError
from contacts.intake.pages import error_page

# A visitor can mend these at once, or by waiting.
REPEATED = frozenset({422, 429})


def refusal_page(request: DialectRequest, refusal: Refusal, error: Exception) -> HttpResponse:
    """Return the page that says what is wrong with a form, with everything that was entered."""
    faults = error.faults if isinstance(error, InvalidError) else ()
    # Known by its own key, the form is shown again instead of a list of what was entered.
    form = find_form(key_of(request) or "") if refusal.status in REPEATED else None
    page = error_page(request._request, faults, _entered(request), refusal.status, form=form)
    for name, value in refusal.headers.items():
        page[name] = value
    return page


def to_screen(contact_id: int | None = None) -> HttpResponse:
    """Send a browser to the screen of a contact, or to the list of contacts."""
    if contact_id is None:
        return HttpResponseRedirect(reverse("admin:contacts_contact_changelist"))
    return HttpResponseRedirect(reverse("admin:contacts_contact_change", args=[contact_id]))


def _entered(request: DialectRequest) -> dict[str, object]:
    # A body that could not be read has nothing to show.
    body = request.__dict__.get("_full_data", {})
    sent = body.get("contact", body) if isinstance(body, Mapping) else {}
    return entered_values(sent) if isinstance(sent, Mapping) else {}
