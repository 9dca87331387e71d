"""Contacts as a file to save: a table, vCards, or the documents as they are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from contacts import query
from contacts.access import Actor, readable_fields
from contacts.admin.address_book.import_choices import PART_LABELS
from contacts.admin.address_book.words import LISTS, words_for
from contacts.fields import Field
from contacts.fields.spreadsheets import as_cell
from contacts.services.merged_values import value_in
from contacts.transfer.cells import list_cell
from contacts.transfer.columns import ADDRESS_PARTS
from contacts.transfer.portable import portable_fields, teller_of, told
from contacts.transfer.vcards import card_of
from contacts.transfer.writing import line_writer

Document = Mapping[str, Any]
Write = Callable[[Actor, Iterator[Document]], Iterator[str]]

READ_AT_ONCE = 500

ADDRESSES = "addresses"
CHANNELS = frozenset({"emails", "phones", ADDRESSES, "websites", "messengers"})
# Types whose values stand in a table as they are.
PLAIN = frozenset({"date", "datetime", "decimal", "integer", "text", "long_text"})
# What a table leaves out of an address.
ASIDE = frozenset({"location", "is_billing"})

# Computed of others, or told by another column.
UNTOLD = frozenset(
    {
        *("sort_name", "full_name", "listed_name", "employer", "avatar", "is_user", "followers"),
        *("email_on_hold", "has_deals", "last_note_at", "open_ticket_owner", "phone_type"),
        *("editor", "owner_assigned_at", "phone_digits", "full_address", "is_suspended_member"),
    }
)


def export(actor: Actor, name: str, contact_ids: Sequence[int]) -> StreamingHttpResponse:
    """Answer a file of contacts; it is written while it is sent, whatever its length."""
    media_type, ending, write = FORMATS[name][1:]
    pieces = write(actor, _documents(actor, contact_ids))
    spoken = _in_language(pieces, translation.get_language())
    response = StreamingHttpResponse(spoken, content_type=f"{media_type}; charset=utf-8")
    filename = f"contacts-{timezone.localdate():%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _in_language(pieces: Iterator[str], language: str | None) -> Iterator[str]:
    """Yield the pieces in a language: they are made when that of the request is forgotten."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _documents(actor: Actor, contact_ids: Sequence[int]) -> Iterator[Document]:
    for start in range(0, len(contact_ids), READ_AT_ONCE):
        ids = contact_ids[start : start + READ_AT_ONCE]
        found = query.find_contacts(actor, ids, archived=None)
        yield from (found[pk] for pk in ids if pk in found)


def _table(actor: Actor, documents: Iterator[Document]) -> Iterator[str]:
    columns = exported_fields(actor)
    tell = teller_of([field for field in portable_fields(actor) if field.key in CHANNELS])
    line_of = line_writer()
    # Spreadsheets take a file without this mark for another encoding.
    yield "\ufeff" + line_of([each for field in columns for each in _headings(field)])
    for document in documents:
        channels = tell(document)
        yield line_of([each for field in columns for each in _cells(document, channels, field)])


def exported_fields(actor: Actor) -> list[Field]:
    """Return the columns of a table of contacts."""
    return [
        field
        for field in readable_fields(actor)
        if field.key not in UNTOLD and (field.is_writable or field.key in ("id", "display_name"))
    ]


def _headings(field: Field) -> list[str]:
    """Return the headings of a field: the first address has a column for each of its parts."""
    if field.key != ADDRESSES:
        return [str(field.label)]
    return [*(str(PART_LABELS[f"{ADDRESSES}.{part}"]) for part in ADDRESS_PARTS), str(field.label)]


def _cells(document: Document, channels: Document, field: Field) -> list[str]:
    """Return the cells of a field, as an import reads them."""
    if field.key in CHANNELS:
        items = channels.get(field.key, [])
        return _addresses(items) if field.key == ADDRESSES else [as_cell(_channels(field, items))]
    return [as_cell(_text(field, value_in(document, field)))]


def _text(field: Field, value: Any) -> str:  # noqa: ANN401  # any value of a document
    if value is None or field.type.name in PLAIN:
        return "" if value is None else str(value)
    if isinstance(value, list):
        # Names of tables are told for a list.
        told = [words_for(field.key, [each] if field.key in LISTS else each) for each in value]
        return list_cell(told)
    key = f"{field.key}_id" if field.key in ("owner", "owner_group", "author") else field.key
    return words_for(key, value)


def _channels(field: Field, items: Sequence[Document]) -> str:
    """Return e-mails and the like plainly; those with more to dial whole."""
    main = field.traits["main"]
    is_plain = all(item.get(main) and "extension" not in item for item in items)
    return list_cell([item[main] for item in items] if is_plain else items)


def _addresses(items: Sequence[Document]) -> list[str]:
    """Return the parts of the first address, and the others whole; so too one with other parts."""
    first = items[0] if items else {}
    if first.keys() - {*ADDRESS_PARTS, "country_text", *ASIDE}:
        first = {}
    rest = items[1:] if first else items
    country = first.get("country") or first.get("country_text", "")
    parts = [first.get(part, "") for part in ADDRESS_PARTS[:-1]]
    return [*map(as_cell, map(str, [*parts, country])), list_cell(rest)]


def _cards(actor: Actor, documents: Iterator[Document]) -> Iterator[str]:
    fields = portable_fields(actor)
    return (card_of(told(document, fields)) for document in documents)


def _lines(actor: Actor, documents: Iterator[Document]) -> Iterator[str]:
    """Write one array, a document on each line, with names where an import needs them.

    Fields that the actor may not read are left out.
    """
    fields = portable_fields(actor)
    tell = teller_of(fields)
    portable = {name for field in fields for name in (field.key, f"{field.key}_id")}
    own = {str(field.custom_id) for field in readable_fields(actor) if field.is_custom} - {
        str(field.custom_id) for field in fields
    }
    before = "[\n"
    for document in documents:
        here = {key: each for key, each in document.items() if key not in portable}
        here["custom"] = {
            key: each for key, each in document.get("custom", {}).items() if key in own
        }
        yield before + orjson.dumps({**here, **tell(document)}).decode()
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


FORMATS: dict[str, tuple[Any, str, str, Write]] = {
    "csv": (_("Table (CSV)"), "text/csv", "csv", _table),
    "vcf": (_("vCards"), "text/vcard", "vcf", _cards),
    "json": (_("JSON"), "application/json", "json", _lines),
}
