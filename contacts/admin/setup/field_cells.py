"""What the list of custom fields tells of each."""

import json
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _

from contacts.admin.catalogue_screens import Document
from contacts.admin.doors import doors
from contacts.admin.tables import Cell
from contacts.fields import reference
from contacts.fields.catalogue import CUSTOM_ROWS


def used_by(records: Collection[Document]) -> dict[int, int]:
    """Return how many records have a value, by the fields."""
    used: dict[int, int] = {}
    for kind in {str(record["object_kind"]) for record in records}:
        storage = CUSTOM_ROWS[kind]
        ids = [record["id"] for record in records if record["object_kind"] == kind]
        rows = storage.model._default_manager.filter(field_id__in=ids).order_by()
        counted: Any = rows.values("field_id").annotate(used=Count(storage.owner, distinct=True))
        used |= {row["field_id"]: row["used"] for row in counted}
    return used


def used_url(record: Document) -> str:
    """Return the list of the contacts that have a value; "" for fields of other records."""
    if record["object_kind"] != "contact" or not record["is_active"]:
        return ""
    where = {"field": f"custom_{record['id']}", "operator": "is_empty", "value": False}
    address = reverse("admin:contacts_contact_changelist")
    return f"{address}?{urlencode({'where': json.dumps(where)})}"


def used_cell(record: Document) -> Cell:
    """Return how many records have a value, as the way to them."""
    used = record.get("used", 0)
    return Cell(str(localize(used)), url=used_url(record) if used else "")


def names_of(record: Document) -> list[tuple[str, str]]:
    """Return what the programs of each door call a field."""
    return [
        (door.title, door.ways.field_name(record["id"], record["slug"]))
        for door in doors()
        if door.ways is not None
    ]


def names_cell(record: Document) -> Cell:
    """Return the names that programs know, each once."""
    return Cell(" · ".join(dict.fromkeys(name for _title, name in names_of(record))))


def projects_cell(record: Document) -> Cell:
    """Return the projects in which a field is asked for."""
    names = [reference.projects().name_of(pk) for pk in record["projects"]]
    return Cell(", ".join(names) or _("all"))


def shown_cell(record: Document) -> Cell:
    """Return where people find a field: every active one may be a column of the list."""
    if not record["is_active"]:
        return Cell(_("nowhere"))
    return Cell(_("list and form") if record["object_kind"] == "contact" else _("form"))


def filter_cell(record: Document) -> Cell:
    """Return whether people and programs may filter by a field."""
    return Cell(_("yes") if record["is_filterable"] else _("no"))


def state_cell(record: Document) -> Cell:
    """Return whether a field, or a group of them, is in use."""
    if record["is_active"]:
        return Cell(_("active"), tone="good")
    return Cell(_("switched off"), tone="warn")
