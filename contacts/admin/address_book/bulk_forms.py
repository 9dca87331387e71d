"""The pages that ask for more before something is done to many contacts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.access import Actor, readable_fields
from contacts.admin.catalogue_forms import catalogue_fields
from contacts.admin.record_forms import RecordForm
from contacts.admin.visitors import actor_of_request
from contacts.errors import InvalidError
from contacts.fields import Field
from contacts.services.bulk import BulkChange
from contacts.services.values import clean_values

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

# Names tell contacts apart; the rest has a button of its own, or belongs to one contact only.
UNSETTABLE = frozenset(
    {
        *("first_name", "middle_name", "last_name", "nickname", "organization_name", "legal_name"),
        *("household_name", "kind", "stage", "avatar", "author", "external_identifier", "owner"),
        *("owner_group", "emails", "phones", "addresses", "websites", "messengers", "projects"),
        *("tags", "companies", "employer", "bundle", "member_role", "membership_level"),
        *("membership_status", "member_since", "renewal_due", "is_membership_enabled"),
        *("hides_profile", "groups", "followers", "preferred_channels"),
    }
)


def settable_fields(actor: Actor) -> list[Field]:
    """Return the fields that can be set for many contacts at once, by their labels."""
    found = [
        field
        for field in readable_fields(actor)
        if field.is_writable and field.key not in UNSETTABLE and not field.is_unique
    ]
    return sorted(found, key=lambda field: str(field.label).lower())


def set_page(
    admin: "ContactAdmin", request: HttpRequest, ids: Sequence[int], back: str
) -> BulkChange | HttpResponse:
    """Ask for the value of a field; return the change once it is there."""
    actor = actor_of_request(request)
    key = request.POST.get("field", "")
    form = _form_for(actor, key)
    if "value" in request.POST and form.fields:
        form.take(request)
        if form.is_valid():
            value = form.cleaned_data[key]
            try:
                clean_values(actor, "contact", {key: value}, creating=False)
            except InvalidError as error:
                form.take_faults(error)
            else:
                return BulkChange("set", {"field": key, "value": _plain(value)})
    context = {
        **_context(request, ids, back),
        "title": _("Set a field"),
        "form": form,
        "field_key": key if form.fields else "",
        "settable": settable_fields(actor),
        "faults": form.summary(),
    }
    status = 422 if form.is_bound else 200
    return admin.page(request, "admin/contacts/bulk_set.html", context, status=status)


def _form_for(actor: Actor, key: str) -> RecordForm:
    """Return a form of this one field; an empty one for a field that cannot be set."""
    if key not in {field.key for field in settable_fields(actor)}:
        return RecordForm({})
    made = catalogue_fields(actor, "contact", [key])
    return RecordForm({key: made[key]})


def _plain(value: object) -> object:
    """Return a value as JSON holds it: the service reads text as people write it."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | bool | None) else str(value)


def delete_page(
    admin: "ContactAdmin", request: HttpRequest, ids: Sequence[int], back: str
) -> BulkChange | HttpResponse:
    """Ask for the number of contacts; return the change when it is right."""
    typed = request.POST.get("number")
    if typed is not None and typed.strip() == str(len(ids)):
        return BulkChange("delete")
    faults = [("number", _("The number is another one. Type it as it stands above."))]
    context = {
        **_context(request, ids, back),
        "title": _("Delete for good"),
        "typed": typed or "",
        "faults": faults if typed is not None else [],
    }
    status = 200 if typed is None else 422
    return admin.page(request, "admin/contacts/bulk_delete.html", context, status=status)


def _context(request: HttpRequest, ids: Sequence[int], back: str) -> dict[str, object]:
    everything = bool(request.POST.get("everything"))
    text = ngettext("%(count)s contact", "%(count)s contacts", len(ids))
    return {
        "ids": [] if everything else ids,
        "everything": everything,
        "back_url": back,
        "number": len(ids),
        "which": text % {"count": len(ids)},
    }
