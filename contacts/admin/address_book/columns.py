"""Which columns the list of contacts has: the usual ones, or those that its address names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from contacts import query
from contacts.access import Actor, readable_fields
from contacts.admin.address_book.rows import contact_url
from contacts.admin.address_book.words import words_for
from contacts.admin.tables import Cell
from contacts.fields import Field, reference
from contacts.fields.types import read_moment

Document = Mapping[str, Any]

PARAMETER = "columns"
ONE_MORE = "column"
REACH, TAGS, OWNER, UPDATED = "reach", "tags", "owner", "updated_at"
# The fields that the first column stands for.
REACHES = ("emails", "phones")
USUAL = (REACH, TAGS, OWNER, UPDATED)
USUAL_IN_ARCHIVE = (REACH, TAGS, OWNER, "archived_at")
MOST = 12
MOST_LETTERS = 80
OF_ADDRESS = frozenset({"city", "region", "postcode", "country", "street1", "full_address"})
# The name is always there; the rest has no value of its own in a document.
UNSHOWN = frozenset(
    {
        "avatar",
        "companies",
        "display_name",
        "email_on_hold",
        "has_deals",
        "last_note_at",
        "open_ticket_owner",
        "phone_type",
        "sort_name",
        "street2",
    }
)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column besides the name; `sort` is what the list can be ordered by."""

    key: str
    label: str
    sort: str = ""
    field: Field | None = None


def offered_columns(actor: Actor) -> list[ListColumn]:
    """Return every column that the actor can choose, the usual ones first."""
    fields = {
        field.key: field
        for field in readable_fields(actor)
        if field.key not in UNSHOWN and field.traits.get("is_in_list", True)
    }
    found = [ListColumn(REACH, _("E-mail, phone"))]
    for key in (*USUAL[1:], *fields):
        field = fields.get(key)
        if field is not None and key not in {each.key for each in found}:
            sort = key if field.is_sortable and not field.is_multiple else ""
            found.append(ListColumn(key, str(field.label), sort, field))
    return found


def columns_of(
    actor: Actor, parameters: QueryDict, kept: Sequence[str], *, archived: bool
) -> list[ListColumn]:
    """Return the columns that an address names, else the kept ones of a view, else the usual."""
    known = {column.key: column for column in offered_columns(actor)}
    named = [key for key in parameters.get(PARAMETER, "").split(",") if key]
    keys = named or _joined(kept) or list(USUAL_IN_ARCHIVE if archived else USUAL)
    # The form that adds one sends it beside the others.
    keys.append(parameters.get(ONE_MORE, ""))
    return [known[key] for key in dict.fromkeys(keys) if key in known][:MOST]


def kept_keys(columns: Sequence[ListColumn]) -> list[str]:
    """Return the columns as a saved view keeps them: by fields alone."""
    keys: list[str] = []
    for column in columns:
        keys += REACHES if column.key == REACH else [column.key]
    return list(dict.fromkeys(keys))


def _joined(kept: Sequence[str]) -> list[str]:
    keys = list(kept)
    for place in range(len(keys) - 1):
        if tuple(keys[place : place + 2]) == REACHES:
            keys[place : place + 2] = [REACH]
            break
    return keys


@dataclass(frozen=True, slots=True)
class Placed:
    """A column in the chooser, with the addresses that move it and take it away."""

    column: ListColumn
    earlier_url: str
    later_url: str
    remove_url: str


def placed(parameters: QueryDict, columns: Sequence[ListColumn]) -> list[Placed]:
    """Return the chosen columns in order, each with what can be done to it."""
    keys = [column.key for column in columns]
    found = []
    for place, column in enumerate(columns):
        rest = [key for key in keys if key != column.key]
        earlier = [*keys[: place - 1], column.key, keys[place - 1], *keys[place + 1 :]]
        later = [*keys[:place], *keys[place + 1 : place + 2], column.key, *keys[place + 2 :]]
        found.append(
            Placed(
                column,
                address_with(parameters, earlier) if place else "",
                address_with(parameters, later) if place < len(keys) - 1 else "",
                address_with(parameters, rest) if rest else "",
            )
        )
    return found


def address_with(parameters: QueryDict, keys: Sequence[str]) -> str:
    """Return the address of the same list with other columns."""
    changed = parameters.copy()
    changed[PARAMETER] = ",".join(keys)
    changed.pop(ONE_MORE, None)
    return f"?{changed.urlencode(safe=',')}"


def cells_of(
    documents: Sequence[Document], columns: Sequence[ListColumn], names: Mapping[int, str]
) -> dict[object, list[Cell]]:
    """Return the cells of the chosen fields for every document, by its id."""
    return {
        document["id"]: [_cell(document, column, names) for column in columns]
        for document in documents
    }


def names_for(
    actor: Actor, documents: Sequence[Document], columns: Sequence[ListColumn]
) -> dict[int, str]:
    """Return the names of the contacts that the columns name by their ids; one statement."""
    fields = [column.field for column in columns if column.field and _is_contact(column.field)]
    values = [_value(document, field) for document in documents for field in fields]
    return query.names_of_contacts(actor, {pk for pk in values if isinstance(pk, int)})


def _is_contact(field: Field) -> bool:
    return field.type.name in ("contact", "company")


def _cell(document: Document, column: ListColumn, names: Mapping[int, str]) -> Cell:
    field = column.field
    if field is None or column.key == TAGS:
        return Cell()
    value = _value(document, field)
    if value in (None, "", [], {}):
        return Cell()
    if _is_contact(field):
        name = names.get(value, "") if isinstance(value, int) else ""
        return Cell(name, url=contact_url(value) if name else "")
    if field.type.name == "datetime":
        return Cell(moment=read_moment(value))
    if field.key in OF_ADDRESS:
        return Cell(str(value))
    return Cell(Truncator(words_for(field.key, value)).chars(MOST_LETTERS))


def _value(document: Document, field: Field) -> Any:  # noqa: ANN401  # any value of a document
    if field.is_custom:
        return document.get("custom", {}).get(str(field.custom_id))
    if field.key in OF_ADDRESS:
        return _of_address(document, field.key)
    return document.get(field.key, document.get(f"{field.key}_id"))


def _of_address(document: Document, key: str) -> str:
    """Return a part of the main address, which stands first."""
    address: Document = next(iter(document.get("addresses", ())), {})
    if key == "country":
        name = reference.countries().name_of(address.get("country_id"))
        return name or str(address.get("country_text", ""))
    if key == "full_address":
        return words_for("addresses", [address]) if address else ""
    return str(address.get(key, ""))
