"""What the buttons of a contact's page do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts import query
from contacts.access import NEEDED
from contacts.admin.address_book.rows import contact_url, name_of
from contacts.admin.messages import said
from contacts.admin.visitors import actor_of_request
from contacts.errors import NotFoundError
from contacts.fields.text import fold
from contacts.query.attachments import open_attachment
from contacts.services.contacts import archive_contact, delete_contact, restore_contact
from contacts.services.following import follow, see_news

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

Document = Mapping[str, Any]

PICTURE_SECONDS = 7 * 24 * 3600


def archive(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Put a contact into the archive."""
    document = archive_contact(actor_of_request(request), contact_id)
    said(request, _("“%(name)s” is in the archive.") % {"name": name_of(document)}, can_undo=True)
    return HttpResponseRedirect(admin.address("changelist"))


def restore(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Take a contact out of the archive."""
    document = restore_contact(actor_of_request(request), contact_id)
    said(request, _("“%(name)s” is back.") % {"name": name_of(document)}, can_undo=True)
    return HttpResponseRedirect(contact_url(contact_id))


def follow_contact(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Follow a contact, or follow it no longer."""
    follows = request.POST.get("follow") == "yes"
    follow(actor_of_request(request), "contact", contact_id, follows=follows)
    text = _("You follow this contact now. What others change in it stands on your start page.")
    said(request, text if follows else _("You follow this contact no longer."))
    return HttpResponseRedirect(contact_url(contact_id))


def see(admin: "ContactAdmin", request: HttpRequest) -> HttpResponse:
    """Take the news of followed contacts off the start page, up to those that stood there."""
    text = request.POST.get("up_to", "")
    see_news(actor_of_request(request), up_to=int(text) if text.isascii() and text.isdigit() else 0)
    return HttpResponseRedirect(reverse("admin:index"))


def delete(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Ask for the name of an archived contact, and delete it for good when it is right."""
    actor = actor_of_request(request)
    document: Document = query.get_contact(actor, contact_id, archived=True)
    actor.require(NEEDED["contact", "delete"], document.get("projects", ()), "contact")
    name = name_of(document)
    typed = request.POST.get("name", "")
    if request.method == "POST" and fold(typed.strip()) == fold(name.strip()):
        delete_contact(actor, contact_id)
        said(request, _("“%(name)s” is deleted for good.") % {"name": name})
        return HttpResponseRedirect(admin.address("archive_list"))
    wrong = request.method == "POST"
    context: dict[str, object] = {
        "title": _("Delete %(name)s for good") % {"name": name},
        "name": name,
        "typed": typed,
        "faults": [("name", _("The name is another one. Type it as it stands above."))]
        if wrong
        else [],
        "back_url": contact_url(contact_id),
    }
    status = 422 if wrong else 200
    return admin.page(request, "admin/contacts/delete.html", context, status=status)


def show_picture(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> FileResponse:
    """Answer the picture of a contact."""
    actor = actor_of_request(request)
    document: Document = query.get_contact(actor, contact_id, archived=None)
    avatar_id = document.get("avatar_id")
    if avatar_id is None:
        raise NotFoundError("attachment")
    described, file = open_attachment(actor, int(str(avatar_id)))
    response = FileResponse(file, content_type=str(described["content_type"]))
    response["Cache-Control"] = f"private, max-age={PICTURE_SECONDS}"
    return response
