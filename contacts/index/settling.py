"""Keep what is derived of one contact in step with a change, writing only what the change moves.

The transaction of the change holds the contact locked, so what was read before still holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from contacts.access.prepared import PreparedRows
from contacts.fields.fact_fields import BY_CODE
from contacts.index.changing import change_row, remove_rows
from contacts.index.circles import add, numbers_of, take_access_rows
from contacts.index.documents import MEMBERSHIP, Document, document_of
from contacts.index.inserting import Inserts, write_tuples
from contacts.index.keys import keys_of, text_of
from contacts.index.parts import ContactParts, read_parts
from contacts.index.refresh import (
    ACCESS_COLUMNS,
    KEY_COLUMNS,
    access_rows,
    counted_by,
    dumped,
    refresh,
    store_derived_names,
)
from contacts.models import (
    Contact,
    ContactAccess,
    ContactDocument,
    ContactKey,
    ContactProject,
    ContactTag,
    ContactText,
)

# The part of a contact from which a key of its document follows.
PARTS = {
    **{key: key for key in ("emails", "phones", "addresses", "websites", "messengers", "custom")},
    "tags": "tag_ids",
    "groups": "group_ids",
    "projects": "project_ids",
    "companies": "company_ids",
    "followers": "follower_ids",
    **dict.fromkeys(MEMBERSHIP, "membership"),
    **{field.key: "facts" for field in BY_CODE["contact"].values()},
}


@dataclass(frozen=True, slots=True)
class Held:
    """A contact that the transaction has locked, with everything that hangs on it.

    `is_settled` tells whether its stored document says what its rows say.
    """

    parts: ContactParts
    document: Document
    is_settled: bool


def hold(contact: Contact) -> Held:
    """Return what there is of a locked contact.

    Only the tables that its stored document names are asked: the others hold nothing of it.
    """
    body = next((each.body for each in _STORED.find_all(contact.pk)), "")
    # One that has lost its document is read whole.
    keys = orjson.loads(body).keys() if body else PARTS.keys()
    parts = ContactParts(contact)
    read_parts(parts, {PARTS[key] for key in keys & PARTS.keys()})
    document = document_of(parts)
    return Held(parts, document, dumped(document) == body)


_STORED = PreparedRows(ContactDocument, lambda pk: ContactDocument.objects.filter(pk=pk))


def settle_change(held: Held, after: ContactParts) -> Document:
    """Store what has become of everything derived of a contact; returns its document.

    `after` has a row of its own for the contact.
    """
    if not held.is_settled:
        # What is stored is not what followed from the rows before: it cannot be gone on from.
        return refresh([after.contact.pk])[after.contact.pk]
    before = held.parts
    if store_derived_names(after) or after.contact.sort_name != before.contact.sort_name:
        _rename_links(after.contact)
    pk, document = after.contact.pk, document_of(after)
    body = dumped(document)
    if not change_row(ContactDocument, pk, {"body": body}):
        ContactDocument.objects.create(contact_id=pk, body=body)
    _settle_text(text_of(before), text_of(after))
    _settle_keys(pk, keys_of(before), keys_of(after))
    was, now = access_rows(before), access_rows(after)
    if was != now:
        counted = take_access_rows([pk])
        with Inserts() as inserts:
            inserts.add(ContactAccess, ACCESS_COLUMNS, now)
            add(numbers_of([counted_by(after)]), inserts, less=counted)
    return document


def _settle_text(was: ContactText, now: ContactText) -> None:
    names = ("narrow", "wide", "beside", "sort_name")
    values = {
        name: getattr(now, name) for name in names if getattr(now, name) != getattr(was, name)
    }
    if values:
        change_row(ContactText, now.pk, values)


Keys = Sequence[tuple[int, int, str]]


def _settle_keys(pk: int, was: Keys, now: Keys) -> None:
    moved = {code for code, _rank, _text in set(was) ^ set(now)}
    if moved:
        remove_rows(ContactKey, {"contact_id": [pk], "code": sorted(moved)})
        write_tuples(ContactKey, KEY_COLUMNS, [(pk, *key) for key in now if key[0] in moved])


def _rename_links(contact: Contact) -> None:
    """Let the links of a contact carry its present name."""
    for links in (ContactTag, ContactProject):
        links.objects.filter(contact_id=contact.pk).update(sort_name=contact.sort_name)
