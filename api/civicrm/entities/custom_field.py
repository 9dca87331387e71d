"""CustomField: the definitions of custom fields."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from api.civicrm.actions.writing import id_of, require_params, stored, values_of
from api.civicrm.calls import Asked, Call, Operation, Params, Record, Records
from api.civicrm.custom_definitions import (
    DATA_TYPES,
    HTML_TYPES,
    control_of,
    definitions,
    options_of,
    type_of,
    wire_types_of,
)
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import CiviApiError, bad_option, bad_reference
from api.civicrm.grammar.options import EVERYTHING
from api.civicrm.mapping.declaring import integer, long_text, record_id, text, yes_no
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import Integer
from api.civicrm.mapping.offering import words
from api.civicrm.option_lists import field_name, list_number, name_for, plain_name
from api.civicrm.permissions import Permissions
from api.civicrm.registry import entity_named
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.fields.text import fold
from contacts.query import find_record
from contacts.services.custom_fields import (
    create_custom_field,
    delete_custom_field,
    update_custom_field,
)


class SetNumber(Integer):
    """The set that a field is in, by its number, name or title."""

    names_records: ClassVar[bool] = True

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the number; raises CiviApiError."""
        target = entity_named(field.target)
        rows = target.source.find(actor, target, Asked(limit=EVERYTHING)) if target else []
        wanted = fold(str(value).strip())
        for row in rows:
            if wanted in (fold(row["name"]), fold(row["title"])):
                return int(row["id"])
        if isinstance(value, str) and not wanted.isdecimal():
            raise bad_option(field.name, value)
        return super().read(value, field, actor)


def _name_of(definition: Mapping[str, Any], seen: set[tuple[object, str]]) -> str:
    """Return the name of a field in its group; the second of the name is called as it is here."""
    slug, label = str(definition["slug"]), str(definition["label"])
    name = field_name(slug, label)
    if (definition["group_id"], name) in seen:
        name = slug
    seen.add((definition["group_id"], name))
    return name


def _is_asked(definition: Mapping[str, Any]) -> bool:
    """Say whether people must fill in a field; the original lets programs leave it out."""
    return bool(definition["is_required"] or definition["is_required_in_forms"])


def _rows(actor: Actor) -> Iterable[Record]:
    seen: set[tuple[object, str]] = set()
    for definition in definitions(actor):
        data_type, html_type = wire_types_of(definition)
        yield {
            "id": str(definition["id"]),
            "custom_group_id": str(definition["group_id"] or ""),
            "name": _name_of(definition, seen),
            "label": str(definition["label"]),
            "data_type": data_type,
            "html_type": html_type,
            "default_value": str(definition["default"] or ""),
            "is_required": "1" if _is_asked(definition) else "0",
            "is_searchable": "1" if definition["is_searchable"] else "0",
            "is_search_range": "0",
            "weight": str(definition["position"]),
            "help_post": str(definition["help_text"] or ""),
            "is_active": "1" if definition["is_active"] else "0",
            "is_view": "0",
            "text_length": str(definition["max_length"] or 255),
            "column_name": f"{definition['slug']}_{definition['id']}".lower(),
            "option_group_id": (
                str(list_number(definition["id"])) if definition["type"] == "option" else ""
            ),
            "serialize": "1" if definition["is_multiple"] else "0",
            "in_selector": "0",
        }


def create(call: Call) -> Records:
    """Define a field or change its definition; its type follows from two words of the original."""
    field_id = id_of(call)
    values = values_of(call)
    if field_id is None:
        require_params(call)
        document = _created(call, values)
    else:
        try:
            options = options_of(_without_own_list(call.params, field_id))
            # Its name stays: version 4 and the other protocols call it by that.
            values.pop("slug", None)
            if values.get("is_required_in_forms") is False:
                values["is_required"] = False
            document = update_custom_field(call.actor, field_id, values, options=options)
        except NotFoundError:
            raise CiviApiError(f"CustomField id {field_id} not found.", 0) from None
    return Records({str(document["id"]): stored(call, document)})


