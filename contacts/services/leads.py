"""Turn a lead into a company, a contact and a deal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from contacts import history, index
from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_projects
from contacts.errors import ConflictError
from contacts.index import Document
from contacts.models import (
    ActivityContact,
    Attachment,
    Contact,
    Deal,
    DealContact,
    Note,
    Ticket,
)
from contacts.services.companies import find_company
from contacts.services.contacts import create_contact, lock_contact
from contacts.services.deals import create_deal

Values = Mapping[str, object]

# What a lead gives to whatever it becomes.
COMMON = ("background", "lead_source_id", "source", "owner_id", "owner_group_id", "visibility")
PERSONAL = (
    *("prefix", "first_name", "middle_name", "last_name", "suffix", "nickname", "job_title"),
    *("department", "birthday", "gender_id", "is_opt_out", "do_not_phone", "do_not_email"),
)
COMPANY = ("industry_id", "employee_count", "annual_revenue", "rating", "is_opt_out")
CHANNELS = ("emails", "phones", "addresses", "websites", "messengers")


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a lead shall become: the values of each record; None for one that is not wanted.

    Given values win over those of the lead. An item of a list of channels that has the id of one of
    the lead's is that one, changed by what else it says.
    """

    company: Values | None = None
    contact: Values | None = None
    deal: Values | None = None
    # Which of the two takes over notes, activities and files where both are made.
    heir: str = "contact"


@dataclass(frozen=True, slots=True)
class Converted:
    """The ids of what a lead has become."""

    company_id: int | None = None
    contact_id: int | None = None
    deal_id: int | None = None


def convert_lead(actor: Actor, lead_id: int, wanted: Conversion) -> Converted:
    """Make what is wanted from a lead, hand over what hangs on it, and take it out of the lists.

    A company that is there already is used. Given values win over those of the lead. Raises
    NotFoundError, ForbiddenError, InvalidError; ConflictError: "already_converted", "not_a_lead",
    "nothing_wanted" for neither a company nor a contact.
    """
    with transaction.atomic():
        lead, before = lock_contact(actor, lead_id, "update")
        _require_open(lead)
        if wanted.company is None and wanted.contact is None:
            raise ConflictError("nothing_wanted")
        company_id = _company(actor, lead, before, wanted.company)
        contact_id = _contact(actor, before, wanted.contact, company_id)
        deal_id = _deal(actor, wanted.deal, contact_id, company_id)
        made = Converted(company_id, contact_id, deal_id)
        heirs = [contact_id, company_id] if wanted.heir == "contact" else [company_id, contact_id]
        _hand_over(lead, next(pk for pk in heirs if pk is not None))
        lead.stage = Contact.Stage.CONVERTED
        lead.updated_at = timezone.now()
        lead.editor_id = actor.user_id
        lead.save(update_fields=["stage", "updated_at", "editor"])
        after = index.refresh([lead.pk])[lead.pk]
        what = {"company_id": company_id, "contact_id": contact_id, "deal_id": deal_id}
        history.record(
            actor, "contact", lead.pk, "converted", before=before, after={**after, "became": what}
        )
    return made


def _require_open(lead: Contact) -> None:
    if lead.stage == Contact.Stage.CONVERTED:
        raise ConflictError("already_converted")
    if lead.stage != Contact.Stage.LEAD:
        raise ConflictError("not_a_lead")


def _company(actor: Actor, lead: Contact, before: Document, given: Values | None) -> int | None:
    if given is None:
        return None
    name = str(given.get("organization_name") or lead.company)
    known = find_company(actor, name)
    if known is not None:
        return known.pk
    values = {
        **_taken(actor, before, COMPANY),
        "kind": "organization",
        "organization_name": name,
        "is_converted_from_lead": True,
        **_with_channels(before, given),
    }
    return _id_of(create_contact(actor, values))


def _contact(
    actor: Actor, before: Document, given: Values | None, company_id: int | None
) -> int | None:
    if given is None:
        return None
    company: dict[str, object] = {"company": before.get("company", "")}
    if company_id is not None:
        company = {"employer": company_id}
    values = {
        **_taken(actor, before, PERSONAL),
        **company,
        "is_converted_from_lead": True,
        **_with_channels(before, given),
    }
    return _id_of(create_contact(actor, values))


def _with_channels(before: Document, given: Values) -> Values:
    """Return the given values, with what they name of the lead's channels in its place."""
    return {
        **given,
        **{key: _channels(before, key, given[key]) for key in given if key in CHANNELS},
    }


def _channels(before: Document, key: str, items: object) -> object:
    if not isinstance(items, list):
        return items
    rows: Any = before.get(key, [])
    known = {row["id"]: row for row in rows}
    whole = (
        {**known.get(item.get("id"), {}), **item} if isinstance(item, dict) else item
        for item in items
    )
    return [
        {name: each[name] for name in each if name != "id"} if isinstance(each, dict) else each
        for each in whole
    ]


def _deal(
    actor: Actor, given: Values | None, contact_id: int | None, company_id: int | None
) -> int | None:
    if given is None:
        return None
    main = contact_id if contact_id is not None else company_id
    further = [company_id] if company_id is not None and company_id != main else []
    ties: dict[str, object] = {"contact": main, "contacts": further}
    return _id_of(create_deal(actor, {"is_converted_from_lead": True, **ties, **given}))


def _taken(actor: Actor, before: Document, keys: tuple[str, ...]) -> dict[str, object]:
    """Return the values of a lead's document under the keys of their fields."""
    values: dict[str, object] = {
        key.removesuffix("_id"): before[key] for key in (*COMMON, *keys) if key in before
    }
    for key in CHANNELS:
        items: Any = before.get(key, [])
        values[key] = [{name: item[name] for name in item if name != "id"} for item in items]
    values["tags"] = before.get("tags", [])
    asked: Any = before.get("projects", [])
    seen = visible_projects(actor).filter(pk__in=asked).values_list("pk", flat=True)
    allowed = set(seen) if actor.is_administrator else set(seen) & _places(actor)
    return {**values, "projects": [pk for pk in asked if pk in allowed]}


def _places(actor: Actor) -> frozenset[int]:
    return actor.projects_with(NEEDED["contact", "create"])


def _id_of(document: Document) -> int:
    return int(str(document["id"]))


def _hand_over(lead: Contact, heir_id: int) -> None:
    """Give what hangs on a lead to the contact that it has become."""
    for model in (Note, Deal, Ticket):
        model._default_manager.filter(contact=lead).update(contact=heir_id)
    # Its picture stays with the lead.
    files = Attachment.objects.filter(contact=lead).exclude(pk=lead.avatar_id or 0)
    files.update(contact=heir_id)
    for links in (ActivityContact, DealContact):
        present = links._default_manager.filter(contact_id=heir_id)
        owner = "activity_id" if links is ActivityContact else "deal_id"
        taken = present.values_list(owner, flat=True)
        going = links._default_manager.filter(contact=lead)
        going.exclude(**{f"{owner}__in": list(taken)}).update(contact_id=heir_id)
    for record in (
        *Attachment.objects.filter(contacts=lead),
        *Ticket.objects.filter(contacts=lead),
    ):
        _exchange(record, lead.pk, heir_id)


def _exchange(record: Model, lead_id: int, heir_id: int) -> None:
    links: Any = getattr(record, "contacts")  # noqa: B009  # of either model
    links.remove(lead_id)
    links.add(heir_id)
