"""Write down a new contact, and change a stored one without losing what others write meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import history, query
from contacts.access import NEEDED, Actor
from contacts.admin.address_book.conflicts import Versions, conflicts, document_at, wanted
from contacts.admin.address_book.form import ContactForm, contact_form, form_names
from contacts.admin.address_book.kinds import named, take_of_other_kind
from contacts.admin.address_book.one_field import narrow
from contacts.admin.address_book.rows import contact_url, name_of
from contacts.admin.address_book.similar import similar_to
from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.errors import InvalidError, StaleError
from contacts.fields import reference
from contacts.models import Contact
from contacts.services.attachments import store_upload
from contacts.services.contacts import create_contact, update_contact
from contacts.services.placing import default_project

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

Document = Mapping[str, Any]

TITLES = {
    "person": lambda: _("New person"),
    "organization": lambda: _("New organization"),
    "household": lambda: _("New household"),
}
UNPROCESSABLE = 422


def add_contact(admin: "ContactAdmin", request: HttpRequest) -> HttpResponse:
    """Show the form of a new contact, and store it."""
    actor = actor_of_request(request)
    if not actor.has_anywhere(NEEDED["contact", "create"]):
        actor.require(NEEDED["contact", "create"], (), "contact")
    kind = request.GET.get("kind", "")
    kind = kind if kind in TITLES else Contact.Kind.PERSON.value
    form = contact_form(actor, kind)
    first = first_document(actor, request, kind)
    form.show(actor, first, form_names(actor, first))
    is_only_shown = request.method != "POST" or take_of_other_kind(actor, request, form, kind)
    if not is_only_shown and form.take(request) and form.is_valid():
        try:
            document = create_contact(actor, {**_said(actor, request, form), "kind": kind})
        except InvalidError as error:
            form.take_faults(error)
        else:
            _tell_of_new(actor, request, document)
            return HttpResponseRedirect(contact_url(document["id"]))
    kinds = [(value, label, f"?kind={value}") for value, label in Contact.Kind.choices]
    context: dict[str, object] = {"title": TITLES[kind](), "kind": kind, "kinds": kinds}
    return _page(admin, request, form, context)


def first_document(actor: Actor, request: HttpRequest, kind: str) -> dict[str, Any]:
    """Return what the form of a new contact shows at first; the address may name a company."""
    project_id = default_project(actor)
    document: dict[str, Any] = {"kind": kind, "visibility": 0}
    document["projects"] = [project_id] if project_id else []
    document["owner_id"] = actor.user_id
    document |= named(kind, request.GET.get("name", "")[:255])
    company = request.GET.get("company", "")
    if kind == "person" and company:
        document["company"] = company[:255]
    return document


def _said(actor: Actor, request: HttpRequest, form: ContactForm) -> dict[str, object]:
    values: dict[str, object] = {
        name: value
        for name, value in form.cleaned_data.items()
        if name not in ("picture", "remove_picture") and value not in (None, "", [])
    }
    values |= {rows.name: rows.values() for rows in form.rows if rows.values()}
    return values | _picture(actor, form)


def _picture(actor: Actor, form: ContactForm) -> dict[str, object]:
    """Return the uploaded picture as a value; raises InvalidError beside its field."""
    upload = form.cleaned_data.get("picture")
    if upload:
        stored = store_upload(actor, upload, filename=upload.name, content_type=upload.content_type)
        return {"avatar": stored["id"]}
    return {"avatar": None} if form.cleaned_data.get("remove_picture") else {}


def _tell_of_new(actor: Actor, request: HttpRequest, document: Document) -> None:
    text = _("“%(name)s” is written down.") % {"name": name_of(document)}
    said(request, with_told(text, document["id"]), can_undo=True)
    alike = similar_to(actor, document)
    if alike:
        names = ", ".join(f"{name_of(each)} (#{each['id']})" for each in alike)
        warned(request, _("There are similar contacts: %(names)s.") % {"names": names})


def with_told(text: str, contact_id: int) -> str:
    """Add to what is said of a contact how many programs are told of its last change."""
    count = history.number_told(history.version_of("contact", contact_id))
    if not count:
        return text
    told = ngettext("%(count)s integration is told.", "%(count)s integrations are told.", count)
    return f"{text} {told % {'count': count}}"


def change_contact(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Show the form of a stored contact, or one field of it; store what this person changed."""
    try:
        return _changed(admin, request, contact_id)
    except StaleError:
        # Somebody was faster by a moment; now both versions can be shown.
        return _changed(admin, request, contact_id)