def _without_own_list(params: Params, field_id: int) -> Params:
    """Return the parameters without the number of the field's own list: its options stay."""
    is_own = str(params.get("option_group_id")).strip() == str(list_number(field_id))
    return {name: params[name] for name in params if not is_own or name != "option_group_id"}


def _created(call: Call, values: dict[str, object]) -> Mapping[str, Any]:
    group_id = values.get("group")
    group = (
        find_record(call.actor, "custom_field_group", group_id)
        if isinstance(group_id, int)
        else None
    )
    if group is None:
        raise bad_reference("custom_group_id", call.params.get("custom_group_id"))
    options = options_of(call.params)
    type_name, is_multiple = type_of(call.params, has_options=bool(options))
    ready = {
        **values,
        "object_kind": group["object_kind"],
        "kinds": group["kinds"],
        "type": type_name,
        "is_multiple": is_multiple,
        "appearance": control_of(call.params),
    }
    given = plain_name(str(ready.get("slug") or ""))
    ready["slug"] = (
        _free_name(call.actor, group, given)
        if given
        else _new_name(call.actor, group, name_for(str(ready.get("label") or "")))
    )
    return create_custom_field(call.actor, ready, options=options)


def _free_name(actor: Actor, group: Mapping[str, Any], name: str) -> str:
    """Return a name that no other group has taken: those are one of a kind among all fields."""
    others = [each for each in definitions(actor) if each["object_kind"] == group["object_kind"]]
    taken = {str(each["slug"]).lower(): each["group_id"] for each in others}
    if taken.get(name.lower(), group["id"]) == group["id"]:
        return name
    counted = (f"{name}__{number}" for number in range(2, len(taken) + 3))
    return next(each for each in counted if each.lower() not in taken)


def _new_name(actor: Actor, group: Mapping[str, Any], name: str) -> str:
    """Return a name for a field to which nobody gave one; nothing where its label leaves none."""
    same = [each for each in definitions(actor) if each["group_id"] == group["id"]]
    taken = {str(each["slug"]).lower() for each in same}
    counted = (f"{name}_{number}" for number in range(2, len(taken) + 3))
    free = next(each for each in (name, *counted) if each.lower() not in taken)
    return _free_name(actor, group, free) if name else ""


ENTITIES = (
    Entity(
        name="CustomField",
        source=TableSource(_rows),
        fields=fixed(
            record_id("Custom Field ID"),
            WireField(
                name="custom_group_id",
                title="Custom Group ID",
                format=SetNumber(),
                key="group",
                path="custom_group_id",
                is_required=True,
                target="CustomGroup",
            ),
            text("name", "Custom Field Name", "slug", max_length=64),
            text("label", "Custom Field Label", "label", is_required=True, max_length=255),
            text("data_type", "Data Type", offers=words(DATA_TYPES), default="String"),
            text("html_type", "HTML Type", offers=words(sorted(HTML_TYPES)), default="Text"),
            text("default_value", "Custom Field Default", "default", max_length=255),
            yes_no("is_required", "Custom Field Is Required?", "is_required_in_forms"),
            yes_no("is_searchable", "Allow Searching on Field?", "is_searchable"),
            yes_no("is_search_range", "Search as a Range"),
            integer("weight", "Order", "position"),
            long_text("help_post", "Custom Field Post Text", "help_text"),
            yes_no("is_active", "Custom Field Is Active?", "is_active", default=1),
            yes_no("is_view", "Field is Viewable"),
            integer("text_length", "Text Length", "max_length"),
            text("column_name", "Column Name", is_writable=False),
            integer("option_group_id", "Field Option Group ID", path="option_group_id"),
            text("option_values", "Option Values", is_filter_only=True),
            integer("serialize", "Serialize"),
            yes_no("in_selector", "Field Display"),
        ),
        permissions=Permissions(
            get=("access CiviCRM|access all custom data",), other=("administer CiviCRM",)
        ),
        delete=delete_custom_field,
        actions={"create": Operation(create)},
        label="label",
    ),
)
