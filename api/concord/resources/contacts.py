"""People and companies: both are contacts of the domain, told apart by their kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from django.conf import settings

from api.base.kept_writing import KeptWriting
from api.concord.associations import apply_named, linked_ids, put
from api.concord.mapping import contacts as mapping
from api.concord.mapping import custom, finding, rules
from api.concord.mapping.contact_values import read_company, read_person
from api.concord.resources.table import Document, Resource, Sent, Shown, Wire, authorizer
from api.wire.json_text import write_json
from contacts.access import NEEDED, Actor
from contacts.query import Condition, Query, all_of, search, where
from contacts.query.surroundings import Asked, surroundings
from contacts.services.contacts import (
    archive_contact,
    create_contact,
    delete_contact,
    restore_contact,
    update_contact,
)

PEOPLE = ("person",)
FIRMS = ("organization", "household")
RIGHTS: Mapping[str, str] = {
    action: NEEDED["contact", action] for action in ("create", "update", "delete")
}
MOST_LINKED = 1_000
# What may be selected and is neither searched nor ordered by.
KEYS = frozenset(
    {
        *("phones", "tags", "avatar", "created_by", "user", "source", "country", "companies"),
        *("contacts", "deals", "next_activity_date", "last_contacted_at", "parent", "industry"),
    }
)

_OWNER = (
    rules.named("user.name", "owner", rules.users_called, order="owner_name"),
    rules.number("user_id", "owner"),
)
_SOURCE = (
    rules.named(
        "source.name",
        "lead_source",
        rules.options_called("lead_source"),
        order="lead_source_name",
    ),
    rules.number("source_id", "lead_source"),
)
_PLACE = (
    rules.text("street", "street1"),
    rules.text("city", "city"),
    rules.text("state", "region"),
    rules.text("postal_code", "postcode"),
    rules.named("country.name", "country", rules.countries_called, order="country_name"),
    rules.country_number(),
)
_MORE = (
    rules.only_order("created_at", "created_at"),
    rules.only_order("updated_at", "updated_at"),
    rules.only_order("owner_assigned_date", "owner_assigned_at"),
    rules.text("display_name", "display_name", is_default=False),
    rules.named("tags.name", "tags", rules.tags_called, is_default=False),
    rules.count("deals_count", "deal_count"),
    *(
        rules.count(f"{word}_deals_count", f"{word}_deal_count")
        for word in ("open", "closed", "won", "lost")
    ),
    rules.count("notes_count", "note_count"),
    rules.count("calls_count", "call_count"),
    rules.count("activities_count", "activity_count"),
    rules.count("incomplete_activities_for_user_count", "open_activity_count"),
    rules.count("next_activity_date", "next_activity_at"),
    rules.count("last_contacted_at", "last_called_at"),
)
_DEALS = rules.linked("deals.name", "id", "contact", finding.contacts_of_deals_called)
_PARENT = rules.linked("parent.name", "parent", "contact", finding.companies_called)

CONTACT_RULES = rules.table(
    rules.number("id", "id"),
    rules.text("first_name", "first_name"),
    rules.text("last_name", "last_name"),
    rules.text("email", "emails"),
    rules.phone("phones.number"),
    *_OWNER,
    *_SOURCE,
    rules.text("job_title", "job_title"),
    *_PLACE,
    rules.text("full_name", "display_name"),
    *_MORE,
    rules.linked("companies.name", "companies", "contact", finding.companies_called),
    _DEALS,
    rules.count("companies_count", "company_count"),
    rules.count("associations_count", "company_deal_count"),
)
COMPANY_RULES = rules.table(
    rules.number("id", "id"),
    rules.text("name", "display_name"),
    rules.text("domain", "domain"),
    rules.text("email", "emails"),
    rules.named(
        "industry.name", "industry", rules.options_called("industry"), order="industry_name"
    ),
    rules.number("industry_id", "industry"),
    rules.phone("phones.number"),
    *_SOURCE,
    replace(_PARENT, is_default=True, order="parent_name"),
    rules.number("parent_company_id", "parent"),
    *_PLACE,
    *_OWNER,
    *_MORE,
    _DEALS,
    rules.count("contacts_count", "people_count"),
    rules.count("associations_count", "people_deal_count"),
)


def _scope(kinds: Sequence[str]) -> Callable[[Actor], Condition | None]:
    return lambda actor: where(actor, "kind", "in", list(kinds))


# What decides about companies, authorizations and what is known to be seen.
ABOUT = ("id", "companies", "projects", "project_id", "author_id", "owner_id", "archived_at")


@dataclass(slots=True)
class Own:
    """What follows from the document of a person alone, and what of the document is still asked.

    `last` is the text of the record as a list had it last, behind what stood beside it then: both
    at once, for other threads write as well.
    """

    record: Wire
    about: Document
    last: tuple[object, object] = (None, None)


def write_people(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Any]:
    """Return people, or their texts; their companies and deals where the answer shows them."""
    people = _own_parts(actor, documents)
    ids = [person.about["id"] for person in people]
    # Asked for in lists too: a count must not tell of companies that the caller does not see.
    firms = {pk for person in people for pk in person.about.get("companies", ())}
    asked = Asked(
        contacts=firms,
        deals_of=ids,
        briefly=() if shown.shows("companies") else ("contacts",),
        standing_of=ids,
        are_seen=are_seen([person.about for person in people], shown),
    )
    around = surroundings(actor, asked)
    allowed, written = authorizer(actor, RIGHTS), list[Any]()
    for person in people:
        pk = person.about["id"]
        standing, deals = around.standing_of[pk], around.deals_of[pk]
        named = person.about.get("companies", ())
        own = [around.contacts[pk] for pk in named if pk in around.contacts]
        beside = (len(own), deals, standing, actor.is_read_only)
        known_beside, text = person.last
        if shown.as_text and known_beside == beside:
            written.append(text)
            continue
        record = person.record.copy()
        record |= mapping.deal_counts(deals)
        record |= mapping.standing(standing)
        record |= {"companies_count": len(own), "associations_count": len(own) + len(deals)}
        if shown.shows("companies"):
            record["companies"] = [mapping.brief(firm) for firm in own]
        if shown.shows("deals"):
            record["deals"] = [mapping.deal_brief(deal) for deal in deals]
        record |= _closing(allowed(person.about), shown)
        if shown.as_text:
            text = orjson.Fragment(write_json(record))
            person.last = (beside, text)
        written.append(text if shown.as_text else record)
    return written


def are_seen(documents: Sequence[Document], shown: Shown) -> bool:
    """Tell whether the records are known to be seen and living, as those of a search are."""
    return not shown.is_new and not any("archived_at" in document for document in documents)


def _own_parts(actor: Actor, documents: Sequence[Document]) -> list[Own]:
    """Return what follows from the documents of people alone; what is in it stays as it is."""
    fields = custom.fields_of(actor, "contact", "person")

    def own(document: Document) -> Own:
        about = {key: document[key] for key in ABOUT if key in document}
        return Own(mapping.person(document, fields), about)

    return _kept.written(actor, tuple([field.key for field in fields]), documents, own)


_kept: KeptWriting[Own] = KeptWriting()


def write_companies(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return companies; their people and deals where the answer shows them."""
    fields = custom.fields_of(actor, "contact", "organization")
    ids = [document["id"] for document in documents]
    parents = {int(document["parent_id"]) for document in documents if document.get("parent_id")}
    asked = Asked(
        contacts=parents,
        deals_of=ids,
        people_of=ids,
        briefly=() if shown.shows("contacts") else ("people_of",),
        standing_of=ids,
        are_seen=are_seen(documents, shown),
    )
    around = surroundings(actor, asked)
    allowed, written = authorizer(actor, RIGHTS), []
    for document in documents:
        pk = document["id"]
        deals, people = around.deals_of[pk], around.people_of[pk]
        parent = around.contacts.get(document.get("parent_id") or 0)
        record = mapping.company(document, fields)
        record |= mapping.deal_counts(deals)
        record |= mapping.standing(around.standing_of[pk])
        record |= {"contacts_count": len(people), "associations_count": len(people) + len(deals)}
        record["parent"] = mapping.brief(parent) if parent else None
        if shown.shows("contacts"):
            record["contacts"] = [mapping.brief(each) for each in people]
        if shown.shows("deals"):
            record["deals"] = [mapping.deal_brief(deal) for deal in deals]
        if shown.is_whole:
            record["parents"] = _children(actor, pk)
        record |= _closing(allowed(document), shown)
        written.append(record)
    return written


