"""OptionGroup: the lists of options."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.custom_choices import list_name
from api.civicrm.custom_definitions import fields_with_options
from api.civicrm.entity import Entity, fixed
from api.civicrm.mapping.declaring import record_id, text, yes_no
from api.civicrm.option_lists import NAMES, list_number, plain_name
from api.civicrm.permissions import SETUP
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor
from contacts.query import Query, search
from contacts.services.option_lists import (
    create_option_list,
    delete_option_list,
    update_option_list,
)

MOST = 10_000


def _rows(actor: Actor) -> Iterable[Record]:
    for document in search(actor, Query("option_list", limit=MOST, total=False)).documents:
        name = str(document["name"])
        yield _row(str(document["id"]), NAMES.get(name, name), document)
    for field in fields_with_options(actor):
        document = {"title": field["label"], "is_active": True}
        yield _row(str(list_number(field["id"])), list_name(field), document)


def _row(number: str, name: str, document: Mapping[str, Any]) -> Record:
    title = str(document["title"])
    return {
        "id": number,
        # A list that is called by its name is called as it was written.
        "name": title if plain_name(title) == name else name,
        "title": title,
        "description": document.get("description", ""),
        "data_type": "",
        "is_reserved": "1" if document.get("is_reserved") else "0",
        "is_active": "1" if document["is_active"] else "0",
        "is_locked": "0",
    }


def _create(actor: Actor, values: Mapping[str, Any]) -> Mapping[str, Any]:
    title = values.get("title") or values.get("name")
    return create_option_list(
        actor, {**values, "name": plain_name(str(values["name"])), "title": title}
    )


ENTITIES = (
    Entity(
        name="OptionGroup",
        source=TableSource(_rows),
        fields=fixed(
            record_id("Option Group ID"),
            text("name", "Option Group Name", "name", is_required=True, max_length=50),
            text("title", "Option Group Title", "title", max_length=255),
            text("description", "Option Group Description", "description", max_length=500),
            text("data_type", "Data Type"),
            yes_no("is_reserved", "Option Group Is Reserved", is_writable=False),
            yes_no("is_active", "Enabled", "is_active", default=1),
            yes_no("is_locked", "Option Group Is Locked", is_writable=False),
        ),
        permissions=SETUP,
        create=_create,
        update=update_option_list,
        delete=delete_option_list,
        label="title",
    ),
)
