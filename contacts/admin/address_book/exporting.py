"""Contacts as a file to save: a table, vCards, or the documents as they are."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts import query
from contacts.access import Actor, readable_fields
from contacts.admin.address_book.words import words_for
from contacts.fields import Field
from contacts.fields.spreadsheets import as_cell
from contacts.services.merged_values import value_in
from contacts.transfer.portable import portable_fields, told
from contacts.transfer.vcards import card_of

Document = Mapping[str, Any]
Write = Callable[[Actor, Iterator[Document]], Iterator[str]]

READ_AT_ONCE = 500

# Computed of others, or told by another column.
UNTOLD = frozenset(
    {
        *("sort_name", "full_name", "listed_name", "employer", "avatar", "is_user", "followers"),
        *("email_on_hold", "has_deals", "last_note_at", "open_ticket_owner", "phone_type"),
        *("editor", "owner_assigned_at", "phone_digits", "full_address", "is_suspended_member"),
    }
)


class _Line:
    """What `csv` writes to: the line is handed on, not kept."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def export(actor: Actor, name: str, contact_ids: Sequence[int]) -> StreamingHttpResponse:
    """Answer a file of contacts; it is written while it is sent, whatever its length."""
    media_type, ending, write = FORMATS[name][1:]
    pieces = write(actor, _documents(actor, contact_ids))
    response = StreamingHttpResponse(pieces, content_type=f"{media_type}; charset=utf-8")
    filename = f"contacts-{timezone.localdate():%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _documents(actor: Actor, contact_ids: Sequence[int]) -> Iterator[Document]:
    for start in range(0, len(contact_ids), READ_AT_ONCE):
        ids = contact_ids[start : start + READ_AT_ONCE]
        found = query.find_contacts(actor, ids, archived=None)
        yield from (found[pk] for pk in ids if pk in found)


def _table(actor: Actor, documents: Iterator[Document]) -> Iterator[str]:
    columns = exported_fields(actor)
    line = csv.writer(_Line())
    # Spreadsheets take a file without this mark for another encoding.
    yield "\ufeff" + str(line.writerow([str(field.label) for field in columns]))
    for document in documents:
        yield str(line.writerow([_cell(document, field) for field in columns]))


def exported_fields(actor: Actor) -> list[Field]:
    """Return the columns of a table of contacts."""
    return [
        field
        for field in readable_fields(actor)
        if field.key not in UNTOLD and (field.is_writable or field.key in ("id", "display_name"))
    ]


def _cell(document: Document, field: Field) -> str:
    value = value_in(document, field)
    if field.type.name in ("date", "datetime", "decimal", "integer", "text", "long_text"):
        text = "" if value is None else str(value)
    else:
        key = f"{field.key}_id" if field.key in ("owner", "owner_group", "author") else field.key
        text = words_for(key, value)
    return as_cell(text)


def _cards(actor: Actor, documents: Iterator[Document]) -> Iterator[str]:
    fields = portable_fields(actor)
    return (card_of(told(document, fields)) for document in documents)


def _lines(actor: Actor, documents: Iterator[Document]) -> Iterator[str]:
    """Write one array, a document on each line; fields that the actor may not read are left out."""
    seen = {str(field.custom_id) for field in readable_fields(actor) if field.is_custom}
    before = "[\n"
    for document in documents:
        custom = {key: each for key, each in document.get("custom", {}).items() if key in seen}
        yield before + orjson.dumps({**document, "custom": custom}).decode()
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


FORMATS: dict[str, tuple[Any, str, str, Write]] = {
    "csv": (_("Table (CSV)"), "text/csv", "csv", _table),
    "vcf": (_("vCards"), "text/vcard", "vcf", _cards),
    "json": (_("JSON"), "application/json", "json", _lines),
}
