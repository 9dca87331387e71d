"""Write contacts as a table of comma-separated values."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from api.redmineup.mapping import custom, names
from api.redmineup.mapping.contacts import JSON_ORDER, Writing, to_wire
from api.redmineup.mapping.shapes import Items
from contacts.fields.spreadsheets import as_cell

# Keys with parts of their own, or the same as another key.
APART = frozenset({"avatar", "address", "phones", "emails", "tag_list", "tags", "custom_fields"})
ADDRESS = ("full_address", "street", "street2", "city", "region", "postcode", "country")


def table(documents: Sequence[Mapping[str, Any]], writing: Writing) -> str:
    """Return the table with a line of names; texts cannot become formulas."""
    plain = [name for name in JSON_ORDER if name not in APART]
    own = [str(field.label) for field in writing.custom_fields]
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(map(safe, [*plain, *ADDRESS, "phones", "emails", "tags", "projects", *own]))
    for document in documents:
        writer.writerow(map(safe, _row(document, writing, plain)))
    return text.getvalue()


def safe(value: object) -> str:
    """Return a cell that a spreadsheet shows as the text that it is."""
    return "" if value is None else as_cell(str(value))


def _row(document: Mapping[str, Any], writing: Writing, plain: Sequence[str]) -> list[object]:
    shown = to_wire(document, writing)
    address: Mapping[str, Any] = shown["address"]  # type: ignore[assignment]  # always an object
    own = custom.to_wire(writing.custom_fields, document.get("custom", {}))
    return [
        *(_cell(shown.get(name)) for name in plain),
        *(address.get(name) for name in ADDRESS),
        _joined(document.get("phones", []), "number"),
        _joined(document.get("emails", []), "address"),
        ", ".join(names.tag_names(document.get("tags", []))),
        _joined(names.projects(writing.actor, document.get("projects", [])), "name"),
        *(_cell(field["value"]) for field in own if isinstance(field, Mapping)),
    ]


def _cell(value: object) -> object:
    if isinstance(value, Items):
        return ", ".join(str(each) for each in value)
    if isinstance(value, Mapping):
        return value.get("name")
    return int(value) if isinstance(value, bool) else value


def _joined(rows: Sequence[Any], key: str) -> str:
    return ", ".join(str(row.get(key, "")) for row in rows)
