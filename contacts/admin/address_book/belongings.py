"""What hangs on a contact, added and removed on its page: notes, files, relationships."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from contacts import query
from contacts.admin.address_book.note_form import note_form, note_values
from contacts.admin.address_book.page import contact_page
from contacts.admin.address_book.rows import contact_url
from contacts.admin.address_book.ties import tie_form, tie_values
from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.errors import InvalidError
from contacts.services.attachments import attach_file, delete_attachment
from contacts.services.notes import create_note, delete_note
from contacts.services.relationships import tie_contacts, untie_contacts

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin


def _back(contact_id: int, place: str) -> HttpResponse:
    return HttpResponseRedirect(f"{contact_url(contact_id)}#{place}")


def add_note(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Write a note about a contact, perhaps with a file."""
    actor = actor_of_request(request)
    form = note_form()
    form.take(request)
    if form.is_valid():
        try:
            note = create_note(actor, note_values(form, contact_id))
            upload = form.cleaned_data["file"]
            if upload:
                attach_file(actor, "note", int(str(note["id"])), upload, filename=upload.name)
        except InvalidError as error:
            form.take_faults(error)
        else:
            said(request, _("The note is written down."))
            return _back(contact_id, "notes")
    return contact_page(admin, request, contact_id, note=form)


def remove_note(
    admin: "ContactAdmin", request: HttpRequest, contact_id: int, record_id: int
) -> HttpResponse:
    """Delete a note with its files."""
    delete_note(actor_of_request(request), record_id)
    said(request, _("The note is deleted."), can_undo=True)
    return _back(contact_id, "notes")


def add_file(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Attach a file to a contact."""
    upload = request.FILES.get("file")
    if upload is None:
        warned(request, _("Choose a file first."))
        return _back(contact_id, "files")
    name = upload.name or ""
    attach_file(actor_of_request(request), "contact", contact_id, upload, filename=name)
    said(request, _("“%(name)s” is attached.") % {"name": name})
    return _back(contact_id, "files")


def remove_file(
    admin: "ContactAdmin", request: HttpRequest, contact_id: int, record_id: int
) -> HttpResponse:
    """Delete a file."""
    delete_attachment(actor_of_request(request), record_id)
    said(request, _("The file is deleted."), can_undo=True)
    return _back(contact_id, "files")


def add_tie(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Tie a contact to another one."""
    actor = actor_of_request(request)
    document = query.get_contact(actor, contact_id)
    form = tie_form(actor, str(document["kind"]))
    form.take(request)
    if form.is_valid():
        try:
            tie_contacts(actor, tie_values(form, contact_id))
        except InvalidError as error:
            form.take_faults(error)
        else:
            said(request, _("The relationship is written down."))
            return _back(contact_id, "ties")
    return contact_page(admin, request, contact_id, tie=form)


def remove_tie(
    admin: "ContactAdmin", request: HttpRequest, contact_id: int, record_id: int
) -> HttpResponse:
    """End a relationship."""
    untie_contacts(actor_of_request(request), record_id)
    said(request, _("The relationship is removed."), can_undo=True)
    return _back(contact_id, "ties")