def _changed(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    actor = actor_of_request(request)
    document, version = _with_version(actor, contact_id)
    actor.require(NEEDED["contact", "update"], document.get("projects", ()), "contact")
    seen = sent_version(request, "version", version)
    base = document if seen == version else document_at(document, seen)
    form = contact_form(actor, document["kind"])
    part = narrow(request, form, document["kind"])
    form.show(actor, base, form_names(actor, base))
    if not document.get("avatar_id"):
        form.fields.pop("remove_picture", None)
    is_sent = request.method == "POST" and form.take(request) and form.is_valid()
    values = wanted(request, form.values(actor, base)) if is_sent else {}
    settled = sent_version(request, "settled", version)
    versions = Versions(base, document, settled)
    both = conflicts(request, form, values, versions)
    if both:
        form.add_error(None, _clash(document))
    elif is_sent and _stored(actor, request, form, values, versions):
        # By the name that it has now.
        stored = query.find_contacts(actor, [contact_id]).get(contact_id, document)
        text = _("“%(name)s” is saved.") % {"name": name_of(stored)}
        said(request, with_told(text, contact_id), can_undo=True)
        return HttpResponseRedirect(contact_url(contact_id))
    context: dict[str, object] = {
        "title": _title(document, part),
        "kind": document["kind"],
        # What was typed differs from what was seen then, whatever has happened since.
        "version": seen,
        "settled": version,
        "contact_id": contact_id,
        "conflicts": both,
        "back_url": contact_url(contact_id),
    }
    template = "admin/contacts/one_field.html" if part else "admin/contacts/form.html"
    return _page(admin, request, form, context, template=template)


def _with_version(actor: Actor, contact_id: int) -> tuple[Document, int]:
    """Return a contact with its version.

    Of a change between reading one and the other, the form would not show what its version says
    that this person has seen: it would be overwritten without a word.
    """
    version = history.version_of("contact", contact_id)
    while True:
        document: Document = query.get_contact(actor, contact_id)
        before, version = version, history.version_of("contact", contact_id)
        if before == version:
            return document, version


def _title(document: Document, part: str) -> str:
    if part:
        return _("%(field)s of %(name)s") % {"field": part, "name": name_of(document)}
    return _("Change %(name)s") % {"name": name_of(document)}


def _clash(document: Document) -> str:
    """Say who else changed the same fields."""
    who = reference.users().name_of(document.get("editor_id"))
    if not who:
        return _("Somebody else changed the same fields meanwhile. Choose below.")
    text = _("%(user)s changed the same fields meanwhile. Choose below what stays.")
    return text % {"user": who}


def sent_version(request: HttpRequest, name: str, version: int) -> int:
    """Return the version that a sent form was made from, or the present one."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and int(sent) < version else version


def _stored(
    actor: Actor,
    request: HttpRequest,
    form: ContactForm,
    values: dict[str, object],
    versions: Versions,
) -> bool:
    """Store what was changed; False where it is refused.

    Raises StaleError where somebody has changed the same fields since they were compared.
    """
    contact_id = versions.now["id"]

    def change(_locked: Document) -> Mapping[str, object]:
        # As this person sees it, which may be less than there is.
        present = query.get_contact(actor, contact_id)
        if conflicts(request, form, values, replace(versions, now=present)):
            raise StaleError("contact", contact_id)
        return values

    try:
        values |= _picture(actor, form)
        if values:
            update_contact(actor, contact_id, change)
    except InvalidError as error:
        form.take_faults(error)
        return False
    return True


def _page(
    admin: "ContactAdmin",
    request: HttpRequest,
    form: ContactForm,
    context: dict[str, object],
    *,
    template: str = "admin/contacts/form.html",
) -> HttpResponse:
    countries = sorted(each.name for each in reference.countries().by_id.values())
    everything: dict[str, object] = {
        "form": form,
        "faults": form.summary(),
        "signature": _unread_signature(request),
        "countries": countries,
        "back_url": reverse("admin:contacts_contact_changelist"),
        **context,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return admin.page(request, template, everything, status=status)


def _unread_signature(request: HttpRequest) -> str:
    """Return the signature that was pasted and not read into the fields."""
    return "" if request.POST.get("read") == "signature" else request.POST.get("signature", "")
