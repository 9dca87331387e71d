"""People and companies: both are contacts of the domain, told apart by their kind."""

from collections.abc import Callable, Mapping, Sequence

from api.concord.associations import apply_named, linked_ids, put
from api.concord.mapping import contacts as mapping
from api.concord.mapping import custom, rules
from api.concord.mapping.contact_values import read_company, read_person
from api.concord.mapping.rules import Rule
from api.concord.resources.table import Document, Resource, Sent, Shown, Wire, authorizations
from contacts.access import NEEDED, Actor
from contacts.query import Condition, Query, all_of, find_contacts, search, where
from contacts.query.deals_of_contacts import deals_of_contacts
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

_OWNER = (
    rules.named("user.name", "owner", rules.users_called),
    rules.number("user_id", "owner"),
)
_SOURCE = (
    rules.named("source.name", "lead_source", rules.options_called("lead_source")),
    rules.number("source_id", "lead_source"),
)
_PLACE = (
    rules.text("street", "street1"),
    rules.text("city", "city"),
    rules.text("state", "region"),
    rules.text("postal_code", "postcode"),
    rules.named("country.name", "country", rules.countries_called),
    rules.country_number(),
)
_MORE = (
    rules.only_order("created_at", "created_at"),
    rules.only_order("updated_at", "updated_at"),
    rules.only_order("owner_assigned_date", "owner_assigned_at"),
    rules.text("display_name", "display_name", is_default=False),
    rules.named("tags.name", "tags", rules.tags_called, is_default=False),
)


def _table(*listed: Rule) -> dict[str, Rule]:
    return {rule.name: rule for rule in listed}


CONTACT_RULES = _table(
    rules.number("id", "id"),
    rules.text("first_name", "first_name"),
    rules.text("last_name", "last_name"),
    rules.text("email", "emails"),
    rules.text("phones.number", "phones", orders=False),
    *_OWNER,
    *_SOURCE,
    rules.text("job_title", "job_title"),
    *_PLACE,
    rules.text("full_name", "display_name"),
    *_MORE,
)
COMPANY_RULES = _table(
    rules.number("id", "id"),
    rules.text("name", "display_name"),
    rules.text("domain", "domain"),
    rules.text("email", "emails"),
    rules.named("industry.name", "industry", rules.options_called("industry")),
    rules.number("industry_id", "industry"),
    rules.text("phones.number", "phones", orders=False),
    *_SOURCE,
    rules.number("parent_company_id", "parent"),
    *_PLACE,
    *_OWNER,
    *_MORE,
)


def _scope(kinds: Sequence[str]) -> Callable[[Actor], Condition | None]:
    return lambda actor: where(actor, "kind", "in", list(kinds))


def write_people(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return people; their companies and deals where the answer shows them."""
    fields = custom.fields_of(actor, "contact", "person")
    deals = deals_of_contacts(actor, [document["id"] for document in documents])
    asked = {pk for document in documents for pk in document.get("companies", ())}
    # Asked for in lists too: a count must not tell of companies that the caller does not see.
    firms = find_contacts(actor, asked) if asked else {}
    written = []
    for document in documents:
        record = mapping.person(document, fields) | mapping.deal_counts(deals[document["id"]])
        own = [firms[pk] for pk in document.get("companies", ()) if pk in firms]
        record["companies_count"] = len(own)
        if shown.is_whole or "companies" in shown.extra:
            record["companies"] = [mapping.brief(firm) for firm in own]
        if shown.is_whole or "deals" in shown.extra:
            record["deals"] = [mapping.deal_brief(deal) for deal in deals[document["id"]]]
        record["associations_count"] = len(own) + len(deals[document["id"]])
        written.append(record | _closing(actor, shown))
    return written


def write_companies(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return companies; their people and deals where the answer shows them."""
    fields = custom.fields_of(actor, "contact", "organization")
    ids = [document["id"] for document in documents]
    deals = deals_of_contacts(actor, ids)
    people = _people_of(actor, ids)
    parents = {document.get("parent_id") for document in documents} - {None}
    above = find_contacts(actor, [pk for pk in parents if pk]) if parents else {}
    written = []
    for document in documents:
        own, pk = people[document["id"]], document["id"]
        record = mapping.company(document, fields) | mapping.deal_counts(deals[pk])
        parent = above.get(document.get("parent_id") or 0)
        record |= {"contacts_count": len(own), "parent": mapping.brief(parent) if parent else None}
        if shown.is_whole or "contacts" in shown.extra:
            record["contacts"] = [mapping.brief(each) for each in own]
        if shown.is_whole or "deals" in shown.extra:
            record["deals"] = [mapping.deal_brief(deal) for deal in deals[pk]]
        if shown.is_whole:
            record["parents"] = _children(actor, pk)
        record["associations_count"] = len(own) + len(deals[pk])
        written.append(record | _closing(actor, shown))
    return written


def _people_of(actor: Actor, company_ids: Sequence[int]) -> dict[int, list[Document]]:
    found: dict[int, list[Document]] = {pk: [] for pk in company_ids}
    if not found:
        return found
    theirs = where(actor, "companies", "has_any", list(company_ids))
    asked = all_of(theirs, where(actor, "kind", "eq", "person"))
    for document in search(actor, Query(condition=asked, limit=MOST_LINKED)).documents:
        listed = document.get("companies")
        for pk in listed if isinstance(listed, list) else ():
            if pk in found:
                found[pk].append(document)
    return found


def _children(actor: Actor, company_id: int) -> list[Wire]:
    asked = where(actor, "parent", "eq", company_id)
    found = search(actor, Query(condition=asked, limit=MOST_LINKED)).documents
    return [mapping.brief(document) for document in found]


def _closing(actor: Actor, shown: Shown) -> Wire:
    closing: Wire = {
        "authorizations": authorizations(actor, RIGHTS),
        "was_recently_created": shown.is_new,
    }
    return closing | ({"media": [], "actions": []} if shown.is_whole else {})


def _after_person(actor: Actor, record_id: int, sent: Sent, made: Document | None) -> None:
    apply_named(actor, "contacts", record_id, sent)
    domain = ((mapping.email_of(made) if made else None) or "").partition("@")[2]
    if not domain:
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
    update=update_contact,
    archive=archive_contact,
    restore=restore_contact,
    delete=delete_contact,
    after=_after_person,
    links=("companies", "deals", "activities", "calls", "notes"),
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
    update=update_contact,
    archive=archive_contact,
    restore=restore_contact,
    delete=delete_contact,
    after=_after_company,
    links=("contacts", "deals", "activities", "calls", "notes"),
)
