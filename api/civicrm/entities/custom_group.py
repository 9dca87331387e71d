"""CustomGroup: titled sets of custom fields."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from api.civicrm.calls import Record
from api.civicrm.custom_definitions import MOST, definitions
from api.civicrm.entity import Entity, Values, fixed
from api.civicrm.errors import bad_option
from api.civicrm.mapping.declaring import integer, long_text, record_id, text, yes_no
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import Text
from api.civicrm.mapping.offering import words
from api.civicrm.option_lists import name_for
from api.civicrm.permissions import Permissions
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor
from contacts.query import Query, search
from contacts.services.custom_fields import (
    create_custom_field_group,
    delete_custom_field,
    delete_custom_field_group,
    update_custom_field_group,
)

# What a group is of: the kind of record, and the kinds of contact that its fields are for.
EXTENDS: Mapping[str, tuple[str, list[str]]] = {
    "Contact": ("contact", []),
    "Individual": ("contact", ["person"]),
    "Household": ("contact", ["household"]),
    "Organization": ("contact", ["organization"]),
    "Activity": ("activity", []),
    "Address": ("address", []),
    "Relationship": ("relationship", []),
}


class Extends(Text):
    """The kind of record that a group is of."""

    html: ClassVar[str] = "Select"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the name of the kind."""
        named = value[0] if isinstance(value, list) and value else value
        for name in EXTENDS:
            if isinstance(named, str) and named.strip().lower() == name.lower():
                return name
        raise bad_option(field.name, named)


def _rows(actor: Actor) -> Iterable[Record]:
    query = Query("custom_field_group", limit=MOST, total=False)
    for document in search(actor, query).documents:
        yield {
            "id": str(document["id"]),
            "name": str(document["name"]),
            "title": str(document["title"]),
            "extends": _extends(document),
            "style": str(document["style"] or "Inline"),
            "collapse_display": "1" if document["is_collapsed"] else "0",
            "help_pre": str(document["help_text"]),
            "weight": str(document["position"]),
            "is_active": "1" if document["is_active"] else "0",
            "table_name": f"civicrm_value_{document['name']}_{document['id']}".lower(),
            "is_multiple": "1" if document["is_multiple"] else "0",
            "is_reserved": "0",
            "is_public": "1",
        }


def _extends(document: Mapping[str, Any]) -> str:
    of = (document["object_kind"], document["kinds"])
    usual = str(document["object_kind"]).capitalize()
    return next((name for name, meant in EXTENDS.items() if meant == of), usual)


def _stored(values: Values) -> Values:
    """Return values with what a group is of in the domain's words."""
    if "kinds" not in values:
        return values
    object_kind, kinds = EXTENDS[str(values["kinds"])]
    return {**values, "object_kind": object_kind, "kinds": kinds}


def _create(actor: Actor, values: Values) -> Mapping[str, Any]:
    name = values.get("name") or name_for(str(values.get("title") or ""))
    return create_custom_field_group(actor, _stored({**values, "name": name}))


def _update(actor: Actor, group_id: int, values: Values) -> Mapping[str, Any]:
    return update_custom_field_group(actor, group_id, _stored(values))


def _delete(actor: Actor, group_id: int) -> None:
    """Delete a group with its fields, as the original does."""
    for definition in definitions(actor):
        if definition["group_id"] == group_id:
            delete_custom_field(actor, definition["id"])
    delete_custom_field_group(actor, group_id)


ENTITIES = (
    Entity(
        name="CustomGroup",
        source=TableSource(_rows),
        fields=fixed(
            record_id("Custom Group ID"),
            text("name", "Custom Group Name", "name", max_length=64),
            text("title", "Custom Group Title", "title", is_required=True, max_length=64),
            WireField(
                name="extends",
                title="Custom Group Extends",
                format=Extends(),
                key="kinds",
                path="extends",
                offers=words(EXTENDS),
                is_required=True,
            ),
            text("style", "Custom Group Style", "style", max_length=15, default="Inline"),
            yes_no("collapse_display", "Collapse Custom Group?", "is_collapsed"),
            long_text("help_pre", "Custom Group Pre Text", "help_text"),
            integer("weight", "Order", "position"),
            yes_no("is_active", "Custom Group Is Active?", "is_active", default=1),
            text("table_name", "Table Name", is_writable=False),
            yes_no("is_multiple", "Supports Multiple Records", "is_multiple"),
            yes_no("is_reserved", "Reserved Group?", is_writable=False),
            yes_no("is_public", "Custom Group Is Public?", is_writable=False),
        ),
        permissions=Permissions(
            get=("access CiviCRM|access all custom data",), other=("administer CiviCRM",)
        ),
        create=_create,
        update=_update,
        delete=_delete,
        label="title",
    ),
)
