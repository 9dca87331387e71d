"""What the list of custom fields tells of each."""

import json
from collections.abc import Collection
from urllib.parse import urlencode

from django.db.models import IntegerField, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.admin.catalogue_screens import Document
from contacts.admin.doors import doors
from contacts.admin.numbers import counted
from contacts.admin.tables import Cell
from contacts.fields import reference
from contacts.fields.catalogue import CUSTOM_ROWS
from contacts.models import CustomField
from contacts.query.totals import EXACT_UP_TO


class NumberOf(Subquery):
    """How many rows a limited question has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def used_by(records: Collection[Document]) -> dict[int, int]:
    """Return how many records have a value, by the fields; of many, only that they are many."""
    used: dict[int, int] = {}
    for kind in {str(record["object_kind"]) for record in records}:
        storage = CUSTOM_ROWS[kind]
        ids = [record["id"] for record in records if record["object_kind"] == kind]
        values = storage.model._default_manager.filter(field_id=OuterRef("pk")).order_by()
        owners = values.values(f"{storage.owner}_id").distinct()[: EXACT_UP_TO + 1]
        fields = CustomField.objects.filter(pk__in=ids).order_by()
        used |= dict(fields.annotate(used=NumberOf(owners)).values_list("pk", "used"))
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
    return Cell(counted(used), url=used_url(record) if used else "")


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
    """Return where people meet a field."""
    is_asked = record["is_in_form"] or record["is_required"] or record["is_required_in_forms"]
    in_form = record["is_active"] and is_asked
    in_list = record["is_active"] and record["is_in_list"] and record["object_kind"] == "contact"
    words = {
        (True, True): _("list and form"),
        (True, False): _("form"),
        (False, True): _("list"),
        (False, False): _("nowhere"),
    }
    return Cell(words[bool(in_form), bool(in_list)])


def filter_cell(record: Document) -> Cell:
    """Return whether people and programs may filter by a field."""
    return Cell(_("yes") if record["is_filterable"] else _("no"))


def state_cell(record: Document) -> Cell:
    """Return whether a field, or a group of them, is in use."""
    if record["is_active"]:
        return Cell(_("active"), tone="good")
    return Cell(_("switched off"), tone="warn")
