"""Write down a new contact, and change a stored one without losing what others write meanwhile."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts import history, query
from contacts.access import NEEDED, Actor
from contacts.admin.address_book.form import ContactForm, contact_form, form_names
from contacts.admin.address_book.rows import contact_url, name_of
from contacts.admin.address_book.words import words_for
from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.errors import InvalidError
from contacts.fields import reference
from contacts.models import Contact
from contacts.query import Query
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
MOST_ALIKE = 5


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
    if request.method == "POST" and form.take(request) and form.is_valid():
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
    said(request, _("“%(name)s” is written down.") % {"name": name_of(document)}, can_undo=True)
    alike = [each for each in similar_to(actor, document) if each["id"] != document["id"]]
    if alike:
        names = ", ".join(f"{name_of(each)} (#{each['id']})" for each in alike)
        warned(request, _("There are similar contacts: %(names)s.") % {"names": names})


def similar_to(actor: Actor, document: Document) -> list[dict[str, Any]]:
    """Return a few contacts with the same e-mail address or the same name."""
    parts = [
        query.where(actor, "emails", "eq", item["address"]) for item in document.get("emails", ())
    ]
    if document.get("display_name"):
        parts.append(query.where(actor, "display_name", "eq", document["display_name"]))
    if not parts:
        return []
    asked = Query(condition=query.Or(tuple(parts)), limit=MOST_ALIKE, total=False)
    return query.search(actor, asked).documents


def change_contact(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Show the form of a stored contact, and store what this person changed in it."""
    actor = actor_of_request(request)
    document: Document = query.get_contact(actor, contact_id)
    actor.require(NEEDED["contact", "update"], document.get("projects", ()), "contact")
    version = history.version_of("contact", contact_id)
    base = seen_document(request, document, version)
    form = contact_form(actor, document["kind"])
    form.show(actor, base, form_names(actor, base))
    if not document.get("avatar_id"):
        del form.fields["remove_picture"]
    is_sent = request.method == "POST" and form.take(request) and form.is_valid()
    if is_sent and _stored(actor, form, base, document):
        said(request, _("“%(name)s” is saved.") % {"name": name_of(document)}, can_undo=True)
        return HttpResponseRedirect(contact_url(contact_id))
    context: dict[str, object] = {
        "title": _("Change %(name)s") % {"name": name_of(document)},
        "kind": document["kind"],
        "version": version,
        "back_url": contact_url(contact_id),
    }
    return _page(admin, request, form, context)


def seen_document(request: HttpRequest, document: Document, version: int) -> Document:
    """Return the document that the person saw when the form was made."""
    sent = request.POST.get("version", "")
    if not sent.isascii() or not sent.isdigit() or int(sent) >= version:
        return document
    return history.earlier("contact", document["id"], document, int(sent))


def _stored(actor: Actor, form: ContactForm, base: Document, document: Document) -> bool:
    """Store what was changed; False where it is refused, or where somebody else changed it too."""
    values = form.values(actor, base)
    if _conflicts(form, values, base, document):
        return False
    try:
        values |= _picture(actor, form)
        if values:
            update_contact(actor, document["id"], values)
    except InvalidError as error:
        form.take_faults(error)
        return False
    return True


def _conflicts(
    form: ContactForm, values: Mapping[str, object], base: Document, document: Document
) -> bool:
    """Say beside each field that both changed what the other wrote; tell whether there are any."""
    found = False
    for key in values:
        now, seen = (_in_document(key, each) for each in (document, base))
        if now == seen:
            continue
        found = True
        words = words_for(key, _in_document(key, document)) or _("nothing")
        text = _("Changed by somebody else meanwhile to: %(value)s. Save again to store yours.")
        target = key if key in form.fields else None
        prefix = "" if target else f"{next(r.label for r in form.rows if r.name == key)}: "
        form.add_error(target, prefix + text % {"value": words})
    return found


def _in_document(key: str, document: Document) -> Any:  # noqa: ANN401  # any value of a document
    if key.startswith("custom_"):
        return document.get("custom", {}).get(key.removeprefix("custom_"))
    return document.get(key, document.get(f"{key}_id"))


def _page(
    admin: "ContactAdmin", request: HttpRequest, form: ContactForm, context: dict[str, object]
) -> HttpResponse:
    countries = sorted(each.name for each in reference.countries().by_id.values())
    everything: dict[str, object] = {
        "form": form,
        "faults": form.summary(),
        "countries": countries,
        "back_url": reverse("admin:contacts_contact_changelist"),
        **context,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return admin.page(request, "admin/contacts/form.html", everything, status=status)
