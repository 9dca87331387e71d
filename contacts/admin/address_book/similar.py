"""Contacts that are like one that is being written down: same e-mail, same phone, same name."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from contacts import query
from contacts.access import Actor
from contacts.admin.address_book.rows import row_of
from contacts.admin.visitors import actor_of_request
from contacts.fields.text import digits_of, fold
from contacts.query.duplicates import refused_pairs

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

Document = Mapping[str, Any]

MOST = 5
# Looked at for these: the contact itself is among them, and others of which somebody said no.
LOOKED_AT = 20
LEAST_LETTERS = 3
# Longer numbers are beyond what both databases can count to.
LONGEST_NUMBER = 18
LEAST_DIGITS = 6


def similar_to(actor: Actor, document: Document) -> list[Document]:
    """Return a few contacts with an e-mail address, a phone or the name of a document."""
    emails = [str(item["address"]) for item in document.get("emails", ())]
    phones = [str(item["number"]) for item in document.get("phones", ())]
    name = str(document.get("display_name") or "")
    own = document.get("id")
    return similar(actor, name=name, emails=emails, phones=phones, own=own)


def similar(
    actor: Actor,
    *,
    name: str = "",
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    own: int | None = None,
) -> list[Document]:
    """Return contacts that may be the same as `own`: any of these is enough.

    Whoever shares an e-mail address or a phone comes before those of the same name.
    """
    parts: list[query.Condition] = [
        query.where(actor, "emails", "eq", email) for email in emails if "@" in email
    ]
    parts += [
        # With its country's code it is whole; otherwise it is a part of how others write it.
        query.where(actor, "phones", "eq" if number.startswith("+") else "contains", number)
        for number in phones
        if len(digits_of(number)) >= LEAST_DIGITS
    ]
    ids = _first_ids(actor, query.Or(tuple(parts))) if parts else []
    if len(ids) < LOOKED_AT and len(fold(name)) >= LEAST_LETTERS:
        ids += _first_ids(actor, query.where(actor, "display_name", "eq", name))
    others = [pk for pk in dict.fromkeys(ids) if pk != own]
    if others and own is not None:
        refused = refused_pairs([own]).get(own, set())
        others = [pk for pk in others if pk not in refused]
    documents = query.find_contacts(actor, others[:MOST])
    return [documents[pk] for pk in others if pk in documents]


def _first_ids(actor: Actor, condition: query.Condition) -> list[int]:
    # By number, which is how the index of a name goes on: the first ones end the search, however
    # many have it.
    asked = query.Query(condition=condition, sort=(query.sorted_by(actor, "id"),), total=False)
    return query.matching_ids(actor, asked, LOOKED_AT)


def similar_screen(admin: "ContactAdmin", request: HttpRequest) -> HttpResponse:
    """Answer the contacts that are like what has been typed so far."""
    actor = actor_of_request(request)
    sent = request.GET
    name = sent.get("name", "").strip()[:200]
    own = sent.get("id", "")
    documents = similar(
        actor,
        name=name,
        emails=[each.strip()[:200] for each in sent.getlist("email")[:MOST]],
        phones=[each.strip()[:50] for each in sent.getlist("phone")[:MOST]],
        own=int(own) if own.isdecimal() and len(own) <= LONGEST_NUMBER else None,
    )
    rows = [row_of(each) for each in documents]
    return admin.page(request, "admin/contacts/similar.html", {"rows": rows})