def _children(actor: Actor, company_id: int) -> list[Wire]:
    asked = where(actor, "parent", "eq", company_id)
    found = search(actor, Query(condition=asked, limit=MOST_LINKED)).documents
    return [mapping.brief(document) for document in found]


def _closing(authorizations: Wire, shown: Shown) -> Wire:
    closing: Wire = {
        "authorizations": authorizations,
        "was_recently_created": shown.is_new,
    }
    return closing | ({"media": [], "actions": []} if shown.is_whole else {})


def _update(actor: Actor, record_id: int, values: Mapping[str, Any]) -> Document:
    """Change a contact; its time moves on every effective write, and on no other (section 7)."""
    return update_contact(actor, record_id, values, keeps_time=True)


def _after_person(actor: Actor, record_id: int, sent: Sent, made: Document | None) -> None:
    apply_named(actor, "contacts", record_id, sent)
    domain = ((mapping.email_of(made) if made else None) or "").partition("@")[2]
    if not domain or not settings.CONCORD_JOIN_COMPANIES:
        return
    same = all_of(where(actor, "domain", "eq", domain), where(actor, "kind", "in", list(FIRMS[:1])))
    firms = search(actor, Query(condition=same, limit=10)).ids
    if firms:
        present = linked_ids(actor, "contacts", record_id, "companies")
        put(actor, "contacts", record_id, "companies", [*present, *firms])


def _after_company(actor: Actor, record_id: int, sent: Sent, made: Document | None) -> None:
    apply_named(actor, "companies", record_id, sent)


CONTACTS = Resource(
    name="contacts",
    model="Contact",
    kind="contact",
    rules=CONTACT_RULES,
    order="first_name",
    write=write_people,
    scope=_scope(PEOPLE),
    holds=lambda document: document["kind"] in PEOPLE,
    read=read_person,
    create=create_contact,
    update=_update,
    archive=archive_contact,
    restore=restore_contact,
    delete=delete_contact,
    after=_after_person,
    links=("companies", "deals", "activities", "calls", "notes"),
    rights=RIGHTS,
    keys=KEYS,
)
COMPANIES = Resource(
    name="companies",
    model="Company",
    kind="contact",
    rules=COMPANY_RULES,
    order="name",
    write=write_companies,
    scope=_scope(FIRMS),
    holds=lambda document: document["kind"] in FIRMS,
    read=read_company,
    create=create_contact,
    update=_update,
    archive=archive_contact,
    restore=restore_contact,
    delete=delete_contact,
    after=_after_company,
    links=("contacts", "deals", "activities", "calls", "notes"),
    rights=RIGHTS,
    keys=KEYS,
)
