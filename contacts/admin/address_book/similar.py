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
LEAST_LETTERS = 3
LEAST_DIGITS = 6


def similar_to(actor: Actor, document: Document) -> list[dict[str, Any]]:
    """Return a few contacts with an e-mail address, a phone or the name of a document."""
    emails = [str(item["address"]) for item in document.get("emails", ())]
    phones = [str(item["number"]) for item in document.get("phones", ())]
    name = str(document.get("display_name") or "")
    found = similar(actor, name=name, emails=emails, phones=phones)
    own = document.get("id")
    if not found or own is None:
        return found[:MOST]
    others = {own} | refused_pairs([own]).get(own, set())
    return [each for each in found if each["id"] not in others][:MOST]


def similar(
    actor: Actor, *, name: str = "", emails: Iterable[str] = (), phones: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Return contacts that may be the same: any of these is enough."""
    parts: list[query.Condition] = [
        query.where(actor, "emails", "eq", email) for email in emails if "@" in email
    ]
    parts += [
        query.where(actor, "phones", "contains", number)
        for number in phones
        if len(digits_of(number)) >= LEAST_DIGITS
    ]
    if len(fold(name)) >= LEAST_LETTERS:
        parts.append(query.where(actor, "display_name", "eq", name))
    if not parts:
        return []
    asked = query.Query(condition=query.Or(tuple(parts)), limit=MOST + 1, total=False)
    return list(query.search(actor, asked).documents)


def similar_screen(admin: "ContactAdmin", request: HttpRequest) -> HttpResponse:
    """Answer the contacts that are like what has been typed so far."""
    actor = actor_of_request(request)
    sent = request.GET
    name = sent.get("name", "").strip()[:200]
    documents = similar(
        actor,
        name=name,
        emails=[each.strip()[:200] for each in sent.getlist("email")[:MOST]],
        phones=[each.strip()[:50] for each in sent.getlist("phone")[:MOST]],
    )
    own = sent.get("id", "")
    rows = [row_of(each) for each in documents if str(each["id"]) != own][:MOST]
    return admin.page(request, "admin/contacts/similar.html", {"rows": rows})
