"""Make of one submission what its form says: a contact, its company, a deal, with their files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from contacts.access import Actor, form_actor
from contacts.errors import Fault
from contacts.fields import reference
from contacts.index import Document
from contacts.models import Attachment, WebForm
from contacts.query import names_of_contacts
from contacts.services.attachments import Upload, attach_uploads
from contacts.services.companies import find_company
from contacts.services.contacts import create_contact, update_contact
from contacts.services.deals import create_deal
from contacts.services.form_askable import COMPANY, CONTACT, DEAL, FILES, kind_of, record_of
from contacts.services.form_fields import join_address
from contacts.services.form_matching import completed, find_known, find_same_email
from contacts.services.form_texts import main_texts, told
from contacts.services.notes import create_note
from contacts.services.values import check_values

Values = Mapping[str, object]

# What filing needs besides adding; the key of the form never gets these.
FILING = frozenset(
    {
        "add_contacts",
        "view_contacts",
        "view_private_contacts",
        "edit_contacts",
        "add_notes",
        "view_deals",
        "add_deals",
        "edit_deals",
    }
)
PERSON, ORGANIZATION = ("person",), ("organization",)


@dataclass(frozen=True, slots=True)
class Filed:
    """What a submission went to; the document of the contact if it was made for it."""

    contact_id: int
    document: Document | None
    deal_id: int | None = None


def file_values(form: WebForm, values: Values, *, request_id: str = "") -> Filed:
    """Make the records of a form's prepared values, or complete those that are known.

    Raises InvalidError, ForbiddenError (the project takes no contacts any more).
    """
    actor = form_actor(form, request_id=request_id)
    filing = replace(actor, rights={form.project_id: FILING})
    with transaction.atomic():
        filed = _file_contact(form, actor, filing, _of(CONTACT, values))
        company_id = _file_company(form, filing, _of(COMPANY, values))
        if company_id is not None:
            _tie(filing, filed.contact_id, company_id)
        deal_id = _file_deal(form, filing, filed, company_id, _of(DEAL, values))
        owners = {
            CONTACT: ("contact", filed.contact_id),
            COMPANY: ("contact", company_id or filed.contact_id),
            DEAL: ("deal", deal_id) if deal_id else ("contact", filed.contact_id),
        }
        for key, file_ids in values.items():
            record, name = record_of(key)
            if name == FILES:
                _attach(filing, owners[record], cast("Iterable[int]", file_ids))
    return replace(filed, deal_id=deal_id)


def faults_of(form: WebForm, values: Values) -> list[Fault]:
    """Return what the catalogue finds wrong with prepared values, without storing anything."""
    actor = form_actor(form)
    contact = _complete(form, _of(CONTACT, values))
    faults = check_values(actor, "contact", contact, creating=True)[1]
    for record in (COMPANY, DEAL):
        own = _of(record, values)
        found = check_values(actor, kind_of(record), own, creating=False)[1] if own else []
        faults += [Fault(f"{record}.{each.key}", each.code, each.params) for each in found]
    return faults


def _of(record: str, values: Values) -> dict[str, object]:
    """Return the values that are about one record, by the keys of its catalogue."""
    own = {}
    for key, value in values.items():
        about, name = record_of(key)
        if about == record and name != FILES and (record == CONTACT or value not in ("", None, [])):
            own[name] = value
    if record == COMPANY:
        join_address(own)
    return own


def _file_contact(form: WebForm, actor: Actor, filing: Actor, values: Values) -> Filed:
    known_id = _known(form, filing, values)
    if known_id is not None:
        if form.on_duplicate == WebForm.OnDuplicate.NOTE:
            _add_note(form, filing, known_id, values)
        else:
            update_contact(filing, known_id, completed({**values, "tags": _tags_of(form, values)}))
        return Filed(known_id, None)
    document = create_contact(actor, _complete(form, values), entry_channel="form")
    contact_id: int = document["id"]  # type: ignore[assignment]  # documents have theirs
    # Tied afterwards: the document may be shown to a stranger, and tells of no company.
    company = str(values.get("company") or "")
    if company and find_company(filing, company) is not None:
        update_contact(filing, contact_id, {"company": company})
    return Filed(contact_id, document)


def _known(form: WebForm, filing: Actor, values: Values) -> int | None:
    if form.on_duplicate == WebForm.OnDuplicate.NOTE:
        return find_same_email(form, filing, values)
    if form.on_duplicate == WebForm.OnDuplicate.MERGE:
        return find_known(form, filing, values, PERSON)
    return None


def _file_company(form: WebForm, filing: Actor, values: dict[str, object]) -> int | None:
    """Return the company that was described, made or completed; None where nothing was said."""
    if not values:
        return None
    known_id = find_known(form, filing, values, ORGANIZATION)
    if known_id is not None:
        update_contact(filing, known_id, completed(values))
        return known_id
    if not values.get("organization_name"):
        emails = main_texts("emails", values.get("emails"))
        named = values.get("domain") or (emails[0].partition("@")[2] if emails else "")
        values["organization_name"] = named or _("Company")
    complete = _complete(form, {"kind": "organization", **values})
    return int(str(create_contact(filing, complete, entry_channel="form")["id"]))


def _tie(filing: Actor, contact_id: int, company_id: int) -> None:
    def tied(document: Document) -> dict[str, object]:
        present = cast("list[int]", document.get("companies") or [])
        return {"companies": list(dict.fromkeys([*present, company_id]))}

    update_contact(filing, contact_id, tied)


def _file_deal(
    form: WebForm, filing: Actor, filed: Filed, company_id: int | None, values: Values
) -> int | None:
    """Make the deal of a submission where the form has a stage for it."""
    if form.deal_stage_id is None:
        return None
    name = str(values.get("name") or "") or _("%(contact)s Deal") % {
        "contact": _name_of(filing, filed.contact_id)
    }
    deal = create_deal(
        filing,
        {
            **values,
            "name": f"{form.deal_prefix}{name}"[:255],
            "project": form.project_id,
            "stage": form.deal_stage_id,
            "contact": filed.contact_id,
            "contacts": [company_id] if company_id else [],
            **({"owner": form.owner_id} if form.owner_id else {}),
        },
    )
    return int(str(deal["id"]))


def _name_of(filing: Actor, contact_id: int) -> str:
    return names_of_contacts(filing, [contact_id]).get(contact_id, "")


def _attach(filing: Actor, owner: tuple[str, int], file_ids: Iterable[int]) -> None:
    rows = Attachment.objects.filter(pk__in=list(file_ids)).order_by("pk")
    uploads = [Upload(f"{row.pk}.{row.digest}") for row in rows]
    if uploads:
        attach_uploads(filing, *owner, uploads)


def _complete(form: WebForm, values: Values) -> dict[str, object]:
    """Add what the form gives every contact; a visitor's own source and tags are kept."""
    own: dict[str, object] = {
        "projects": [form.project_id],
        "source": values.get("source") or f"Web form: {form.title}"[:255],
        "tags": _tags_of(form, values),
    }
    if form.owner_id is not None:
        own["owner"] = form.owner_id
    web_form = reference.options().named("lead_source", "web_form")
    if web_form is not None and not values.get("lead_source"):
        own["lead_source"] = web_form.pk
    return {**values, **own}


def _add_note(form: WebForm, filing: Actor, contact_id: int, values: Values) -> None:
    subject = _("Sent again: %(form)s") % {"form": form.title}
    content = told(values) or subject
    create_note(filing, {"contact": contact_id, "subject": subject[:255], "content": content})


def _tags_of(form: WebForm, values: Values) -> list[object]:
    value = values.get("tags")
    if isinstance(value, str):
        return [*(name for name in map(str.strip, value.split(",")) if name), *form.tags]
    return [*(value if isinstance(value, list | tuple) else ()), *form.tags]
