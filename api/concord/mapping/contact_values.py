"""Read people and companies from a body into values of the catalogue."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings

from api.concord.mapping import choices, custom, phones
from api.concord.mapping.bodies import MOST_TEXT, Body, tags_of
from api.concord.mapping.contacts import email_of, primary_address
from contacts.access import Actor, system_actor
from contacts.fields import reference
from contacts.fields.types.lists import MOST_CHANNELS
from contacts.query import Condition, Not, Query, all_of, search, where
from contacts.services.options import ensure_option

Document = Mapping[str, Any]
Values = dict[str, object]
Read = Callable[[Document], Values]

ADDRESS = {"street": "street1", "city": "city", "state": "region", "postal_code": "postcode"}
# What the domain keeps less of than of other texts.
SHORTER = {"postal_code": 64}
COMPANY_LABELS = {"name": "Name"}


def read_person(actor: Actor, sent: Mapping[str, Any], before: Document | None) -> Values:
    """Return the values of a person; raises RejectedError with everything that is wrong."""
    body = Body(sent, creating=before is None)
    # Who came without a first name through another door may be sent back as they are.
    if before is None or "id" not in before or before.get("first_name"):
        body.require("first_name")
    values = _texts(body, {"first_name": "first_name", "last_name": "last_name"})
    values |= _texts(body, {"job_title": "job_title"})
    values |= _shared(actor, body, before or {}, kinds=("person",))
    body.finish()
    return {"kind": "person", **values} if before is None else values


def read_company(actor: Actor, sent: Mapping[str, Any], before: Document | None) -> Values:
    """Return the values of a company; raises RejectedError with everything that is wrong."""
    body = Body(sent, creating=before is None, labels=COMPANY_LABELS)
    body.require("name")
    is_household = before is not None and before["kind"] == "household"
    values = _texts(body, {"name": "household_name" if is_household else "organization_name"})
    if "domain" in sent:
        values["domain"] = _bare(body.text("domain"))
    if "industry_id" in sent:
        values["industry"] = _option(actor, body, "industry_id", "industry")
    if "parent_company_id" in sent:
        values["parent"] = sent["parent_company_id"]
    values |= _shared(actor, body, before or {}, kinds=("organization", "household"))
    body.finish()
    return {"kind": "organization", **values} if before is None else values


def _texts(body: Body, keys: Mapping[str, str]) -> Values:
    return {key: body.text(name) or "" for name, key in keys.items() if name in body.sent}


def _bare(domain: str | None) -> str:
    """Return a domain without scheme and ``www.``."""
    word = (domain or "").partition("://")[2] or domain or ""
    return word.removeprefix("www.").partition("/")[0]


def _shared(actor: Actor, body: Body, before: Document, *, kinds: Sequence[str]) -> Values:
    sent = body.sent
    values = custom.from_wire(actor, body, before, "contact", kinds[0])
    if "email" in sent:
        values |= _emails(body, before, kinds)
    numbers = phones.from_wire(body)
    if numbers is not None:
        if "person" in kinds and settings.CONCORD_UNIQUE_PHONES:
            _refuse_known_numbers(body, numbers, before)
        values["phones"] = phones.merged(before.get("phones"), numbers)
    if sent.keys() & {*ADDRESS, "country_id"}:
        values["addresses"] = _addresses(body, before)
    if "user_id" in sent:
        values["owner"] = choices.owner_in(actor, body)
    if "source_id" in sent:
        values["lead_source"] = _option(actor, body, "source_id", "lead_source")
    names = tags_of(body)
    if names is not None:
        values["tags"] = names
    return values


def _option(actor: Actor, body: Body, key: str, list_name: str) -> int | None:
    """Return the option that is named; a name that is none yet becomes one."""
    value = body.sent[key]
    found = choices.option_of(list_name, value) if value is not None else None
    is_new = isinstance(value, str) and not value.isdecimal() and found is None
    if is_new and not body.messages and len(value) <= MOST_TEXT:
        return ensure_option(actor, list_name, value)
    return body.chosen(key, lambda each: choices.option_of(list_name, each))


def _emails(body: Body, before: Document, kinds: Sequence[str]) -> Values:
    address = body.email("email")
    present = email_of(before)
    rows = list(before.get("emails") or [])
    main = next((row for row in rows if row.get("address") == present), None)
    others = [{"id": row["id"]} for row in rows if row is not main]
    if address is None:
        return {"emails": others}
    # An unchanged address is never refused: other doors may have made duplicates.
    is_new = address.casefold() != (present or "").casefold()
    if is_new and _is_known(address, before, kinds):
        who = "contact or team member" if "person" in kinds else "company"
        body.reject("email", f"A {who} with this email already exist.")
    item = {"address": address, "is_primary": True}
    return {"emails": [item | ({"id": main["id"]} if main else {}), *others]}


def _is_known(address: str, before: Document, kinds: Sequence[str]) -> bool:
    """Tell whether another living contact of these kinds, or a user, has an address.

    Also one whom the caller does not see: clients count on that (the specification, section 13,
    "Permissions").
    """
    everybody = system_actor()
    asked = _others(everybody, before, where(everybody, "emails", "eq", address), kinds)
    if search(everybody, Query(condition=asked, limit=1, total=False)).documents:
        return True
    if "person" not in kinds:
        return False
    own = reference.users_by_contact().get(before.get("id", 0))
    return any(pk != own for pk in choices.users_at(address))


def _refuse_known_numbers(body: Body, numbers: list[tuple[str, str]], before: Document) -> None:
    """Reject numbers that another person has, whoever sees it."""
    everybody = system_actor()
    stored = {row["number"] for row in before.get("phones") or []}
    # More than a contact can have are refused anyhow, and each is looked for by itself.
    for place, (number, _word) in enumerate(numbers[:MOST_CHANNELS]):
        if number in stored:
            continue
        # As it is written: the rule is about the text, not about what is dialled.
        same = where(everybody, "phones", "eq", number, case_sensitive=True)
        asked = _others(everybody, before, same, ("person",))
        if search(everybody, Query(condition=asked, limit=1, total=False)).documents:
            sentence = "A contact with this phone number already exist."
            body.reject(f"phones.{place}.number", sentence)


def _others(
    actor: Actor, before: Document, condition: Condition, kinds: Sequence[str]
) -> Condition | None:
    same_kind = where(actor, "kind", "in", list(kinds))
    if "id" not in before:
        return all_of(condition, same_kind)
    return all_of(condition, same_kind, Not(where(actor, "id", "eq", before["id"])))


def _addresses(body: Body, before: Document) -> list[Values]:
    """Return the addresses with the primary one changed; the others stay."""
    main = primary_address(before)
    changed: Values = {
        key: body.text(name, most=SHORTER.get(name, MOST_TEXT)) or ""
        for name, key in ADDRESS.items()
        if name in body.sent
    }
    if "country_id" in body.sent:
        changed["country_id"] = body.chosen("country_id", choices.country_of)
    rows = before.get("addresses") or []
    others: list[Values] = [{"id": row["id"]} for row in rows if row is not main]
    first: Values = {"id": main["id"], **changed} if main else changed
    return [first, *others]
