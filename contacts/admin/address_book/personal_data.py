"""Everything about one person: taken as a file, or erased."""

from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from contacts import query
from contacts.access import Actor
from contacts.admin.address_book.rows import contact_url, name_of
from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError
from contacts.fields.text import fold
from contacts.services.personal_data import PersonalData, erase, require_personal
from contacts.transfer.personal_data import write_archive

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

IN_MEMORY = 4 * 1024 * 1024


def everything(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Answer all that is kept about a person as a ZIP for saving."""
    actor = actor_of_request(request)
    try:
        require_personal(actor, contact_id)
    except ConflictError as error:
        return _refused(request, contact_id, error)
    file = cast("BinaryIO", SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115  # the answer closes it
    write_archive(actor, contact_id, file)
    file.seek(0)
    name = f"person-{contact_id}.zip"
    return FileResponse(  # type: ignore[return-value]  # an HttpResponseBase, as pictures are
        file, as_attachment=True, filename=name, content_type="application/zip"
    )


def erase_person(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Say what would go and ask for the name; erase the person when it is right."""
    actor = actor_of_request(request)
    try:
        personal = require_personal(actor, contact_id)
    except ConflictError as error:
        return _refused(request, contact_id, error)
    name = _name(actor, personal)
    typed = request.POST.get("name", "")
    if request.method == "POST" and fold(typed.strip()) == fold(name.strip()):
        erase(actor, contact_id)
        said(request, _("The person is erased."))
        return HttpResponseRedirect(admin.address("changelist"))
    wrong = request.method == "POST"
    fault = _("The name is another one. Type it as it stands above.")
    context: dict[str, object] = {
        "title": _("Erase %(name)s") % {"name": name},
        "contact_id": personal.contact_ids[0],
        "name": name,
        "typed": typed,
        "counts": sorted(personal.counts().items()),
        "faults": [("name", fault)] if wrong else [],
        "back_url": contact_url(personal.contact_ids[0]),
    }
    status = 422 if wrong else 200
    return admin.page(request, "admin/contacts/erase.html", context, status=status)


def _name(actor: Actor, personal: PersonalData) -> str:
    return name_of(query.get_contact(actor, personal.contact_ids[0], archived=None))


def _refused(request: HttpRequest, contact_id: int, error: ConflictError) -> HttpResponse:
    if error.reason != "contact_of_user":
        raise error
    warned(request, _("Somebody signs in with this contact. Delete the user first."))
    return HttpResponseRedirect(contact_url(contact_id))
