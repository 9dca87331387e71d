"""A record's document as labels and values that people read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from contacts.access import Actor, find_readable, readable_custom_fields
from contacts.admin.catalogue_forms import Json, stored_value
from contacts.admin.numbers import written_decimal
from contacts.admin.tables import Cell
from contacts.fields import Field, reference
from contacts.fields.types import read_moment

Document = Mapping[str, Any]
# Of a text in a list.
MOST_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a record's page."""

    label: str | Promise
    cells: Sequence[Cell]
    is_long: bool = False


def facts_of(actor: Actor, kind: str, document: Document, keys: Sequence[str]) -> list[Fact]:
    """Return the named fields and the custom fields of a record that have a value."""
    named = [find_readable(actor, kind, key) for key in keys]
    fields = [field for field in named if field is not None]
    fields += readable_custom_fields(actor, kind)
    found = []
    for field in fields:
        cells = cells_of(document, field)
        if cells:
            found.append(Fact(field.label, cells, field.type.name == "long_text"))
    return found


def cells_of(document: Document, field: Field) -> list[Cell]:
    """Return the value of a field as cells; none for an empty one."""
    shown = document.get(field.key)
    if isinstance(shown, Mapping) and "name" in shown:
        return [_named(shown, field)]
    value = stored_value(document, field)
    if value in (None, "", [], False):
        return []
    values = value if isinstance(value, list) else [value]
    return [_cell(each, field) for each in values]


def cell_of(document: Document, field: Field) -> Cell:
    """Return the value of a field as one cell of a list."""
    cells = cells_of(document, field)
    if len(cells) == 1:
        text = cells[0].text
        if isinstance(text, str) and len(text) > MOST_LETTERS:
            return Cell(Truncator(text).chars(MOST_LETTERS))
        return cells[0]
    return Cell(", ".join(str(cell.text) for cell in cells))


def _named(shown: Document, field: Field) -> Cell:
    is_contact = field.key == "contact" or field.traits.get("target") == "contact"
    if is_contact:
        return contact_cell(shown)
    return Cell(str(shown["name"]))


def contact_cell(shown: Document) -> Cell:
    """Return a contact as a link to its page."""
    name = str(shown.get("name") or _("Contact %s") % shown["id"])
    return Cell(name, url=reverse("admin:contacts_contact_page", args=[shown["id"]]))


def _cell(value: Json, field: Field) -> Cell:
    if isinstance(value, Mapping):
        return _named(value, field)
    if value is True:
        return Cell(_("yes"))
    choice = field.choice_of(value)
    if choice is not None:
        return Cell(choice.label, color=choice.color)
    written = WRITTEN.get(field.type.name)
    return written(value) if written is not None else _referred(value, field)


WRITTEN: dict[str, Callable[[Json], Cell]] = {
    "datetime": lambda value: Cell(moment=read_moment(value)),
    "date": lambda value: Cell(day=date.fromisoformat(value)),
    "decimal": lambda value: Cell(written_decimal(value)),
}


def _referred(value: Json, field: Field) -> Cell:
    tables = {
        "user": reference.users,
        "project": reference.projects,
        "user_group": reference.user_groups,
    }
    table = tables.get(field.type.name)
    if table is not None:
        return Cell(table().name_of(value))
    if field.type.name in ("contact", "company"):
        return contact_cell({"id": value})
    if field.type.name == "link" and str(value).startswith(("https://", "http://")):
        return Cell(value, url=str(value))
    return Cell(str(value))
